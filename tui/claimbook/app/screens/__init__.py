"""The desk's screens, each a task."""
