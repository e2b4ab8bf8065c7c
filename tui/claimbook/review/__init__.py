"""What to make of a book: one question, one module; summaries and records in, answers out."""
