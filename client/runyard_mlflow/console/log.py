"""What one capture has written into the spool, and how much of it the server has."""

from __future__ import annotations

import json
import os
import socket
import threading
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import Any

from runyard_mlflow.spool.producer import is_alive, started

PREFIX = "console-"
SUFFIX = ".log"
# Bytes of a file after which another one begins.
SEGMENT = 4 * 1024 * 1024


class ConsoleLog:
    """`console-<n>.json` in a process's folder of the spool, and the files beside it."""

    def __init__(self, path: Path, state: dict[str, Any]) -> None:
        """`state`: see docs/formats/spool.md."""
        self.path = path
        self._state = state
        # Whether this process is captured: a helper that ended is replaced.
        self.captured = False
        # Its sender, and who replaces its helper, write the state.
        self._lock = threading.Lock()

    @property
    def run_id(self) -> str:
        """Whose output it is."""
        return str(self._state["run_id"])

    @property
    def artifact(self) -> str:
        """The file of the run that it goes to."""
        return str(self._state["path"])

    @property
    def sent(self) -> int:
        """Bytes that the server has."""
        return int(self._state["sent"])

    @property
    def offset(self) -> int | None:
        """Where in the run's file the next byte goes; None when that is not known yet."""
        offset: int | None = self._state["offset"]
        return offset

    @property
    def sends_itself(self) -> bool:
        """Whether the process that is captured sends, while it lives."""
        return bool(self._state["sends"])

    def helper(self, pid: int) -> None:
        """Write down which process writes."""
        self._set(pid=pid, started=started(pid), host=socket.gethostname())

    def written(self) -> bool:
        """Whether nothing will be added any more, as far as this machine can tell."""
        if self._state.get("host") != socket.gethostname():
            return True
        return not is_alive(int(self._state["pid"]), str(self._state["started"]))

    def complete(self) -> bool:
        """The same, of a log of this process."""
        return not self.captured and self.written()

    def goes_on_at(self, offset: int) -> None:
        """The next byte goes there."""
        self._set(offset=offset)

    def has_sent(self, count: int, offset: int) -> None:
        """The server has so many bytes more; files that are not needed any more are removed."""
        self._set(sent=self.sent + count, offset=offset)
        for path, following in pairwise(self._segments()):
            if _start(following) <= self.sent:
                path.unlink(missing_ok=True)

    def unsent(self, most: int) -> bytes:
        """The next bytes that the server does not have; none when it has all."""
        for path in self._segments():
            start = _start(path)
            try:
                with path.open("rb") as file:
                    file.seek(max(0, self.sent - start))
                    if data := file.read(most):
                        return data
            except FileNotFoundError:
                continue
        return b""

    def left(self) -> int:
        """Bytes that the server does not have."""
        ends = [_start(path) + size for path, size in self._sizes()]
        return max(0, max(ends, default=0) - self.sent)

    def remove(self) -> None:
        """Remove all files."""
        for path in (*self._segments(), self.path):
            path.unlink(missing_ok=True)

    def _segments(self) -> list[Path]:
        return sorted(self.path.parent.glob(f"{self.path.stem}-*{SUFFIX}"))

    def _sizes(self) -> list[tuple[Path, int]]:
        found = []
        for path in self._segments():
            with suppress(FileNotFoundError):  # it was removed meanwhile, as it is sent
                found.append((path, path.stat().st_size))
        return found

    def _set(self, **state: Any) -> None:
        with self._lock:
            self._state |= state
            self._save()

    def _save(self) -> None:
        fresh = self.path.with_suffix(f".{os.getpid()}")
        with os.fdopen(os.open(fresh, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w") as file:
            json.dump(self._state, file)
        fresh.replace(self.path)


def new_log(
    folder: Path, number: int, run_id: str, artifact: str, offset: int | None, sends: bool
) -> ConsoleLog:
    """The log of a process's capture of this number; `offset` as far as it is known. Nothing is written yet."""
    state = {"run_id": run_id, "path": artifact, "sent": 0, "offset": offset, "sends": sends}
    return ConsoleLog(folder / f"{PREFIX}{number}.json", state)


def console_logs(folder: Path) -> list[ConsoleLog]:
    """Those in the folder of a process."""
    found = []
    for path in sorted(folder.glob(f"{PREFIX}*.json")):
        try:
            state = json.loads(path.read_text())
            log = ConsoleLog(path, state)
            if log.run_id and log.artifact and log.sent >= 0 and (log.offset, log.sends_itself, state["pid"]):
                found.append(log)
        except (OSError, ValueError, KeyError, TypeError):
            # It is being removed, or something else has written there.
            continue
    return found


def _start(path: Path) -> int:
    return int(path.stem.rpartition("-")[2])
