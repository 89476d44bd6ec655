"""The order of groups of runs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from math import isfinite
from typing import Any

from runyard.store.metadata.search.run_groups import RunGroup


def ordered(groups: Sequence[RunGroup], ordering: int | None, descending: bool) -> list[RunGroup]:
    """Groups by the mean of the metric at the place `ordering` (None: by value), then by value.

    Groups without what orders them come last in both directions.
    """
    key = partial(_key, ordering=ordering)
    present = sorted((group for group in groups if key(group) is not None), key=_natural)
    present.sort(key=key, reverse=descending)
    return present + sorted((group for group in groups if key(group) is None), key=_natural)


def _key(group: RunGroup, ordering: int | None) -> Any:
    if ordering is None:
        return None if group.value is None else _natural(group)
    figures = group.figures.get(ordering)
    return None if figures is None else figures.mean


def _natural(group: RunGroup) -> tuple[int, float, str]:
    """Numbers by their size, then texts, then the group of runs without a value."""
    text = group.value
    if text is None:
        return 2, 0.0, ""
    try:
        number = float(text)
    except ValueError:
        return 1, 0.0, text.casefold()
    return (0, number, text) if isfinite(number) else (1, 0.0, text)
