"""Drives plots over many runs in a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.e2e.studio import START, create_run, log, play, points, post
from tests.faults.server import Server

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]

# A search as people do it: the rate over decades, one run without it, one whose loss is NaN, a name like a formula.
SEARCH: list[tuple[str, str | None, str, float | str]] = [
    ("adam-1", "1e-05", "adam", 0.9),
    ("adam-2", "0.0001", "adam", 0.5),
    ("adam-3", "0.001", "adam", 0.2),
    ("sgd-1", "0.01", "sgd", 0.4),
    ("sgd-2", "0.0002", "sgd", "NaN"),
    ("=sgd-3", None, "sgd", 0.7),
]


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[str]]]:
    """The address of a server, and the ids of the runs of a search."""
    with Server(tmp_path_factory.mktemp("search") / "data") as started:
        runs = []
        for number, (name, rate, optimizer, loss) in enumerate(SEARCH):
            run = create_run(started.address, name, start=START + number * 60_000)
            params = [{"key": "optimizer", "value": optimizer}, {"key": "seed", "value": "7"}]
            params += [] if rate is None else [{"key": "lr", "value": rate}]
            log(started.address, run, metrics=points("loss", [2.0, loss]), params=params)
            post(
                started.address,
                "runs/update",
                {"run_id": run, "status": "FINISHED", "end_time": START + (number + 1) * 60_000},
            )
            runs.append(run)
        yield started.address, runs


@pytest.mark.parametrize("scenario", ["plots", "plotCards", "plotKeyboard"])
def test_plots_over_the_runs_of_a_search(search: tuple[str, list[str]], scenario: str) -> None:
    address, runs = search
    play(scenario, {"address": address, "runs": runs})
