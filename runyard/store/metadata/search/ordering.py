"""Sort keys in SQL, and the condition that a page starts with.

A sort key is a rank and a value: rank 0 has a value, higher ranks come after all values in both directions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from runyard.store.metadata.search.parameters import Binder

KeyValue = str | int | float | None
# Where a row stands for one key: its rank, and its value when the rank is 0.
Place = tuple[int, KeyValue]


@dataclass(frozen=True)
class SortKey:
    """One key of an ORDER BY. `rank` is None for a column that is never NULL."""

    value: str
    ascending: bool = True
    rank: str | None = None
    # The LEFT JOIN that brings the columns.
    join: str = ""
    # Whether the rank says no more than whether the value is NULL; indexes serve such an order too.
    plain: bool = False

    @property
    def direction(self) -> str:
        return "ASC" if self.ascending else "DESC"

    @property
    def columns(self) -> str:
        """What a SELECT reads, so that the next page can start behind the row."""
        return f"{self.rank or '0'}, {self.value}"

    @property
    def order(self) -> str:
        if self.rank is None:
            return f"{self.value} {self.direction}"
        if self.plain:
            return f"{self.value} {self.direction} NULLS LAST"
        return f"{self.rank}, {self.value} {self.direction}"


def nulls_last(value: str, ascending: bool, join: str = "") -> SortKey:
    """A key over a column that may be NULL."""
    return SortKey(value, ascending, f"CASE WHEN {value} IS NULL THEN 1 ELSE 0 END", join, plain=True)


def columns(keys: Sequence[SortKey]) -> str:
    return ", ".join(key.columns for key in keys)


def order(keys: Sequence[SortKey]) -> str:
    return ", ".join(key.order for key in keys)


def joins(keys: Sequence[SortKey]) -> str:
    return " ".join(key.join for key in keys if key.join)


def places(row: Sequence[Any]) -> list[Place]:
    """The places in a row's columns, as `columns` selects them."""
    return [(row[index], row[index + 1]) for index in range(0, len(row), 2)]


def after(keys: Sequence[SortKey], last: Sequence[Place], binder: Binder) -> str:
    """True for the rows behind `last`."""
    key, (rank, value) = keys[0], last[0]
    rest = after(keys[1:], last[1:], binder) if len(keys) > 1 else ""
    if rank > 0:
        same = f"{key.rank} = {rank}"
        return _or(f"{key.rank} > {rank}", same, rest)
    sign = ">" if key.ascending else "<"
    bound = binder.bind(value)
    behind = _or(f"{key.value} {sign} {bound}", f"{key.value} = {bound}", rest)
    if key.rank is None:
        return behind
    return f"({key.rank} > 0 OR ({key.rank} = 0 AND {behind}))"


def _or(behind: str, same: str, rest: str) -> str:
    return f"({behind} OR ({same} AND {rest}))" if rest else f"({behind})"


class Comparable:
    """Compares places as the database does, to merge sorted streams."""

    __slots__ = ("keys", "places")

    def __init__(self, keys: Sequence[SortKey], row_places: Sequence[Place]) -> None:
        self.keys = keys
        self.places = row_places

    def __lt__(self, other: Comparable) -> bool:
        for key, (rank, value), (other_rank, other_value) in zip(
            self.keys, self.places, other.places, strict=True
        ):
            if rank != other_rank:
                return rank < other_rank
            if rank == 0 and value != other_value:
                smaller: bool = value < other_value  # type: ignore[operator]  # one column has one type
                return smaller == key.ascending
        return False
