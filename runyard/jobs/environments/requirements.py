"""The lines of a requirements file, in the one form that decides which environment they mean.

Comments, blank lines and the widths of gaps don't count. Requirements are sorted and named once: their order changes
nothing. Options such as `--index-url` come first and keep their order, which does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from runyard.jobs.environments.failed import EnvironmentFailed

# As pip does: a `#` begins a comment at the start of a line or after a gap, so that `…/archive#egg=name` is none.
_COMMENT = re.compile(r"(^|\s+)#.*$")
_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")
_OTHER_FILE = re.compile(r"(-r|-c|--requirements?|--constraints?)(\s|=|[^-\s]|$)")
_EDITABLE = re.compile(r"(-e|--editable)[\s=]*(?P<target>.*)")
_RELATIVE = re.compile(r"\.{1,2}(/|$)|[^\s:/@\[=<>~!;]+/")
_SECRET = re.compile(r"(?<=//)[^/@\s]+(?=@)")

PLUGIN = "runyard-mlflow"


@dataclass(frozen=True)
class Requirements:
    """The normal form; `lines` leaves out those that ask for the plugin, which `asks_plugin` says instead."""

    lines: tuple[str, ...]
    asks_plugin: bool


def normalise(lines: Sequence[str]) -> Requirements:
    """Read the lines of a requirements file; raises EnvironmentFailed for one that needs a file beside it."""
    options: list[str] = []
    packages: set[str] = set()
    for line in _joined(lines):
        _check(line)
        if line.startswith("-"):
            options.append(line)
        else:
            packages.add(line)
    plugin = {line for line in packages if name_of(line) == PLUGIN}
    return Requirements((*options, *sorted(packages - plugin)), bool(plugin))


def name_of(line: str) -> str:
    """The normalised name of the package that a requirement asks for, or "" where it has none (PEP 503)."""
    found = _NAME.match(line)
    return re.sub(r"[-_.]+", "-", found[0]).lower() if found else ""


def shown(line: str) -> str:
    """A line without the user names and passwords of its addresses."""
    return _SECRET.sub("****", line)


def _joined(lines: Sequence[str]) -> list[str]:
    """Logical lines: a backslash at the end goes on with the next."""
    text = "\n".join(lines).replace("\r\n", "\n").replace("\\\n", " ")
    plain = (" ".join(_COMMENT.sub("", line).split()) for line in text.split("\n"))
    return [line for line in plain if line]


def _check(line: str) -> None:
    if "\0" in line:
        raise EnvironmentFailed(f"The requirements line {line!r} contains a NUL character.")
    if _OTHER_FILE.match(line):
        raise EnvironmentFailed(
            f"The requirements line '{shown(line)}' names another file: an environment is made of its own lines "
            "alone, so write that file's lines in its place."
        )
    editable = _EDITABLE.match(line)
    if _RELATIVE.match(editable["target"] if editable else line):
        raise EnvironmentFailed(
            f"The requirements line '{shown(line)}' names a relative path: an environment does not see the job's "
            "code, so name an absolute path or an address."
        )
