"""What is in a spool, as a table."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from runyard_mlflow.spool.age import said_age
from runyard_mlflow.spool.left import Left, calls, size
from runyard_mlflow.spool.producer import OWNER

COLUMNS = ("SERVER", "SPOOL OF", "PROCESS", "HOST", "STATE", "CALLS", "BYTES", "BEGAN")


def table(found: Iterable[tuple[str, Left]]) -> list[str]:
    """Lines, one for each process, the first a heading.

    Of a process that is running, some of the calls may be on the server already.
    """
    rows = [COLUMNS, *(_row(server, left) for server, left in found)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(COLUMNS))]
    return [_line(row, widths) for row in rows]


def _row(server: str, left: Left) -> tuple[str, ...]:
    try:
        owner = json.loads((left.folder / OWNER).read_text())
        process, host = str(owner["pid"]), str(owner["host"])
    except (ValueError, KeyError, TypeError, OSError):
        process, host = "?", "?"
    state = "ended" if left.ended else "running"
    age = f"{said_age(left.folder)} ago"
    return (
        server,
        left.folder.name[:8],
        process,
        host,
        state,
        f"{calls(left):,}",
        said_bytes(size(left)),
        age,
    )


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    right = (COLUMNS.index("CALLS"), COLUMNS.index("BYTES"))
    cells = [
        text.rjust(width) if place in right else text.ljust(width)
        for place, (text, width) in enumerate(zip(row, widths, strict=True))
    ]
    return "  ".join(cells).rstrip()


def said_bytes(number: int) -> str:
    """A size in words."""
    for unit, least in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if number >= least:
            return f"{number / least:.1f} {unit}"
    return f"{number} B"
