"""Searches of runs against their meaning in plain Python, on a real database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from runyard.store.metadata import database
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
from runyard.store.metadata.search.grammar import parse_filter, parse_order
from runyard.store.metadata.search.page import STAGES
from runyard.store.metadata.search.tree import OrderTerm, Tree, name_to_text, to_text
from runyard.store.metadata.search.vocabulary import RUNS as VOCABULARY
from runyard.store.metadata.session import Session
from tests.store.metadata.search.samples import SampleRun, matches, metric, ordered, write
from tests.store.metadata.search.strategies import ORDERS, RUNS, TREES

ALL = ["1", "2", "3"]
VIEWS: list[ViewType] = ["ACTIVE_ONLY", "DELETED_ONLY", "ALL"]


@pytest.fixture(autouse=True, params=["usual", "streams", "wide streams", "drivers"])
def plan(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The plans change with the number of rows: make a few rows take each path of many, and no other."""
    if request.param == "usual":
        return
    monkeypatch.setattr(runs, "_SMALL", 0)
    monkeypatch.setattr(runs, "_SMALL_PER_PART", 0)
    monkeypatch.setattr(run_selects, "_MILESTONES", 1 if request.param == "drivers" else 2)
    if request.param == "drivers":
        monkeypatch.setattr(runs, "_FIRST_STRETCH", 1)
        monkeypatch.setattr(runs, "_DRIVER_COST", 0.01)
        return
    monkeypatch.setattr(runs, "_COUNT_LIMIT", 0)
    monkeypatch.setattr(run_streams, "_SHARED", 2)
    monkeypatch.setattr(run_streams, "_LARGEST_PART", 3)
    monkeypatch.setattr(run_selects, "_SAMPLE", 5)
    if request.param == "wide streams":
        monkeypatch.setattr(run_query, "MOST_MERGED", 1)


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


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
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


LONG = "x" * 64


def sample_of_many() -> list[SampleRun]:
    """2,000 runs of two experiments: parameters of few, many and long values, metrics with ties and NaN."""
    return [
        SampleRun(
            f"{index * 7919 % 2000:05d}",
            experiment=1 + index % 2,
            start_time=index // 3,
            params={
                "lr": "0.1" if index % 10 else "0.2",
                "seed": str(index),
                "long": LONG + str(index % 7),
            },
            tags={"team": "vision"} if index % 400 == 0 else {},
            metrics={
                "accuracy": metric(1.0 if index % 20 else 0.5),
                "loss": metric(float("nan") if index % 3 == 0 else index / 2000),
            },
        )
        for index in range(2000)
    ]


Many = tuple[Session, dict[int, SampleRun]]


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Many]:
    """A database of these runs."""
    folder = tmp_path_factory.mktemp("many")
    database.create_or_check(folder, "relaxed")
    session = database.connect(folder, "relaxed")
    yield session, write(session, sample_of_many())
    session.close()


@pytest.mark.parametrize("order", ["params.lr", "params.lr DESC", "params.seed", "params.long", "tags.team"])
def test_many_runs_in_the_order_of_texts(many: Many, order: str) -> None:
    _check_many(many, "", order)


@pytest.mark.parametrize(
    "order", ["metrics.accuracy", "metrics.accuracy DESC", "metrics.loss DESC", "start_time"]
)
def test_many_runs_in_the_order_of_numbers(many: Many, order: str) -> None:
    _check_many(many, "", order)


@pytest.mark.parametrize(
    "filter",
    [
        "params.seed = '77'",
        "params.seed IN ('77', '1500', 'none')",
        f"params.long = '{LONG}3' AND tags.team IS NULL",
        f"params.long IN ('{LONG}', '{LONG}4') AND metrics.loss < 0.1",
        "tags.team = 'vision'",
        "metrics.loss <= 0.01",
        "metrics.loss >= 0.99 AND metrics.accuracy = 0.5",
        "metrics.loss IN (0.05, 0.0505, 3)",
        "metrics.loss > 5",
        "run_id IN ('00077', '01999')",
        "start_time > 660 AND params.lr = '0.2'",
        "NOT params.lr = '0.1' AND NOT metrics.accuracy = 1",
    ],
)
@pytest.mark.parametrize("order", ["start_time DESC", "metrics.loss", "metrics.accuracy DESC", "params.lr"])
def test_the_few_that_a_filter_leaves_of_many(many: Many, filter: str, order: str) -> None:
    _check_many(many, filter, order)


def _check_many(many: Many, filter: str, order: str) -> None:
    session, written = many
    sample = written.values()
    size = 20 if filter else 333
    found = [key for page in pages(session, size, filter, [order], "ACTIVE_ONLY") for key in page.ids]
    wanted = [run for run in sample if matches(run, parse_filter(filter, VOCABULARY))]
    assert [written[key] for key in found] == ordered(wanted, parse_order([order], VOCABULARY))
    assert count_runs(session, ALL, filter) == len(wanted)


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
