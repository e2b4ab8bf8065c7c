"""In and out: one format, one module."""
