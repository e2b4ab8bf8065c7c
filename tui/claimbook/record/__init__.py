"""What one claim file says, and how its text is read and changed. Knows nothing of folders."""
