"""How long a transfer goes on although the server can't be reached."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import TypeVar

from runyard_mlflow.transport import Away, Damaged

T = TypeVar("T")
# Seconds between attempts: the first, and the longest.
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 2.0


class Patience:
    """One for all threads of a transfer: whatever arrives on any of them begins it anew."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._since: float | None = None

    def attempt(self, work: Callable[[], T]) -> T:
        """Return what `work` returns, tried again while it raises Away; raises Away when it takes too long."""
        pause = FIRST_PAUSE
        while True:
            try:
                result = work()
            except Damaged:
                raise
            except Away:
                now = time.monotonic()
                if self._since is None:
                    self._since, pause = now, FIRST_PAUSE
                if now + pause > self._since + self._seconds:
                    raise
                time.sleep(pause * random.uniform(0.5, 1.0))
                pause = min(2 * pause, LONGEST_PAUSE)
            else:
                self.arrived()
                return result

    def arrived(self) -> None:
        """Something was sent or came."""
        self._since = None
