"""Finds the images, figures and tables among a run's files.

MLflow's client writes each image of a series as `images/<key>+step+<n>+timestamp+<ms>+<uuid>.png` and a small variant
as `…+compressed.webp`; `/` in a key becomes `~`. Older clients separate by `%` instead of `+`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

import msgspec

from runyard.store.artifacts.interface import ArtifactStore
from runyard.store.artifacts.paths import join_keys
from runyard.store.artifacts.walk import FoundFile

FOLDER = "images"
# Pictures in cells of tables: they are seen there.
TABLE_FOLDER = "table_images"
TABLES_TAG = "mlflow.loggedArtifacts"

_SERIES_NAME = re.compile(
    r"(?P<key>[^%+]+)(?P<sep>[%+])step(?P=sep)(?P<step>-?\d{1,19})(?P=sep)timestamp(?P=sep)(?P<time>\d{1,19})"
    r"(?P=sep)[0-9A-Za-z-]+(?P<small>(?P=sep)compressed)?\.[A-Za-z]+"
)
_IMAGES = frozenset("png jpg jpeg gif webp svg bmp avif".split())
_HTML = frozenset(("html", "htm"))


@dataclass
class Picture:
    """One image of a series."""

    step: int
    time: int
    path: str
    thumbnail: str | None


@dataclass
class Found:
    """Pictures that are no part of a series, with their sizes and kinds."""

    figures: list[tuple[FoundFile, Literal["image", "html"]]] = field(default_factory=list)
    more: bool = False


class _TableTag(msgspec.Struct):
    path: str
    type: str = ""


_tables = msgspec.json.Decoder(list[_TableTag])


def image_series(artifacts: ArtifactStore, root: str, limit: int) -> tuple[dict[str, list[Picture]], bool]:
    """Series by key, each by step with the newest image of a step; and whether more than `limit` files are there."""
    entries = artifacts.list(join_keys(root, FOLDER), limit=limit + 1)
    found: dict[tuple[str, int], Picture] = {}
    small: dict[str, tuple[str, int]] = {}
    sizes: dict[str, int] = {}
    for entry in entries[:limit]:
        match = None if entry.is_folder else _SERIES_NAME.fullmatch(entry.name)
        if match is None:
            continue
        path = join_keys(FOLDER, entry.name)
        if match["small"]:
            small[path[: match.start("small") + len(FOLDER) + 1]] = path, entry.size
            continue
        place = match["key"].replace("~", "/"), int(match["step"])
        known = found.get(place)
        if known is None or int(match["time"]) >= known.time:
            found[place] = Picture(place[1], int(match["time"]), path, None)
            sizes[path] = entry.size
    series: dict[str, list[Picture]] = {}
    for (key, _), picture in sorted(found.items(), key=lambda item: item[0]):
        variant, size = small.get(picture.path.rpartition(".")[0], (None, 0))
        # The client enlarges what is small, too: such a variant is larger than its original, and a blur.
        picture.thumbnail = None if sizes[picture.path] < size else variant
        series.setdefault(key, []).append(picture)
    return series, len(entries) > limit


def figures(artifacts: ArtifactStore, root: str, most_files: int, most_figures: int) -> Found:
    """Pictures that lie anywhere below `root`; looks at `most_files` entries at most."""
    found = Found()
    walked = _Walk(artifacts, root, most_files)
    for file in walked:
        kind = _kind(file.path)
        if kind is None:
            continue
        if len(found.figures) == most_figures:
            found.more = True
            return found
        found.figures.append((file, kind))
    found.more = walked.cut
    return found


def table_paths(tag: str | None) -> list[str]:
    """Paths of the tables that the run's tag names; none when it can't be read."""
    try:
        return list(dict.fromkeys(each.path for each in _tables.decode(tag or "[]") if each.type == "table"))
    except msgspec.DecodeError:
        return []


def _kind(path: str) -> Literal["image", "html"] | None:
    folder, _, name = path.rpartition("/")
    if folder == FOLDER and _SERIES_NAME.fullmatch(name):
        return None
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    if suffix in _IMAGES:
        return "image"
    return "html" if suffix in _HTML else None


class _Walk:
    """Files level by level, the upper ones first, until `most` entries were seen; `cut` tells whether that was all."""

    def __init__(self, artifacts: ArtifactStore, root: str, most: int) -> None:
        self._artifacts = artifacts
        self._root = root
        self._left = most
        self.cut = False

    def __iter__(self) -> Iterator[FoundFile]:
        waiting = [""]
        for folder in waiting:
            entries = self._artifacts.list(join_keys(self._root, folder), limit=self._left + 1)
            if len(entries) > self._left:
                self.cut = True
                entries = entries[: self._left]
            self._left -= len(entries)
            for entry in entries:
                path = join_keys(folder, entry.name)
                if not entry.is_folder:
                    yield FoundFile(path, entry.size)
                elif path != TABLE_FOLDER:
                    waiting.append(path)
            if self.cut:
                return
