"""Searches of runs against their meaning in plain Python, on a real database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from runyard.store.metadata.search import (
    Page,
    ViewType,
    count_runs,
    run_query,
    run_selects,
    run_streams,
    runs,
    search_runs,
)
from runyard.store.metadata.search.page import STAGES
from runyard.store.metadata.search.tree import OrderTerm, Tree, name_to_text, to_text
from runyard.store.metadata.session import Session
from tests.store.metadata.search.samples import SampleRun, matches, metric, ordered, write
from tests.store.metadata.search.strategies import ORDERS, RUNS, TREES

ALL = ["1", "2", "3"]
VIEWS: list[ViewType] = ["ACTIVE_ONLY", "DELETED_ONLY", "ALL"]


@pytest.fixture(autouse=True, params=["usual", "eager", "eager and wide"])
def plan(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The plans change with the number of rows; "eager" makes a few rows take the paths of many."""
    if request.param == "eager and wide":
        monkeypatch.setattr(run_query, "MOST_MERGED", 1)
    if request.param != "usual":
        monkeypatch.setattr(runs, "_SMALL", 0)
        monkeypatch.setattr(runs, "_SMALL_PER_PART", 0)
        monkeypatch.setattr(runs, "_FIRST_STRETCH", 2)
        monkeypatch.setattr(run_streams, "_SHARED", 2)
        monkeypatch.setattr(run_streams, "_LARGEST_PART", 3)
        monkeypatch.setattr(run_selects, "_SAMPLE", 5)


def order_text(term: OrderTerm) -> str:
    return f"{name_to_text(term.name)} {'ASC' if term.ascending else 'DESC'}"


def pages(session: Session, size: int, filter: str, order_by: list[str], view: ViewType) -> Iterator[Page]:
    token = None
    while True:
        page = search_runs(session, ALL, filter, order_by, view, size, token)
        yield page
        token = page.next_page_token
        if token is None:
            return


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    sample=RUNS,
    tree=st.one_of(st.none(), TREES),
    terms=ORDERS,
    view=st.sampled_from(VIEWS),
    experiments=st.lists(st.sampled_from(ALL), min_size=1, max_size=3),
    size=st.integers(1, 5),
)
def test_a_search_means_what_its_filter_and_order_say(
    shared_session: Session,
    sample: list[SampleRun],
    tree: Tree | None,
    terms: list[OrderTerm],
    view: ViewType,
    experiments: list[str],
    size: int,
) -> None:
    written = write(shared_session, sample)
    wanted = [
        run
        for run in sample
        if str(run.experiment) in experiments and run.stage in STAGES[view] and matches(run, tree)
    ]
    expected = [run.run_id for run in ordered(wanted, terms)]
    filter = "" if tree is None else to_text(tree)
    order_by = [order_text(term) for term in terms]

    found: list[int] = []
    token: str | None = None
    while True:
        page = search_runs(shared_session, experiments, filter, order_by, view, size, token)
        assert len(page.ids) <= size
        found += page.ids
        token = page.next_page_token
        if token is None:
            break
        assert len(page.ids) == size

    assert [written[key].run_id for key in found] == expected
    assert count_runs(shared_session, experiments, filter, view) == len(expected)


def test_numbers_come_before_nan_and_nan_before_nothing_in_both_directions(session: Session) -> None:
    written = write(
        session,
        [
            SampleRun("none", start_time=9),
            SampleRun("nan", metrics={"loss": metric(float("nan"))}, start_time=8),
            SampleRun("one", metrics={"loss": metric(1)}),
            SampleRun("low", metrics={"loss": metric(float("-inf"))}),
            SampleRun("high", metrics={"loss": metric(float("inf"))}),
        ],
    )

    def names(order: str) -> list[str]:
        return [written[key].run_id for key in search_runs(session, ["1"], "", [order]).ids]

    assert names("metrics.loss") == ["low", "one", "high", "nan", "none"]
    assert names("metrics.loss DESC") == ["high", "one", "low", "nan", "none"]


def test_many_runs_of_one_value_come_in_order_page_by_page(session: Session) -> None:
    sample = [
        SampleRun(
            f"{index * 7919 % 2000:05d}",
            experiment=1 + index % 2,
            start_time=index // 3,
            params={"lr": "0.1" if index % 10 else "0.2", "seed": str(index)},
            metrics={"accuracy": metric(1.0 if index % 20 else 0.5)},
        )
        for index in range(2000)
    ]
    written = write(session, sample)
    for order in ("params.lr", "params.lr DESC", "metrics.accuracy DESC", "metrics.accuracy", "params.seed"):
        found = [key for page in pages(session, 333, "", [order], "ACTIVE_ONLY") for key in page.ids]
        assert [written[key] for key in found] == _by(order, sample)


def _by(order: str, sample: list[SampleRun]) -> list[SampleRun]:
    from runyard.store.metadata.search.grammar import parse_order
    from runyard.store.metadata.search.vocabulary import RUNS as VOCABULARY

    return ordered(sample, parse_order([order], VOCABULARY))


def test_runs_that_come_between_two_pages_neither_repeat_nor_hide_others(session: Session) -> None:
    written = write(session, [SampleRun(f"{index:03d}", start_time=index) for index in range(10)])
    first = search_runs(session, ["1"], max_results=4)
    session.run(
        "INSERT INTO run (run_id, experiment_id, name, user_id, status, start_time, artifact_uri) "
        "VALUES ('new', 1, 'n', 'u', 'RUNNING', 99, 'x')"
    )
    second = search_runs(session, ["1"], max_results=10, page_token=first.next_page_token)
    assert [written[key].run_id for key in first.ids + second.ids] == [
        f"{index:03d}" for index in reversed(range(10))
    ]


def test_unknown_experiments_have_no_runs(session: Session) -> None:
    write(session, [SampleRun("a")])
    assert search_runs(session, ["77", "1", "1", "99999999999999999999999"]).ids != []
    assert search_runs(session, ["77"]).ids == []
    assert search_runs(session, []) == Page([])
    assert count_runs(session, []) == 0


def test_azures_words_for_statuses_and_times_are_understood(session: Session) -> None:
    write(session, [SampleRun("a", status="FAILED", start_time=10, end_time=25)])
    for filter in (
        "status = 'Failed'",
        "attributes.status IN ('Completed', 'Failed')",
        "attributes.status != 'Canceled'",
        "attributes.duration = 15",
        "attributes.creation_time > 9",
    ):
        assert len(search_runs(session, ["1"], filter).ids) == 1, filter
