"""Wakes a thread, from a thread that a KeyboardInterrupt may strike."""

from __future__ import annotations

from queue import Empty, SimpleQueue


class Wake:
    """As `threading.Event`, for one thread that waits; no interrupt can leave a lock of it taken."""

    def __init__(self) -> None:
        self._is_set = False
        # Written in C: an interrupt comes before or after `put`.
        self._calls: SimpleQueue[None] = SimpleQueue()

    def is_set(self) -> bool:
        """Whether it was set since it was cleared."""
        return self._is_set

    def set(self) -> None:
        """Wake the thread that waits, now or next."""
        self._is_set = True
        self._calls.put(None)

    def clear(self) -> None:
        """Forget that it was set."""
        self._is_set = False
        try:
            while True:
                self._calls.get_nowait()
        except Empty:
            return

    def wait(self, timeout: float) -> bool:
        """Wait so many seconds at most until it is set; whether it is."""
        if not self._is_set:
            try:
                self._calls.get(timeout=timeout)
            except Empty:
                pass
        return self._is_set
