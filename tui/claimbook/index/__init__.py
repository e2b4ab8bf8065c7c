"""What the program knows of a book without reading it again: derived, thrown away whenever it is in doubt."""
