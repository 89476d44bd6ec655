"""Counters of the store that `/metrics` shows."""

from __future__ import annotations


class Measures:
    """Written by the writer's and the compactor's threads, read by anyone."""

    def __init__(self) -> None:
        self.groups = 0
        self.operations = 0
        self.commit_seconds = 0.0
        # Of the last groups, the newest counting most.
        self.commit_average = 0.0
        self.last_group = 0
        self.largest_group = 0
        self.retries = 0
        self.compactions = 0
        self.compacted_points = 0

    def group(self, operations: int, seconds: float) -> None:
        """Count one committed group."""
        self.groups += 1
        self.operations += operations
        self.commit_seconds += seconds
        self.commit_average += (seconds - self.commit_average) / 16
        self.last_group = operations
        self.largest_group = max(self.largest_group, operations)
