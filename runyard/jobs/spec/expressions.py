"""`${{…}}` in job files: what they name, and what takes their place.

Values are inserted as they are, without quotes of a shell's: a value with a blank becomes two words of a command
unless the command quotes the expression.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

EXPRESSION = re.compile(r"\$\{\{\s*([^{}]*?)\s*\}\}")
OPTIONAL = re.compile(r"\$\[\[(.*?)\]\]", re.DOTALL)
OLD = re.compile(r"(?<![${])\{(inputs|outputs|search_space)\.([A-Za-z_]\w*)\}")
NAME = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_][\w\-]*)*")
WHOLE = re.compile(r"\s*\$\{\{\s*([^{}]*?)\s*\}\}\s*\Z")


def names(text: str) -> Iterator[tuple[str, bool]]:
    """The names in a text, each with whether it stands in an optional part."""
    optional = [match.span() for match in OPTIONAL.finditer(text)]
    for match in EXPRESSION.finditer(text):
        yield match[1], any(start <= match.start() < end for start, end in optional)


def whole_name(text: str) -> str | None:
    """The name, when a text is one expression and nothing else."""
    match = WHOLE.match(text)
    return None if match is None else match[1]


def modern(text: str) -> str:
    """The text with `{inputs.x}` of older files as `${{inputs.x}}`."""
    return OLD.sub(r"${{\1.\2}}", text)


def renamed(text: str, names: Mapping[str, str]) -> str:
    """The text with other names in its expressions."""
    return EXPRESSION.sub(
        lambda match: f"${{{{{names[match[1]]}}}}}" if match[1] in names else match[0], text
    )


def substitute(text: str, values: Mapping[str, str | None]) -> str:
    """The text with values in the place of names, as "inputs.x"; a part `$[[…]]` is left out with a value that is None.

    A name that has no value stays as it is written.
    """

    def part(match: re.Match[str]) -> str:
        inner = match[1]
        absent = any(name in values and values[name] is None for name in EXPRESSION.findall(inner))
        return "" if absent else inner

    def value(match: re.Match[str]) -> str:
        if match[1] not in values:
            return match[0]
        return values[match[1]] or ""

    return EXPRESSION.sub(value, OPTIONAL.sub(part, text))
