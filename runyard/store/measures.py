"""Counters of the store that `/metrics` shows."""

from __future__ import annotations


class Measures:
    """Written by the writer's and the compactor's threads, read by anyone."""

    def __init__(self) -> None:
        self.groups = 0
        self.operations = 0
        self.commit_seconds = 0.0
        # Of the last transactions, the newest counting most.
        self.commit_average = 0.0
        self.journal_groups = 0
        self.journal_seconds = 0.0
        # Of the last groups that went into the journal, the newest counting most.
        self.journal_average = 0.0
        self.last_group = 0
        self.largest_group = 0
        self.retries = 0
        self.compactions = 0
        self.compacted_points = 0

    def group(self, operations: int, seconds: float) -> None:
        """Count a transaction that stored a group of operations, or (0) what waited in the journal."""
        self.commit_seconds += seconds
        self.commit_average += (seconds - self.commit_average) / 16
        if operations:
            self._answered(operations)

    def journaled(self, operations: int, seconds: float) -> None:
        """Count a group that was made durable by the journal."""
        self.journal_groups += 1
        self.journal_seconds += seconds
        self.journal_average += (seconds - self.journal_average) / 16
        self._answered(operations)

    def _answered(self, operations: int) -> None:
        self.groups += 1
        self.operations += operations
        self.last_group = operations
        self.largest_group = max(self.largest_group, operations)
