"""Sweeps and pipelines: jobs that begin other jobs, and know of them what the server knows."""
