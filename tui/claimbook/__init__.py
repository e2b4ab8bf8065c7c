"""Track the claims that news makes: who said it, where it came from, and whether it came true."""

__version__ = "0.1.0"
