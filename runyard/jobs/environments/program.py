"""Finds the program uv and runs it, with everything that it says written into a log as it comes.

The child inherits the environment, so that index, proxy and cache settings are those of whoever started Runyard.
"""

from __future__ import annotations

import shlex
import shutil
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from runyard.jobs.child_output import copy_output
from runyard.jobs.environments.failed import EnvironmentFailed

# In no project, whose pyproject.toml uv would take into account.
_NOWHERE = "/"


def find_uv(given: Path | None = None) -> Path:
    """The program: `given`, else that of the installed package `uv`, else that on PATH; raises EnvironmentFailed."""
    if given is not None:
        if not given.is_file():
            raise EnvironmentFailed(f"Setting 'uv' must name a file: '{given}' is none.")
        return given
    found = _of_package() or shutil.which("uv")
    if found is None:
        raise EnvironmentFailed(
            "Environments of jobs are built with uv, and there is none: install the package uv."
        )
    return Path(found)


def _of_package() -> str | None:
    try:
        import uv
    except ImportError:
        return None
    try:
        return uv.find_uv_bin()
    except FileNotFoundError:
        return None


def ask(uv: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a short command and return what it answers; its exit status is the caller's to judge."""
    return subprocess.run(
        [str(uv), *arguments],
        cwd=_NOWHERE,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def run(command: Sequence[str], log: BinaryIO) -> None:
    """Run a command; raises EnvironmentFailed with its last lines when it fails.

    The log gets the command line, what the command says, byte by byte, and how many seconds it took.
    """
    say(log, f"$ {shlex.join(command)}")
    began = time.monotonic()
    process = subprocess.Popen(
        command, cwd=_NOWHERE, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    try:
        last = copy_output(process, log)
    except BaseException:
        process.kill()
        process.wait()
        raise
    say(log, f"({time.monotonic() - began:.1f} s)")
    if process.returncode != 0:
        raise EnvironmentFailed(last or f"uv ended with the status {process.returncode}.")


def say(log: BinaryIO, line: str) -> None:
    """Write a line of Runyard's own into a build's log."""
    log.write(f"{line}\n".encode())
    log.flush()
