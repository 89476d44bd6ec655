"""Searches of logged models."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import partial

from runyard.errors import FilterError, InvalidParameter, MissingParameter
from runyard.store.metadata.search.conditions import compare
from runyard.store.metadata.search.grammar import MAX_ORDER_TERMS, parse_filter
from runyard.store.metadata.search.listing import Keys, Listing, attribute_and_tag_keys, with_ties
from runyard.store.metadata.search.ordering import SortKey
from runyard.store.metadata.search.page import Page, check_max_results
from runyard.store.metadata.search.parameters import Binder, digits
from runyard.store.metadata.search.run_query import experiment_numbers
from runyard.store.metadata.search.tree import Comparison, Name, OrderTerm, Tree, comparisons
from runyard.store.metadata.search.vocabulary import LOGGED_MODELS
from runyard.store.metadata.session import Session

DEFAULT_RESULTS = 100
MOST_RESULTS = 50_000
MAX_DATASETS = 100


@dataclass(frozen=True)
class MetricDataset:
    """Looks only at metrics that were logged with a dataset, of any digest when it is None."""

    dataset_name: str
    dataset_digest: str | None = None


@dataclass(frozen=True)
class ModelOrder:
    """One entry of `order_by`: an attribute, or `metrics.<name>`, optionally of one dataset."""

    field_name: str
    ascending: bool = True
    dataset_name: str | None = None
    dataset_digest: str | None = None


def search_logged_models(
    session: Session,
    experiment_ids: Sequence[str],
    filter: str | None = None,
    datasets: Sequence[MetricDataset] = (),
    order_by: Sequence[ModelOrder] = (),
    max_results: int = DEFAULT_RESULTS,
    page_token: str | None = None,
) -> Page:
    """One page of the active logged models of some experiments, the newest first without `order_by`.

    `datasets` restricts the metrics that the filter looks at, and without metrics in the filter asks for models
    that have any metric on one of them. Raises InvalidParameter (FilterError for the filter).
    """
    check_max_results(max_results, MOST_RESULTS)
    _check_datasets(datasets)
    experiments = experiment_numbers(experiment_ids)
    tree = parse_filter(filter, LOGGED_MODELS)
    keys = _keys(order_by)
    asked = [
        "logged models",
        sorted(experiments),
        filter or "",
        [asdict(dataset) for dataset in datasets],
        [asdict(entry) for entry in order_by],
    ]
    if not experiments:
        return Page([])

    def where(binder: Binder) -> str:
        within = f"l.experiment_id IN ({digits(experiments)}) AND l.lifecycle_stage = 'active'"
        if not datasets or _names_metric(tree):
            return within
        measured = f"SELECT 1 FROM logged_model_metric c WHERE c.model_id = l.id AND {_on(datasets, binder)}"
        return f"{within} AND EXISTS ({measured})"

    metric = partial(_metric_condition, datasets)
    return Listing(LOGGED_MODELS, "logged_model l", keys, where, tree, metric).page(
        session, asked, max_results, page_token
    )


def _metric_condition(datasets: Sequence[MetricDataset], comparison: Comparison, binder: Binder) -> str:
    """A metric may have a value for each run and dataset: one that fits is enough, as in MLflow."""
    found = (
        f"SELECT 1 FROM logged_model_metric c WHERE c.model_id = l.id "
        f"AND c.name = {binder.bind(comparison.name.key)} AND {_on(datasets, binder)}"
    )
    if comparison.operator == "IS NULL":
        return f"NOT EXISTS ({found})"
    if comparison.operator == "IS NOT NULL":
        return f"EXISTS ({found})"
    compared = compare("c.value", comparison.operator, comparison.value, binder)
    if comparison.operator in ("!=", "NOT IN"):
        compared = f"(c.value_nan = 1 OR {compared})"
    return f"EXISTS ({found} AND {compared})"


def _on(datasets: Sequence[MetricDataset], binder: Binder) -> str:
    if not datasets:
        return "1 = 1"
    return f"({' OR '.join(_on_one(dataset, binder) for dataset in datasets)})"


def _on_one(dataset: MetricDataset, binder: Binder) -> str:
    named = f"c.dataset_name = {binder.bind(dataset.dataset_name)}"
    if not dataset.dataset_digest:
        return f"({named})"
    return f"({named} AND c.dataset_digest = {binder.bind(dataset.dataset_digest)})"


def _names_metric(tree: Tree | None) -> bool:
    return any(comparison.name.kind == "metric" for comparison in comparisons(tree))


def _keys(order_by: Sequence[ModelOrder]) -> Keys:
    if len(order_by) > MAX_ORDER_TERMS:
        raise FilterError(f"order_by has {len(order_by)} entries; at most {MAX_ORDER_TERMS} are allowed")
    terms = [OrderTerm(_name(entry), entry.ascending) for entry in order_by]
    ties = with_ties(terms, [("creation_timestamp", False), ("model_id", True)])[len(terms) :]

    def keys(binder: Binder) -> list[SortKey]:
        asked = [
            _metric_key(entry, term, f"n{index}", binder)
            if term.name.kind == "metric"
            else attribute_and_tag_keys(LOGGED_MODELS, [term])(binder)[0]
            for index, (entry, term) in enumerate(zip(order_by, terms, strict=True))
        ]
        return asked + attribute_and_tag_keys(LOGGED_MODELS, ties)(binder)

    return keys


def _name(entry: ModelOrder) -> Name:
    if not entry.field_name:
        raise MissingParameter("order_by.field_name")
    if entry.dataset_digest and not entry.dataset_name:
        raise InvalidParameter("'dataset_digest' in 'order_by' needs a 'dataset_name' beside it.")
    prefix, dot, key = entry.field_name.strip().partition(".")
    if dot:
        if prefix != "metrics":
            raise InvalidParameter(
                f"Invalid order by field name: {entry.field_name}, only `metrics.<name>` is allowed."
            )
        return Name("metric", key.strip("`"))
    canonical = LOGGED_MODELS.aliases.get(prefix, prefix)
    if canonical not in LOGGED_MODELS.attributes:
        raise InvalidParameter(f"Invalid order by field name: {entry.field_name}.")
    return Name("attribute", canonical)


def _metric_key(entry: ModelOrder, term: OrderTerm, alias: str, binder: Binder) -> SortKey:
    """The latest value of a metric: numbers, then NaN, then models without it."""
    on = [MetricDataset(entry.dataset_name, entry.dataset_digest)] if entry.dataset_name else []
    numbered = (
        "SELECT c.model_id, c.value, c.value_nan, ROW_NUMBER() OVER (PARTITION BY c.model_id "
        "ORDER BY c.timestamp DESC, c.step DESC, c.run_id) AS place "
        f"FROM logged_model_metric c WHERE c.name = {binder.bind(term.name.key)} AND {_on(on, binder)}"
    )
    join = f"LEFT JOIN ({numbered}) {alias} ON {alias}.model_id = l.id AND {alias}.place = 1"
    rank = f"CASE {alias}.value_nan WHEN 0 THEN 0 WHEN 1 THEN 1 ELSE 2 END"
    return SortKey(f"{alias}.value", term.ascending, rank, join)


def _check_datasets(datasets: Sequence[MetricDataset]) -> None:
    if len(datasets) > MAX_DATASETS:
        raise InvalidParameter(f"'datasets' has {len(datasets)} entries; at most {MAX_DATASETS} are allowed.")
    if not all(dataset.dataset_name for dataset in datasets):
        raise InvalidParameter("`dataset_name` in the `datasets` clause must be specified.")
