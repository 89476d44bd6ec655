"""The table of runs in a real browser: columns, groups, trees, and tags of many runs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.e2e.studio import START, create_run, log, play, points
from tests.faults.server import Server

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]


def test_columns_are_found_moved_pinned_and_resized(many_runs: Server) -> None:
    play("tableColumns", {"address": many_runs.address})


@pytest.fixture(scope="module")
def grouped(built: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """120 finished runs with the losses 0 to 119, even ones with the rate 0.1; and two without a rate."""
    with Server(tmp_path_factory.mktemp("grouped") / "data") as started:
        for number in range(120):
            run = create_run(started.address, f"run-{number:03d}", start=START - number * 1000)
            rate = [{"key": "lr", "value": "0.2" if number % 2 else "0.1"}]
            log(started.address, run, metrics=points("loss", [float(number)]), params=rate)
        for loss in (5.0, "NaN"):
            log(started.address, create_run(started.address, "odd"), metrics=points("loss", [loss]))
        yield started


def test_runs_are_grouped(grouped: Server) -> None:
    more = create_run(grouped.address, "more")

    def log_more() -> None:
        log(grouped.address, more, metrics=points("loss", [7.0]))

    play("groups", {"address": grouped.address}, {"log": log_more})


def test_children_stand_below_their_parents(server: Server) -> None:
    sweep = create_run(server.address, "sweep", start=START + 900)

    def child(name: str, parent: str, start: int) -> str:
        run = create_run(server.address, name, start=START + start)
        log(server.address, run, tags=[{"key": "mlflow.parentRunId", "value": parent}])
        return run

    for number in range(120):
        last = child(f"trial-{number:03d}", sweep, number)
    child("grandchild", last, 500)
    create_run(server.address, "alone", start=START + 1000)
    play("tree", {"address": server.address})


def test_checked_runs_are_tagged(server: Server) -> None:
    for number, name in enumerate(("first", "second", "third")):
        create_run(server.address, name, start=START + number)
    play("tagging", {"address": server.address})
