"""The spool: what a process logs, on disk before anything is sent."""
