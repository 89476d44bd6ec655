"""Makes requests durable before the database has them: docs/decisions/0008-journal.md.

A commit of the database costs several pages and a growing log; a frame of the journal costs its own bytes. So what
clients log is answered when the journal has it, and many requests are committed together: when a reader asks, when
something else is written, and after INTERVAL_SECONDS at the latest.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Sequence
from pathlib import Path

from runyard.store.journal.file import JournalFile
from runyard.store.journal.gate import Gate

log = logging.getLogger("runyard.journal")

SUFFIX = ".journal"
# Requests of this size in a group are the rule; what is larger may not fit any more, and is committed then.
RESERVE_BYTES = 256 * 1024
# A request is in the database after this, whether anybody asks for it or not.
INTERVAL_SECONDS = 0.1
# After a failure of the disk, transactions serve alone for so long.
REST_SECONDS = 5.0


class Journal:
    """The journal of one process; used under the writer's lock, but for `waiting`, which anyone may test."""

    def __init__(self, folder: Path, process: str, gate: Gate, durable: bool) -> None:
        self._path = folder / "journal" / f"{process}{SUFFIX}"
        self._gate = gate
        self._durable = durable
        self._file: JournalFile | None = None
        self._not_before = 0.0
        # Payloads that are not in the database yet.
        self.waiting: list[bytes] = []
        # The last sequence number that was given.
        self.last = 0
        # What the last call of `append` took.
        self.seconds = 0.0
        # When what waits is to be written to the database.
        self.due = 0.0

    def ready(self) -> bool:
        """Whether `append` may be called: nobody else has the folder open, and the disk is well."""
        if self.waiting:
            return True
        now = time.monotonic()
        if now < self._not_before or not self._gate.enter():
            return False
        try:
            if self._file is None:
                self._file = JournalFile(self._path, self._durable)
        except OSError as error:
            self._rest(error)
            return False
        self.due = now + INTERVAL_SECONDS
        return True

    def append(self, payloads: Sequence[bytes]) -> bool:
        """Make payloads durable; False when they have to go into the database instead.

        Call it after `ready`.
        """
        assert self._file is not None, "ready() made it"
        started = time.perf_counter()
        first = self.last + 1
        # Whatever comes of it, these numbers are not given again: a frame may be there after a failure.
        self.last += len(payloads)
        try:
            fits = self._file.append(payloads, first)
        except OSError as error:
            self._rest(error)
            return False
        self.seconds = time.perf_counter() - started
        if fits:
            self.waiting += payloads
        elif not self.waiting:
            self._gate.leave()
        return fits

    def is_nearly_full(self) -> bool:
        """Whether the file has little room left, so that it is time for a commit."""
        assert self._file is not None, "ready() made it"
        return self._file.room() < RESERVE_BYTES

    def unused(self) -> None:
        """Nothing was appended after `ready`."""
        if not self.waiting:
            self._gate.leave()

    def applied(self) -> None:
        """What waited is in the database."""
        if self.waiting:
            self.waiting.clear()
            assert self._file is not None, "it holds what waited"
            self._file.rewind()
            self._gate.leave()

    def postpone(self) -> None:
        """The database did not take what waits: try again later."""
        self.due = time.monotonic() + REST_SECONDS

    def close(self) -> None:
        """Delete the file, unless the database could not take what it holds."""
        if self._file is not None:
            if self.waiting:
                self._file.close()
            else:
                self._file.remove()
        self._gate.close()

    def _rest(self, error: OSError) -> None:
        log.warning("The journal can't be written (%s); points go straight into the database.", error)
        self._not_before = time.monotonic() + REST_SECONDS
        if not self.waiting:
            self._gate.leave()


def journals(folder: Path) -> list[Path]:
    """The journals in a workspace folder, of living processes and of others."""
    return sorted((folder / "journal").glob(f"*{SUFFIX}"))


def make_folder(folder: Path) -> None:
    """Create the place of the journals."""
    (folder / "journal").mkdir(exist_ok=True, mode=0o700)
    os.makedirs(folder / "processes", mode=0o700, exist_ok=True)
