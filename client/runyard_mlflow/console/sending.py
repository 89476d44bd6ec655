"""Appends what was captured to the run's file on the server, while it is written and afterwards."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Protocol

from runyard_mlflow.console.log import ConsoleLog
from runyard_mlflow.transport import AppendConflict, Away, Refusal, Refused, TooLarge

log = logging.getLogger("runyard_mlflow")

# Seconds between two looks for what is new; between attempts while the server can't be reached, the longest.
LOOK_SECONDS, LONGEST_PAUSE = 0.5, 15.0
# Bytes of a request: the first, and the most and the least of others.
FIRST_BYTES, MOST_BYTES, LEAST_BYTES = 1024 * 1024, 4 * 1024 * 1024, 16 * 1024


class Appends(Protocol):
    """What appends to a run's file; see Transport."""

    def append(self, run_id: str, path: str, offset: int, data: bytes) -> int:
        """Append, and return the file's size."""


def send_log(
    found: ConsoleLog,
    appends: Appends,
    progress: Callable[[int], None] | None = None,
    most: int = FIRST_BYTES,
) -> Refusal | None:
    """Send what the server does not have; why it refuses, if it does. Raises Away."""
    try:
        if found.offset is None:
            # A run that was there before may have a log already: this one goes on after it.
            found.goes_on_at(appends.append(found.run_id, found.artifact, 0, b""))
        while data := found.unsent(most):
            most = _send(found, appends, data, most)
            if progress is not None:
                progress(len(data))
    except Refused as error:
        return Refusal(1, 0, found.run_id, error.code, str(error), error.later)
    return None


def _send(found: ConsoleLog, appends: Appends, data: bytes, most: int) -> int:
    """Send one piece; how many bytes the next one may have."""
    while True:
        try:
            size = appends.append(found.run_id, found.artifact, found.offset or 0, data)
        except AppendConflict as conflict:
            # Somebody else has written there, or deleted the file: it goes to the end.
            found.goes_on_at(conflict.size)
            continue
        except TooLarge:
            if most <= LEAST_BYTES:
                raise Away("it takes no request, however small") from None
            most = most // 2
            data = data[:most]
            continue
        found.has_sent(len(data), max(size, (found.offset or 0) + len(data)))
        return min(MOST_BYTES, 2 * most)


class ConsoleSender:
    """Sends the logs of this process; the thread starts with the first one, and ends when all is sent."""

    def __init__(self, transport: Callable[[], Appends], before: Callable[[ConsoleLog], None]) -> None:
        """`before` is called on the thread before a log is begun, to send what ended processes left for its file."""
        self._transport = transport
        self._before = before
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._logs: list[ConsoleLog] = []
        self._thread: threading.Thread | None = None
        self._closing = False
        self._away = False

    def add(self, found: ConsoleLog) -> None:
        """Send this log from now on."""
        with self._lock:
            self._logs.append(found)
            if self._thread is None or not self._thread.is_alive():
                thread = threading.Thread(target=self._run, name="runyard-console", daemon=True)
                try:
                    thread.start()
                except RuntimeError:  # the interpreter is ending: the next process sends it
                    return
                self._thread = thread

    def finish(self, seconds: float) -> int:
        """Wait until all that was captured is sent, unless the server is away; bytes that are left."""
        until = time.monotonic() + seconds
        self._wake.set()
        # A process that was started and goes on writing is not waited for.
        while any(found.left() or found.complete() for found in self._pending()):
            if self._away or time.monotonic() >= until:
                break
            time.sleep(0.02)
            self._wake.set()
        return sum(found.left() for found in self._pending())

    def close(self) -> None:
        """Stop; what is not sent stays in the spool."""
        self._closing = True
        self._wake.set()
        if self._thread is not None:
            self._thread.join(timeout=2.0)

    def _pending(self) -> list[ConsoleLog]:
        with self._lock:
            return list(self._logs)

    def _run(self) -> None:
        pause = 0.0
        appends = self._transport()
        begun: set[ConsoleLog] = set()
        while not self._closing:
            self._wake.wait(pause or LOOK_SECONDS)
            self._wake.clear()
            try:
                for found in self._pending():
                    if found not in begun:
                        self._before(found)
                        begun.add(found)
                    self._look(found, appends)
                self._away, pause = False, 0.0
            except Exception as error:  # the thread's boundary: it must not end, and training must go on
                log.debug("The console's log is sent later: %s", error)
                self._away, pause = True, min(LONGEST_PAUSE, 2 * pause or LOOK_SECONDS)
            with self._lock:
                if not self._logs:
                    self._thread = None
                    return

    def _look(self, found: ConsoleLog, appends: Appends) -> None:
        # Before it is read: what is written later would be missed otherwise.
        complete = found.complete()
        refusal = send_log(found, appends)
        if refusal is not None:
            if refusal.again:
                raise Away(refusal.message)
            log.warning("The console of run %s is not kept: %s", found.run_id, refusal.message)
        if complete or refusal is not None:
            with self._lock:
                self._logs.remove(found)
            if complete:
                found.remove()
