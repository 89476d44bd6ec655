"""Remembers which Python a request was found to mean, so that an environment that is there needs no process."""

from __future__ import annotations

import os
import secrets
import time
from pathlib import Path

import msgspec

# A stand-in is taken for so long, then the asked one is looked for again.
_STAND_IN_SECONDS = 600.0


class Python(msgspec.Struct, kw_only=True):
    """An interpreter: `key` is uv's name for its kind, version and platform.

    `stands_in` says that it is another minor or patch version than the asked one.
    """

    path: str
    key: str
    version: str
    modified_ns: int
    found: float
    stands_in: bool = False
    lenient: bool = False


class Known:
    """The file `pythons.json` of a cache. Of two processes that write at once, one is forgotten and asks again."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def get(self, request: str, lenient: bool) -> Python | None:
        """The interpreter that was found, if it is still the same file and may still be taken."""
        found = self._read().get(request)
        if found is None or _modified(Path(found.path)) != found.modified_ns:
            return None
        if found.lenient and not lenient:
            return None
        if found.stands_in and time.time() - found.found > _STAND_IN_SECONDS:
            return None
        return found

    def put(self, request: str, found: Python) -> None:
        """Remember one."""
        known = {**self._read(), request: found}
        temporary = self._path.with_suffix(f".{secrets.token_hex(4)}")
        temporary.write_bytes(msgspec.json.encode(known))
        os.replace(temporary, self._path)

    def _read(self) -> dict[str, Python]:
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=dict[str, Python])
        except (OSError, msgspec.DecodeError):
            return {}


def _modified(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return -1
