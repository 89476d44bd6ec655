"""What a filter means: a small tree, free of its text and of SQL, and how to write it out again."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["metric", "param", "tag", "attribute", "dataset"]
# Of a metric's series: the latest value, or a figure over all its points.
Aggregate = Literal["latest", "min", "max", "count"]
Scalar = str | int | float
Value = str | int | float | tuple[Scalar, ...] | None

NULL_TESTS = ("IS NULL", "IS NOT NULL")
# Holds a text, whatever its case: a plain search's own operator, which no filter can spell.
CONTAINS = "CONTAINS"


@dataclass(frozen=True)
class Name:
    """What a comparison or an order term looks at; an attribute's key is its canonical name."""

    kind: Kind
    key: str
    aggregate: Aggregate = "latest"


@dataclass(frozen=True)
class Comparison:
    """`name operator value`; true only for entities that have the name, but for `IS NULL`.

    `value` is a tuple for IN and NOT IN, None for IS NULL and IS NOT NULL. `position` is where it stood.
    """

    name: Name
    operator: str
    value: Value = None
    position: int = field(default=0, compare=False)


@dataclass(frozen=True)
class And:
    parts: tuple[Tree, ...]


@dataclass(frozen=True)
class Or:
    parts: tuple[Tree, ...]


@dataclass(frozen=True)
class Not:
    """Everything that `part` does not match: there is no third truth value."""

    part: Tree


Tree = Comparison | And | Or | Not


@dataclass(frozen=True)
class OrderTerm:
    """One entry of `order_by`."""

    name: Name
    ascending: bool = True


def with_text(tree: Tree | None, attribute: str, text: str) -> Tree | None:
    """The tree, and that a text attribute contains `text` literally; an empty text asks for nothing."""
    if not text:
        return tree
    return And((*conjuncts(tree), Comparison(Name("attribute", attribute), CONTAINS, text)))


def conjuncts(tree: Tree | None) -> tuple[Tree, ...]:
    """The parts that must all be true."""
    if tree is None:
        return ()
    return tree.parts if isinstance(tree, And) else (tree,)


def comparisons(tree: Tree | None) -> Iterator[Comparison]:
    """All comparisons of a tree, at any depth."""
    if isinstance(tree, Comparison):
        yield tree
    elif isinstance(tree, Not):
        yield from comparisons(tree.part)
    elif tree is not None:
        for part in tree.parts:
            yield from comparisons(part)


def to_text(tree: Tree) -> str:
    """A filter that parses to an equal tree; CONTAINS has no spelling."""
    if isinstance(tree, And):
        return " AND ".join(_inner(part) for part in tree.parts)
    if isinstance(tree, Or):
        return " OR ".join(_inner(part) for part in tree.parts)
    if isinstance(tree, Not):
        return f"NOT {_inner(tree.part)}"
    return _comparison(tree)


def _inner(tree: Tree) -> str:
    return to_text(tree) if isinstance(tree, Comparison) else f"({to_text(tree)})"


def _comparison(comparison: Comparison) -> str:
    name = name_to_text(comparison.name)
    if comparison.value is None:
        return f"{name} {comparison.operator}"
    return f"{name} {comparison.operator} {_value(comparison.value)}"


def name_to_text(name: Name) -> str:
    """`metrics."a b"`; a key that holds both `"` and a backtick has no spelling (keys can't hold either)."""
    key = f"`{name.key}`" if '"' in name.key else f'"{name.key}"'
    text = f"{name.kind}s.{key}"
    return text if name.aggregate == "latest" else f"{name.aggregate}({text})"


def _value(value: Scalar | tuple[Scalar, ...]) -> str:
    if isinstance(value, tuple):
        return f"({', '.join(_value(entry) for entry in value)})"
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace("'", "\\'")
        return f"E'{escaped}'"
    if isinstance(value, float) and math.isinf(value):
        return "inf" if value > 0 else "-inf"
    return repr(value)
