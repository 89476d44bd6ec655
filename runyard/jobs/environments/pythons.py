"""Finds the Python that a request such as "3.11" means on this machine."""

from __future__ import annotations

import platform
import sys
import tempfile
import time
from pathlib import Path
from typing import BinaryIO

import msgspec

from runyard.jobs.environments.failed import EnvironmentFailed
from runyard.jobs.environments.known import Known, Python
from runyard.jobs.environments.program import ask, find_uv, run, say
from runyard.jobs.environments.versions import checked, fits, is_version, nearest


class Listed(msgspec.Struct):
    """One answer of `uv python list`."""

    key: str
    version: str
    implementation: str


def resolve(cache: Path, request: str | None, log: BinaryIO, uv: Path | None, lenient: bool) -> Python:
    """The interpreter for a request, asked of uv once and remembered while that interpreter stays as it is.

    `request` is a version ("3", "3.11", "3.11.4"), a range (">=3.10,<3.12"), or None for the Python that runs this.
    Where there is none, uv downloads one if its settings let it; then another patch release of the same minor version
    is taken, and the nearest minor version if `lenient`. Otherwise raises EnvironmentFailed.
    """
    wanted = _own() if request is None else checked(request)
    known = Known(cache / "pythons.json")
    found = known.get(wanted, lenient)
    if found is None:
        found = _look(find_uv(uv), wanted, log, lenient)
        known.put(wanted, found)
    if found.stands_in:
        say(log, f"Python {wanted} is not on this machine: {found.version} is taken instead.")
    return found


def _own() -> str:
    # Not the virtual environment's, which may go while environments that stand on it stay.
    return str(Path(getattr(sys, "_base_executable", sys.executable)).resolve())


def _look(uv: Path, wanted: str, log: BinaryIO, lenient: bool) -> Python:
    found = _find(uv, wanted) or _download(uv, wanted, log)
    if found is not None:
        return found
    there = sorted(
        {
            platform.python_version(),
            *(one.version for one in installed(uv) if one.implementation == "cpython"),
        }
    )
    instead = nearest(wanted, there, lenient)
    found = None if instead is None else _find(uv, instead)
    if instead is None or found is None:
        raise EnvironmentFailed(
            f"Python {wanted} is not on this machine. There is: {', '.join(there) or 'none that uv finds'}."
        )
    found.stands_in, found.lenient = True, instead.split(".")[:2] != wanted.split(".")[:2]
    return found


def _find(uv: Path, wanted: str) -> Python | None:
    """This process's own where it will do, which may lie where uv does not look; none of a virtual environment."""
    own = not wanted.startswith("/") and fits(wanted, platform.python_version())
    answer = ask(uv, "python", "find", "--no-project", "--system", _own() if own else wanted)
    if answer.returncode != 0:
        return None
    path = Path(answer.stdout.strip())
    listed = installed(uv, str(path))
    if not listed:
        return None
    return Python(
        path=str(path),
        key=listed[0].key,
        version=listed[0].version,
        modified_ns=path.stat().st_mtime_ns,
        found=time.time(),
    )


def _download(uv: Path, wanted: str, log: BinaryIO) -> Python | None:
    """Have uv fetch it as its own settings allow: it does so when an environment needs it."""
    if not is_version(wanted):
        return None
    with tempfile.TemporaryDirectory() as folder:
        try:
            run([str(uv), "venv", "--no-project", "--python", wanted, f"{folder}/try"], log)
        except EnvironmentFailed:
            return None
    return _find(uv, wanted)


def installed(uv: Path, request: str | None = None) -> list[Listed]:
    """What uv finds on this machine."""
    arguments = [
        "python",
        "list",
        "--only-installed",
        "--output-format",
        "json",
        *([request] if request else []),
    ]
    answer = ask(uv, *arguments)
    try:
        return msgspec.json.decode(answer.stdout, type=list[Listed])
    except msgspec.DecodeError:
        return []
