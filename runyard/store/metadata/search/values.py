"""The values of comparisons: which operators and literals each name takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from runyard.errors import FilterError
from runyard.store.metadata.search.patterns import check_regular_expression
from runyard.store.metadata.search.tokens import Token
from runyard.store.metadata.search.tree import NULL_TESTS, Name
from runyard.store.metadata.search.vocabulary import Vocabulary

# SQLite finds a named parameter among all others by looking at each: twice as many cost four times as much.
MAX_VALUES = 5_000
# SQLite refuses patterns of more than 50,000 bytes.
MAX_LIKE = 10_000
INT64 = range(-(2**63), 2**63)

_EQUALITY = ("=", "!=", "IN", "NOT IN")
_NUMERIC = (*_EQUALITY, "<", "<=", ">", ">=", "BETWEEN", "NOT BETWEEN")
_TEXTUAL = (*_EQUALITY, "LIKE", "ILIKE", "REGEXP", "NOT LIKE", "NOT ILIKE", "NOT REGEXP")


@dataclass(frozen=True)
class ValueType:
    """What may stand to the right of a name."""

    label: str
    type: Literal["text", "number", "whole", "identifier"]
    quoted: bool = False

    def check_operator(self, operator: str, position: int, length: int) -> None:
        """Raise FilterError when the name can't be compared so."""
        allowed = {"text": _TEXTUAL, "identifier": _EQUALITY}.get(self.type, _NUMERIC) + NULL_TESTS
        if operator not in allowed:
            listed = ", ".join(allowed)
            raise FilterError(
                f"Invalid comparator '{operator}' for {self.label}; it takes {listed}", position, length
            )


def value_type(name: Name, vocabulary: Vocabulary) -> ValueType:
    """The type of the values of a name."""
    if name.kind == "metric":
        return ValueType(f"metric '{name.key}'", "number")
    if name.kind != "attribute":
        return ValueType(f"{name.kind} '{name.key}'", "text")
    attribute = vocabulary.attributes[name.key]
    return ValueType(f"attribute '{name.key}'", attribute.type, attribute.quoted)


class Values:
    """Reads the literals of one expression, and counts them."""

    def __init__(self) -> None:
        self.count = 0

    def take(self, token: Token, expects: ValueType) -> str | int | float:
        """The value that a token spells."""
        self.count += 1
        if self.count > MAX_VALUES:
            raise token.wrong(f"More than {MAX_VALUES} values")
        if expects.type in ("text", "identifier"):
            return _text(token, expects)
        if expects.quoted and _is_text(token):
            return _whole(token.value, token, expects)
        if token.kind != "number":
            raise _unexpected("a number", token, expects)
        return _whole(token.text, token, expects) if expects.type == "whole" else _number(token.text)


def check_pattern(operator: str, pattern: str, token: Token) -> None:
    """Raise FilterError for a pattern that is too long or can't be understood."""
    if operator.endswith("LIKE") and len(pattern) > MAX_LIKE:
        raise token.wrong(f"A pattern has at most {MAX_LIKE} characters")
    if operator.endswith("REGEXP"):
        try:
            check_regular_expression(pattern)
        except ValueError as error:
            raise token.wrong(str(error)) from None


def _is_text(token: Token) -> bool:
    return token.kind == "string" or (token.kind == "quoted" and token.text[0] == '"')


def _text(token: Token, expects: ValueType) -> str | int:
    if not _is_text(token):
        raise _unexpected("a quoted string", token, expects)
    if expects.type == "identifier":
        return _whole(token.value, token, expects)
    return token.value


def _whole(text: str, token: Token, expects: ValueType) -> int:
    try:
        # Python refuses to read thousands of digits, with a ValueError too.
        value = int(text)
    except ValueError:
        raise _unexpected("a whole number", token, expects) from None
    if value not in INT64:
        raise _unexpected("a 64-bit number", token, expects)
    return value


def _number(text: str) -> int | float:
    if text.lstrip("-").isdigit() and len(text) < 19:
        return int(text)
    return float(text)


def _unexpected(wanted: str, token: Token, expects: ValueType) -> FilterError:
    found = "the end" if token.kind == "end" else token.text[:100]
    return token.wrong(f"Expected {wanted} for {expects.label}, found {found}")
