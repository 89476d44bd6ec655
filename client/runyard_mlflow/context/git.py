"""The state of the code, as the `git` program tells it within a bound."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from runyard_mlflow.context.secrets import without_credentials

# Seconds that all questions together may take; in a huge tree, whether something is changed is not found out.
MOST_SECONDS = 1.0


def git_tags() -> dict[str, str]:
    """Commit, branch, remote, and whether tracked files are changed; nothing outside a repository."""
    until = time.monotonic() + MOST_SECONDS
    for folder in _folders():
        found = _ask(folder, until, "rev-parse", "HEAD", "--abbrev-ref", "HEAD")
        if found is None:
            continue
        commit, _, branch = found.partition("\n")
        tags = {"runyard.git.commit": commit}
        # On no branch, git says this.
        if branch != "HEAD":
            tags["runyard.git.branch"] = branch
        remote = _ask(folder, until, "config", "--get", "remote.origin.url")
        if remote:
            tags["runyard.git.remote"] = without_credentials(remote)
        changed = _ask(folder, until, "status", "--porcelain", "--untracked-files=no")
        if changed is not None:
            tags["runyard.git.dirty"] = "true" if changed else "false"
        return tags
    return {}


def _folders() -> list[Path]:
    """Where the script lies, and where it runs."""
    script = getattr(sys.modules.get("__main__"), "__file__", None)
    folders = [] if script is None else [Path(script).absolute().parent]
    try:
        folders.append(Path.cwd())
    except OSError:  # it was removed
        return folders
    return list(dict.fromkeys(folders))


def _ask(folder: Path, until: float, *question: str) -> str | None:
    """What git answers; None when it does not, or takes too long."""
    left = until - time.monotonic()
    if left <= 0:
        return None
    # Nothing is written to the repository, and no program that its configuration names is started.
    command = ["git", "--no-optional-locks", "-c", "core.fsmonitor=false", *question]
    try:
        process = subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return None
    with process:
        try:
            answer, _ = process.communicate(timeout=left)
        except subprocess.TimeoutExpired:
            _end(process)
            return None
    return answer.decode(errors="replace").strip() if process.returncode == 0 else None


def _end(process: subprocess.Popen[bytes]) -> None:
    """End it with what it has started, which would hold its output open."""
    try:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    except ProcessLookupError:
        return
