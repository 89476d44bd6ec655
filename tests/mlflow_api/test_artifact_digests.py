"""Digests of artifacts by RFC 9530, and files that are sent late."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from runyard.http.hashing import Hashing
from runyard.store.artifacts.digests import Digests
from tests.faults.server import Server
from tests.mlflow_api.artifacts_http import FILES, Answer, Client

MEBIBYTE = 1024 * 1024
MPU = "/api/2.0/mlflow-artifacts/mpu"
WANT = {"Want-Repr-Digest": "sha-512=3, sha-256=10"}


@pytest.fixture
def folder(run_id: str) -> str:
    return f"0/{run_id}/artifacts"


def spelled(content: bytes) -> str:
    return f"sha-256=:{base64.b64encode(hashlib.sha256(content).digest()).decode()}:"


def put(client: Client, key: str, content: bytes, **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.request("PUT", f"{FILES}/{key}", content, named)


@pytest.mark.parametrize("size", [0, 5, MEBIBYTE, 3 * MEBIBYTE + 1])
def test_head_tells_the_digest_of_any_file(client: Client, folder: str, size: int) -> None:
    content = os.urandom(size)
    client.put(f"{folder}/a", content)
    assert "repr-digest" not in client.request("HEAD", f"{FILES}/{folder}/a").headers
    for _ in range(2):
        answer = client.request("HEAD", f"{FILES}/{folder}/a", headers=WANT)
        assert (answer.status, answer.headers["repr-digest"]) == (200, spelled(content))
        assert answer.headers["content-length"] == str(size)


def test_get_tells_the_digest_where_that_holds_nothing_up(client: Client, folder: str) -> None:
    small, large = os.urandom(1000), os.urandom(3 * MEBIBYTE)
    client.put(f"{folder}/small", small)
    client.put(f"{folder}/large", large)
    assert client.file(f"{folder}/small", **WANT).headers["repr-digest"] == spelled(small)
    assert "repr-digest" not in client.file(f"{folder}/large", **WANT).headers
    client.request("HEAD", f"{FILES}/{folder}/large", headers=WANT)
    # That of the whole file, whatever part of it is sent.
    part = client.file(f"{folder}/large", Range="bytes=10-19", **WANT)
    assert (part.status, part.body, part.headers["repr-digest"]) == (206, large[10:20], spelled(large))


def test_a_digest_that_is_not_wanted_is_not_told(client: Client, folder: str) -> None:
    client.put(f"{folder}/a", b"content")
    for wanted in ("sha-256=0", "sha-512=5", "md5=1", ""):
        headers = {"Want-Repr-Digest": wanted}
        assert "repr-digest" not in client.request("HEAD", f"{FILES}/{folder}/a", headers=headers).headers


def test_the_digest_follows_an_overwrite(client: Client, folder: str) -> None:
    for content in (b"one", b"two"):
        assert put(client, f"{folder}/a", content, Repr_Digest=spelled(content)).status == 200
        answer = client.request("HEAD", f"{FILES}/{folder}/a", headers=WANT)
        assert answer.headers["repr-digest"] == spelled(content)


@pytest.mark.parametrize("size", [5, 3 * MEBIBYTE])
def test_an_upload_with_another_digest_leaves_nothing(client: Client, folder: str, size: int) -> None:
    content = os.urandom(size)
    assert client.put(f"{folder}/a", b"before").status == 200
    answer = put(client, f"{folder}/a", content, Repr_Digest=spelled(b"other"))
    assert (answer.status, answer.json()["error_code"]) == (400, "BAD_REQUEST")
    assert client.file(f"{folder}/a").body == b"before"
    assert (
        put(client, f"{folder}/a", content, Repr_Digest=f"sha-512=:AAAA:, {spelled(content)}").status == 200
    )
    assert client.file(f"{folder}/a").body == content


@pytest.mark.parametrize("digest", ["sha-256=:AAAA:", "sha-256=:=:", "sha-256=:$:"])
def test_what_is_no_digest_is_refused_or_ignored(client: Client, folder: str, digest: str) -> None:
    # Not base 64 at all, it is no digest of this field, and nothing is checked.
    expected = 200 if "$" in digest else 400
    assert put(client, f"{folder}/a", b"content", Repr_Digest=digest).status == expected


def create(client: Client, folder: str, parts: int, **headers: str) -> tuple[str, list[str]]:
    answer = client.request(
        "POST",
        f"{MPU}/create/{folder}",
        b'{"path": "a", "num_parts": %d}' % parts,
        {"Content-Type": "application/json", **headers},
    )
    assert answer.status == 200, answer.body
    said = answer.json()
    return said["upload_id"], [urlsplit(each["url"]).path for each in said["credentials"]]


def complete(client: Client, folder: str, upload_id: str, answers: list[Answer]) -> Answer:
    parts = [{"part_number": i, "etag": each.headers["etag"]} for i, each in enumerate(answers, 1)]
    return client.post(f"{MPU}/complete/{folder}", {"path": "a", "upload_id": upload_id, "parts": parts})


def test_a_damaged_part_is_refused_and_may_be_sent_again(client: Client, folder: str) -> None:
    parts = [os.urandom(1000), os.urandom(10)]
    upload_id, urls = create(client, folder, 2)
    answers = []
    for url, part in zip(urls, parts, strict=True):
        wrong = client.request("PUT", url, part, {"Content-Digest": spelled(b"other")})
        assert (wrong.status, wrong.json()["error_code"]) == (400, "BAD_REQUEST")
        answers.append(client.request("PUT", url, part, {"Content-Digest": spelled(part)}))
        assert answers[-1].status == 200
    assert complete(client, folder, upload_id, answers).status == 200
    head = client.request("HEAD", f"{FILES}/{folder}/a", headers=WANT)
    assert head.headers["repr-digest"] == spelled(b"".join(parts))


def test_a_file_that_is_sent_late_does_not_replace_a_newer_one(client: Client, folder: str) -> None:
    assert put(client, f"{folder}/a", b"new").status == 200
    answer = put(client, f"{folder}/a", b"old", Runyard_Age="60000")
    assert (answer.status, answer.json()["error_code"]) == (412, "RESOURCE_CONFLICT")
    assert client.file(f"{folder}/a").body == b"new"
    # A later one does, and so does any where there is none.
    time.sleep(0.01)
    assert put(client, f"{folder}/a", b"newest", Runyard_Age="0").status == 200
    assert put(client, f"{folder}/b", b"old", Runyard_Age="60000").status == 200
    assert put(client, f"{folder}/b", b"older", Runyard_Age="90000").status == 412
    assert put(client, f"{folder}/b", b"less old", Runyard_Age="30000").status == 200
    assert [client.file(f"{folder}/{name}").body for name in "ab"] == [b"newest", b"less old"]


@pytest.mark.parametrize("age", ["-1", "x", "1.5", "9" * 30])
def test_an_age_is_a_number_of_milliseconds(client: Client, folder: str, age: str) -> None:
    answer = put(client, f"{folder}/a", b"content", Runyard_Age=age)
    assert (answer.status, "Runyard-Age" in answer.json()["message"]) == (400, True)


def test_an_upload_in_parts_that_is_sent_late(client: Client, folder: str) -> None:
    upload_id, (url,) = create(client, folder, 1, **{"Runyard-Age": "60000"})
    sent = [client.request("PUT", url, b"old")]
    # Somebody logs the same path while it is under way.
    assert put(client, f"{folder}/a", b"new").status == 200
    assert complete(client, folder, upload_id, sent).status == 412
    assert client.file(f"{folder}/a").body == b"new"
    answer = client.request("POST", f"{MPU}/create/{folder}", b'{"path": "a"}', {"Runyard-Age": "60000"})
    assert answer.status == 412


def test_the_server_answers_while_it_hashes(server: Server, client: Client, folder: str) -> None:
    # Sparse, so that it is there at once; on the disk of the server, as a file of 2 GB that was uploaded.
    path = Path(server.folder, "artifacts", folder)
    path.mkdir(parents=True)
    with (path / "large").open("wb") as file:
        file.truncate(1024 * MEBIBYTE)
    with ThreadPoolExecutor(2) as threads:
        hashing = [
            threads.submit(client.request, "HEAD", f"{FILES}/{folder}/large", None, WANT) for _ in range(2)
        ]
        answered = 0
        while not all(each.done() for each in hashing):
            assert client.file(f"{folder}/none").status == 404
            answered += 1
    digests = {each.result().headers["repr-digest"] for each in hashing}
    # One that is held up answers when all is read.
    assert (len(digests), answered > 2) == (1, True)


def test_a_file_is_read_once_for_all_who_ask(tmp_path: Path) -> None:
    opened = []

    class Slow:
        size, etag, identity, modified = 5, "tag", "tag", 0.0

        def read(self, offset: int, length: int) -> bytes:
            time.sleep(0.05)
            return b"bytes"[offset:]

        def close(self) -> None:
            """Nothing is open."""

    def open_it() -> Slow:
        opened.append(1)
        return Slow()

    async def ask(digests: Digests, threads: ThreadPoolExecutor) -> list[bytes | None]:
        hashing = Hashing(digests, threads)
        leaves = asyncio.create_task(hashing.digest("tag", open_it))
        await asyncio.sleep(0.01)
        leaves.cancel()
        return await asyncio.gather(*(hashing.digest("tag", open_it) for _ in range(5)))

    digests = Digests()
    with ThreadPoolExecutor(4) as threads:
        assert asyncio.run(ask(digests, threads)) == [hashlib.sha256(b"bytes").digest()] * 5
    assert len(opened) == 1
    assert digests.known("other") is None
