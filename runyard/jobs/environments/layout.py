"""Where environments lie, and the file that says that one is whole.

    <cache>/pythons.json            which Python a request was found to mean
    <cache>/<key>.lock              held by the one that builds or removes
    <cache>/<key>/ready.json        written last, by rename; names the attempt that it vouches for
    <cache>/<key>/<attempt>/        a virtual environment
    <cache>/<key>/<attempt>.lock    shared by those that use it

`<key>` is the first 16 digits of the environment's key. Each build has a folder of its own under its final name: paths
in scripts and in compiled files are true from the start, and a uv that outlives a killed builder writes into rubbish,
never into what another one builds. A rename of a relocatable environment would give up the first.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import msgspec

KEY_DIGITS = 16
_ENDING = "ready.json"


class Ready(msgspec.Struct, kw_only=True):
    """What is known of a built environment; sizes in bytes, times in seconds since 1970."""

    key: str
    attempt: str
    requirements: list[str]
    python: str
    size: int
    created: float
    # The plugin's folder, where there is one.
    plugin: str | None = None


class Place:
    """The paths of one environment."""

    def __init__(self, cache: Path, key: str) -> None:
        self.key = key
        self.folder = cache / key[:KEY_DIGITS]
        self.lock = cache / f"{key[:KEY_DIGITS]}.lock"
        self.marker = self.folder / _ENDING

    def ready(self) -> Ready | None:
        """What was built, if it is whole and the Python that it stands on is still there; counts as a use."""
        found = read_marker(self.marker)
        if found is None or found.key != self.key or not python_of(self.folder / found.attempt).exists():
            return None
        try:
            os.utime(self.marker)
        except FileNotFoundError:
            return None  # removed just now
        return found

    def new_attempt(self) -> Path:
        """A folder's path that nobody else has or had, with its lock's file."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        attempt = self.folder / secrets.token_hex(4)
        lock_of(attempt).touch(mode=0o600, exist_ok=False)
        return attempt

    def publish(self, ready: Ready) -> None:
        """Say that an attempt is whole."""
        temporary = self.marker.with_suffix(".new")
        temporary.write_bytes(msgspec.json.encode(ready))
        os.replace(temporary, self.marker)


def read_marker(path: Path) -> Ready | None:
    """The marker's content; None where there is none, or it is damaged."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Ready)
    except (OSError, msgspec.DecodeError):
        return None


def python_of(attempt: Path) -> Path:
    """The interpreter of a virtual environment."""
    return attempt / "bin" / "python"


def lock_of(attempt: Path) -> Path:
    """The file whose lock the users of a virtual environment share."""
    return attempt.with_name(f"{attempt.name}.lock")
