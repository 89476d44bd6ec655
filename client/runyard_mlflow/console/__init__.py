"""Keeps what a process writes to stdout and stderr, and appends it to a file of its run."""
