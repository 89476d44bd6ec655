"""Keeps the JSON of runs' metrics and parameters in memory, up to a number of bytes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from typing import NamedTuple

import msgspec

# What an entry takes beside its text.
ENTRY_BYTES = 512


# How many parameters a run has, and how many points all its series together (None without a series).
Version = tuple[int, int | None]


class RunText(NamedTuple):
    """The lists of one run as JSON."""

    metrics: msgspec.Raw
    params: msgspec.Raw


class RunTexts:
    """The texts that were asked for last, by the runs' row ids; safe to use from several threads.

    Nothing has to tell it what was written, by this process or another. Row ids are never used again, parameters
    never change or go, and a series' count grows with every point: while both numbers of a Version are the same,
    so are the lists. Who asks reads the numbers in the snapshot that it answers from.
    """

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._lock = threading.Lock()
        self._entries: OrderedDict[int, tuple[Version, RunText]] = OrderedDict()
        self._bytes = 0

    @property
    def size(self) -> int:
        """Bytes in use."""
        return self._bytes

    def find(self, versions: Mapping[int, Version]) -> dict[int, RunText]:
        """The texts of those of these runs that are kept in the version asked for."""
        found: dict[int, RunText] = {}
        with self._lock:
            for run, version in versions.items():
                entry = self._entries.get(run)
                if entry is not None and entry[0] == version:
                    found[run] = entry[1]
                    self._entries.move_to_end(run)
        return found

    def keep(self, versions: Mapping[int, Version], texts: Mapping[int, RunText]) -> None:
        """Keep the texts of runs in place of what was kept of them."""
        with self._lock:
            for run, text in texts.items():
                older = self._entries.pop(run, None)
                if older is not None:
                    self._bytes -= _size(older[1])
                if _size(text) <= self._max_bytes:
                    self._entries[run] = versions[run], text
                    self._bytes += _size(text)
            while self._bytes > self._max_bytes:
                _, (_, dropped) = self._entries.popitem(last=False)
                self._bytes -= _size(dropped)


def _size(text: RunText) -> int:
    return len(memoryview(text.metrics)) + len(memoryview(text.params)) + ENTRY_BYTES
