"""Puts the files of a snapshot among the server's own, where both are on one machine."""

from __future__ import annotations

from pathlib import Path

from runyard.errors import InvalidParameter
from runyard.jobs.snapshot.blobs import Blobs
from runyard.jobs.snapshot.collect import location
from runyard.jobs.snapshot.manifest import Snapshot
from runyard.jobs.snapshot.reading import FileChanged


def keep(code: Path, snapshot: Snapshot, blobs: Blobs) -> int:
    """Keep what is missing; returns the bytes that were written. Raises FileChanged for a file that is another now."""
    lacking = set(blobs.missing(entry.sha256 for entry in snapshot.entries))
    written = 0
    for entry in snapshot.entries:
        if entry.sha256 not in lacking:
            continue
        lacking.discard(entry.sha256)
        try:
            with location(code, entry).open("rb") as file:
                blobs.put(entry.sha256, file, entry.size)
        except (InvalidParameter, FileNotFoundError):
            raise FileChanged(entry.path) from None
        written += entry.size
    return written
