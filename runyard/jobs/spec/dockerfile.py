"""Reads Dockerfiles that do nothing but install Python packages: what they say can be done without an image."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from contextlib import suppress
from itertools import takewhile
from pathlib import PurePosixPath
from typing import NamedTuple

import msgspec

from runyard.jobs.spec.decisions import EnvironmentNotMapped
from runyard.jobs.spec.requirements import NotIncluded, expanded

# Of no consequence for a virtual environment.
_PASSED = {
    "WORKDIR",
    "ENV",
    "COPY",
    "ADD",
    "LABEL",
    "USER",
    "EXPOSE",
    "CMD",
    "ENTRYPOINT",
    "SHELL",
    "MAINTAINER",
}
_PIP = re.compile(r"(?:\S*python[\d.]*\s+-m\s+)?(?:\S*/)?pip[\d.]*\s+install(?=\s|$)")
_ENDS = ("&&", ";")
_MOUNT = re.compile(r"^(?:--(?:mount|network|security)=\S+\s+)+")
_VARIABLE = re.compile(r"\$\{?(\w+)(?::-([^}]*))?\}?")
_REQUIREMENTS = {"-r", "--requirement"}
# Options of pip's that say where to look; their value follows.
_KEPT = {"--index-url", "-i", "--extra-index-url", "--find-links", "-f"}
# They change nothing of what is installed.
_WITH_VALUE = {
    "--timeout",
    "--retries",
    "--trusted-host",
    "--progress-bar",
    "--cache-dir",
    "--log",
    "--proxy",
    "--cert",
    "--upgrade-strategy",
    "--root-user-action",
}
_REFUSED = {"-e", "--editable", "-c", "--constraint", "-t", "--target", "--prefix", "--root", "--python"}
_LOCAL = re.compile(r"\.{0,2}/|\.{1,2}(?:\[|$)|\S+\.whl$")


class Installed(NamedTuple):
    """The image that a Dockerfile begins with, and requirement lines."""

    image: str
    requirements: list[str]


def read_dockerfile(text: str, files: Mapping[str, str]) -> Installed:
    """What it installs; `files` are those beside it by name. Raises EnvironmentNotMapped, which names the line."""
    image = ""
    lines: list[str] = []
    arguments: dict[str, str] = {}
    for number, statement in _statements(text):
        word, _, rest = statement.partition(" ")
        word, rest = word.upper(), rest.strip()
        if word == "FROM":
            if image:
                raise EnvironmentNotMapped(
                    f"Line {number} of the Dockerfile begins a second image: only one is read."
                )
            # `--platform=…` may stand before it.
            image = next((each for each in rest.split() if not each.startswith("--")), "")
            image = _VARIABLE.sub(lambda match: arguments.get(match[1], match[2] or match[0]), image)
        elif word == "ARG":
            name, _, value = rest.partition("=")
            arguments[name] = value.strip("'\"")
        elif word == "RUN":
            lines += _installs(rest, number, files)
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


def _installs(run: str, number: int, files: Mapping[str, str]) -> list[str]:
    """The requirement lines of one RUN."""
    words = _words(run, number)
    lines: list[str] = []
    while words:
        end = next((index for index, word in enumerate(words) if word in _ENDS), len(words))
        command, words = words[:end], words[end + 1 :]
        if command:
            lines += _of_command(command, number, files)
    return lines


def _words(run: str, number: int) -> list[str]:
    """As a shell splits them; a quoted `&&` or `;` is a part of its word."""
    run = _MOUNT.sub("", run)
    if run.startswith("["):
        with suppress(msgspec.DecodeError):
            return msgspec.json.decode(run, type=list[str])
    lexer = shlex.shlex(run, posix=True, punctuation_chars="&;|")
    lexer.whitespace_split = True
    lexer.commenters = ""
    try:
        return list(lexer)
    except ValueError as error:
        raise EnvironmentNotMapped(
            f"Line {number} of the Dockerfile, '{run[:60]}', can't be read: {error}."
        ) from None


def _of_command(command: list[str], number: int, files: Mapping[str, str]) -> list[str]:
    text = " ".join(command)
    match = _PIP.match(text)
    if match is None:
        raise EnvironmentNotMapped(
            f"Line {number} of the Dockerfile runs '{text[:60]}': only `pip install` can be followed here."
        )
    if any(set(word) <= set("&;|") for word in command):
        raise EnvironmentNotMapped(
            f"Line {number} of the Dockerfile runs '{text[:60]}': commands can be joined by && and ; alone."
        )
    words = iter(command[len(match[0].split()) :])
    lines: list[str] = []
    for word in words:
        name, equals, value = word.partition("=") if word.startswith("--") else (word, "", "")
        if name in _REQUIREMENTS:
            lines += _file(value if equals else next(words, ""), number, files)
        elif name in _KEPT:
            lines.append(f"{name} {value if equals else next(words, '')}")
        elif name in _WITH_VALUE:
            if not equals:
                next(words, None)
        elif name in _REFUSED or _LOCAL.match(word):
            raise EnvironmentNotMapped(
                f"Line {number} of the Dockerfile installs with '{word[:60]}': only packages and requirements "
                "files can be followed here."
            )
        elif not word.startswith("-"):
            lines.append(word)
    return lines


def _file(name: str, number: int, files: Mapping[str, str]) -> list[str]:
    """The lines of a file that was copied to somewhere: of those whose path ends alike, the longest."""

    def read(path: str) -> str | None:
        wanted = PurePosixPath(path).parts
        alike = [each for each in files if _common_end(PurePosixPath(each).parts, wanted)]
        found = max(
            alike, key=lambda each: (_common_end(PurePosixPath(each).parts, wanted), each), default=None
        )
        return None if found is None else files[found]

    try:
        return expanded([f"-r {name}"], read)
    except NotIncluded:
        raise EnvironmentNotMapped(
            f"Line {number} of the Dockerfile reads '{name}', which is not beside it, or names a file that is not."
        ) from None


def _common_end(parts: tuple[str, ...], others: tuple[str, ...]) -> int:
    """How many names two paths have in common at their ends."""
    pairs = zip(reversed(parts), reversed(others), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
