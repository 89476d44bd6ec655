"""What logging a point costs a training loop, and what of it a SIGKILL leaves."""
