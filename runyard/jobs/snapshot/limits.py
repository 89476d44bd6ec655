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
_NEARLY = 0.9


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
    files, sizes = _counted(taken)
    weights = {name: max(sizes[name] / most_bytes, files[name] / most_files) for name in sizes}
    largest = _heaviest(weights)
    named = ", ".join(
        f"'{name}' ({shown_bytes(sizes[name])}"
        + (f" in {files[name]:,} files)" if name.endswith("/") else ")")
        for name in largest
    )
    return (
        f"The code '{code}' has {many}{len(taken):,} files of {shown_bytes(size)}, and at most {most_files:,} files of "
        f"{shown_bytes(most_bytes)} are taken. The largest are {named}. Name what the job does not need in "
        f"'{code / '.amlignore'}', one a line, such as '{largest[0]}'; pass data as an input."
    )


def _counted(taken: list[Found]) -> tuple[Counter[str], Counter[str]]:
    """Files and bytes of each file and folder; a folder's path ends with `/`."""
    files: Counter[str] = Counter()
    sizes: Counter[str] = Counter()
    for file in taken:
        names = file.path.split("/")
        for depth in range(1, len(names) + 1):
            name = "/".join(names[:depth]) + "/" * (depth < len(names))
            files[name] += 1
            sizes[name] += file.size
    return files, sizes


def _heaviest(weights: dict[str, float]) -> list[str]:
    """What to leave out first: in place of a folder that one entry nearly fills, that entry."""
    inside: dict[str, list[str]] = {}
    for name in weights:
        inside.setdefault(name[: name.rstrip("/").rfind("/") + 1], []).append(name)

    def told(name: str) -> str:
        below = max(inside.get(name, []), key=weights.__getitem__, default=None)
        return name if below is None or weights[below] < _NEARLY * weights[name] else told(below)

    return [told(name) for name in sorted(inside[""], key=lambda name: (-weights[name], name))[:_SHOWN]]


def shown_bytes(size: float) -> str:
    """A size as people read it."""
    for unit in ("bytes", "KiB", "MiB"):
        if size < 1024:
            return f"{size:.0f} {unit}" if unit == "bytes" else f"{size:.1f} {unit}"
        size /= 1024
    return f"{size:.1f} GiB"
