"""Appending to a run's file: whole or not at all, once, from several processes, and never outside of the store."""

from __future__ import annotations

import hashlib
import os
import threading
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.faults.server import Server
from tests.faults.test_disk import on_small_disk
from tests.mlflow_api.artifacts_http import Answer, Client

APPEND = "/api/2.0/runyard/append"
MEBIBYTE = 1024 * 1024
LOG = "user_logs/std_log.txt"


def append(client: Client, run_id: str, offset: object, data: bytes, path: str = LOG) -> Answer:
    query = urlencode({"run_id": run_id, "path": path, "offset": offset})
    return client.request("POST", f"{APPEND}?{query}", data)


def content(client: Client, run_id: str, path: str = LOG) -> bytes:
    answer = client.query("/get-artifact", run_id=run_id, path=path)
    assert answer.status == 200
    return answer.body


def test_what_is_appended_is_there_once(client: Client, run_id: str) -> None:
    assert append(client, run_id, 0, b"").json() == {"size": 0}
    assert append(client, run_id, 0, b"one\r").json() == {"size": 4}
    assert append(client, run_id, 4, b"\x00\xff").json() == {"size": 6}
    # Again, and with more.
    assert append(client, run_id, 4, b"\x00\xff").json() == {"size": 6}
    assert append(client, run_id, 0, b"one\r\x00\xfftwo").json() == {"size": 9}
    assert append(client, run_id, 2, b"e").json() == {"size": 9}
    assert content(client, run_id) == b"one\r\x00\xfftwo"


@pytest.mark.parametrize(("offset", "data"), [(5, b"x"), (5, b""), (3, b"zX"), (0, b"no")])
def test_what_does_not_go_on_is_refused_with_the_size(
    client: Client, run_id: str, offset: int, data: bytes
) -> None:
    append(client, run_id, 0, b"abcd")
    answer = append(client, run_id, offset, data)
    assert answer.status == 409
    assert answer.json()["size"] == 4
    assert answer.json()["error_code"] == "INVALID_STATE"
    assert content(client, run_id) == b"abcd"


def test_the_middle_of_a_file_makes_none(client: Client, run_id: str) -> None:
    answer = append(client, run_id, 7, b"x", "new/folder/log.txt")
    assert (answer.status, answer.json()["size"]) == (409, 0)
    listed = client.query("/api/2.0/mlflow/artifacts/list", run_id=run_id)
    assert "files" not in listed.json()


def test_readers_have_the_file_as_it_was_and_see_that_it_grew(client: Client, run_id: str) -> None:
    append(client, run_id, 0, b"a" * 3 * MEBIBYTE)
    first = client.request("HEAD", f"/get-artifact?run_id={run_id}&path={LOG}")
    with client.connect() as connection:
        connection.sendall(client.head("GET", f"/get-artifact?run_id={run_id}&path={LOG}", 0))
        received = connection.recv(1)
        append(client, run_id, 3 * MEBIBYTE, b"b" * MEBIBYTE)
        while len(received) < 3 * MEBIBYTE and (more := connection.recv(1 << 20)):
            received += more
    head, _, body = received.partition(b"\r\n\r\n")
    assert f"content-length: {3 * MEBIBYTE}".encode() in head.lower()
    assert b"b" not in body
    second = client.request("HEAD", f"/get-artifact?run_id={run_id}&path={LOG}")
    assert second.headers["content-length"] == str(4 * MEBIBYTE)
    assert first.headers["etag"] != second.headers["etag"]
    # What began with the file as it was is not mixed with what it is now.
    part = client.get(
        f"/get-artifact?run_id={run_id}&path={LOG}", Range="bytes=10-", If_Range=first.headers["etag"]
    )
    assert part.status == 200


def test_bad_requests_are_told_why(client: Client, run_id: str) -> None:
    for offset in ("-1", "x", "1.5", "٣", str(2**62)):
        answer = append(client, run_id, offset, b"x")
        assert (answer.status, "'offset'" in answer.json()["message"]) == (400, True), offset
    unknown = append(client, "ab" * 16, 0, b"x")
    assert (unknown.status, unknown.json()["error_code"]) == (404, "RESOURCE_DOES_NOT_EXIST")
    query = urlencode({"run_id": run_id, "path": LOG, "offset": 0})
    with client.connect() as connection:
        connection.sendall(client.head("POST", f"{APPEND}?{query}", 8 * MEBIBYTE + 1))
        assert connection.recv(1000).startswith(b"HTTP/1.1 413")
    assert append(client, run_id, 0, b"x" * (8 * MEBIBYTE)).json() == {"size": 8 * MEBIBYTE}
    client.post("/api/2.0/mlflow/runs/delete", {"run_id": run_id})
    deleted = append(client, run_id, 8 * MEBIBYTE, b"x")
    assert (deleted.status, "active" in deleted.json()["message"]) == (400, True)


