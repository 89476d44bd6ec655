"""Foreign hosts and foreign pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.server import Server
from tests.faults.wire import Connection, encode_request

SEARCH = "/api/2.0/mlflow/experiments/search"


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:5000", "localhost.evil.example", "a@b", "[::1"]
)
@pytest.mark.parametrize("path", [SEARCH, "/", "/metrics", "/live", "/studio-api/runs"])
def test_a_foreign_host_is_refused_everywhere(connection: Connection, host: str, path: str) -> None:
    request = encode_request("GET", path).replace(b"Host: 127.0.0.1", f"Host: {host}".encode())
    answer = connection.send(request)
    assert answer.status == 403
    assert answer.json()["error_code"] == "PERMISSION_DENIED"


def test_health_still_answers_a_foreign_host(connection: Connection) -> None:
    request = encode_request("GET", "/health").replace(b"Host: 127.0.0.1", b"Host: evil.example")
    assert connection.send(request).status == 200


@pytest.mark.parametrize("host", ["localhost", "localhost:5000", "127.0.0.1:80", "[::1]:5000", "10.1.2.3"])
def test_names_and_addresses_of_this_machine_are_taken(connection: Connection, host: str) -> None:
    request = encode_request("GET", SEARCH).replace(b"Host: 127.0.0.1", f"Host: {host}".encode())
    assert connection.send(request).status == 200


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "application/x-www-form-urlencoded"])
@pytest.mark.parametrize(
    "header", [{"Origin": "http://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_a_write_from_another_sites_page_is_refused(
    connection: Connection, kind: str, header: dict[str, str]
) -> None:
    body = b'{"name": "written by another site"}'
    path = "/api/2.0/mlflow/experiments/create"
    answer = connection.send(encode_request("POST", path, body, {"Content-Type": kind, **header}))
    assert answer.status == 403


def test_the_studios_own_pages_may_write(connection: Connection) -> None:
    body = b'{"name": "written by the studio"}'
    headers = {"Origin": "http://127.0.0.1", "Sec-Fetch-Site": "same-origin"}
    path = "/api/2.0/mlflow/experiments/create"
    assert connection.send(encode_request("POST", path, body, headers)).status == 200


def test_settings_allow_other_names_and_pages(tmp_path: Path) -> None:
    options = ("--allowed-hosts", "runs.example", "--cors-origins", "https://board.example")
    with Server(tmp_path / "data", *options) as server, Connection(server.address) as connection:
        headers = {"Origin": "https://board.example"}
        request = encode_request("POST", SEARCH, b"{}", headers)
        request = request.replace(b"Host: 127.0.0.1", b"Host: runs.example:443")
        assert connection.send(request).status == 200
