"""Reads Dockerfiles that do nothing but install Python packages: what they say can be done without an image."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import NamedTuple

from runyard.jobs.spec.decisions import EnvironmentNotMapped

# Of no consequence for a virtual environment.
_PASSED = {
    "WORKDIR",
    "ENV",
    "COPY",
    "ADD",
    "ARG",
    "LABEL",
    "USER",
    "EXPOSE",
    "CMD",
    "ENTRYPOINT",
    "SHELL",
    "MAINTAINER",
}
_PIP = re.compile(r"(?:python3?\s+-m\s+)?pip3?\s+install\s+(.*)", re.DOTALL)
# Options of pip's that say where to look; their value follows.
_KEPT = {"--index-url", "-i", "--extra-index-url", "--find-links", "-f"}


class Installed(NamedTuple):
    """The image that a Dockerfile begins with, and requirement lines."""

    image: str
    requirements: list[str]


def read_dockerfile(text: str, files: Mapping[str, str]) -> Installed:
    """What it installs; `files` are those beside it by name. Raises EnvironmentNotMapped, which names the line."""
    image = ""
    lines: list[str] = []
    for number, statement in _statements(text):
        word, _, rest = statement.partition(" ")
        word, rest = word.upper(), rest.strip()
        if word == "FROM":
            if image:
                raise EnvironmentNotMapped(
                    f"Line {number} of the Dockerfile begins a second image: only one is read."
                )
            image = rest.split()[0] if rest else ""
        elif word == "RUN":
            for command in re.split(r"&&|;", rest):
                lines += _installs(command.strip(), number, files)
        elif word not in _PASSED:
            raise EnvironmentNotMapped(
                f"Line {number} of the Dockerfile, '{statement[:60]}', can't be followed here."
            )
    if not image:
        raise EnvironmentNotMapped("The Dockerfile names no image to begin FROM.")
    return Installed(image, lines)


def _statements(text: str) -> list[tuple[int, str]]:
    """Each statement with its line; lines that end with a backslash go on."""
    found: list[tuple[int, str]] = []
    pending, first = "", 0
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        first = first or number
        if stripped.endswith("\\"):
            pending += stripped[:-1].rstrip() + " "
            continue
        found.append((first, pending + stripped))
        pending, first = "", 0
    if pending:
        found.append((first, pending.strip()))
    return found


def _installs(command: str, number: int, files: Mapping[str, str]) -> list[str]:
    if not command:
        return []
    match = _PIP.fullmatch(command)
    if match is None:
        raise EnvironmentNotMapped(
            f"Line {number} of the Dockerfile runs '{command[:60]}': only `pip install` can be followed here."
        )
    lines: list[str] = []
    words = iter(shlex.split(match[1]))
    for word in words:
        if word in ("-r", "--requirement"):
            lines += _file(next(words, ""), number, files)
        elif word in _KEPT:
            lines.append(f"{word} {next(words, '')}")
        elif not word.startswith("-"):
            lines.append(word)
    return lines


def _file(name: str, number: int, files: Mapping[str, str]) -> list[str]:
    content = files.get(name) or files.get(PurePosixPath(name).name)
    if content is None:
        raise EnvironmentNotMapped(f"Line {number} of the Dockerfile reads '{name}', which is not beside it.")
    return [
        line.strip() for line in content.splitlines() if line.strip() and not line.strip().startswith("#")
    ]
