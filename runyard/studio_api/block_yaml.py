"""Reads the YAML that MLflow writes: PyYAML's block style of plain data.

Mappings, lists, and scalars that are plain or in quotes. Nothing in a document can name a type, refer to another
part, or grow: tags, anchors, references, literal blocks and flow collections other than `[]` and `{}` are refused.
Time and memory are in proportion to the text.
"""

from __future__ import annotations

import re
from typing import Any

# Deeper than any model's description, and far from Python's limit.
MAX_DEPTH = 50

_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})\Z")
_FLOAT = re.compile(r"[-+]?([0-9]+\.[0-9]*|\.[0-9]+)([eE][-+][0-9]+)?\Z")
_WORDS: dict[str, Any] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON"), True),
    **dict.fromkeys(("false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF"), False),
    ".inf": float("inf"),
    "-.inf": float("-inf"),
    ".nan": float("nan"),
}
_ESCAPES = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b", " ": " ",
    '"': '"', "/": "/", "\\": "\\", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
_QUOTE_OR_ESCAPE = re.compile(r'["\\]')
_FOLD = re.compile(r"[ \t]*\n[ \t\n]*")
_DOUBLE_QUOTED = re.compile(
    r"\\(\n[ \t]*|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)|[ \t]*\n[ \t\n]*", re.DOTALL
)


class YamlError(ValueError):
    """The text is no YAML of the kind that is read here; the message names the line."""


def read_mapping(text: str) -> dict[str, Any]:
    """The mapping that a document holds, keys as text; raises YamlError."""
    reader = _Reader(text)
    if (line := reader.peek()) is not None and reader.source[line[1] : line[2]] == "---":
        reader.at += 1
    found = reader.node(0, 0)
    if reader.peek() is not None:
        raise reader.error("it is indented as nothing before it")
    if not isinstance(found, dict):
        raise YamlError("it holds no mapping")
    return found


