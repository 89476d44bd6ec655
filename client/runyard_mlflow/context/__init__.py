"""What a new run says of the process that began it: its code, command, packages and machine, as tags `runyard.…`."""
