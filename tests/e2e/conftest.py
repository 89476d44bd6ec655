"""Servers that browser tests look at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.studio import START, create_run, finished_run, log, points, post, prepare
from tests.faults.server import Server


@pytest.fixture(scope="session", autouse=True)
def built() -> None:
    prepare()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with Server(tmp_path / "data") as started:
        yield started


@pytest.fixture(scope="module")
def many_runs(built: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """120 finished runs in one experiment, run-000 the newest; run-007 has the loss 7."""
    with Server(tmp_path_factory.mktemp("many") / "data") as started:
        experiment = post(started.address, "experiments/create", {"name": "digits"})["experiment_id"]
        for number in range(120):
            run = create_run(started.address, f"run-{number:03d}", experiment, START - number * 1000)
            params = [{"key": "lr", "value": f"{number / 1000:.3f}"}, {"key": "seed", "value": "7"}]
            log(started.address, run, metrics=points("loss", [1.0, float(number)]), params=params)
            post(started.address, "runs/update", {"run_id": run, "status": "FINISHED"})
        yield started


@pytest.fixture(scope="module")
def one_run(built: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The address of a server, and the id of its only run."""
    with Server(tmp_path_factory.mktemp("one") / "data") as started:
        yield started.address, finished_run(started.address)
