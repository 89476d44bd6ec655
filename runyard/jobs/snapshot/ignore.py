"""Which files of a code folder a job does not take."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from runyard.errors import InvalidParameter

# Never part of a job's code.
ALWAYS = frozenset({".git", "__pycache__"})
# What makes a folder a workspace of Runyard.
WORKSPACE_FILE = "runyard.db"

# The slash of a rule for folders alone.
_ENDING = re.compile(r"(?<=.)/ *$")

# Says of a path below the folder, and whether it is a folder, whether it is left out by itself.
Ignores = Callable[[str, bool], bool]


def ignores_of(folder: Path) -> Ignores:
    """The rules of the root's `.amlignore`, else of its `.gitignore`: gitignore's syntax; those below don't count."""
    for name in (".amlignore", ".gitignore"):
        file = folder / name
        if file.is_file():
            return _rules(file)
    return lambda path, is_folder: False


def always_ignored(folder: Path) -> bool:
    """Whether a folder holds what is never taken: git's data, bytecode, or a workspace."""
    return folder.name in ALWAYS or (folder / WORKSPACE_FILE).is_file()


def _rules(file: Path) -> Ignores:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (UnicodeDecodeError, OSError) as error:
        raise InvalidParameter(f"The file '{file}' can't be read as gitignore patterns: {error}") from None
    of_files = _matcher(lines)
    of_files = _matcher(lines)
    # Rules for folders alone, made into rules for whatever is called so.
    of_folders = _matcher([_ENDING.sub("", line) for line in lines])
    return lambda path, is_folder: (of_folders if is_folder else of_files)(path)


def _matcher(lines: Sequence[str]) -> Callable[[str], bool]:
    """Git's rule: of the patterns that match the path itself, the last one counts."""
    # Only here: it takes longer to import than all the rest, and most folders have no rules.
    from pathspec import GitIgnoreSpec

    def understood(line: str) -> bool:
        try:
            GitIgnoreSpec.from_lines([line])
        except ValueError:
            return False  # such as "!", which git passes over, too
        return True

    last_first = list(GitIgnoreSpec.from_lines(line for line in lines if understood(line)).patterns)[::-1]

    def left_out(path: str) -> bool:
        for pattern in last_first:
            found = None if pattern.include is None else pattern.match_file(path)
            # The library's own answer for all patterns together mixes in those that match a folder above, which
            # was decided when the walk came there. A named group marks them.
            if found is not None and not any(found.match.groupdict().values()):
                return bool(pattern.include)
        return False

    return left_out
