"""Goes through a folder and all folders in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from runyard.store.artifacts.interface import ArtifactStore
from runyard.store.artifacts.paths import join_keys


class FoundFile(NamedTuple):
    """A file below a folder: its path from there on, and its size in bytes when it was listed."""

    path: str
    size: int


def walk(artifacts: ArtifactStore, folder: str) -> Iterator[FoundFile]:
    """All files below `folder`, each folder's own before those of the folders in it; none when it is absent."""
    waiting = [""]
    while waiting:
        path = waiting.pop()
        inner = []
        for entry in artifacts.list(join_keys(folder, path)):
            place = join_keys(path, entry.name)
            if entry.is_folder:
                inner.append(place)
            else:
                yield FoundFile(place, entry.size)
        waiting += reversed(inner)
