"""Logs grow: bytes are added at an offset, once, whoever sends them how often."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.faults.server import Server
from tests.faults.test_disk import on_small_disk
from tests.mlflow_api.artifacts_http import Answer, Client

LOG = "user_logs/std_log.txt"


def append(client: Client, run_id: str, offset: object, data: bytes, path: str = LOG) -> Answer:
    query = urlencode({"run_id": run_id, "path": path, "offset": offset})
    return client.request("POST", f"/api/2.0/runyard/append?{query}", data)


def size_after(answer: Answer) -> int:
    assert answer.status == 200, answer
    size: int = answer.json()["size"]
    return size


def content(client: Client, run_id: str, path: str = LOG) -> bytes:
    answer = client.query("/get-artifact", run_id=run_id, path=path)
    assert answer.status == 200, answer
    return answer.body


def test_bytes_are_added_once_in_whatever_pieces_they_come(client: Client, run_id: str) -> None:
    data = os.urandom(50_000) + b"\r50%\r100%\n\0\xff"
    assert size_after(append(client, run_id, 0, b"")) == 0
    assert content(client, run_id) == b""
    for start, end in (
        (0, 10),
        (0, 10),
        (5, 3000),
        (3000, 20_000),
        (100, 200),
        (0, 30_000),
        (30_000, len(data)),
    ):
        append(client, run_id, start, data[start:end])
    assert size_after(append(client, run_id, 0, data)) == len(data)
    assert content(client, run_id) == data


def test_a_gap_is_refused_with_the_size(client: Client, run_id: str) -> None:
    assert size_after(append(client, run_id, 0, b"abc")) == 3
    answer = append(client, run_id, 4, b"efg")
    assert (answer.status, answer.json()["size"], answer.json()["error_code"]) == (409, 3, "INVALID_STATE")
    assert content(client, run_id) == b"abc"
    assert append(client, run_id, 1, b"x", "other.txt").json()["size"] == 0


@pytest.mark.parametrize("offset", ["", "-1", "1.5", "x", "9" * 19, "١"])
def test_an_offset_is_a_number_of_bytes(client: Client, run_id: str, offset: str) -> None:
    answer = append(client, run_id, offset, b"x")
    assert (answer.status, answer.json()["error_code"]) == (400, "INVALID_PARAMETER_VALUE")
    assert "'offset'" in answer.json()["message"]


@pytest.mark.parametrize(
    "path", ["", "/etc/x", "../x", "a/../../x", "a\\b", "%2e%2e/x", ".runyard/x", "a//b", "C:/x"]
)
def test_a_path_leads_nowhere_else(client: Client, run_id: str, path: str) -> None:
    answer = append(client, run_id, 0, b"x", path)
    assert (answer.status, answer.json()["error_code"]) == (400, "INVALID_PARAMETER_VALUE")


def test_links_and_folders_are_not_written_to(
    server: Server, client: Client, run_id: str, tmp_path: Path
) -> None:
    canary = tmp_path / "canary"
    canary.write_bytes(b"kept")
    folder = server.folder / "artifacts" / "0" / run_id / "artifacts"
    (folder / "real").mkdir(parents=True)
    (folder / "link.txt").symlink_to(canary)
    (folder / "up").symlink_to(tmp_path)
    for path in ("link.txt", "up/canary", "real"):
        assert append(client, run_id, 0, b"overwritten", path).status == 400, path
    assert canary.read_bytes() == b"kept"


def test_the_run_must_be_there_and_active(client: Client, run_id: str) -> None:
    unknown = append(client, "0" * 32, 0, b"x")
    assert (unknown.status, unknown.json()["error_code"]) == (404, "RESOURCE_DOES_NOT_EXIST")
    assert client.post("/api/2.0/mlflow/runs/delete", {"run_id": run_id}).status == 200
    trashed = append(client, run_id, 0, b"x")
    assert (trashed.status, trashed.json()["error_code"]) == (400, "INVALID_PARAMETER_VALUE")
    assert "'active' state" in trashed.json()["message"]


def test_a_request_has_a_bound(client: Client, run_id: str) -> None:
    most = 8 * 1024 * 1024
    path = f"/api/2.0/runyard/append?{urlencode({'run_id': run_id, 'path': LOG, 'offset': 0})}"
    with client.connect() as sending:
        # It is refused before it is sent.
        sending.sendall(client.head("POST", path, most + 1))
        assert sending.recv(1000).startswith(b"HTTP/1.1 413")
    assert size_after(append(client, run_id, 0, bytes(most))) == most


def test_a_file_that_is_uploaded_anew_is_added_to_from_there(client: Client, run_id: str) -> None:
    append(client, run_id, 0, b"a long first text\n")
    assert client.put(f"0/{run_id}/artifacts/{LOG}", b"new\n").status == 200
    assert append(client, run_id, 18, b"more").json()["size"] == 4
    assert size_after(append(client, run_id, 4, b"more")) == 8
    assert content(client, run_id) == b"new\nmore"


def test_a_reader_that_has_begun_reads_what_there_was(client: Client, run_id: str) -> None:
    first = os.urandom(3_000_000)
    append(client, run_id, 0, first)
    with client.connect() as reading:
        path = f"/get-artifact?{urlencode({'run_id': run_id, 'path': LOG})}"
        reading.sendall(client.head("GET", path, 0))
        received = reading.recv(1000)
        append(client, run_id, len(first), b"later")
        while len(received.partition(b"\r\n\r\n")[2]) < len(first):
            chunk = reading.recv(1 << 20)
            assert chunk
            received += chunk
    assert received.partition(b"\r\n\r\n")[2] == first
    assert content(client, run_id) == first + b"later"


def test_many_writers_of_two_processes_lose_and_double_nothing(tmp_path: Path) -> None:
    lines = [f"line {number}\n".encode() for number in range(300)]
    data = b"".join(lines)

    def send(client: Client, run_id: str) -> None:
        at = 0
        for line in lines:
            size = append(client, run_id, at, line).json()["size"]
            at += len(line)
            assert size >= at

    with Server(tmp_path / "data") as one, Server(tmp_path / "data") as other:
        run_id = Client(one.address).run()
        threads = [
            threading.Thread(target=send, args=(Client(server.address), run_id))
            for server in (one, other, one, other)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert content(Client(other.address), run_id) == data


def test_a_kill_in_the_middle_leaves_a_beginning(tmp_path: Path) -> None:
    data = os.urandom(4_000_000)
    with Server(tmp_path / "data") as server:
        client = Client(server.address)
        run_id = client.run()
        append(client, run_id, 0, data[:1_000_000])
        with client.connect() as cut:
            query = urlencode({"run_id": run_id, "path": LOG, "offset": 1_000_000})
            cut.sendall(
                client.head("POST", f"/api/2.0/runyard/append?{query}", 3_000_000) + data[1_000_000:2_000_000]
            )
            server.kill()
        server.start()
        client = Client(server.address)
        at = append(client, run_id, 10**9, b"").json()["size"]
        assert content(client, run_id) == data[:at]
        assert size_after(append(client, run_id, at, data[at:])) == len(data)
        assert content(client, run_id) == data


@pytest.mark.faults
def test_a_full_disk_keeps_what_was_there(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    with Server(disk / "data", before=on_small_disk(disk)) as server:
        client = Client(server.address)
        run_id = client.run()
        assert size_after(append(client, run_id, 0, b"first\n")) == 6
        answer = append(client, run_id, 6, bytes(6 << 20))
        assert (answer.status, answer.json()["error_code"]) == (503, "TEMPORARILY_UNAVAILABLE")
        assert content(client, run_id) == b"first\n"
        assert size_after(append(client, run_id, 6, b"second\n")) == 13


def test_lines_of_a_log_that_grows_are_counted_on(client: Client, run_id: str) -> None:
    path = f"/studio-api/runs/{run_id}/artifact-lines"
    line = b"x" * 99 + b"\n"
    at = 0
    for number in (5000, 1, 7000, 3):
        at = size_after(append(client, run_id, at, line * number))
        found = client.query(path, path=LOG).json()
        assert (found["complete"], found["lines"], found["size"]) == (True, at // 100, at)
        assert found["before"][-1] == at // 100
    assert size_after(append(client, run_id, at, b"open")) == at + 4
    assert client.query(path, path=LOG).json()["lines"] == at // 100 + 1
