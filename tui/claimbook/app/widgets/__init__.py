"""What the desk's screens are made of; each widget has its style sheet beside it."""
