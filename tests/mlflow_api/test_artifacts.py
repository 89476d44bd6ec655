"""Artifacts over HTTP against a real server: streamed, atomic, listed, answered in parts."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from runyard.store.page_tokens import make_token
from tests.faults.server import Server
from tests.mlflow_api.artifacts_http import FILES, Answer, Client

MEBIBYTE = 1024 * 1024


@pytest.fixture
def folder(run_id: str) -> str:
    return f"0/{run_id}/artifacts"


def unfinished(server: Server) -> list[str]:
    return os.listdir(server.folder / "artifacts/.runyard/uploads")


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.parametrize("size", [0, 1, 4096, MEBIBYTE - 1, MEBIBYTE, MEBIBYTE + 1, 5 * MEBIBYTE + 3])
def test_a_file_comes_back(client: Client, folder: str, size: int) -> None:
    content = os.urandom(size)
    assert client.put(f"{folder}/a", content).status == 200
    answer = client.file(f"{folder}/a")
    assert (answer.status, answer.body) == (200, content)
    assert answer.headers["content-length"] == str(size)


@pytest.mark.parametrize(
    "name", ["a b.txt", "é.txt", "x%41y", "100%", "a+b&c=d;e?f", "~tilde", "a'b\"c", "a:b"]
)
def test_odd_names_come_back(client: Client, folder: str, name: str) -> None:
    assert client.put(f"{folder}/{name}", name.encode()).status == 200
    assert client.file(f"{folder}/{name}").body == name.encode()
    assert client.names(folder) == [name]


def test_a_body_of_unannounced_length(client: Client, folder: str) -> None:
    pieces = [os.urandom(300_000) for _ in range(10)]
    answer = client.request("PUT", f"{FILES}/{folder}/a", iter(pieces), {"Transfer-Encoding": "chunked"})
    assert answer.status == 200
    assert client.file(f"{folder}/a").body == b"".join(pieces)


def test_both_prefixes_answer(client: Client, folder: str) -> None:
    client.put(f"{folder}/a", b"x")
    assert client.get(f"/ajax-api/2.0/mlflow-artifacts/artifacts/{folder}/a").body == b"x"


def test_an_absent_file_is_404(client: Client, folder: str) -> None:
    answer = client.file(f"{folder}/absent")
    assert answer.status == 404
    assert answer.json()["error_code"] == "RESOURCE_DOES_NOT_EXIST"


def test_head_tells_without_the_bytes(client: Client, folder: str) -> None:
    client.put(f"{folder}/a.txt", b"x" * 3_000_000)
    answer = client.request("HEAD", f"{FILES}/{folder}/a.txt")
    assert (answer.status, answer.body) == (200, b"")
    assert answer.headers["content-length"] == "3000000"
    assert answer.headers["accept-ranges"] == "bytes"


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=10-19", 10, 20),
        ("bytes=10-", 10, 3_000_000),
        ("bytes=-7", 2_999_993, 3_000_000),
        ("bytes=-9999999", 0, 3_000_000),
        ("bytes=1048570-2097160", 1_048_570, 2_097_161),
        ("bytes=5-99999999", 5, 3_000_000),
    ],
)
def test_ranges(client: Client, folder: str, asked: str, start: int, end: int) -> None:
    content = hashlib.sha512(b"x").digest() * 46_875
    client.put(f"{folder}/a", content)
    answer = client.file(f"{folder}/a", Range=asked)
    assert answer.status == 206
    assert answer.body == content[start:end]
    assert answer.headers["content-range"] == f"bytes {start}-{end - 1}/{len(content)}"


@pytest.mark.parametrize("asked", ["bytes=100-", "bytes=100-200", "bytes=-0"])
def test_a_range_outside_is_416(client: Client, folder: str, asked: str) -> None:
    client.put(f"{folder}/a", b"x" * 100)
    answer = client.file(f"{folder}/a", Range=asked)
    assert answer.status == 416
    assert answer.headers["content-range"] == "bytes */100"


@pytest.mark.parametrize("asked", ["bytes=0-1,5-6", "lines=1-2", "bytes=5-2", "bytes=a-b", "bytes=-"])
def test_a_range_that_is_not_understood_gives_the_whole_file(client: Client, folder: str, asked: str) -> None:
    client.put(f"{folder}/a", b"x" * 100)
    answer = client.file(f"{folder}/a", Range=asked)
    assert (answer.status, len(answer.body)) == (200, 100)


def test_conditions(client: Client, folder: str) -> None:
    client.put(f"{folder}/a", b"old")
    first = client.file(f"{folder}/a")
    etag = first.headers["etag"]
    unchanged = client.file(f"{folder}/a", If_None_Match=f'"other", {etag}')
    assert (unchanged.status, unchanged.body) == (304, b"")
    assert unchanged.headers["etag"] == etag
    assert client.file(f"{folder}/a", Range="bytes=0-1", If_Range=etag).status == 206
    dated = first.headers["last-modified"]
    assert client.file(f"{folder}/a", Range="bytes=0-1", If_Range=dated).status == 206
    client.put(f"{folder}/a", b"new")
    assert client.file(f"{folder}/a", If_None_Match=etag).body == b"new"
    assert client.file(f"{folder}/a", Range="bytes=0-1", If_Range=etag).status == 200
    assert client.file(f"{folder}/a", Range="bytes=0-1", If_Range="nonsense").status == 200


def test_lists_by_key(client: Client, folder: str) -> None:
    client.put(f"{folder}/b.txt", b"12345")
    client.put(f"{folder}/model/MLmodel", b"x")
    answer = client.query(FILES, path=folder).json()
    assert answer == {
        "files": [
            {"path": "b.txt", "is_dir": False, "file_size": 5},
            {"path": "model", "is_dir": True},
        ]
    }
    assert client.query(FILES, path=folder + "/").json() == answer
    assert client.query(FILES, path=f"{folder}/b.txt").json() == {}
    assert client.query(FILES, path=f"{folder}/absent").json() == {}
    assert "0" in client.names("")


def test_lists_of_a_run(client: Client, run_id: str, folder: str) -> None:
    listing = "/api/2.0/mlflow/artifacts/list"
    root_uri = f"mlflow-artifacts:/{folder}"
    assert client.query(listing, run_id=run_id).json() == {"root_uri": root_uri}
    client.put(f"{folder}/model/data/x", b"12")
    assert client.query(listing, run_uuid=run_id, path="model").json() == {
        "root_uri": root_uri,
        "files": [{"path": "model/data", "is_dir": True}],
    }
    assert client.query(listing, run_id=run_id, path="model/data").json()["files"] == [
        {"path": "model/data/x", "is_dir": False, "file_size": 2}
    ]
    assert client.query(listing, run_id=run_id, path="model/data/x").json() == {"root_uri": root_uri}
    assert client.query(listing, run_id="f" * 32).status == 404
    assert client.query(listing).json()["error_code"] == "INVALID_PARAMETER_VALUE"


def test_pages_of_a_huge_folder(client: Client, server: Server, run_id: str, folder: str) -> None:
    path = server.folder / "artifacts" / folder / "many"
    path.mkdir(parents=True)
    names = [f"many/{index:06d}" for index in range(25_000)]
    for name in names:
        (path.parent / name).touch()
    listing = "/api/2.0/mlflow/artifacts/list"
    found: list[str] = []
    pages, token = 0, ""
    while pages == 0 or token:
        answer = client.query(listing, run_id=run_id, path="many", page_token=token).json()
        found += [file["path"] for file in answer["files"]]
        token = answer.get("next_page_token", "")
        pages += 1
    assert (found, pages) == (names, 3)
    assert len(client.names(f"{folder}/many")) == 25_000
    other = client.query(listing, run_id=run_id, path="", page_token="x")
    assert other.json()["error_code"] == "INVALID_PARAMETER_VALUE"


@pytest.mark.parametrize("position", [[], [1], ["1", 2], [-1, 2], [2**63, 1], None, [1, 2, 3]])
def test_a_computed_token_of_another_shape(client: Client, run_id: str, position: object) -> None:
    token = make_token([run_id, "loss"], position)
    path = "/api/2.0/mlflow/metrics/get-history"
    history = client.query(path, run_id=run_id, metric_key="loss", page_token=token)
    root = client.query("/api/2.0/mlflow/artifacts/list", run_id=run_id).json()["root_uri"]
    token = make_token([root, ""], position)
    files = client.query("/api/2.0/mlflow/artifacts/list", run_id=run_id, page_token=token)
    for answer in (history, files):
        assert (answer.status, answer.json()["error_code"]) == (400, "INVALID_PARAMETER_VALUE")
        assert "'page_token'" in answer.json()["message"]


def test_a_token_beyond_all_points(client: Client, run_id: str) -> None:
    point = {"run_id": run_id, "key": "loss", "value": 1.0, "timestamp": 1}
    client.post("/api/2.0/mlflow/runs/log-metric", point)
    token = make_token([run_id, "loss"], [2**63 - 1, 2**63 - 1])
    path = "/api/2.0/mlflow/metrics/get-history"
    answer = client.query(path, run_id=run_id, metric_key="loss", page_token=token)
    assert (answer.status, answer.json().get("next_page_token")) == (200, None)


def test_delete(client: Client, folder: str) -> None:
    client.put(f"{folder}/a/x", b"1")
    client.put(f"{folder}/a/y", b"1")
    assert client.delete(f"{folder}/a/x").status == 200
    assert client.names(f"{folder}/a") == ["y"]
    assert client.delete(f"{folder}/a/x").status == 404
    # MLflow's client names a run's whole folder with a slash at the end.
    assert client.delete(f"{folder}/").status == 200
    assert client.names(folder) == []


def test_the_whole_store_is_not_deleted(client: Client, folder: str) -> None:
    client.put(f"{folder}/a", b"1")
    for path in (FILES, f"{FILES}/"):
        assert 400 <= client.request("DELETE", path).status < 500
    assert client.file(f"{folder}/a").status == 200


def test_files_of_a_run_by_its_id(client: Client, run_id: str, folder: str) -> None:
    client.put(f"{folder}/plots/a.png", b"\x89PNG")
    for path in ("/get-artifact", "/ajax-api/2.0/mlflow/get-artifact"):
        for field in ("run_id", "run_uuid"):
            answer = client.query(path, path="plots/a.png", **{field: run_id})
            assert (answer.status, answer.body) == (200, b"\x89PNG")
            assert answer.headers["content-type"] == "image/png"
    assert client.query("/get-artifact", path="absent", run_id=run_id).status == 404
    assert client.query("/get-artifact", path="a", run_id="f" * 32).status == 404
    assert client.query("/get-artifact", path="a").status == 400
    assert client.query("/get-artifact", run_id=run_id).status == 400
    assert client.query("/get-artifact", path="plots", run_id=run_id).status == 400


def test_upload_to_a_run_from_a_page(client: Client, run_id: str, folder: str) -> None:
    target = f"/ajax-api/2.0/mlflow/upload-artifact?run_uuid={run_id}"
    assert client.request("POST", f"{target}&path=notes/a.txt", b"hello").status == 200
    assert client.file(f"{folder}/notes/a.txt").body == b"hello"
    refused = [
        client.request("POST", f"{target}&path=a.txt", b""),
        client.request("POST", f"{target}&path=a.txt", b"x" * (10 * MEBIBYTE + 1)),
        client.request("POST", target, b"x"),
        client.request("POST", "/ajax-api/2.0/mlflow/upload-artifact?path=a.txt", b"x"),
    ]
    assert [answer.json()["error_code"] for answer in refused] == ["INVALID_PARAMETER_VALUE"] * 4
    assert client.names(folder) == ["notes"]


def test_locations_outside_are_not_read(client: Client, server: Server, tmp_path: Path) -> None:
    (tmp_path / "canary.txt").write_text("secret")
    created = client.post(
        "/api/2.0/mlflow/experiments/create", {"name": "shared", "artifact_location": tmp_path.as_uri()}
    )
    run_id = client.run(created.json()["experiment_id"])
    answers = [
        client.query("/api/2.0/mlflow/artifacts/list", run_id=run_id),
        client.query("/get-artifact", run_id=run_id, path="canary.txt"),
        client.request("POST", f"/api/2.0/mlflow/upload-artifact?run_uuid={run_id}&path=x", b"x"),
    ]
    for answer in answers:
        assert answer.status == 400
        assert "outside of this server's store" in answer.json()["message"]
    assert b"secret" not in b"".join(answer.body for answer in answers)


def test_a_location_in_the_store(client: Client) -> None:
    created = client.post(
        "/api/2.0/mlflow/experiments/create",
        {"name": "elsewhere", "artifact_location": "mlflow-artifacts:/team/vision"},
    )
    run_id = client.run(created.json()["experiment_id"])
    client.put(f"team/vision/{run_id}/artifacts/a.txt", b"x")
    listed = client.query("/api/2.0/mlflow/artifacts/list", run_id=run_id).json()
    assert listed["files"] == [{"path": "a.txt", "is_dir": False, "file_size": 1}]


def test_a_client_that_leaves_in_the_middle_leaves_nothing(
    client: Client, server: Server, folder: str
) -> None:
    client.put(f"{folder}/a", b"old")
    for sent in (0, 1000, 3 * MEBIBYTE):
        connection = client.connect()
        connection.sendall(client.head("PUT", f"{FILES}/{folder}/a", 5 * MEBIBYTE) + b"x" * sent)
        if sent > MEBIBYTE:
            wait_for(lambda: len(unfinished(server)) == 1)
        connection.close()
        wait_for(lambda: unfinished(server) == [])
    assert client.file(f"{folder}/a").body == b"old"


def test_a_reader_that_leaves_in_the_middle_costs_no_file(
    client: Client, server: Server, folder: str
) -> None:
    client.put(f"{folder}/a", b"x" * (50 * MEBIBYTE))
    process = psutil.Process(server.process.pid)

    def reading() -> list[str]:
        return [file.path for file in process.open_files() if file.path.endswith("/artifacts/a")]

    for _ in range(3):
        connection = client.connect()
        connection.sendall(f"GET {FILES}/{folder}/a HTTP/1.1\r\nHost: {client.netloc}\r\n\r\n".encode())
        connection.recv(100_000)
        connection.close()
    wait_for(lambda: reading() == [])


def test_readers_during_overwrites_get_one_version(client: Client, folder: str) -> None:
    versions = [bytes([index]) * (3 * MEBIBYTE + index) for index in range(4)]
    client.put(f"{folder}/a", versions[0])
    connection = client.connect()
    connection.sendall(f"GET {FILES}/{folder}/a HTTP/1.1\r\nHost: {client.netloc}\r\n\r\n".encode())
    received = connection.recv(1000)
    for version in versions[1:]:
        assert client.put(f"{folder}/a", version).status == 200
    while received.count(b"\r\n\r\n") == 0 or len(received.split(b"\r\n\r\n", 1)[1]) < len(versions[0]):
        received += connection.recv(MEBIBYTE)
    connection.close()
    assert received.split(b"\r\n\r\n", 1)[1] == versions[0]
    assert client.file(f"{folder}/a").body == versions[-1]


def test_memory_stays_bounded(client: Client, server: Server, folder: str) -> None:
    size = 256 * MEBIBYTE
    piece = os.urandom(MEBIBYTE)
    client.put(f"{folder}/warm", piece * 3)
    process = psutil.Process(server.process.pid)
    before = process.memory_info().rss
    connection = client.connect()
    connection.sendall(client.head("PUT", f"{FILES}/{folder}/big", size))
    most = before
    for _ in range(256):
        connection.sendall(piece)
        most = max(most, process.memory_info().rss)
    assert b"200 OK" in connection.recv(1000)
    connection.sendall(f"GET {FILES}/{folder}/big HTTP/1.1\r\nHost: {client.netloc}\r\n\r\n".encode())
    received = 0
    while received < size:
        received += len(connection.recv(MEBIBYTE))
        most = max(most, process.memory_info().rss)
    connection.close()
    client.delete(f"{folder}/big")
    assert most - before < 32 * MEBIBYTE


def test_a_slow_reader_holds_no_memory(client: Client, server: Server, folder: str) -> None:
    client.put(f"{folder}/big", b"x" * (64 * MEBIBYTE))
    process = psutil.Process(server.process.pid)
    before = process.memory_info().rss
    connections = [client.connect() for _ in range(5)]
    for connection in connections:
        connection.sendall(f"GET {FILES}/{folder}/big HTTP/1.1\r\nHost: {client.netloc}\r\n\r\n".encode())
        connection.recv(1000)
    time.sleep(0.5)
    grown = process.memory_info().rss - before
    for connection in connections:
        connection.close()
    assert grown < 32 * MEBIBYTE


def header_of(client: Client, folder: str, name: str, query: str = "") -> Answer:
    client.put(f"{folder}/{name}", b"<script>alert(1)</script>")
    return client.get(f"/get-artifact?run_uuid={folder.split('/')[1]}&path={name}{query}")


@pytest.mark.parametrize(
    ("name", "kind", "how"),
    [
        ("a.png", "image/png", "inline"),
        ("a.txt", "text/plain; charset=utf-8", "inline"),
        ("a.py", "text/plain; charset=utf-8", "inline"),
        ("a.json", "text/plain; charset=utf-8", "inline"),
        ("MLmodel", "text/plain; charset=utf-8", "inline"),
        ("a.html", "text/html; charset=utf-8", "attachment"),
        ("a.svg", "image/svg+xml", "attachment"),
        ("a.pdf", "application/pdf", "attachment"),
        ("a.bin", "application/octet-stream", "attachment"),
        ("noname", "application/octet-stream", "attachment"),
        ("a.mp4", "video/mp4", "inline"),
        ("a.xhtml", "application/xhtml+xml", "attachment"),
    ],
)
def test_foreign_content_is_kept_harmless(
    client: Client, folder: str, name: str, kind: str, how: str
) -> None:
    answer = header_of(client, folder, name)
    assert answer.headers["content-type"] in (kind, kind.replace("xhtml+xml", "octet-stream"))
    assert answer.headers["content-disposition"] == f'{how}; filename="{name}"'
    assert answer.headers["x-content-type-options"] == "nosniff"
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("sandbox; default-src 'none'")
    assert "allow-scripts" not in policy


@pytest.mark.parametrize("frame", ["page", "network"])
def test_html_in_a_frame_runs_in_an_origin_of_its_own(client: Client, folder: str, frame: str) -> None:
    answer = header_of(client, folder, "a.html", f"&frame={frame}")
    assert answer.headers["content-disposition"] == 'inline; filename="a.html"'
    assert answer.headers["x-content-type-options"] == "nosniff"
    policy = [part.strip() for part in answer.headers["content-security-policy"].split(";")]
    assert policy[0] == "sandbox allow-scripts"
    assert {"default-src 'none'", "frame-ancestors 'self'", "form-action 'none'"} <= set(policy)
    assert ("https:" in answer.headers["content-security-policy"]) is (frame == "network")
    assert "allow-same-origin" not in " ".join(policy)
    assert not any(part.endswith("'self'") and not part.startswith("frame-ancestors") for part in policy)


def test_pdf_in_a_frame_is_shown_by_the_viewer_of_the_browser(client: Client, folder: str) -> None:
    answer = header_of(client, folder, "a.pdf", "&frame=page")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == 'inline; filename="a.pdf"'
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("a.svg", "&frame=page"),
        ("a.xhtml", "&frame=page"),
        ("a.bin", "&frame=page"),
        ("a.html", "&frame=other"),
        ("a.html", "&frame=page&download=1"),
        ("a.pdf", "&frame=network"),
    ],
)
def test_nothing_else_is_framed(client: Client, folder: str, name: str, query: str) -> None:
    answer = header_of(client, folder, name, query)
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert answer.headers["content-security-policy"].startswith("sandbox; default-src 'none'")


def test_any_file_can_be_downloaded(client: Client, folder: str) -> None:
    answer = header_of(client, folder, "a.png", "&download=1")
    assert answer.headers["content-disposition"] == 'attachment; filename="a.png"'


def test_names_of_downloads_in_other_scripts(client: Client, folder: str) -> None:
    client.put(f'{folder}/é"x\\'.replace("\\", ""), b"x")
    answer = client.file(f'{folder}/é"x')
    assert (
        answer.headers["content-disposition"] == "attachment; filename=\"__x\"; filename*=UTF-8''%C3%A9%22x"
    )


def test_presigned_urls_are_declined_so_that_clients_fall_back(client: Client, folder: str) -> None:
    answer = client.get(f"/api/2.0/mlflow-artifacts/presigned/{folder}/a")
    assert answer.status == 404
    assert answer.json()["error_code"] == "NOT_IMPLEMENTED"
    for which in ("upload", "download"):
        answer = client.post(f"/api/2.0/mlflow/artifacts/presigned-{which}-url", {"run_id": "x", "path": "a"})
        assert answer.json()["error_code"] == "NOT_IMPLEMENTED"
        assert answer.json()["message"].startswith(f"Presigned {which} is not supported")


def test_server_info(client: Client) -> None:
    for path in ("/api/3.0/mlflow/server-info", "/ajax-api/3.0/mlflow/server-features"):
        info = client.get(path).json()
        assert info["multipart_uploads_enabled"] is False
        assert info["multipart_downloads_enabled"] is False


def test_a_finished_upload_is_announced(client: Client, run_id: str, folder: str) -> None:
    connection = client.connect()
    connection.sendall(f"GET /live?run_id={run_id} HTTP/1.1\r\nHost: {client.netloc}\r\n\r\n".encode())
    received = b""
    while b"event: hello" not in received:
        received += connection.recv(10_000)
    client.put(f"{folder}/a", b"x")
    while b"event: change" not in received or b"artifacts" not in received:
        piece = connection.recv(10_000)
        assert piece
        received += piece
    connection.close()
    assert run_id.encode() in received


def test_many_transfers_at_once_share_the_memory(client: Client, server: Server, folder: str) -> None:
    client.put(f"{folder}/big", b"x" * (8 * MEBIBYTE))
    process = psutil.Process(server.process.pid)
    before = process.memory_info().rss
    connections = [client.connect() for _ in range(100)]
    for index, connection in enumerate(connections):
        if index % 2:
            connection.sendall(f"GET {FILES}/{folder}/big HTTP/1.1\r\nHost: {client.netloc}\r\n\r\n".encode())
        else:
            head = client.head("PUT", f"{FILES}/{folder}/{index}", 8 * MEBIBYTE)
            connection.sendall(head + b"x" * MEBIBYTE)
    time.sleep(1)
    grown = process.memory_info().rss - before
    for connection in connections:
        connection.close()
    wait_for(lambda: unfinished(server) == [])
    assert grown < 128 * MEBIBYTE
