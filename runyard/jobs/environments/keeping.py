"""What is in the cache of environments, and how it gets smaller."""

from __future__ import annotations

import os
import shutil
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from runyard.jobs.environments.layout import KEY_DIGITS, lock_of, read_marker
from runyard.jobs.environments.locks import exclusive_now


@dataclass(frozen=True)
class Described:
    """An environment that is there: `size` in bytes, times in seconds since 1970."""

    key: str
    folder: Path
    python: str
    requirements: list[str]
    size: int
    created: float
    last_used: float


def describe(cache: Path) -> list[Described]:
    """All whole environments, the last used first. Lines are shown without passwords."""
    found = []
    for folder in _folders(cache):
        marker = folder / "ready.json"
        ready = read_marker(marker)
        if ready is None:
            continue
        try:
            used = marker.stat().st_mtime
        except FileNotFoundError:
            continue  # removed just now
        attempt = folder / ready.attempt
        found.append(
            Described(ready.key, attempt, ready.python, ready.requirements, ready.size, ready.created, used)
        )
    return sorted(found, key=lambda one: (-one.last_used, one.key))


def prune(cache: Path, unused_for_seconds: float) -> int:
    """Remove environments that were not used for so long, and what killed builders left; none in use.

    Returns the bytes that are free now: a file that uv's own cache shares by a hard link frees none.
    """
    return sum(_prune(folder, unused_for_seconds) for folder in _folders(cache))


def remove_rubbish(folder: Path) -> int:
    """Remove all attempts that no marker vouches for and nobody uses; the caller holds the environment's lock."""
    ready = read_marker(folder / "ready.json")
    kept = {"ready.json", *([ready.attempt, f"{ready.attempt}.lock"] if ready else [])}
    freed = 0
    for entry in sorted(folder.iterdir()) if folder.exists() else []:
        if entry.name in kept:
            continue
        if entry.suffix in ("", ".lock"):
            freed += _remove_attempt(entry.with_suffix(""))
        else:
            entry.unlink()
    return freed


def size_of(folder: Path) -> int:
    """The bytes of all files below a folder."""
    return sum(status.st_size for status in _files(folder))


def _folders(cache: Path) -> list[Path]:
    if not cache.exists():
        return []
    return sorted(path for path in cache.iterdir() if len(path.name) == KEY_DIGITS and path.is_dir())


def _prune(folder: Path, unused_for_seconds: float) -> int:
    marker = folder / "ready.json"
    with exclusive_now(folder.with_name(f"{folder.name}.lock")) as alone:
        if not alone:
            return 0
        freed = remove_rubbish(folder)
        ready = read_marker(marker)
        if ready is not None and marker.stat().st_mtime <= time.time() - unused_for_seconds:
            freed += _remove_attempt(folder / ready.attempt, marker)
        if not any(folder.iterdir()):
            folder.rmdir()
        return freed


def _remove_attempt(attempt: Path, marker: Path | None = None) -> int:
    """Remove a virtual environment that nobody uses, its marker first."""
    lock = lock_of(attempt)
    with exclusive_now(lock) as alone:
        if not alone and lock.exists():
            return 0
        if marker is not None:
            marker.unlink()
        freed = sum(status.st_blocks * 512 for status in _files(attempt) if status.st_nlink == 1)
        # A uv that outlived its killed builder may still write there; the next one removes the rest.
        shutil.rmtree(attempt, ignore_errors=True)
        if not attempt.exists():
            lock.unlink(missing_ok=True)
        return freed


def _files(folder: Path) -> Iterator[os.stat_result]:
    for root, _, names in os.walk(folder):
        for name in names:
            try:
                status = os.lstat(os.path.join(root, name))
            except FileNotFoundError:
                continue
            if stat.S_ISREG(status.st_mode):
                yield status
