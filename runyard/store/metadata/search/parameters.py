"""The bound parameters of one statement: no text that a client sent becomes SQL."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


class Binder:
    """Gives each value a placeholder."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}

    def bind(self, value: object) -> str:
        """The placeholder of a value: `:p0`."""
        name = f"p{len(self.values)}"
        self.values[name] = value
        return f":{name}"

    def bind_list(self, values: Iterable[object]) -> str:
        """Placeholders for `IN (...)`; `values` must not be empty."""
        return ", ".join(self.bind(value) for value in values)


def digits(numbers: Iterable[int]) -> str:
    """Numbers for `IN (...)` as text, which nothing but digits can come into; there may be thousands of them."""
    return ", ".join(f"{int(number):d}" for number in numbers)


def containing(text: str) -> str:
    """The pattern, for `LIKE … ESCAPE '\\'`, of what contains a text, whose wildcards stand for themselves."""
    literal = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{literal}%"
