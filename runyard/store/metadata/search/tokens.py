"""Cuts filters and order clauses into tokens, each with its position.

The rules of quoting are MLflow's: between the quotes stands the value as it is, and a doubled or backslashed
quote does not end it (and keeps its second character). `E'…'`, which MLflow rejects, knows escapes.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from runyard.errors import FilterError

MAX_LENGTH = 200_000

TokenKind = Literal["word", "name", "quoted", "string", "number", "operator", "punctuation", "end"]


class Token(NamedTuple):
    """`text` is the source; `value` is it without quotes and escapes.

    A "name" is `prefix.key`, with the prefix beside the key. "quoted" is a text in double quotes or backticks,
    which is a name or, in double quotes, a value.
    """

    kind: TokenKind
    text: str
    value: str
    position: int
    prefix: str = ""

    def wrong(self, reason: str) -> FilterError:
        """The error that this token is."""
        return FilterError(reason, self.position, len(self.text))


_SINGLE = r"'(?:''|\\'|[^'])*'"
_DOUBLE = r'"(?:""|\\"|[^"])*"'
_BACKTICK = r"`[^`]*`"
_PATTERN = re.compile(
    rf"""
      (?P<space>\s+)
    | (?P<name>(?P<prefix>[^\W\d]\w*|`\w+`)\.(?P<key>{_SINGLE}|{_DOUBLE}|{_BACKTICK}|[\w./:\-]+))
    | (?P<escaped>[eE]'(?:\\.|[^'\\])*')
    | (?P<number>-?(?:(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|inf(?:inity)?)(?!\w))
    | (?P<word>[^\W\d]\w*)
    | (?P<string>{_SINGLE})
    | (?P<quoted>{_DOUBLE}|{_BACKTICK})
    | (?P<operator><=|>=|!=|<>|==|=|<|>)
    | (?P<punctuation>[(),])
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPES = {"\\": "\\", "'": "'", '"': '"', "n": "\n", "r": "\r", "t": "\t"}


def tokenize(text: str) -> list[Token]:
    """All tokens but spaces, then one of kind "end". Raises FilterError at what can't start a token."""
    if len(text) > MAX_LENGTH:
        raise FilterError(f"The expression has {len(text)} characters; at most {MAX_LENGTH} are allowed")
    _check_characters(text)
    tokens = []
    position = 0
    while position < len(text):
        match = _PATTERN.match(text, position)
        if match is None:
            raise _unreadable(text, position)
        if match.lastgroup != "space":
            tokens.append(_token(match))
        position = match.end()
    tokens.append(Token("end", "", "", len(text)))
    return tokens


def _check_characters(text: str) -> None:
    # Databases take neither as a part of a text.
    for forbidden in re.finditer("[\0\ud800-\udfff]", text):
        raise FilterError(f"Unexpected character {forbidden[0]!a}", forbidden.start(), 1)


def _token(match: re.Match[str]) -> Token:
    text, position = match[0], match.start()
    if match["name"]:
        return Token("name", text, _unquote(match["key"]), position, match["prefix"].strip("`"))
    if match["escaped"]:
        return Token("string", text, _unescape(text[2:-1], position + 2), position)
    if match["string"]:
        return Token("string", text, text[1:-1], position)
    if match["quoted"]:
        return Token("quoted", text, text[1:-1], position)
    for kind in ("number", "word", "operator"):
        if match[kind]:
            return Token(kind, text, text, position)
    return Token("punctuation", text, text, position)


def _unquote(key: str) -> str:
    return key[1:-1] if key[0] in "'\"`" else key


def _unescape(text: str, position: int) -> str:
    def replace(match: re.Match[str]) -> str:
        if match[1] not in _ESCAPES:
            raise FilterError(f"Unknown escape '\\{match[1]}'", position + match.start(), 2)
        return _ESCAPES[match[1]]

    return re.sub(r"\\(.)", replace, text, flags=re.DOTALL)


def _unreadable(text: str, position: int) -> FilterError:
    character = text[position]
    if character in "'\"`":
        return FilterError(f"The quote {character} is not closed", position, len(text) - position)
    if character == ";":
        return FilterError("';' is not allowed: give one expression", position, 1)
    return FilterError(f"Unexpected character '{character}'", position, 1)
