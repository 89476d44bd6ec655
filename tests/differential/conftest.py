"""MLflow's own server and Runyard, each started once; every test gets an experiment and a run on both."""

import os
from collections.abc import Iterator

import pytest

from tests.compat.servers import Server, mlflow_server, runyard_server
from tests.differential.both import Both


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Server]]:
    """MLflow and Runyard; with DIFFERENTIAL_AGAINST=mlflow two MLflows, to see whether the tests compare soundly."""
    second = mlflow_server if os.environ.get("DIFFERENTIAL_AGAINST") == "mlflow" else runyard_server
    with (
        mlflow_server(tmp_path_factory.mktemp("mlflow")) as mlflow,
        second(tmp_path_factory.mktemp("second")) as runyard,
    ):
        yield mlflow, runyard


@pytest.fixture
def both(servers: tuple[Server, Server]) -> Iterator[Both]:
    """Both servers with a new `{experiment}` and `{run}`; the test fails with all that differed."""
    pair = Both(*servers)
    pair.new_experiment()
    pair.new_run()
    yield pair
    if pair.found:
        pytest.fail("\n\n".join(pair.found), pytrace=False)
