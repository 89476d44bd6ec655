"""What one search of runs asks for, and its parts in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeGuard

from runyard.errors import InvalidParameter
from runyard.store.metadata.search.conditions import condition, series_column, series_condition
from runyard.store.metadata.search.ordering import Place, SortKey, nulls_last
from runyard.store.metadata.search.parameters import Binder, digits
from runyard.store.metadata.search.run_tree import has_parent, is_child
from runyard.store.metadata.search.tree import And, Comparison, Name, OrderTerm, Tree, conjuncts
from runyard.store.metadata.search.values import INT64
from runyard.store.metadata.search.vocabulary import RUNS

START = Name("attribute", "start_time")
RUN_ID = Name("attribute", "run_id")
MAX_EXPERIMENTS = 20_000
# Opening a stream costs about 0.2 ms.
MOST_MERGED = 50
_RANGES = ("=", "<", "<=", ">", ">=")

# Of all runs that match; of those whose parent does not match, which a tree begins with; of a run's children.
Level = Literal["all", "top", "children"]


@dataclass(frozen=True)
class RunQuery:
    """`experiments` are existing or not, without duplicates; `last` is where the page before ended."""

    experiments: tuple[int, ...]
    stages: tuple[str, ...]
    tree: Tree | None
    # As asked, and made complete: by start time, newest first, then by run_id.
    terms: tuple[OrderTerm, ...]
    last: Sequence[Place] | None = None
    level: Level = "all"

    def scope(self, binder: Binder) -> str:
        """The runs of the experiments in the stages."""
        return f"r.experiment_id IN ({digits(self.experiments)}) AND {self.in_stages(binder)}"

    @property
    def parts(self) -> tuple[int | None, ...]:
        """The experiments to read one by one and merge; None for all runs at once, where these are too many."""
        return self.experiments if len(self.experiments) <= MOST_MERGED else (None,)

    def in_stages(self, binder: Binder) -> str:
        """The runs in the stages."""
        return f"r.lifecycle_stage IN ({binder.bind_list(self.stages)})"

    def filter(self, binder: Binder, without: tuple[Comparison, ...] = ()) -> str:
        """The filter, or what is left of it when the parts `without` are known to be true."""
        matches = self._matches(binder, without)
        if self.level == "all":
            return matches
        if self.level == "children":
            return f"({matches}) AND {is_child('r')}"
        # Within, `r` is the parent.
        parent = f"{self.scope(binder)} AND ({self._matches(binder)})"
        return f"({matches}) AND NOT {has_parent('r', parent)}"

    def _matches(self, binder: Binder, without: tuple[Comparison, ...] = ()) -> str:
        return _all(sorted((part for part in conjuncts(self.tree) if part not in without), key=_cost), binder)

    def start_range(self, binder: Binder) -> str:
        """What the filter demands of the start time, for the index; it implies no more than the filter."""
        return _all(self.start_bounds, binder)

    @property
    def start_bounds(self) -> tuple[Comparison, ...]:
        """The parts of the filter that bound the start time."""
        return tuple(part for part in conjuncts(self.tree) if _bounds(part, START))

    @property
    def value_bounds(self) -> tuple[Comparison, ...]:
        """What the filter demands of the metric that orders: an index of its values need be read only there."""
        name = self.terms[0].name
        if name.kind != "metric" or name.aggregate != "latest":
            return ()
        return tuple(part for part in conjuncts(self.tree) if _bounds(part, name))

    def keys(self, binder: Binder) -> list[SortKey]:
        """The sort keys, one per term."""
        return [sort_key(term, f"o{index}", binder) for index, term in enumerate(self.terms)]


def experiment_numbers(experiment_ids: Sequence[str]) -> tuple[int, ...]:
    """The ids as numbers, without duplicates. Raises InvalidParameter for what is no number, as MLflow does."""
    if len(experiment_ids) > MAX_EXPERIMENTS:
        raise InvalidParameter(
            f"'experiment_ids' has {len(experiment_ids)} entries; at most {MAX_EXPERIMENTS} are allowed."
        )
    return tuple(dict.fromkeys(number for number in map(_number, experiment_ids) if number in INT64))


def _number(experiment_id: str) -> int:
    try:
        return int(experiment_id)
    except (TypeError, ValueError):
        raise InvalidParameter(
            f"Invalid experiment ID '{str(experiment_id)[:100]}'. Experiment ID must be a valid integer."
        ) from None


def complete(terms: tuple[OrderTerm, ...]) -> tuple[OrderTerm, ...]:
    """The terms with MLflow's tie breakers."""
    named = {term.name for term in terms}
    start = () if START in named else (OrderTerm(START, ascending=False),)
    run_id = () if RUN_ID in named else (OrderTerm(RUN_ID),)
    return terms + start + run_id


def sort_key(term: OrderTerm, alias: str, binder: Binder) -> SortKey:
    """The key of a term; `alias` is free for the table that it joins."""
    name = term.name
    if name.kind == "attribute":
        attribute = RUNS.attributes[name.key]
        if attribute.nullable:
            return nulls_last(attribute.column, term.ascending)
        return SortKey(attribute.column, term.ascending)
    if name.kind == "metric":
        return _metric_key(term, alias, binder)
    table = RUNS.tables[name.kind]
    join = _join(table.table, alias, "key", binder.bind(name.key))
    return nulls_last(f"{alias}.value", term.ascending, join)


def _metric_key(term: OrderTerm, alias: str, binder: Binder) -> SortKey:
    join = _join("series", alias, "name", binder.bind(term.name.key))
    value = series_column(term.name, alias)
    if term.name.aggregate != "latest":
        return nulls_last(value, term.ascending, join)
    # Numbers, then NaN, then runs without the metric, in both directions, as MLflow has it.
    rank = f"CASE {alias}.latest_nan WHEN 0 THEN 0 WHEN 1 THEN 1 ELSE 2 END"
    return SortKey(value, term.ascending, rank, join)


def _join(table: str, alias: str, column: str, key: str) -> str:
    return f"LEFT JOIN {table} {alias} ON {alias}.run_id = r.id AND {alias}.{column} = {key}"


def _all(parts: Sequence[Tree], binder: Binder) -> str:
    return condition(And(tuple(parts)), RUNS, binder, series_condition) if parts else "1 = 1"


def _cost(part: Tree) -> int:
    """What to ask first: the run's own row, then what few runs are likely to pass and narrow rows answer."""
    if not isinstance(part, Comparison):
        return 2
    if part.name.kind == "attribute":
        return 0
    return 1 if part.name.kind in ("param", "tag") and part.operator == "=" else 2


def _bounds(part: Tree, name: Name) -> TypeGuard[Comparison]:
    return isinstance(part, Comparison) and part.name == name and part.operator in _RANGES
