"""Shares a budget of memory between the uploads and downloads that run at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

# Bytes of a transfer for each hop to a thread: a hop costs about 0.1 ms, so smaller ones are felt.
LARGEST_PIECE = 1024 * 1024
# Below this, hops would cost more than the bytes.
SMALLEST_PIECE = 64 * 1024
# What all transfers together hold; each holds two pieces: one being written or sent, one gathered or read.
BUDGET = 32 * 1024 * 1024


class Transfers:
    """The transfers of one server process; used on its event loop alone."""

    def __init__(self) -> None:
        self.running = 0

    @contextmanager
    def one(self) -> Iterator[None]:
        """Count a transfer for the length of a `with` block."""
        self.running += 1
        try:
            yield
        finally:
            self.running -= 1

    def piece(self) -> int:
        """How many bytes a transfer may take at once now."""
        share = BUDGET // (2 * max(1, self.running))
        return max(SMALLEST_PIECE, min(LARGEST_PIECE, share))