class _Reader:
    """Goes through the lines once; each is (indentation, start, end) within the source, without blanks around."""

    def __init__(self, text: str) -> None:
        self.source = text.replace("\r\n", "\n")
        self.lines: list[tuple[int, int, int]] = []
        self.at = 0
        start = 0
        for raw in self.source.split("\n"):
            content = raw.strip(" ")
            indent = len(raw) - len(raw.lstrip(" ")) if content else 0
            self.lines.append((indent, start + indent, start + indent + len(content)))
            start += len(raw) + 1

    def error(self, reason: str) -> YamlError:
        return YamlError(f"line {min(self.at + 1, len(self.lines))}: {reason}")

    def peek(self) -> tuple[int, int, int] | None:
        """The next line that says something; None at the end."""
        while self.at < len(self.lines):
            indent, start, end = self.lines[self.at]
            if start < end and self.source[start] != "#":
                return indent, start, end
            self.at += 1
        return None

    def node(self, least: int, depth: int) -> Any:
        """What stands from here on, indented by `least` at least; None when nothing does."""
        line = self.peek()
        if line is None or line[0] < least:
            return None
        if depth > MAX_DEPTH:
            raise self.error("it is nested too deeply")
        indent, start, end = line
        if self._is_item(start, end):
            return self._list(indent, depth)
        if self._key_end(start, end) is not None:
            return self._mapping(indent, depth)
        return self._scalar(start, end, least - 1)

    def _is_item(self, start: int, end: int) -> bool:
        return self.source[start] == "-" and (end == start + 1 or self.source[start + 1] == " ")

    def _list(self, indent: int, depth: int) -> list[Any]:
        found = []
        while (line := self.peek()) is not None and line[0] == indent and self._is_item(*line[1:]):
            _, start, end = line
            content = self.source[start + 1 : end]
            inner = start + 1 + len(content) - len(content.lstrip(" "))
            # What stands behind the dash is read as a line of its own, indented that far.
            self.lines[self.at] = (indent + inner - start, inner, end)
            found.append(self.node(indent + 1, depth + 1))
        return found

    def _mapping(self, indent: int, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while (line := self.peek()) is not None and line[0] == indent:
            _, start, end = line
            colon = self._key_end(start, end)
            if colon is None or self._is_item(start, end):
                break
            key = self._key(start, colon)
            if key in found:
                raise self.error(f"'{key}' stands twice")
            rest = self.source[colon + 1 : end]
            value = colon + 1 + len(rest) - len(rest.lstrip(" "))
            if value < end and self.source[value] != "#":
                found[key] = self._scalar(value, end, indent)
                continue
            self.at += 1
            below = self.peek()
            # A list may stand below its key without being indented.
            same = below is not None and below[0] == indent and self._is_item(*below[1:])
            found[key] = self.node(indent if same else indent + 1, depth + 1)
        return found

    def _key_end(self, start: int, end: int) -> int | None:
        """Where the colon of a key stands, if the line begins with one."""
        if self.source[start] in "'\"":
            close = self._close(start)
            return close + 1 if close < end and self._is_colon(close + 1, end) else None
        colon = self.source.find(":", start, end)
        while colon != -1 and not self._is_colon(colon, end):
            colon = self.source.find(":", colon + 1, end)
        return None if colon == -1 else colon

    def _is_colon(self, at: int, end: int) -> bool:
        return at < end and self.source[at] == ":" and (at + 1 == end or self.source[at + 1] == " ")

    def _key(self, start: int, colon: int) -> str:
        if self.source[start] in "'\"":
            return self._quoted(start, colon - 1)
        text = self.source[start:colon].rstrip(" ")
        self._check_plain(text)
        return text

    def _scalar(self, start: int, end: int, outer: int) -> Any:
        """The scalar from `start` on, over all its lines; `outer` is the indentation of what holds it."""
        if self.source[start] in "'\"":
            close = self._close(start)
            while self.lines[self.at][2] <= close:
                self.at += 1
            rest = self.source[close + 1 : self.lines[self.at][2]].strip(" ")
            if rest and not rest.startswith("#"):
                raise self.error("something stands behind the closing quote")
            self.at += 1
            return self._quoted(start, close)
        return self._plain(start, end, outer)

    def _plain(self, start: int, end: int, outer: int) -> Any:
        first = self.source[start:end]
        parts = [first.partition(" #")[0].rstrip(" ")]
        empty: Any = {"[]": [], "{}": {}}.get(parts[0])
        if empty is None:
            self._check_plain(first)
        self.at += 1
        while " #" not in first and (line := self.peek()) is not None and line[0] > outer:
            if self._key_end(*line[1:]) is not None:
                raise self.error("a key stands within a text")
            parts.append(self.source[line[1] : line[2]])
            self.at += 1
        if len(parts) > 1:
            return " ".join(parts)
        return _resolved(parts[0]) if empty is None else empty

    def _check_plain(self, text: str) -> None:
        if text[:1] in tuple("&*!|>%@`[]{},#?") and not (text[0] == "?" and text[1:2].strip()):
            raise self.error(f"'{text[:20]}' is of a kind that is not read here")

    def _close(self, start: int) -> int:
        """Where the quote that opens at `start` is closed."""
        quote, at = self.source[start], start + 1
        if quote == '"':
            while (found := _QUOTE_OR_ESCAPE.search(self.source, at)) is not None:
                if found[0] == '"':
                    return found.start()
                at = found.start() + 2
            raise self.error("a quote is not closed")
        while (at := self.source.find("'", at)) != -1:
            if self.source[at + 1 : at + 2] != "'":
                return at
            at += 2
        raise self.error("a quote is not closed")

    def _quoted(self, start: int, close: int) -> str:
        text = self.source[start + 1 : close]
        if self.source[start] == "'":
            return _FOLD.sub(_folded, text).replace("''", "'")
        return _DOUBLE_QUOTED.sub(self._unescaped, text)

    def _unescaped(self, match: re.Match[str]) -> str:
        escape = match[1]
        if escape is None:
            return _folded(match)
        if escape[0] == "\n":
            return ""
        if len(escape) == 1:
            if escape not in _ESCAPES:
                raise self.error(f"there is no escape '\\{escape}'")
            return _ESCAPES[escape]
        code = int(escape[1:], 16)
        if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
            raise self.error(f"'\\{escape}' is no character")
        return chr(code)


def _folded(match: re.Match[str]) -> str:
    """One line break is a space, more are one less."""
    breaks = match[0].count("\n")
    return " " if breaks == 1 else "\n" * (breaks - 1)


def _resolved(text: str) -> Any:
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.match(text):
        return int(text)
    return float(text) if _FLOAT.match(text) else text