def test_artifacts_elsewhere_are_their_clients_own(client: Client) -> None:
    made = {"name": "elsewhere", "artifact_location": "s3://bucket/there"}
    experiment = client.post("/api/2.0/mlflow/experiments/create", made).json()["experiment_id"]
    answer = append(client, client.run(experiment), 0, b"x")
    assert (answer.status, "outside of this server's store" in answer.json()["message"]) == (400, True)


def test_nothing_outside_of_the_run_is_reached(server: Server, client: Client, run_id: str) -> None:
    canary = server.folder.parent / "canary"
    canary.write_bytes(b"secret")
    for path in (
        "../x",
        "a/../../../x",
        str(canary),
        "%2e%2e/x",
        "..\\x",
        ".",
        "a//b",
        "C:/x",
        "a\0b",
        "a;/..",
    ):
        assert append(client, run_id, 0, b"x", path).status == 400, path
    root = server.folder / "artifacts" / "0" / run_id / "artifacts"
    append(client, run_id, 0, b"x", "logs/a.txt")
    (root / "link.txt").symlink_to(canary)
    (root / "folder").symlink_to(canary.parent)
    os.mkfifo(root / "fifo")
    for path in ("link.txt", "folder/canary", "folder/new", "logs", "fifo", "logs/a.txt/b"):
        for offset in (0, 6):
            assert append(client, run_id, offset, b"x", path).status in (400, 409), path
    assert canary.read_bytes() == b"secret"
    assert not (canary.parent / "new").exists()
    assert (root / "logs/a.txt").stat().st_mode & 0o777 == 0o600


def test_two_writers_at_once_lose_and_mix_nothing(tmp_path: Path) -> None:
    """Each through a server process of its own, as far as the kernel shares them out."""
    with Server(tmp_path / "data", "--workers", "2") as server:
        client = Client(server.address)
        run_id = client.run()

        def write(letter: str) -> None:
            size = 0
            for number in range(60):
                line = f"{letter}{number}\n".encode() * 200
                while (answer := append(client, run_id, size, line)).status == 409:
                    size = answer.json()["size"]
                size = answer.json()["size"]

        writers = [threading.Thread(target=write, args=(letter,)) for letter in "ab"]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
        lines = content(client, run_id).decode().splitlines()
        for letter in "ab":
            own = [line for line in lines if line.startswith(letter)]
            assert own == [f"{letter}{number}" for number in range(60) for _ in range(200)]
        assert len(lines) == 2 * 60 * 200


@pytest.mark.faults
def test_a_killed_server_has_what_it_answered(tmp_path: Path) -> None:
    with Server(tmp_path / "data") as server:
        client = Client(server.address)
        run_id = client.run()
        whole = b"".join(hashlib.sha256(b"%d" % number).digest() for number in range(300_000))
        piece = MEBIBYTE
        size = 0
        kills = 0
        while size < len(whole):
            if size // (2 * MEBIBYTE) > kills:
                kills += 1
                threading.Timer(0.003 * kills, server.process.kill).start()
            try:
                answer = append(client, run_id, size, whole[size : size + piece])
            except OSError:
                server.process.wait(30)
                server._close()
                server.start()
                client = Client(server.address)
                continue
            assert answer.status == 200
            size = answer.json()["size"]
        assert kills == 4
        if server.process.poll() is not None:
            server._close()
            server.start()
        assert content(Client(server.address), run_id) == whole


@pytest.mark.faults
def test_a_full_disk_keeps_what_was_there(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    with Server(disk / "data", before=on_small_disk(disk)) as server:
        client = Client(server.address)
        run_id = client.run()
        assert append(client, run_id, 0, b"first").status == 200
        full = append(client, run_id, 5, b"x" * 7 * MEBIBYTE)
        assert (full.status, full.json()["error_code"]) == (503, "TEMPORARILY_UNAVAILABLE")
        assert content(client, run_id) == b"first"
        assert append(client, run_id, 5, b"second").json() == {"size": 11}
