"""Locks on files, which the kernel frees when their holder ends, however it ends."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from runyard.jobs.environments.failed import EnvironmentFailed

_POLL_SECONDS = 0.05


@contextmanager
def exclusive(path: Path, waits: Callable[[], None], wait_seconds: float | None) -> Iterator[None]:
    """Hold the lock alone, creating its file; `waits` is called once when another has it.

    Raises EnvironmentFailed after `wait_seconds`; None waits as long as it takes.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        if not _taken(descriptor, fcntl.LOCK_EX):
            waits()
            _wait(descriptor, wait_seconds)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def exclusive_now(path: Path) -> Iterator[bool]:
    """Hold the lock alone if nobody has it, and say whether that is so; False also where there is no file."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        yield False
        return
    try:
        yield _taken(descriptor, fcntl.LOCK_EX)
    finally:
        os.close(descriptor)


def _wait(descriptor: int, wait_seconds: float | None) -> None:
    # Not blocking in the kernel, which a bound and a signal's handler could not end.
    end = None if wait_seconds is None else time.monotonic() + wait_seconds
    while not _taken(descriptor, fcntl.LOCK_EX):
        if end is not None and time.monotonic() >= end:
            raise EnvironmentFailed(
                f"Another build of the same environment has not ended within {wait_seconds:g} seconds."
            )
        time.sleep(_POLL_SECONDS)


def _taken(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
