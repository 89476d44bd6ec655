"""The search of entities that are few: the database filters and sorts them all, and answers one page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from runyard.errors import FilterError
from runyard.store.metadata.search.conditions import MetricCondition, condition
from runyard.store.metadata.search.ordering import SortKey, after, columns, joins, nulls_last, order, places
from runyard.store.metadata.search.page import Page, decode_token, encode_token
from runyard.store.metadata.search.parameters import Binder
from runyard.store.metadata.search.tree import Comparison, Name, OrderTerm, Tree
from runyard.store.metadata.search.vocabulary import Vocabulary
from runyard.store.metadata.session import Session

Keys = Callable[[Binder], list[SortKey]]


@dataclass(frozen=True)
class Listing:
    """One such search. `keys` ends with a unique one; `where` adds to the filter."""

    vocabulary: Vocabulary
    tables: str
    keys: Keys
    where: Callable[[Binder], str]
    tree: Tree | None
    metric: MetricCondition | None = None

    def page(self, session: Session, asked: object, max_results: int, page_token: str | None) -> Page:
        """The page that the token leads to; `asked` is all that decides which rows come."""
        binder = Binder()
        keys = self.keys(binder)
        last = decode_token(page_token, asked, keys)
        behind = "1 = 1" if last is None else after(keys, last, binder)
        sql = (
            f"SELECT {self.vocabulary.id}, {columns(keys)} FROM {self.tables} {joins(keys)} "
            f"WHERE {self.where(binder)} AND ({self._filter(binder)}) AND {behind} "
            f"ORDER BY {order(keys)} LIMIT {int(max_results) + 1}"
        )
        rows = session.all(sql, binder.values)
        token = encode_token(asked, places(rows[max_results - 1][1:])) if len(rows) > max_results else None
        return Page([row[0] for row in rows[:max_results]], token)

    def _filter(self, binder: Binder) -> str:
        if self.tree is None:
            return "1 = 1"
        return condition(self.tree, self.vocabulary, binder, self.metric or _no_metrics)


def attribute_and_tag_keys(vocabulary: Vocabulary, terms: Sequence[OrderTerm]) -> Keys:
    """The sort keys of terms that name attributes, tags or parameters."""

    def keys(binder: Binder) -> list[SortKey]:
        return [_key(vocabulary, term, f"o{index}", binder) for index, term in enumerate(terms)]

    return keys


def with_ties(terms: Sequence[OrderTerm], ties: Sequence[tuple[str, bool]]) -> tuple[OrderTerm, ...]:
    """The terms, then the attributes that break ties and aren't named yet, each with its direction."""
    named = {term.name for term in terms}
    broken = [OrderTerm(Name("attribute", key), ascending) for key, ascending in ties]
    return (*terms, *(term for term in broken if term.name not in named))


def _key(vocabulary: Vocabulary, term: OrderTerm, alias: str, binder: Binder) -> SortKey:
    name = term.name
    if name.kind == "attribute":
        attribute = vocabulary.attributes[name.key]
        key = nulls_last if attribute.nullable else SortKey
        return key(attribute.column, term.ascending)
    table = vocabulary.tables[name.kind]
    joined = f"{alias}.{table.owner} = {vocabulary.id} AND {alias}.key = {binder.bind(name.key)}"
    return nulls_last(f"{alias}.value", term.ascending, f"LEFT JOIN {table.table} {alias} ON {joined}")


def _no_metrics(comparison: Comparison, binder: Binder) -> str:
    raise FilterError(f"There is no metric '{comparison.name.key}' here", comparison.position)
