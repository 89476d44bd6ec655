"""The one thread of a process that sends what it logged, in order."""

from __future__ import annotations

import logging
import random
import threading
import time
from bisect import insort
from collections.abc import Callable

from runyard_mlflow.spool.producer import MOST_SENT, Producer
from runyard_mlflow.transport import Away, Refusal, TooLarge, Transport, too_large
from runyard_mlflow.wake import Wake

log = logging.getLogger("runyard_mlflow")

# Seconds for which frames gather before they are sent, unless somebody waits for them.
LINGER = 0.05
# Seconds between attempts while the server can't be reached: the first, and the longest.
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 15.0
# Seconds after which what was written is made to survive a power cut.
SYNC_SECONDS = 1.0
# Seconds between attempts while somebody waits for a server that can't be reached.
LOOK_SECONDS = 0.5
# Seconds after which the server is asked again to take what it refused for the time being.
KEPT_SECONDS = 30.0
# Refusals that are told one by one.
MOST_TOLD = 10


class Sender:
    """Sends a producer's frames. The thread starts with the first frame."""

    def __init__(
        self,
        producer: Producer,
        transport: Transport,
        server: str,
        offline: bool,
        leftovers: Callable[[], None],
    ) -> None:
        """`leftovers` is called once, on the thread, when all was sent: to send what other processes left."""
        self._producer = producer
        self._transport = transport
        self._server = server
        self._offline = offline
        self._leftovers: Callable[[], None] | None = leftovers
        self._most = MOST_SENT
        # Taken by `with` on the lock itself: a KeyboardInterrupt in the methods of a condition or an event, which are
        # written in Python, would leave it locked.
        self._lock = threading.RLock()
        self._changed = threading.Condition(self._lock)
        # Held while frames are sent.
        self._sending = threading.Lock()
        self._wake = Wake()
        self._thread: threading.Thread | None = None
        self._closing = False
        # The number up to which frames are applied or refused.
        self.sent = 0
        self._wanted = 0
        self._poked = False
        self._awaited: set[int] = set()
        self._told = 0
        self._refusals: list[Refusal] = []
        # Since when the server can't be reached, by the monotonic clock; None while it answers.
        self.away_since: float | None = None
        self.reason = ""
        # Whether it ever answered.
        self.answered = False

    def notice(self) -> None:
        """There is something to send."""
        if not self._wake.is_set():
            self._wake.set()
            if self._thread is None:
                with self._lock:
                    self._start()

    def _start(self) -> bool:
        """Start the thread if there is none; the lock is held. False where none can be started."""
        if self._thread is None and not self._offline and not self._closing:
            thread = threading.Thread(target=self._run, name="runyard-sender", daemon=True)
            try:
                thread.start()
            except RuntimeError:  # the interpreter is ending
                return False
            self._thread = thread
        return self._thread is not None and self._thread.is_alive()

    def wait(self, number: int, seconds: float, away_seconds: float = 0.0) -> bool:
        """Wait until the frame `number` is applied or refused; False when it is not within the bounds.

        `away_seconds` bounds the wait while the server can't be reached.
        """
        if self.sent >= number:
            return True
        if self._offline:
            return False
        began = time.monotonic()
        with self._lock:
            self._awaited.add(number)
            if self.away_since is not None and not away_seconds:
                return False
        # Who waits sends: the way through the thread and back takes longer than a request. `with`, as a
        # KeyboardInterrupt may come right after `acquire`, when nothing would release the lock again.
        if self.away_since is None and not self._sending.locked():
            with self._sending:
                if self.away_since is None:
                    self._send_all()
            if self.sent >= number:
                return True
        with self._lock:
            return self._start() and self._wait(number, began, seconds, away_seconds)

    def _wait(self, number: int, began: float, seconds: float, away_seconds: float) -> bool:
        self._wanted = max(self._wanted, number)
        while self.sent < number and not self._closing:
            left = began + seconds - time.monotonic()
            if self.away_since is not None:
                left = min(left, max(began, self.away_since) + away_seconds - time.monotonic())
                # The server may be back before the next attempt is due.
                self._poked = True
            if left <= 0:
                return False
            self._wake.set()
            self._changed.notify_all()
            self._changed.wait(min(left, LOOK_SECONDS))
        return self.sent >= number

    def refusal(self, number: int) -> Refusal | None:
        """Why the server refused a frame, if it did."""
        with self._lock:
            return next((entry for entry in self._refusals if entry.first <= number <= entry.last), None)

    def close(self) -> None:
        """Stop the thread; what is not sent stays in the spool."""
        self._closing = True
        with self._lock:
            self._changed.notify_all()
        self._wake.set()
        if self._thread is not None:
            self._thread.join(timeout=2 * SYNC_SECONDS)

    def _run(self) -> None:
        synced = kept = time.monotonic()
        pause = 0.0
        while not self._closing:
            woken = self._wake.wait(timeout=SYNC_SECONDS)
            now = time.monotonic()
            if now - synced >= SYNC_SECONDS:
                self._producer.sync()
                synced = now
            if now - kept >= KEPT_SECONDS and self.away_since is None:
                self.send_kept()
                kept = now
            if not woken:
                continue
            self._linger(pause or LINGER, away=pause > 0)
            if self._closing:
                return
            # Cleared first: what is added from here on sets it again.
            self._wake.clear()
            with self._sending:
                pause = 0.0 if self._send_all() else _next_pause(pause)
            if pause:
                self._wake.set()
            elif self._leftovers is not None and not self._wake.is_set():
                self._leftovers()
                self._leftovers = None

    def _linger(self, seconds: float, away: bool) -> None:
        """Let frames gather, or wait before another attempt; not while somebody waits."""

        def wanted() -> bool:
            return self._closing or (self._poked if away else self._wanted > self.sent)

        with self._lock:
            self._changed.wait_for(wanted, seconds)
            self._poked = False

    def _send_all(self) -> bool:
        """Send what is there now; False when the server can't be reached.

        What comes meanwhile gathers for the next time: requests of a few points each would take the interpreter's lock
        from training again and again.
        """
        last = self._producer.last
        while not self._closing and (piece := self._producer.unsent(self._most)) is not None:
            if piece.first > last:
                return True
            try:
                refusals = self._transport.send(self._producer.id, piece.first, piece.data)
            except TooLarge:
                if piece.first < piece.last:
                    self._most = min(self._most, len(piece.data)) // 2
                    continue
                # What comes after it does not wait.
                refusals = [too_large(piece.first)]
            except Away as error:
                self.gone(str(error))
                return False
            except Exception as error:  # the thread's boundary: it must not end, and training must go on
                self.gone(f"{type(error).__name__}: {error}")
                return False
            self._arrived(piece.last, refusals)
            self._producer.sent(piece.last)
        return True

    def send_kept(self) -> int:
        """Send again what the server refused for the time being; how many calls it still refuses."""
        refused = 0
        for piece in self._producer.kept(self._most):
            try:
                refusals = self._transport.send(self._producer.id, piece.first, piece.data)
            except TooLarge:
                refusals = [too_large(piece.first)._replace(last=piece.last)]
            except Away:
                self._producer.keep(piece.first, piece.last)
                continue
            for refusal in refusals:
                if refusal.again:
                    self._producer.keep(refusal.first, refusal.last)
                    refused += refusal.last - refusal.first + 1
        self._producer.sent(self.sent)
        return refused

    def _arrived(self, last: int, refusals: list[Refusal]) -> None:
        for refusal in refusals:
            # Who waits for a call is told by an exception.
            if refusal.first not in self._awaited and self._told < MOST_TOLD:
                self._told += 1
                log.warning("Run %s: %s", refusal.run_id or "unknown", refusal.message)
            insort(self._refusals, refusal)
            if refusal.again:
                self._producer.keep(refusal.first, refusal.last)
        with self._lock:
            self.sent = last
            self._awaited = {number for number in self._awaited if number > last}
        self.back()

    def back(self) -> None:
        """The server answered."""
        with self._lock:
            was_away, self.away_since = self.away_since is not None, None
            self.answered = True
            self._changed.notify_all()
        if was_away:
            log.warning("%s answers again; what was logged meanwhile is sent.", self._server)

    def gone(self, reason: str) -> None:
        """The server could not be reached: tell once, until it answers again."""
        with self._lock:
            self.reason = reason
            if self.away_since is not None:
                return
            self.away_since = time.monotonic()
            self._changed.notify_all()
        log.warning(
            "%s can't be reached: %s. Training goes on; what is logged is kept in %s and sent when it answers.",
            self._server,
            reason,
            self._producer.folder,
        )


def _next_pause(pause: float) -> float:
    longest = min(LONGEST_PAUSE, 2 * pause or FIRST_PAUSE)
    return longest * random.uniform(0.5, 1.0)
