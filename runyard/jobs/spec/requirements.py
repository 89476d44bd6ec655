"""Requirement lines, with the lines of the files that they name in their place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath

_INCLUDED = re.compile(r"(?:-r|--requirement)[\s=]*(\S.*)")
_CONSTRAINTS = re.compile(r"(?:-c|--constraint)(?:[\s=]|$)")
_COMMENT = re.compile(r"(^|\s+)#.*$")
# An environment travels as its content: what a line names must be read while the files are there.
Read = Callable[[str], "str | None"]


class NotIncluded(Exception):
    """A line names a file that can't be read, or is of a kind that can't travel."""


def expanded(lines: Iterable[str], read: Read, within: tuple[str, ...] = ()) -> list[str]:
    """The lines without comments; `-r FILE` becomes that file's lines, by `read(name)`. Raises NotIncluded."""
    found: list[str] = []
    for line in _logical(lines):
        match = _INCLUDED.fullmatch(line)
        if _CONSTRAINTS.match(line):
            raise NotIncluded(
                f"'{line}' names a file of constraints: write the versions into the requirements."
            )
        if match is None:
            found.append(line)
            continue
        name = match[1].strip().strip("'\"")
        # Names inside of an included file are relative to it.
        path = str(PurePosixPath(within[-1]).parent / name) if within else name
        text = read(path) if path not in within else None
        if text is None:
            reason = "names itself" if path in within else "can't be read as a text"
            raise NotIncluded(f"The requirements file '{path}' {reason}.")
        found += expanded(text.splitlines(), read, (*within, path))
    return found


def included(text: str) -> list[str]:
    """The names of files whose lines a requirements file asks for."""
    return [match[1].strip() for line in _logical(text.splitlines()) if (match := _INCLUDED.fullmatch(line))]


def below(folder: Path, read: Callable[[Path], str | None]) -> Read:
    """A reader of files by names that are relative to a folder, or absolute."""
    return lambda name: read(folder / name)


def _logical(lines: Iterable[str]) -> Iterator[str]:
    """Lines that end with a backslash go on."""
    pending = ""
    for line in lines:
        text = line.strip()
        if text.endswith("\\"):
            pending += text[:-1].rstrip() + " "
            continue
        text = _COMMENT.sub("", pending + text).strip()
        pending = ""
        if text:
            yield text
    if pending.strip():
        yield pending.strip()
