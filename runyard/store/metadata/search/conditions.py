"""From a tree to the text of a SQL condition that is true or false, never NULL."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from runyard.store.metadata.search.parameters import Binder, containing
from runyard.store.metadata.search.tree import CONTAINS, And, Comparison, Name, Not, Or, Scalar, Tree, Value
from runyard.store.metadata.search.vocabulary import DATASET_COLUMNS, Attribute, KeyTable, Vocabulary

# Makes the condition of a comparison with a metric: each entity keeps its metrics elsewhere.
MetricCondition = Callable[[Comparison, Binder], str]


def condition(tree: Tree, vocabulary: Vocabulary, binder: Binder, metric: MetricCondition) -> str:
    """The condition, over the aliases that the vocabulary's columns use."""
    again = partial(condition, vocabulary=vocabulary, binder=binder, metric=metric)
    if isinstance(tree, And):
        return " AND ".join(f"({again(part)})" for part in tree.parts)
    if isinstance(tree, Or):
        return " OR ".join(f"({again(part)})" for part in tree.parts)
    if isinstance(tree, Not):
        return f"NOT ({again(tree.part)})"
    name = tree.name
    if name.kind == "metric":
        return metric(tree, binder)
    if name.kind == "attribute":
        return _attribute(tree, vocabulary.attributes[name.key], binder)
    if name.kind == "dataset":
        return _dataset(tree, binder)
    return _key_value(tree, vocabulary.tables[name.kind], vocabulary.id, binder)


def compare(column: str, operator: str, value: Value, binder: Binder) -> str:
    """`column operator value`; NULL where the column is NULL."""
    if operator in ("IS NULL", "IS NOT NULL"):
        return f"{column} {operator}"
    if isinstance(value, tuple):
        return f"{column} {operator} ({binder.bind_list(value)})"
    negated = "NOT " if operator.startswith("NOT ") else ""
    pattern = str(value)
    if operator == CONTAINS:
        return f"casefold({column}) LIKE casefold({binder.bind(containing(pattern))}) ESCAPE '\\'"
    if operator.endswith("ILIKE"):
        return f"casefold({column}) {negated}LIKE casefold({binder.bind(like(pattern))}) ESCAPE '\\'"
    if operator.endswith("LIKE"):
        return f"{column} {negated}LIKE {binder.bind(like(pattern))} ESCAPE '\\'"
    if operator.endswith("REGEXP"):
        return f"{negated}regexp({binder.bind(pattern)}, {column})"
    return f"{column} {operator} {binder.bind(value)}"


def like(pattern: str) -> str:
    """MLflow's patterns have no escape character; PostgreSQL's LIKE always has one."""
    return pattern.replace("\\", "\\\\")


def series_condition(comparison: Comparison, binder: Binder) -> str:
    """A run's metric, from its series.

    As IEEE 754 has it, a NaN differs from every number and compares with none.
    """
    name = comparison.name
    found = f"SELECT 1 FROM series c WHERE c.run_id = r.id AND c.name = {binder.bind(name.key)}"
    if name.aggregate != "latest":
        # A series of nothing but NaN has no smallest value.
        found += f" AND {series_column(name)} IS NOT NULL"
    if comparison.operator == "IS NULL":
        return f"NOT EXISTS ({found})"
    if comparison.operator == "IS NOT NULL":
        return f"EXISTS ({found})"
    compared = compare(series_column(name), comparison.operator, comparison.value, binder)
    if name.aggregate == "latest" and comparison.operator in ("!=", "NOT IN"):
        compared = f"(c.latest_nan = 1 OR {compared})"
    return f"EXISTS ({found} AND {compared})"


def series_column(name: Name, alias: str = "c") -> str:
    """The column of `series` that a metric's name means."""
    columns = {"latest": "latest_value", "min": "min_value", "max": "max_value", "count": "count"}
    return f"{alias}.{columns[name.aggregate]}"


def spelled(attribute: Attribute, value: Value) -> Value:
    """The stored spelling of a value."""
    if isinstance(value, tuple):
        return tuple(_spelled(attribute, entry) for entry in value)
    return None if value is None else _spelled(attribute, value)


def _spelled(attribute: Attribute, value: Scalar) -> Scalar:
    return attribute.words.get(value, value) if isinstance(value, str) else value


def _attribute(comparison: Comparison, attribute: Attribute, binder: Binder) -> str:
    operator, value = comparison.operator, comparison.value
    if not operator.endswith(("LIKE", "REGEXP")):
        value = spelled(attribute, value)
    compared = compare(attribute.column, operator, value, binder)
    if attribute.nullable and value is not None:
        return f"({attribute.column} IS NOT NULL AND {compared})"
    return compared


def _key_value(comparison: Comparison, table: KeyTable, owner: str, binder: Binder) -> str:
    key = binder.bind(comparison.name.key)
    found = f"SELECT 1 FROM {table.table} c WHERE c.{table.owner} = {owner} AND c.key = {key}"
    if comparison.operator == "IS NULL":
        return f"NOT EXISTS ({found})"
    if comparison.operator == "IS NOT NULL":
        return f"EXISTS ({found})"
    return f"EXISTS ({found} AND {compare('c.value', comparison.operator, comparison.value, binder)})"


def _dataset(comparison: Comparison, binder: Binder) -> str:
    column = DATASET_COLUMNS[comparison.name.key]
    found = "SELECT 1 FROM run_dataset i JOIN dataset d ON d.id = i.dataset_id WHERE i.run_id = r.id"
    if comparison.operator == "IS NULL":
        return f"NOT EXISTS ({found} AND {column} IS NOT NULL)"
    return f"EXISTS ({found} AND {compare(column, comparison.operator, comparison.value, binder)})"
