"""Regular expressions of filters, matched in linear time.

Python's `re` can be made to run for years by a short pattern, and can't be stopped. RE2 matches in time linear in
the text, with bounded memory, and has no back references and no lookaround for that.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Protocol, cast

MAX_REGULAR_EXPRESSION = 1_000
# A pattern may need at most this much memory: repetitions such as (a{1000}){1000} are refused.
MAX_MEMORY = 1 << 20


class Pattern(Protocol):
    def search(self, text: str) -> object | None: ...


def check_regular_expression(pattern: str) -> None:
    """Raise ValueError for a pattern that is too long, too large, or no regular expression."""
    if len(pattern) > MAX_REGULAR_EXPRESSION:
        raise ValueError(f"A regular expression has at most {MAX_REGULAR_EXPRESSION} characters")
    try:
        compiled(pattern)
    except ValueError as error:
        raise ValueError(f"Invalid regular expression: {error}") from None


def matches(pattern: str, value: str | None) -> bool | None:
    """Whether a part of `value` matches: the SQL function `regexp(pattern, value)`."""
    return None if value is None else compiled(pattern).search(value) is not None


@lru_cache(maxsize=64)
def compiled(pattern: str) -> Pattern:
    """The compiled pattern. Raises ValueError with the reason when it is malformed."""
    # Loaded on the first REGEXP only, because a server starts without one.
    import re2  # type: ignore[import-untyped]  # it ships no types; Pattern says what is used

    options = re2.Options()
    options.max_mem = MAX_MEMORY
    options.log_errors = False
    try:
        return cast(Pattern, re2.compile(pattern, options))
    except re2.error as error:
        reason = error.args[0] if error.args else "malformed"
        raise ValueError(
            reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)
        ) from None
