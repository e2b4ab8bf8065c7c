"""Commands: stdout is data, stderr is narration, exit codes are API."""
