"""Keeps what charts were told of series, up to a number of bytes: a chart that is opened again costs no decoding."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Protocol, TypeVar

# What an entry takes beside its columns.
ENTRY_BYTES = 1024


class Sized(Protocol):
    """Something that knows how many bytes it holds."""

    @property
    def nbytes(self) -> int:
        """Bytes of its columns."""


T = TypeVar("T", bound=Sized)


class Described:
    """The answers that were asked for last, each with the number of points that it was made of; for several threads.

    A series only ever grows, so that number is a version: another one replaces the answer.
    """

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._lock = threading.Lock()
        self._entries: OrderedDict[Hashable, tuple[int, Sized]] = OrderedDict()
        self._bytes = 0

    @property
    def size(self) -> int:
        """Bytes in use."""
        return self._bytes

    def find(self, key: Hashable, version: int, kind: type[T]) -> T | None:
        """The answer to `key`, if it is there and of that version."""
        with self._lock:
            held, answer = self._entries.get(key, (None, None))
            if held != version or not isinstance(answer, kind):
                return None
            self._entries.move_to_end(key)
            return answer

    def keep(self, key: Hashable, version: int, answer: Sized) -> None:
        """Hold an answer; those that were not asked for the longest go."""
        if _size(answer) > self._max_bytes:
            return
        with self._lock:
            self._bytes += _size(answer) - self._drop(key)
            self._entries[key] = (version, answer)
            while self._bytes > self._max_bytes:
                self._bytes -= _size(self._entries.popitem(last=False)[1][1])

    def _drop(self, key: Hashable) -> int:
        """The bytes that were given back."""
        held = self._entries.pop(key, None)
        return 0 if held is None else _size(held[1])

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._entries.clear()
            self._bytes = 0


def _size(answer: Sized) -> int:
    return answer.nbytes + ENTRY_BYTES
