"""How old what an ended process left is, and whether it may still be sent without asking."""

from __future__ import annotations

import json
import time
from pathlib import Path

from runyard_mlflow.spool.producer import OWNER

DAY = 24 * 3600.0


def begun(folder: Path) -> float:
    """When the process of a folder wrote its first frame, in seconds since 1970.

    The server forgets what it has of a process some time after the last frame that it took, which may have been any of
    them: so the beginning counts.
    """
    try:
        return float(json.loads((folder / OWNER).read_text())["begun"])
    except (ValueError, KeyError, TypeError, OSError):
        # Something else has written there, or it is just removed.
        return min((path.stat().st_mtime for path in folder.glob("*.spool")), default=time.time())


def is_older(folder: Path, days: float) -> bool:
    """Whether a process began to log more than so many days ago."""
    return time.time() - begun(folder) > days * DAY


def said_age(folder: Path) -> str:
    """The age in words: minutes, hours or days."""
    seconds = max(0.0, time.time() - begun(folder))
    for unit, size in (("day", DAY), ("hour", 3600.0)):
        if seconds >= size:
            number = int(seconds / size)
            return f"{number} {unit}{'' if number == 1 else 's'}"
    return f"{int(seconds / 60)} min"
