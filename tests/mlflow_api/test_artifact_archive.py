"""All files of a run as one zip, made while it is sent."""

from __future__ import annotations

import io
import os
import time
import zipfile

from tests.faults.server import Server
from tests.mlflow_api.artifacts_http import Answer, Client

ZIP = "/get-artifact-zip"


def unpacked(answer: Answer) -> dict[str, bytes]:
    assert answer.status == 200, answer.body
    assert answer.headers["content-length"] == str(len(answer.body))
    archive = zipfile.ZipFile(io.BytesIO(answer.body))
    assert archive.testzip() is None
    return {name: archive.read(name) for name in archive.namelist()}


def test_every_file_is_in_it_byte_by_byte(client: Client, run_id: str) -> None:
    files = {
        "std_log.txt": b"line\n" * 1000,
        "empty": b"",
        "deep/er/weights.bin": os.urandom(3_000_001),
        "deep/größe & co.txt": "größe".encode(),
    }
    for path, content in files.items():
        assert client.put(f"0/{run_id}/artifacts/{path}", content).status == 200
    answer = client.query(ZIP, run_id=run_id)
    assert unpacked(answer) == files
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["content-disposition"].endswith('.zip"')


def test_a_folder_alone_has_paths_from_there_on(client: Client, run_id: str) -> None:
    for path in ("a/b/one.txt", "a/b/c/two.txt", "a/three.txt"):
        client.put(f"0/{run_id}/artifacts/{path}", path.encode())
    answer = client.query(ZIP, run_id=run_id, path="a/b")
    assert unpacked(answer) == {"one.txt": b"a/b/one.txt", "c/two.txt": b"a/b/c/two.txt"}
    assert 'filename="b.zip"' in answer.headers["content-disposition"]


def test_more_files_than_one_listing(client: Client, run_id: str, server: Server) -> None:
    folder = server.folder / "artifacts" / "0" / run_id / "artifacts" / "many"
    folder.mkdir(parents=True)
    for number in range(12_000):
        (folder / f"{number}.txt").write_text(str(number))
    found = unpacked(client.query(ZIP, run_id=run_id))
    assert found == {f"many/{number}.txt": str(number).encode() for number in range(12_000)}


def test_what_there_is_not_is_told(client: Client, run_id: str) -> None:
    assert client.query(ZIP, run_id="unknown").status == 404
    empty = client.query(ZIP, run_id=run_id)
    assert (empty.status, empty.json()["error_code"]) == (404, "RESOURCE_DOES_NOT_EXIST")
    client.put(f"0/{run_id}/artifacts/a.txt", b"a")
    assert client.query(ZIP, run_id=run_id, path="nothing").status == 404
    assert client.query(ZIP, run_id=run_id, path="../..").status == 400
    missing = client.get(ZIP)
    assert (missing.status, missing.json()["error_code"]) == (400, "INVALID_PARAMETER_VALUE")
    assert "run_id" in missing.json()["message"]


def test_memory_stays_and_a_client_that_leaves_is_forgotten(
    client: Client, run_id: str, server: Server
) -> None:
    megabyte = os.urandom(1 << 20)
    for number in range(200):
        client.put(f"0/{run_id}/artifacts/{number}.bin", megabyte)
    before = server.memory()
    answer = client.query(ZIP, run_id=run_id)
    assert len(answer.body) > 200 << 20
    assert server.memory() - before < 64 << 20
    with client.connect() as connection:
        connection.sendall(f"GET {ZIP}?run_id={run_id} HTTP/1.1\r\nHost: {client.netloc}\r\n\r\n".encode())
        assert connection.recv(65536).startswith(b"HTTP/1.1 200")
    deadline = time.monotonic() + 20
    closed = 0
    # Between two files none is open either.
    while closed < 20 and time.monotonic() < deadline:
        closed = 0 if open_files(server, "artifacts") else closed + 1
        time.sleep(0.05)
    assert closed == 20, open_files(server, "artifacts")


def open_files(server: Server, part: str) -> list[str]:
    """Files of the server's artifacts that it holds open."""
    folder = f"/proc/{server.process.pid}/fd"
    found = []
    for handle in os.listdir(folder):
        try:
            path = os.readlink(f"{folder}/{handle}")
        except OSError:
            continue
        if f"/{part}/0/" in path:
            found.append(path)
    return found


def test_a_log_that_grows_meanwhile_is_cut_where_it_was(client: Client, run_id: str, server: Server) -> None:
    big = os.urandom(8 << 20)
    client.put(f"0/{run_id}/artifacts/a-big.bin", big)
    log = server.folder / "artifacts" / "0" / run_id / "artifacts" / "z_log.txt"
    log.write_bytes(b"first\n")
    with client.connect() as connection:
        connection.sendall(
            f"GET {ZIP}?run_id={run_id} HTTP/1.1\r\nHost: {client.netloc}\r\nConnection: close\r\n\r\n".encode()
        )
        received = connection.recv(65536)
        with log.open("ab") as growing:
            growing.write(b"second\n" * 100)
        while piece := connection.recv(1 << 20):
            received += piece
    body = received.partition(b"\r\n\r\n")[2]
    archive = zipfile.ZipFile(io.BytesIO(body))
    assert archive.read("a-big.bin") == big
    assert archive.read("z_log.txt") == b"first\n"
