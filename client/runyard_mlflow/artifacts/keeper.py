"""Keeps files in the spool that can't be sent now, and sends them on a thread of its own when the server answers."""

from __future__ import annotations

import logging
import random
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from pathlib import Path

from runyard_mlflow.artifacts.delivery import Delivery, Refused, TooEarly
from runyard_mlflow.sender import FIRST_PAUSE, KEPT_SECONDS, LINGER, LONGEST_PAUSE, LOOK_SECONDS, Sender
from runyard_mlflow.spool.files import KeptFile
from runyard_mlflow.spool.producer import Producer
from runyard_mlflow.transport import Away, Unwilling

log = logging.getLogger("runyard_mlflow")


class _Pending:
    """A file that is to be sent, after the frames up to `after`, and not before the time `due`."""

    __slots__ = ("after", "due", "kept")

    def __init__(self, kept: KeptFile, after: int) -> None:
        self.kept = kept
        self.after = after
        self.due = 0.0


class Keeper:
    """The files of one process for one server. Safe for threads; the thread starts with the first file."""

    def __init__(
        self, server: str, producer: Producer, sender: Sender, delivery: Delivery, offline: bool
    ) -> None:
        self._server = server
        self._producer = producer
        self._sender = sender
        self._delivery = delivery
        self._offline = offline
        self._pending: deque[_Pending] = deque()
        # What other processes left, each sent by a call.
        self._leftovers: deque[Callable[[], None]] = deque()
        self._changed = threading.Condition()
        # What is being sent.
        self._present: _Pending | None = None
        self._thread: threading.Thread | None = None
        self._closing = False
        self._poked = False
        # Since when the server takes no files, although it answers, by the monotonic clock; None while it does.
        self._unwilling_since: float | None = None

    @property
    def count(self) -> int:
        """Files that are not sent yet."""
        return len(self._pending)

    @property
    def takes_files(self) -> bool:
        """Whether the server takes files, as far as is known."""
        return self._unwilling_since is None

    def failed(self, error: Away) -> None:
        """A file could not be sent: tell once, until one is."""
        if not isinstance(error, Unwilling):
            self._sender.gone(str(error))
            return
        with self._changed:
            if self._unwilling_since is not None:
                return
            self._unwilling_since = time.monotonic()
            self._changed.notify_all()
        log.warning(
            "%s takes no artifacts: %s. Training goes on; they are kept in %s and sent later.",
            self._server,
            error,
            self._producer.folder,
        )

    def keep(self, source: Path, place: str, path: str) -> None:
        """Copy a file into the spool, and send it later; raises Lost when the spool is full, or OSError."""
        kept = self._producer.keep_file(source, place, path)
        self.forget((place,), path)
        with self._changed:
            self._pending.append(_Pending(kept, self._producer.last))
            self._start()
            self._changed.notify_all()

    def forget(self, places: Iterable[str], path: str) -> None:
        """The artifact `path` was logged anew: an older one that waits is not sent any more.

        `places` are the names of the one place that it belongs to. One that is under way is left to the server, which
        knows when each was logged.
        """
        if not self._pending:
            return
        named = set(places)
        with self._changed:
            for old in [
                each for each in self._pending if each.kept.path == path and each.kept.place in named
            ]:
                if old is not self._present:
                    self._pending.remove(old)
                    self._producer.remove_file(old.kept)

    def adopt(self, send: Callable[[], None]) -> None:
        """Have the thread call `send`, which sends what another process left, when this one's files are sent."""
        with self._changed:
            self._leftovers.append(send)
            self._start()
            self._changed.notify_all()

    def wait(self, seconds: float, away_seconds: float) -> bool:
        """Wait until all files are sent; False when they are not within the bounds.

        `away_seconds` bounds the wait while the server can't be reached.
        """
        if self._offline:
            return not self._pending
        began = time.monotonic()
        with self._changed:
            while any(not each.due for each in self._pending) and not self._closing:
                left = began + seconds - time.monotonic()
                away_since = self._sender.away_since or self._unwilling_since
                if away_since is not None:
                    left = min(left, max(began, away_since) + away_seconds - time.monotonic())
                    self._poked = True
                if left <= 0:
                    return False
                if not self._start():
                    break
                self._changed.notify_all()
                self._changed.wait(min(left, LOOK_SECONDS))
        return not self._pending

    def close(self) -> None:
        """Stop the thread; what is not sent stays in the spool."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()

    def _start(self) -> bool:
        """Start the thread if there is none; the lock is held. False where none can be started."""
        if self._thread is None and not self._offline and not self._closing:
            thread = threading.Thread(target=self._run, name="runyard-files", daemon=True)
            try:
                thread.start()
            except RuntimeError:  # the interpreter is ending
                return False
            self._thread = thread
        return self._thread is not None and self._thread.is_alive()

    def _run(self) -> None:
        pause = 0.0
        while not self._closing:
            if pause:
                self._rest(pause)
            try:
                pause = 0.0 if self._send_next() else _next_pause(pause)
            except Exception as error:  # the thread's boundary: it must not end, and training must go on
                log.error("Files in %s are not sent: %s", self._producer.folder, error, exc_info=True)
                pause = LONGEST_PAUSE

    def _rest(self, seconds: float) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._closing or self._poked, seconds)
            self._poked = False

    def _send_next(self) -> bool:
        """Send one file, or wait for one; False when the server can't be reached."""
        with self._changed:
            now = time.monotonic()
            due = next((each for each in self._pending if each.due <= now), None)
            if due is None and not self._leftovers:
                self._changed.wait(KEPT_SECONDS if self._pending else None)
                return True
            send = None if due is not None else self._leftovers.popleft()
        if send is not None:
            send()
            return True
        assert due is not None
        # Frames before it may make its run.
        if self._sender.sent < due.after:
            time.sleep(LINGER if self._sender.away_since is None else LOOK_SECONDS)
            return True
        with self._changed:
            if due not in self._pending:
                return True
            self._present = due
        try:
            return self._send(due)
        finally:
            self._present = None

    def _send(self, pending: _Pending) -> bool:
        try:
            self._delivery.send(pending.kept)
        except Away as error:
            self.failed(error)
            return False
        except TooEarly:
            with self._changed:
                pending.due = time.monotonic() + KEPT_SECONDS
                self._changed.notify_all()
            return True
        except Refused as error:
            if pending.kept.note.exists():
                log.error(
                    "The artifact %s is not sent: %s. It stays in %s.",
                    pending.kept.path,
                    error,
                    pending.kept.data,
                )
                pending.kept.refuse()
            # Else another process took this one for ended, and has sent it.
        else:
            self._producer.remove_file(pending.kept)
        self._sender.back()
        with self._changed:
            self._unwilling_since = None
            self._pending.remove(pending)
            self._changed.notify_all()
        return True


def _next_pause(pause: float) -> float:
    longest = min(LONGEST_PAUSE, 2 * pause or FIRST_PAUSE)
    return longest * random.uniform(0.5, 1.0)
