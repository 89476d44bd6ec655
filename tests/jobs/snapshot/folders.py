"""Folders of code for tests."""

from __future__ import annotations

import subprocess
from pathlib import Path

from runyard.jobs.snapshot import Snapshot


def write(root: Path, files: dict[str, str]) -> Path:
    """Write files by their paths below a folder, and return the folder."""
    root.mkdir(parents=True, exist_ok=True)
    for path, text in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
    return root


def paths(snapshot: Snapshot) -> list[str]:
    """What a snapshot holds."""
    return [entry.path for entry in snapshot.entries]


def git(folder: Path, *arguments: str) -> str:
    """What git answers in a folder, whatever the settings of this machine's user are."""
    command = ["git", "-c", "user.name=Test", "-c", "user.email=test@host", "-c", "commit.gpgsign=false"]
    done = subprocess.run(
        [*command, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
        stdin=subprocess.DEVNULL,
    )
    return done.stdout.strip()
