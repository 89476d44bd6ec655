"""Which files of a code folder a job does not take."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from runyard.errors import InvalidParameter

# Never part of a job's code.
ALWAYS = frozenset({".git", "__pycache__"})
# What makes a folder a workspace of Runyard.
WORKSPACE_FILE = "runyard.db"

# Says of a path below the folder, one of a folder with `/` at its end, whether it is left out.
Ignores = Callable[[str], bool]


def ignores_of(folder: Path) -> Ignores:
    """The rules of the root's `.amlignore`, else of its `.gitignore`: gitignore's syntax; those below don't count."""
    for name in (".amlignore", ".gitignore"):
        file = folder / name
        if file.is_file():
            return _rules(file)
    return lambda path: False


def always_ignored(folder: Path) -> bool:
    """Whether a folder holds what is never taken: git's data, bytecode, or a workspace."""
    return folder.name in ALWAYS or (folder / WORKSPACE_FILE).is_file()


def _rules(file: Path) -> Ignores:
    # Only here: it takes longer to import than all the rest, and most folders have no rules.
    from pathspec import GitIgnoreSpec

    def means_something(line: str) -> bool:
        try:
            GitIgnoreSpec.from_lines([line])
        except ValueError:
            return False  # such as "!", which git passes over, too
        return True

    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (UnicodeDecodeError, OSError) as error:
        raise InvalidParameter(f"The file '{file}' can't be read as gitignore patterns: {error}") from None
    return GitIgnoreSpec.from_lines(line for line in lines if means_something(line)).match_file
