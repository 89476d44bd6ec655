"""Something answers where the server should, but not as it does: training goes on, and nothing is lost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from tests.client.forking import Interpreter
from tests.client.proxy import Proxy
from tests.client.scripts import left_in, sync
from tests.client.test_outages import BOUNDS, TRAIN, check_trained, warnings_in
from tests.faults.server import Server
from tests.faults.wire import Connection, history

pytestmark = pytest.mark.faults


class Answering(Proxy):
    """Answers some requests itself."""

    # What it answers with status 200 to all; None passes requests on.
    page: bytes | None = None
    # The beginning of paths that it does not know, as an older server.
    unknown: str | None = None
    # Bytes of a body above which it refuses a request.
    largest: int | None = None

    def handle(self, request: BaseHTTPRequestHandler) -> None:
        """Answer, or pass it on."""
        size = int(request.headers.get("Content-Length") or 0)
        if self.page is not None:
            self._answer(request, 200, self.page)
        elif self.unknown is not None and request.path.startswith(self.unknown):
            said = {"error_code": "ENDPOINT_NOT_FOUND", "message": f"No API found for {request.path}"}
            self._answer(request, 404, json.dumps(said).encode())
        elif self.largest is not None and size > self.largest:
            self._answer(request, 413, b"<html>413 Request Entity Too Large</html>")
        else:
            super().handle(request)

    def _answer(self, request: BaseHTTPRequestHandler, status: int, body: bytes) -> None:
        request.rfile.read(int(request.headers.get("Content-Length") or 0))
        self._reply(request, status, body, [])


@pytest.fixture
def between(server: Server) -> Iterator[Answering]:
    with Answering(server.address) as started:
        yield started


@pytest.mark.parametrize(
    "page",
    [b"<html>Welcome to our hotel</html>", b'{"status": "ok"}', b"null", b'{"refused": 3, "last": 1}'],
    ids=["html", "object", "null", "almost"],
)
def test_a_page_in_place_of_the_server(
    python: Interpreter, server: Server, between: Answering, spool: Path, page: bytes
) -> None:
    between.page = page
    said, errors = python.run(f"runyard://{between.address}", spool, TRAIN, **BOUNDS).end()
    assert len(warnings_in(errors)) == 1, errors
    assert "something else than Runyard answers there" in errors
    assert sync(spool).exit_code == 1
    between.page = None
    assert sync(spool).exit_code == 0
    check_trained(server, next(line for line in said if len(line) == 32))
    assert left_in(spool) == []


def test_a_server_that_is_too_old_for_a_spool(
    python: Interpreter, server: Server, between: Answering, spool: Path
) -> None:
    between.unknown = "/api/2.0/runyard/"
    said, errors = python.run(f"runyard://{between.address}", spool, TRAIN, **BOUNDS).end()
    assert len(warnings_in(errors)) == 1, errors
    assert "it is no Runyard server, or one that is too old" in errors
    between.unknown = None
    assert sync(spool).exit_code == 0
    check_trained(server, next(line for line in said if len(line) == 32))
    assert left_in(spool) == []


# A dataset's profile may be far larger than what proxies let through.
LARGE = """
    def told(call):
        try:
            call()
        except mlflow.exceptions.MlflowException as error:
            say(error.error_code)

    run_id = client.create_run("0").info.run_id
    say(run_id)
    large = {"run_id": run_id, "datasets": [{"dataset": {
        "name": "large", "digest": "d", "source_type": "s", "source": "x", "profile": "p" * 200_000}}]}
    store = client._tracking_client.store
    for step in range(4000):
        client.log_metric(run_id, "m", step, step=step, synchronous=False)
        if step == 2000:
            store._request("runs/log-inputs", large)
    told(lambda: store._stored(store._request("runs/log-inputs", large)))
    client.set_terminated(run_id)
"""


def test_a_proxy_with_a_limit_holds_up_nothing_but_what_is_larger(
    python: Interpreter, server: Server, between: Answering, spool: Path
) -> None:
    between.largest = 50_000
    (run_id, *said), errors = python.run(f"runyard://{between.address}", spool, LARGE, **BOUNDS).end()
    assert said[0] == "REQUEST_LIMIT_EXCEEDED"
    assert errors.count("takes no request of this size") == 1
    assert "2 logged calls are not taken by" in errors
    assert warnings_in(errors) == []

    def stored() -> tuple[int, dict[str, Any]]:
        with Connection(server.address) as connection:
            points = history(connection, run_id, "m")
            assert points == [(step, step) for step in range(len(points))]
            run: dict[str, Any] = connection.get("runs/get", run_id=run_id).json()["run"]
        return len(points), run

    number, run = stored()
    assert (number, run["info"]["status"], run.get("inputs", {})) == (4000, "FINISHED", {})
    # The limit holds for what is sent later, too.
    done = sync(spool)
    assert done.exit_code == 1
    assert "kept: a call of run unknown: The server, or a proxy before it" in done.stderr
    between.largest = None
    assert sync(spool).exit_code == 0
    assert left_in(spool) == []
    number, run = stored()
    (given,) = run["inputs"]["dataset_inputs"]
    assert (number, given["dataset"]["name"]) == (4000, "large")
