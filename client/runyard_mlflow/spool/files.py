"""Artifacts that could not be sent: each a copy, and beside it what says where it belongs (docs/formats/spool.md)."""

from __future__ import annotations

import hashlib
import json
import os
import threading
import time
from pathlib import Path
from typing import BinaryIO, NamedTuple

from runyard_mlflow.address import MODEL, OWN, RUN

FOLDER = "files"
VERSION = 1
_CHUNK = 1024 * 1024
_NOTE, _DATA, _REFUSED, _BEGUN = ".json", ".data", ".refused", ".new"
_PRIVATE = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)


class Unknown(Exception):
    """A note that this version does not know, or that something else has written."""


class KeptFile(NamedTuple):
    """A file in the spool.

    `place` is the address of the artifacts that it belongs to, as the server keeps it (`mlflow-artifacts:/…`), or
    `run:` and the id of a run that the server had not made yet; `path` is its path there. `logged` is the time of
    the call in seconds since 1970.
    """

    note: Path
    place: str
    path: str
    size: int
    sha256: str
    logged: float

    @property
    def data(self) -> Path:
        """Its content."""
        return self.note.with_suffix(_DATA)

    def remove(self) -> None:
        """It is not needed any more. The note goes first: without it, the rest counts for nothing."""
        self.note.unlink(missing_ok=True)
        self.data.unlink(missing_ok=True)

    def refuse(self) -> None:
        """The server does not take it, now or ever: it stays, and is not sent again."""
        self.note.replace(self.note.with_suffix(_REFUSED))


class KeptFiles:
    """Those of the present process; safe for threads."""

    def __init__(self, producer: Path) -> None:
        self._folder = producer / FOLDER
        self._lock = threading.Lock()
        self._last = 0
        # Of all that is there, and of what is being copied.
        self.bytes = 0

    def count(self, size: int) -> None:
        """So many bytes more, or fewer, are there."""
        with self._lock:
            self.bytes += size

    def add(self, source: BinaryIO, size: int, place: str, path: str) -> KeptFile:
        """Copy the first `size` bytes of an open file, which are counted already.

        Nothing is left of it when the disk is full (OSError).
        """
        logged = time.time()
        with self._lock:
            self._last += 1
            number = self._last
        self._folder.mkdir(mode=0o700, exist_ok=True)
        note = self._folder / f"{number:010}{_NOTE}"
        try:
            copied, digest = _copy(source, size, note.with_suffix(_DATA))
            self.count(copied - size)
            size = copied
            kept = KeptFile(note, place, path, copied, digest, logged)
            _write_note(kept)
        except BaseException:
            self.count(-size)
            note.with_suffix(_DATA).unlink(missing_ok=True)
            raise
        return kept

    def close(self) -> bool:
        """Remove the folder when nothing is in it; False when something is."""
        return remove_folder(self._folder)


def _copy(source: BinaryIO, size: int, target: Path) -> tuple[int, str]:
    digest = hashlib.sha256()
    left = size
    with os.fdopen(os.open(target, _PRIVATE, 0o600), "wb", buffering=0) as file:
        while left > 0 and (chunk := source.read(min(_CHUNK, left))):
            digest.update(chunk)
            left -= len(chunk)
            view = memoryview(chunk)
            while view:
                view = view[file.write(view) :]
    return size - left, digest.hexdigest()


def _write_note(kept: KeptFile) -> None:
    begun = kept.note.with_suffix(_BEGUN)
    body = {
        "version": VERSION,
        "place": kept.place,
        "path": kept.path,
        "size": kept.size,
        "sha256": kept.sha256,
        "logged": round(kept.logged * 1000),
    }
    try:
        with os.fdopen(os.open(begun, _PRIVATE, 0o600), "w", encoding="utf-8") as file:
            json.dump(body, file)
        begun.replace(kept.note)
    except BaseException:
        begun.unlink(missing_ok=True)
        raise


def kept_in(producer: Path) -> list[Path]:
    """The notes of a process's files, the oldest first."""
    return sorted((producer / FOLDER).glob(f"*{_NOTE}"))


def read_note(note: Path) -> KeptFile:
    """What a note says; raises Unknown, or FileNotFoundError when it was removed meanwhile."""
    try:
        said = json.loads(note.read_text(encoding="utf-8"))
        if said["version"] != VERSION:
            raise Unknown(
                f"{note} is of version {said['version']}, which this version of runyard-mlflow does not know"
            )
        if not said["place"].startswith((OWN, RUN, MODEL)):
            raise Unknown(f"{note} names a place that is no server's")
        return KeptFile(
            note, said["place"], said["path"], said["size"], said["sha256"], said["logged"] / 1000
        )
    except FileNotFoundError:
        raise
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise Unknown(f"{note} is no note of a file in a spool") from None


def remove_folder(folder: Path) -> bool:
    """Remove a folder of files, with what is left of copies that were never finished; False when a file is in it."""
    if not folder.is_dir():
        return True
    if any(path.suffix in (_NOTE, _REFUSED) for path in folder.iterdir()):
        return False
    for path in folder.iterdir():
        if path.suffix in (_DATA, _BEGUN):
            path.unlink(missing_ok=True)
    try:
        folder.rmdir()
    except OSError:
        return False
    return True
