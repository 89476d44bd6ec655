"""How far a purge is and what came of it, in a file that every process of the folder reads."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import msgspec

from runyard.store.purge.plan import Kept

# Kept runs that are named; more are only counted.
MOST_NAMED = 100


class Progress(msgspec.Struct):
    """One purge.

    `status` is running, done, failed or interrupted (its process ended; the next start finishes what was begun).
    `phase` is runs, then space. Bytes are those that were given back to the file system: of files when they were
    deleted, of the database the pages by which its file was shortened. `reusable_bytes` are its free pages at the
    end, which are used before the file grows.
    """

    started: int
    status: str = "running"
    phase: str = "runs"
    ended: int | None = None
    runs_total: int = 0
    # Looked at; some of them may be kept.
    runs_done: int = 0
    runs: int = 0
    experiments: int = 0
    models: int = 0
    points: int = 0
    files: int = 0
    file_bytes: int = 0
    database_bytes: int = 0
    reusable_bytes: int = 0
    # Runs and models whose artifacts lie elsewhere, where nothing was deleted.
    elsewhere: int = 0
    kept_total: int = 0
    kept: list[Kept] = []
    error: str | None = None

    def keep(self, kept: Sequence[Kept]) -> None:
        """Note what stays."""
        self.kept_total += len(kept)
        self.kept += kept[: MOST_NAMED - len(self.kept)]


def read(path: Path) -> Progress | None:
    """The last purge of a folder; None when there was none."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Progress)
    except (FileNotFoundError, msgspec.DecodeError):
        return None


def write(path: Path, progress: Progress) -> None:
    """Replace what the file says, whole."""
    new = path.with_suffix(".new")
    new.write_bytes(msgspec.json.encode(progress))
    os.replace(new, path)
