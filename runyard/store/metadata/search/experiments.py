"""Searches of experiments."""

from __future__ import annotations

from collections.abc import Sequence

from runyard.store.metadata.search.grammar import parse_filter, parse_order
from runyard.store.metadata.search.listing import Listing, attribute_and_tag_keys, with_ties
from runyard.store.metadata.search.page import STAGES, Page, ViewType, check_max_results
from runyard.store.metadata.search.parameters import Binder
from runyard.store.metadata.search.vocabulary import EXPERIMENTS
from runyard.store.metadata.session import Session

DEFAULT_RESULTS = 1_000
MOST_RESULTS = 50_000


def search_experiments(
    session: Session,
    filter: str | None = None,
    order_by: Sequence[str] = (),
    view: ViewType = "ACTIVE_ONLY",
    max_results: int = DEFAULT_RESULTS,
    page_token: str | None = None,
    workspace: str = "default",
) -> Page:
    """One page of the experiments of a workspace.

    The newest come first without `order_by`; with it, ties are broken by experiment_id, largest first, as MLflow
    does. Raises InvalidParameter (FilterError for the expressions).
    """
    check_max_results(max_results, MOST_RESULTS)
    tree = parse_filter(filter, EXPERIMENTS)
    terms = parse_order(order_by or ["creation_time DESC", "experiment_id ASC"], EXPERIMENTS)
    asked = ["experiments", workspace, filter or "", list(order_by), view]

    def where(binder: Binder) -> str:
        stages = binder.bind_list(STAGES[view])
        return f"e.workspace = {binder.bind(workspace)} AND e.lifecycle_stage IN ({stages})"

    keys = attribute_and_tag_keys(EXPERIMENTS, with_ties(terms, [("experiment_id", False)]))
    return Listing(EXPERIMENTS, "experiment e", keys, where, tree).page(
        session, asked, max_results, page_token
    )
