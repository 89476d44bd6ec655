"""How much code a job may have, and what its author is told who has more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from runyard.errors import InvalidParameter
from runyard.jobs.snapshot.walk import Found

MOST_FILES = 2_000
MOST_BYTES = 300 * 1024 * 1024
# Files that are counted, in multiples of the limit, to find out what is so large.
_COUNTED = 50
_SHOWN = 5


class TooMuchCode(InvalidParameter):
    """The code has more files or bytes than are taken; the message names the largest and how to leave them out."""


def within(code: Path, found: Iterable[Found], most_files: int, most_bytes: int) -> list[Found]:
    """All that was found; raises TooMuchCode when that is too much."""
    taken: list[Found] = []
    for file in found:
        taken.append(file)
        if len(taken) > most_files * _COUNTED:
            break
    size = sum(file.size for file in taken)
    if len(taken) > most_files or size > most_bytes:
        raise TooMuchCode(_message(code, taken, size, most_files, most_bytes))
    return taken


def _message(code: Path, taken: list[Found], size: int, most_files: int, most_bytes: int) -> str:
    if not code.is_dir():
        return f"The code '{code}' has {shown_bytes(size)}, and at most {shown_bytes(most_bytes)} are taken."
    many = "at least " if len(taken) > most_files * _COUNTED else ""
    files, sizes = _largest(taken)
    largest = sorted(sizes, key=lambda name: (-max(sizes[name] / most_bytes, files[name] / most_files), name))
    named = ", ".join(
        f"'{name}' ({shown_bytes(sizes[name])}"
        + (f" in {files[name]:,} file{'s' * (files[name] != 1)})" if name.endswith("/") else ")")
        for name in largest[:_SHOWN]
    )
    return (
        f"The code '{code}' has {many}{len(taken):,} files of {shown_bytes(size)}, and at most {most_files:,} files of "
        f"{shown_bytes(most_bytes)} are taken. The largest are {named}. Name what the job does not need in "
        f"'{code / '.amlignore'}', one a line, such as '{largest[0]}'; pass data as an input."
    )


def _largest(taken: list[Found]) -> tuple[Counter[str], Counter[str]]:
    """Files and bytes by folder of the root, and by file where it lies in the root itself."""
    files: Counter[str] = Counter()
    sizes: Counter[str] = Counter()
    for file in taken:
        name, below, _ = file.path.partition("/")
        files[name + below] += 1
        sizes[name + below] += file.size
    return files, sizes


def shown_bytes(size: float) -> str:
    """A size as people read it."""
    for unit in ("bytes", "KiB", "MiB"):
        if size < 1024:
            return f"{size:.0f} {unit}" if unit == "bytes" else f"{size:.1f} {unit}"
        size /= 1024
    return f"{size:.1f} GiB"
