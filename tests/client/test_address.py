"""What a tracking URI may say: the server, and a workspace; nothing secret."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from mlflow.exceptions import MlflowException
from runyard_mlflow.address import destination_of, parts_of

from tests.client.proxy import Proxy
from tests.client.scripts import left_in, run_script, sync
from tests.faults.server import Server
from tests.faults.wire import Connection, history

TRAIN = """
    with mlflow.start_run() as run:
        mlflow.log_metric("m", 1)
        mlflow.log_text("text", "a.txt")
    client.search_runs(["0"])
    client.search_registered_models()
    say(run.info.run_id)
"""


class Noting(Proxy):
    """Notes the workspace that each request of MLflow's and of the spool's API names."""

    def __init__(self, target: str) -> None:
        self.named: dict[str, set[str | None]] = {}
        super().__init__(target)

    def handle(self, request: BaseHTTPRequestHandler) -> None:
        path = request.path.partition("?")[0]
        self.named.setdefault(path, set()).add(request.headers.get("X-MLFLOW-WORKSPACE"))
        super().handle(request)


@pytest.mark.parametrize(
    ("uri", "parts"),
    [
        ("runyard://host:5000", ("http://host:5000", "")),
        ("runyard://host:5000/", ("http://host:5000", "")),
        ("runyard+http://host", ("http://host", "")),
        ("runyard+https://host/team-a", ("https://host", "team-a")),
        ("runyard://[::1]:5000/default/", ("http://[::1]:5000", "default")),
    ],
)
def test_an_address_names_a_server_and_a_workspace(uri: str, parts: tuple[str, str]) -> None:
    assert parts_of(destination_of(uri)) == parts


@pytest.mark.parametrize(
    ("uri", "rule"),
    [
        ("http://host", "'http://host': it must be runyard://HOST:PORT, runyard"),
        ("runyard+https:///folder", "'runyard+https:///folder': it must name a host"),
        (
            "runyard://host/mlflow/team",
            "'runyard://host/mlflow/team': after the host and the port it must end",
        ),
        ("runyard://host/a%2Fb", "after the host and the port it must end, or name a workspace"),
        ("runyard://host/team?x=y", "after the host and the port it must end, or name a workspace"),
        ("runyard://me:hunter2@host", "set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD"),
        ("runyard+https://hunter2@host", "must hold no user name and password"),
    ],
)
def test_what_is_no_address_is_told_without_its_password(uri: str, rule: str) -> None:
    with pytest.raises(MlflowException) as caught:
        destination_of(uri)
    assert rule in caught.value.message
    assert "hunter2" not in caught.value.message
    assert caught.value.error_code == "INVALID_PARAMETER_VALUE"


def test_every_request_of_the_stores_names_the_workspace(server: Server, spool: Path) -> None:
    proxy = Noting(server.address)
    with proxy:
        said, _ = run_script(f"runyard://{proxy.address}/default", spool, TRAIN)
        named = {path: names for path, names in proxy.named.items() if "/mlflow-artifacts/" not in path}
        assert len(named) > 4
        assert [path for path, names in named.items() if names != {"default"}] == []
        run_script(f"runyard://{proxy.address}", spool, TRAIN)
    # And none otherwise.
    assert None in proxy.named["/api/2.0/runyard/spool"]
    run_id = next(line for line in said if len(line) == 32)
    with Connection(server.address) as connection:
        assert history(connection, run_id, "m") == [(0, 1.0)]


def test_a_workspace_that_the_server_does_not_have_is_told_at_once(server: Server, spool: Path) -> None:
    code = """
        def told(call):
            try:
                call()
            except mlflow.exceptions.MlflowException as error:
                say(error.error_code, error)

        told(mlflow.start_run)
        told(lambda: client.log_metric("r", "m", 1, synchronous=False))
        told(client.search_registered_models)
    """
    said, errors = run_script(server.address.replace("http", "runyard") + "/team-a", spool, code)
    assert len(said) == 3
    for line in said:
        assert line.startswith("RESOURCE_DOES_NOT_EXIST")
        assert "No workspace with name 'team-a' exists; this server has one, 'default'" in line
    assert "can't be reached" not in errors
    assert left_in(spool) == []


@pytest.mark.faults
def test_what_was_kept_for_an_unknown_workspace_can_be_sent_elsewhere(
    server: Server, proxy: Proxy, spool: Path
) -> None:
    proxy.down = True
    code = """
        with mlflow.start_run() as run:
            mlflow.log_metric("m", 1)
        say(run.info.run_id)
    """
    said, _ = run_script(f"runyard://{proxy.address}/team-a", spool, code, RUNYARD_AWAY_TIMEOUT="0.5")
    run_id = next(line for line in said if len(line) == 32)
    proxy.down = False
    done = sync(spool)
    assert done.exit_code == 1
    assert "No workspace with name 'team-a' exists" in done.stderr
    assert sync(spool, "--server", f"{server.address}/").exit_code == 0
    assert left_in(spool) == []
    with Connection(server.address) as connection:
        assert history(connection, run_id, "m") == [(0, 1.0)]


def test_a_password_in_an_address_is_refused_and_written_nowhere(server: Server, spool: Path) -> None:
    address = server.address.replace("http://", "runyard://me:hunter2@")
    code = """
        mlflow.set_tracking_uri(os.environ["ADDRESS"])
        try:
            mlflow.start_run()
        except mlflow.exceptions.MlflowException as error:
            say(error)
    """
    said, errors = run_script(server.address, spool, code, ADDRESS=address)
    assert "set MLFLOW_TRACKING_USERNAME" in said[0]
    assert "hunter2" not in "".join([*said, errors])
    assert not spool.exists()
    spool.mkdir()
    done = sync(spool, "--server", "http://me:hunter2@host")
    assert done.exit_code == 2
    assert "MLFLOW_TRACKING_USERNAME" in done.stderr
    assert "hunter2" not in done.stderr
