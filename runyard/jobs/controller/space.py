"""The search space of a sweep: what is sampled of each dimension, and which values a trial gets for that.

A choice may hold mappings, whose entries are values of their own; an entry that is written as a dimension is sampled,
too. It is called `model/1/layers` then: the dimension, the number of the choice, and the entry's name.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from decimal import Decimal
from statistics import NormalDist
from typing import Any

import msgspec

from runyard.errors import InvalidParameter
from runyard.jobs.entities import Distributed
from runyard.jobs.spec.jobs import DIMENSIONS

Space = Mapping[str, Distributed]
# By dimension: an index of a choice, a number, or a place in the unit interval of a normal distribution.
Sampled = dict[str, Any]
Values = dict[str, Any]


def check(space: Space, prefix: str = "search_space.") -> None:
    """Raise InvalidParameter for a dimension that lacks a field; what comes from no job file was not checked yet."""
    for name, dimension in space.items():
        for field in DIMENSIONS[dimension.type]:
            if getattr(dimension, field) is None or getattr(dimension, field) == []:
                raise InvalidParameter(f"{prefix}{name}: a dimension of type {dimension.type} needs {field}.")
        for index, value in enumerate(dimension.values or []):
            check(_nested(value, f"{prefix}{name}"), f"{prefix}{name}.values[{index}].")


def dimensions(space: Space, prefix: str = "") -> Iterator[tuple[str, Distributed]]:
    """All dimensions, those inside of choices after them."""
    for name, dimension in space.items():
        yield prefix + name, dimension
        for index, value in enumerate(dimension.values or []):
            yield from dimensions(_nested(value), f"{prefix}{name}/{index}/")


def values_of(space: Space, sampled: Sampled, prefix: str = "") -> Values:
    """What a trial gets, with the entries of a chosen mapping beside the mapping itself, which is JSON."""
    found: Values = {}
    for name, dimension in space.items():
        place = sampled[prefix + name]
        value = _value(dimension, place)
        if isinstance(value, dict):
            inside = values_of(_nested(value), sampled, f"{prefix}{name}/{place}/")
            found |= {str(inner): inside.get(inner, each) for inner, each in value.items()} | inside
            value = {inner: inside.get(inner, each) for inner, each in value.items()}
        found[name] = value
    return found


def names(space: Space) -> Iterator[str]:
    """All names that a trial may get values of."""
    for name, dimension in space.items():
        yield name
        for value in dimension.values or []:
            if isinstance(value, dict):
                yield from map(str, value)
                yield from names(_nested(value))


def text_of(value: Any) -> str:
    """A value as it stands in a command."""
    return json.dumps(value) if isinstance(value, (dict, list)) else str(value)


def _nested(value: Any, path: str = "") -> dict[str, Distributed]:
    """The entries of a choice's mapping that are dimensions."""
    if not isinstance(value, dict):
        return {}
    found = {}
    for name, each in value.items():
        if isinstance(each, dict) and each.get("type") in DIMENSIONS:
            try:
                found[str(name)] = msgspec.convert(each, Distributed)
            except msgspec.ValidationError as error:
                raise InvalidParameter(f"{path}.{name}: {error}") from None
    return found


def _value(dimension: Distributed, sampled: Any) -> Any:
    kind = dimension.type
    if kind == "choice":
        return (dimension.values or [])[sampled]
    if "normal" in kind:
        mu, sigma = dimension.mu or 0.0, dimension.sigma or 0.0
        sampled = NormalDist(mu, sigma).inv_cdf(sampled) if sigma > 0 else mu
    if "log" in kind:
        sampled = math.exp(sampled)
    return _quantized(sampled, dimension.q) if kind.startswith("q") and dimension.q else sampled


def _quantized(value: float, q: float) -> float | int:
    """round(value / q) * q, without the dust of binary fractions; of a whole q, a whole number."""
    if q == int(q):
        return round(value / q) * int(q)
    return float(round(value / q) * Decimal(repr(q)))


# Grids


def grid_size(space: Space) -> int:
    """How many combinations there are; raises InvalidParameter for what is no choice."""
    for name, dimension in space.items():
        if dimension.type != "choice":
            raise InvalidParameter(
                f"search_space.{name}: a grid takes choice alone, and this is {dimension.type}."
            )
    return math.prod(sum(_sizes(dimension)) for dimension in space.values())


def grid_place(space: Space, number: int, prefix: str = "") -> Sampled:
    """One combination; the last dimension changes first."""
    found: Sampled = {}
    for name, dimension in reversed(list(space.items())):
        sizes = _sizes(dimension)
        number, rest = divmod(number, sum(sizes))
        index = 0
        while rest >= sizes[index]:
            rest -= sizes[index]
            index += 1
        found[prefix + name] = index
        inside = _nested((dimension.values or [])[index])
        found |= grid_place(inside, rest, f"{prefix}{name}/{index}/")
    return found


def _sizes(dimension: Distributed) -> list[int]:
    """Of each choice, in how many ways it can be made."""
    return [grid_size(_nested(value)) for value in dimension.values or []]
