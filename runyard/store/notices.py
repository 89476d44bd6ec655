"""Tells the other processes that have the folder open what this one changed.

Pages show what is written to a folder by whatever process. Who wants to hear puts a file `live/<process>.hears` there;
while there is one, every process appends its changes, as lines of JSON, to files `live/<process>.<number>.changes`. A
file that has grown large is followed by another one, and the one before it goes.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import msgspec

from runyard.store.changes import Change
from runyard.store.journal.gate import CLOCK_TICK_NS
from runyard.store.receipts import has_ended

log = logging.getLogger("runyard")

# Bytes of a file after which another one is begun.
FILE_BYTES = 256 * 1024
# Seconds between two looks whether those who hear are still alive.
LOOK_SECONDS = 5.0
# Names of series that are told of one change; see MAX_NAMES of the live stream, which takes it the same way.
MOST_NAMES = 200
HEARS, CHANGES = ".hears", ".changes"

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Change).decode


class Notices:
    """The notices of one process; safe for threads."""

    def __init__(self, folder: Path, process: str) -> None:
        self._folder = folder / "live"
        self._folder.mkdir(exist_ok=True, mode=0o700)
        self._processes = folder / "processes"
        self._process = process
        self._lock = threading.Lock()
        self._heard = False
        self._looked = float("-inf")
        # When the folder was changed that was looked at, by its own clock; -1: look again.
        self._seen = -1
        self._number = 0
        self._handle = -1
        self._size = 0
        # Bytes that were read of each file of others.
        self._read: dict[str, int] = {}

    def tell(self, changes: list[Change]) -> None:
        """Write changes down, if anybody hears; they are committed."""
        with self._lock:
            try:
                if self._is_heard():
                    self._append(b"".join(_encode(_short(change)) + b"\n" for change in changes))
            except OSError as error:  # pages that are late are no reason to fail
                log.debug("Other processes are not told what changed: %s", error)

    def listen(self) -> None:
        """Have the other processes write down what they change from now on."""
        os.close(os.open(self._folder / f"{self._process}{HEARS}", os.O_CREAT | os.O_WRONLY, 0o600))
        with self._lock:
            for path in self._others():
                if self._is_gone(path):
                    path.unlink(missing_ok=True)
                else:
                    self._read[path.name] = path.stat().st_size

    def hear(self) -> list[Change]:
        """What others changed since the last call."""
        changes: list[Change] = []
        with self._lock:
            present = self._others()
            for path in present:
                try:
                    found = self._new(path)
                    changes += found
                    if not found and self._is_gone(path):
                        path.unlink()
                except FileNotFoundError:
                    continue  # another one that hears has removed it
            names = {path.name for path in present}
            self._read = {name: size for name, size in self._read.items() if name in names}
        return changes

    def has_company(self) -> bool:
        """Whether another process has the folder open."""
        return any(name != self._process for name in os.listdir(self._processes))

    def close(self) -> None:
        """Stop telling and hearing. What was told stays for those who hear, who remove it."""
        with self._lock:
            (self._folder / f"{self._process}{HEARS}").unlink(missing_ok=True)
            if self._handle >= 0:
                os.close(self._handle)
                self._handle = -1
            if not self._find_hearers():
                for path in self._folder.glob(f"{self._process}.*{CHANGES}"):
                    path.unlink(missing_ok=True)

    def _is_heard(self) -> bool:
        changed = os.stat(self._folder).st_mtime_ns
        now = time.monotonic()
        if changed != self._seen or now - self._looked >= LOOK_SECONDS:
            settled = time.time_ns() - changed > CLOCK_TICK_NS
            self._heard = self._find_hearers()
            self._looked = now
            self._seen = changed if settled else -1
        return self._heard

    def _find_hearers(self) -> bool:
        found = False
        for path in self._folder.glob(f"*{HEARS}"):
            if path.stem == self._process:
                continue
            if self._is_gone(path):
                path.unlink(missing_ok=True)
            else:
                found = True
        return found

    def _append(self, lines: bytes) -> None:
        if self._handle >= 0 and self._size > FILE_BYTES:
            os.close(self._handle)
            self._handle = -1
        if self._handle < 0:
            self._number += 1
            self._handle = os.open(self._path(self._number), os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
            self._size = 0
            # The one before is still being read.
            self._path(self._number - 2).unlink(missing_ok=True)
        self._size += os.write(self._handle, lines)

    def _path(self, number: int) -> Path:
        return self._folder / f"{self._process}.{number:08}{CHANGES}"

    def _others(self) -> list[Path]:
        found = self._folder.glob(f"*{CHANGES}")
        return sorted(path for path in found if not path.name.startswith(f"{self._process}."))

    def _new(self, path: Path) -> list[Change]:
        start = self._read.get(path.name, 0)
        if path.stat().st_size <= start:
            return []
        with path.open("rb") as file:
            file.seek(start)
            # What follows the last end of a line is still being written.
            lines = file.read().rpartition(b"\n")[0]
        if not lines:
            return []
        self._read[path.name] = start + len(lines) + 1
        return list(_decoded(lines))

    def _is_gone(self, path: Path) -> bool:
        return has_ended(self._processes / path.name.partition(".")[0])


def _decoded(lines: bytes) -> Iterator[Change]:
    for line in lines.split(b"\n"):
        # A disk that was full may have taken half of one.
        with suppress(msgspec.DecodeError):
            yield _decode(line)


def _short(change: Change) -> Change:
    if len(change.metrics) <= MOST_NAMES:
        return change
    return msgspec.structs.replace(change, metrics=change.metrics[:MOST_NAMES])
