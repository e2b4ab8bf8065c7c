"""Track the claims that news makes: who said it, where it came from, and whether it came true."""
