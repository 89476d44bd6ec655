"""Makes the snapshot of a job's code: what its files are, without copying them."""

from __future__ import annotations

from pathlib import Path

from runyard.errors import InvalidParameter
from runyard.jobs.snapshot.limits import MOST_BYTES, MOST_FILES, within
from runyard.jobs.snapshot.manifest import Entry, Snapshot, snapshot_of
from runyard.jobs.snapshot.reading import FileChanged, read_digest
from runyard.jobs.snapshot.walk import Found, walk

__all__ = ["FileChanged", "collect", "location"]


def collect(code: Path, *, most_files: int = MOST_FILES, most_bytes: int = MOST_BYTES) -> Snapshot:
    """The files of a folder, or one file, with their digests.

    Links inside of the folder are followed. Raises InvalidParameter for what can't be taken, TooMuchCode for more than
    `most_files` or `most_bytes`, and FileChanged for a file that is written to meanwhile.
    """
    try:
        real = code.resolve(strict=True)
    except (OSError, RuntimeError):
        raise InvalidParameter(
            f"The job's 'code' must be a folder or a file: there is no '{code}'."
        ) from None
    if real.is_dir():
        found = within(code, walk(real), most_files, most_bytes)
    elif real.is_file():
        found = within(code, [Found(code.name, real, real.stat().st_size)], most_files, most_bytes)
    else:
        raise InvalidParameter(f"The job's 'code' must be a folder or a file: '{code}' is neither.")
    return snapshot_of([_entry(file) for file in found])


def location(code: Path, entry: Entry) -> Path:
    """Where an entry's content lies."""
    return code / entry.path if code.is_dir() else code


def _entry(file: Found) -> Entry:
    size, digest, executable = read_digest(file.real, file.path)
    return Entry(file.path, size, digest, executable)
