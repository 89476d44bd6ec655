"""Sends a node's logs to the server while they are written: what has the same name there, byte by byte."""

from __future__ import annotations

import logging
import os
import threading
import time
from contextlib import suppress
from pathlib import Path

import msgspec

from runyard.jobs.link import Away, Link, Refused

log = logging.getLogger("runyard.jobs.supervisor")

# Seconds between two looks; the longest pause while the server is away.
LOOK_SECONDS, LONGEST_PAUSE = 0.1, 5.0
# Bytes of one request.
PIECE = 4 * 1024 * 1024
APPEND = "/api/2.0/runyard/append"


class LogFile:
    """A file of this node, and how much of it the server has."""

    def __init__(self, path: Path, name: str) -> None:
        """`name` is its path among the job's artifacts."""
        self.path = path
        self.name = name
        self.sent = -1
        # Where it begins in the server's file: another one may have written there before.
        self._shift = 0

    def send(self, link: Link, run_id: str) -> bool:
        """Send the next piece; False when there is none. Raises Away and Refused."""
        if self.sent < 0:
            # A supervisor before this one may have sent some of it.
            self.sent = min(self._append(link, run_id, 0, b""), self.path.stat().st_size)
        with self.path.open("rb") as file:
            file.seek(self.sent)
            data = file.read(PIECE)
        if not data:
            return False
        try:
            self._append(link, run_id, self._shift + self.sent, data)
        except Refused as error:
            if error.status != 409:
                raise
            # The command wrote to the file of this name by itself, or somebody deleted it: go on at its end.
            self._shift = int(error.body["size"]) - self.sent
            return True
        self.sent += len(data)
        return True

    def _append(self, link: Link, run_id: str, offset: int, data: bytes) -> int:
        query: dict[str, str | int | list[str]] = {"run_id": run_id, "path": self.name, "offset": offset}
        headers = {"content-type": "application/octet-stream"}
        answer = link.send("POST", APPEND, data, query, headers)
        return int(msgspec.json.decode(answer).get("size", 0))


class LogSender:
    """A thread that sends all files below a folder, those that come later, too."""

    def __init__(self, folder: Path, prefix: str, run_id: str, link: Link) -> None:
        self._folder = folder
        self._prefix = prefix
        self._run_id = run_id
        self._link = link
        self._files: dict[Path, LogFile] = {}
        self._ends = threading.Event()
        self._wake = threading.Event()
        self._given_up: set[Path] = set()
        self.away_since: float | None = None
        self._thread = threading.Thread(target=self._run, name="runyard-logs", daemon=True)
        self._thread.start()

    def finish(self, seconds: float | None = None) -> bool:
        """Wait until all is sent that was written before; False when that took too long."""
        self._ends.set()
        self._wake.set()
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        pause = LOOK_SECONDS
        while True:
            # Before the look: what is written after it would be missed otherwise.
            ends = self._ends.is_set()
            try:
                self._send_all()
                self.away_since, pause = None, LOOK_SECONDS
            except Away as error:
                if self.away_since is None:
                    log.warning("The logs wait: %s", error)
                    self.away_since = time.monotonic()
                pause, ends = min(LONGEST_PAUSE, 2 * pause), False
            if ends:
                return
            self._wake.wait(pause)
            if not self._ends.is_set():
                self._wake.clear()
            elif self.away_since is not None:
                time.sleep(pause)

    def _send_all(self) -> None:
        for path in self._found():
            file = self._files.get(path)
            if file is None:
                name = self._prefix + path.relative_to(self._folder).as_posix()
                file = self._files[path] = LogFile(path, name)
            with suppress(FileNotFoundError):
                if path.stat().st_size == file.sent:
                    continue
            try:
                while file.send(self._link, self._run_id):
                    pass
            except Refused as error:
                log.error("The log %s is not kept: %s", file.name, error.message)
                self._given_up.add(path)

    def _found(self) -> list[Path]:
        found = []
        for parent, _, names in os.walk(self._folder):
            found += [Path(parent, name) for name in names]
        return sorted(path for path in found if path not in self._given_up)
