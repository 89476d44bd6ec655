"""One server and one process per client for all the checks that were chosen; the tests read the outcomes."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.compat.collecting import Outcome, run_checks
from tests.compat.environments import Environment
from tests.compat.servers import Server, mlflow_server, runyard_server

Batch = tuple[Environment, Path]
Outcomes = Callable[[Environment, Path, str], Outcome]


@pytest.fixture(scope="session")
def tracking_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Runyard; or the stock server with COMPAT_AGAINST=mlflow, to see whether a check is right about MLflow."""
    start = mlflow_server if os.environ.get("COMPAT_AGAINST") == "mlflow" else runyard_server
    with start(tmp_path_factory.mktemp("server")) as server:
        yield server


@pytest.fixture(scope="session")
def outcomes(
    request: pytest.FixtureRequest, tracking_server: Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Outcomes]:
    """What became of a check in an environment; asking waits for that environment's checks.

    With the first question all environments' chosen checks of that folder begin, two clients at a time: most of their
    time is their own.
    """
    chosen = [
        (batch, _params(item)["check"].name) for item in request.session.items if (batch := _batch(item))
    ]
    started: dict[Batch, Future[dict[str, Outcome]]] = {}
    with ThreadPoolExecutor(max_workers=2) as pool:

        def start(batch: Batch) -> None:
            names = [name for other, name in chosen if other == batch]
            scratch = tmp_path_factory.mktemp(batch[0].title)
            started[batch] = pool.submit(run_checks, *batch, names, tracking_server.address, scratch)

        def outcome(environment: Environment, folder: Path, name: str) -> Outcome:
            if (environment, folder) not in started:
                for batch in dict.fromkeys(batch for batch, _ in chosen if batch[1] == folder):
                    start(batch)
            return started[environment, folder].result()[name]

        yield outcome


def _batch(item: pytest.Item) -> Batch | None:
    params = _params(item)
    return (
        (params["environment"], params["folder"])
        if {"environment", "folder", "check"} <= params.keys()
        else None
    )


def _params(item: pytest.Item) -> dict[str, Any]:
    return (
        dict(item.callspec.params) if isinstance(item, pytest.Function) and hasattr(item, "callspec") else {}
    )
