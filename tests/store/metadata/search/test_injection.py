"""Nothing that a client sends becomes SQL."""

from __future__ import annotations

import pytest

from runyard.errors import FilterError
from runyard.store.metadata.search import search_experiments, search_runs
from runyard.store.metadata.session import Session
from tests.store.metadata.search.samples import SampleRun, metric, write

HOSTILE = [
    "' OR 1=1 --",
    "'; DROP TABLE run; --",
    '" OR ""="',
    "x' UNION SELECT value FROM param --",
    "%' ESCAPE 'x",
    ":p0",
    "{0}",
    "%s",
    "$1",
    "?",
    "[a]",
]


def escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("'", "\\'")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_values_and_keys(session: Session, text: str) -> None:
    quote = "`" if '"' in text else '"'
    write(
        session,
        [
            SampleRun("hit", params={text: text}, tags={text: text}, metrics={text: metric(1)}),
            SampleRun("miss", params={"p": "x"}),
        ],
    )
    value = f"E'{escaped(text)}'"
    for filter in (
        f"params.{quote}{text}{quote} = {value}",
        f"params.{quote}{text}{quote} IN ({value})",
        f"tags.{quote}{text}{quote} IS NOT NULL",
        f"metrics.{quote}{text}{quote} = 1",
    ):
        assert len(search_runs(session, ["1"], filter).ids) == 1, filter
    for filter in (
        f"run_name = {value}",
        f"status LIKE {value}",
        f"run_id IN ({value})",
        f"dataset.name ILIKE {value}",
        f"NOT run_name != {value}",
    ):
        assert search_runs(session, ["1"], filter).ids == [], filter
    assert search_experiments(session, f"tags.{quote}{text}{quote} = {value}").ids == []
    order = f"params.{quote}{text}{quote} DESC"
    assert len(search_runs(session, ["1"], order_by=[order, f"metrics.{quote}{text}{quote}"]).ids) == 2
    assert session.one("SELECT COUNT(*) FROM run") == (2,)


@pytest.mark.parametrize(
    "text",
    [
        "1=1",
        "1",
        "(SELECT 1)",
        "run_id = (SELECT 1)",
        "start_time = start_time",
        "random() > 0",
        "__import__",
    ],
)
def test_expressions_are_not_evaluated(session: Session, text: str) -> None:
    with pytest.raises(FilterError):
        search_runs(session, ["1"], text)
    with pytest.raises(FilterError):
        search_runs(session, ["1"], order_by=[text])


def test_the_largest_filters_that_are_taken_run(session: Session) -> None:
    write(session, [SampleRun("a", params={"p": "x"})])
    parts = ["params.p = 'x'"] * 500
    deep = "metrics.x IS NULL"
    for _ in range(4):
        deep = f"NOT (params.p = 'y' OR NOT ({deep}))"
    mixed = "params.p = 'x'"
    for _ in range(9):
        mixed = f"(params.p = 'y' OR (params.p = 'x' AND {mixed}))"
    values = ", ".join(str(number) for number in range(5_000))
    for filter in (
        " AND ".join(parts),
        " OR ".join(parts),
        deep,
        mixed,
        f"NOT metrics.x IN ({values})",
        f"params.p IN ({', '.join(f'{chr(39)}{number}{chr(39)}' for number in range(4_999))}, 'x')",
        " OR ".join(["NOT params.p REGEXP 'y+'"] * 500),
    ):
        orders = [f"metrics.m{index}" for index in range(20)]
        assert len(search_runs(session, ["1"], filter, orders).ids) == 1
