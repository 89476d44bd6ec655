"""Whether this process has the folder to itself, and how others wait until it shares.

Points that are in one process's journal and not yet in the database can't be seen by another process. So a process
may only use its journal while no other one has the folder open, and whoever opens the folder waits until the points
are in the database. Both follow from the order of two steps:

- who opens the folder first puts its file into `processes/`, and then waits for the gate;
- who uses a journal first closes the gate, and then looks whether `processes/` names anybody else.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from runyard.errors import Unavailable

# A file system may give two changes within one tick of its clock the same time.
CLOCK_TICK_NS = 50_000_000
# The points of a journal reach the database within a fraction of a second, unless its process was stopped.
PATIENCE_SECONDS = 30.0


class Gate:
    """A lock on the file `journal/gate`, which the process that uses its journal holds."""

    def __init__(self, folder: Path, process: str, is_gone: Callable[[str], bool]) -> None:
        """`process` is this one's name in `processes/`; `is_gone` tells whether another one ended."""
        self._processes = folder / "processes"
        self._process = process
        self._is_gone = is_gone
        self._handle = os.open(folder / "journal" / "gate", os.O_CREAT | os.O_RDWR, 0o600)
        self._alone_at = -1

    def enter(self) -> bool:
        """Close the gate if this process has the folder to itself; False when it has not."""
        if not self._try_lock():
            return False
        if self._is_alone():
            return True
        self.leave()
        return False

    def leave(self) -> None:
        """Open the gate."""
        fcntl.flock(self._handle, fcntl.LOCK_UN)

    @contextmanager
    def opening(self) -> Iterator[None]:
        """Hold the gate as soon as nobody uses a journal; raises Unavailable when that takes too long."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not self._try_lock():
            if time.monotonic() > deadline:
                raise Unavailable(
                    "Another process that has the folder open does not answer; nothing was done."
                )
            time.sleep(0.005)
        try:
            yield
        finally:
            self.leave()

    def close(self) -> None:
        """Give the lock back for good."""
        os.close(self._handle)

    def _try_lock(self) -> bool:
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _is_alone(self) -> bool:
        changed = os.stat(self._processes).st_mtime_ns
        if changed == self._alone_at:
            return True
        now = time.time_ns()
        others = [name for name in os.listdir(self._processes) if name != self._process]
        alone = all(self._is_gone(name) for name in others)
        if alone and now - changed > CLOCK_TICK_NS:
            self._alone_at = changed
        return alone
