"""Fetches a job's code from a git repository, with the program git."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from runyard.errors import InvalidParameter, InvalidState
from runyard.jobs.child_output import copy_output
from runyard.jobs.snapshot.addresses import PROTOCOLS, Address, parse, shown

_ALL = ("+refs/heads/*:refs/fetched/heads/*", "+refs/tags/*:refs/fetched/tags/*")
# Of the repository that Runyard itself may run in, as below a hook of git.
_UNSET = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY")
_COMMIT = re.compile(r"[0-9a-f]{7,64}\Z")


class GitFailed(InvalidState):
    """The repository can't be fetched; the message is what git said last."""


def from_git(
    url: str, ref: str | None, into: Path, log: BinaryIO, *, protocols: Collection[str] = PROTOCOLS
) -> Path:
    """Check out a repository into the folder `into`, new or empty, and return the folder that the address means.

    Only the wanted commit is fetched where the server allows that. Nobody is asked for a password: git has one from its
    own settings, or fails. Raises InvalidParameter for an address that is not allowed, GitFailed for what git refuses;
    `into` is empty then.
    """
    address = parse(url, ref, protocols)
    into.mkdir(parents=True, exist_ok=True)
    if any(into.iterdir()):
        raise InvalidParameter(f"A repository is checked out into an empty folder: '{into}' is not.")
    try:
        _checkout(_Git(into, protocols, log), address)
        return _folder(into, address.folder)
    except BaseException:
        _empty(into)
        raise


class _Git:
    """Runs git in one folder, so that it neither asks, nor runs what the repository brings."""

    def __init__(self, folder: Path, protocols: Collection[str], log: BinaryIO) -> None:
        self._folder = folder
        self._log = log
        # `env` adds to the environment that the child inherits.
        self._prefix = [
            "env",
            *(part for name in _UNSET for part in ("-u", name)),
            "GIT_TERMINAL_PROMPT=0",
            "GIT_ASKPASS=true",
            "SSH_ASKPASS_REQUIRE=never",
            f"GIT_ALLOW_PROTOCOL={':'.join(protocols)}",
            "git",
            *("-c", "core.hooksPath=/dev/null"),
            *("-c", "core.fsmonitor=false"),
            *("-c", "advice.detachedHead=false"),
        ]

    def __call__(self, *arguments: str) -> None:
        """Run one command, its output into the log; raises GitFailed."""
        self._log.write(f"$ {shown(shlex.join(['git', *arguments]))}\n".encode())
        self._log.flush()
        # In a session of its own it has no terminal on which ssh could ask.
        process = subprocess.Popen(
            [*self._prefix, *arguments],
            cwd=self._folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            last = copy_output(process, self._log)
        except BaseException:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            raise
        if process.returncode != 0:
            raise GitFailed(shown(last) or f"git ended with the status {process.returncode}.")


def _checkout(git: _Git, address: Address) -> None:
    git("init", "--quiet", "--template=", ".")
    wanted = address.ref or "HEAD"
    try:
        git("fetch", "--quiet", "--depth=1", "--no-tags", "--", address.url, wanted)
    except GitFailed:
        # A server need not give a commit by its name, and none gives one by the name's beginning.
        if not _COMMIT.match(wanted):
            raise
        git("fetch", "--quiet", "--no-tags", "--", address.url, *_ALL)
        git("checkout", "--quiet", "--detach", wanted, "--")
    else:
        git("checkout", "--quiet", "--detach", "FETCH_HEAD", "--")
    git("rev-parse", "HEAD")


def _folder(into: Path, folder: str | None) -> Path:
    """The wanted folder; a link of the repository must not make it another one of this machine."""
    found = into / (folder or "")
    if not found.is_dir() or not found.resolve().is_relative_to(into.resolve()):
        raise InvalidParameter(f"The repository has no folder '{folder}'.")
    return found


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink()
