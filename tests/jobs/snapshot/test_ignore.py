"""Rules leave out what git leaves out: random folders and rules, asked of git itself."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from runyard.jobs.snapshot import collect
from tests.jobs.snapshot.folders import paths, write

NAMES = st.sampled_from(["a", "b", "data", "log.txt", "a.log", "x y", ".env", "Keep"])
PATHS = st.lists(NAMES, min_size=1, max_size=4).map("/".join)
PIECES = st.sampled_from(
    ["a", "b", "data", "*.log", "*", "**", "log.txt", "?", "[ab]", "x\\ y", ".*", "Keep", "d*"]
)
PATTERNS = st.builds(
    lambda negated, rooted, pieces, folder: negated + rooted + "/".join(pieces) + folder,
    st.sampled_from(["", "", "", "!"]),
    st.sampled_from(["", "", "/"]),
    st.lists(PIECES, min_size=1, max_size=3),
    st.sampled_from(["", "", "/", "  "]),
)
LINES = st.lists(PATTERNS | st.sampled_from(["", "# data", "\\#a", "!"]), max_size=6)


def without_conflicts(wanted: list[str]) -> list[str]:
    """Paths of files none of which is the folder of another."""
    taken: list[str] = []
    for path in sorted(set(wanted), key=len, reverse=True):
        if not any(other.startswith(f"{path}/") for other in taken):
            taken.append(path)
    return taken


def listed_by_git(folder: Path) -> list[str]:
    """All files that git would add."""
    command = ["git", "-c", "core.excludesFile=/dev/null", "-c", "core.quotePath=false"]
    subprocess.run([*command, "init", "--quiet", "--template="], cwd=folder, check=True, capture_output=True)
    listing = [*command, "ls-files", "--others", "--exclude-from=.gitignore", "-z"]
    listed = subprocess.run(listing, cwd=folder, check=True, capture_output=True, text=True).stdout
    return sorted(path for path in listed.split("\0") if path)


@settings(max_examples=120, deadline=None)
@given(wanted=st.lists(PATHS, max_size=12), lines=LINES)
def test_as_git_does(wanted: list[str], lines: list[str]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = write(Path(name), dict.fromkeys(without_conflicts(wanted), "1"))
        write(folder, {".gitignore": "\n".join(lines) + "\n"})
        snapshot = collect(folder)
        assert paths(snapshot) == listed_by_git(folder)
        assert [entry.size for entry in snapshot.entries] == [
            (folder / entry.path).stat().st_size for entry in snapshot.entries
        ]
