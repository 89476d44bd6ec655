from __future__ import annotations

from typing import Any

import pytest

from runyard.store.artifacts import lines
from runyard.store.store import Store
from runyard.studio_api import artifact_lines
from tests.studio_api.asgi import Client
from tests.studio_api.test_artifacts import put

KEY = "0/c/artifacts/a.log"


def numbered(client: Client) -> Any:
    return client.get("/runs/c/artifact-lines", path="a.log").json()


def found(client: Client, text: str, **query: Any) -> tuple[list[int], int, int]:
    """Lines, their number, and how many requests it took."""
    asked: dict[str, Any] = {"path": "a.log", "text": text, **query}
    numbers: list[int] = []
    count, requests = 0, 0
    while True:
        answer = client.get("/runs/c/artifact-search", **asked).json()
        numbers += answer["lines"]
        count, requests = count + answer["count"], requests + 1
        if answer["next_page_token"] is None:
            assert answer["searched"] == answer["size"]
            return numbers, count, requests
        asked["page_token"] = answer["next_page_token"]


@pytest.mark.parametrize(
    ("content", "count", "before"),
    [
        (b"", 0, [0]),
        (b"a", 1, [0, 0]),
        (b"a\n", 1, [0, 1]),
        (b"\n\n\n\n\n\n", 6, [0, 4, 6]),
        (b"abcdefgh\nb", 2, [0, 0, 0, 1]),
    ],
)
def test_newlines_before_each_block(
    filled: Store,
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    content: bytes,
    count: int,
    before: list[int],
) -> None:
    monkeypatch.setattr(lines, "BLOCK_BYTES", 4)
    put(filled, KEY, content)
    answer = numbered(client)
    assert (answer["lines"], answer["before"], answer["complete"]) == (count, before, True)
    assert (answer["size"], answer["counted"], answer["block_bytes"]) == (len(content), len(content), 4)


def test_counting_goes_on_with_the_next_request_and_starts_again_for_another_file(
    filled: Store, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "BLOCK_BYTES", 4)
    monkeypatch.setattr(artifact_lines, "SECONDS", -1.0)
    put(filled, KEY, b"ab\ncd\nef\n")
    first, second, third = numbered(client), numbered(client), numbered(client)
    assert [each["counted"] for each in (first, second, third)] == [4, 8, 9]
    assert (first["complete"], first["before"]) == (False, [])
    assert (third["complete"], third["before"]) == (True, [0, 1, 2, 3])
    put(filled, KEY, b"ab\ncd\nef\ngh\n")
    again = numbered(client)
    assert (again["counted"], again["etag"] == third["etag"]) == (4, False)


def test_of_a_file_that_grew_only_what_is_new_is_counted(
    filled: Store, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "BLOCK_BYTES", 4)
    put(filled, KEY, b"ab\ncd\nef\n")
    assert numbered(client)["counted"] == 9
    monkeypatch.setattr(artifact_lines, "SECONDS", -1.0)
    filled.artifacts.append(KEY, 9, b"gh\ni")
    # Two whole blocks were known, and one is counted by each request.
    grown = numbered(client)
    assert (grown["size"], grown["counted"]) == (13, 12)
    grown = numbered(client)
    assert (grown["before"], grown["lines"]) == ([0, 1, 2, 4, 4], 5)
    filled.artifacts.append(KEY, 13, b"")
    assert (numbered(client)["complete"], numbered(client)["lines"]) == (True, 5)


def test_a_search_goes_on_in_a_file_that_grew(
    filled: Store, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "PIECE_BYTES", 4)
    monkeypatch.setattr(artifact_lines, "SECONDS", -1.0)
    put(filled, KEY, b"hit\nno\nhit\n")
    asked: dict[str, Any] = {"path": "a.log", "text": "hit"}
    first = client.get("/runs/c/artifact-search", **asked).json()
    filled.artifacts.append(KEY, 11, b"hit\n")
    lines_found, token = first["lines"], first["next_page_token"]
    while token is not None:
        part = client.get("/runs/c/artifact-search", **asked, page_token=token).json()
        lines_found, token = lines_found + part["lines"], part["next_page_token"]
    assert lines_found == [1, 3, 4]


def test_blocks_grow_with_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    class Huge:
        size, etag, identity, modified = 5 * 2**30, "e", "i", 0.0

        def read(self, offset: int, length: int) -> bytes:
            return b""

        def close(self) -> None: ...

    assert lines.LineIndex(Huge()).block_bytes == 2 * lines.BLOCK_BYTES


def test_indexes_of_files_that_nobody_looks_at_are_dropped(
    filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "MOST_INDEXES", 2)
    put(filled, KEY, b"a\n")
    file = filled.artifacts.open(KEY)
    indexes = lines.LineIndexes()
    first = indexes.of("1", file)
    assert indexes.of("2", file) is not first and indexes.of("1", file) is first
    third = indexes.of("3", file)
    assert indexes.of("1", file) is first and indexes.of("3", file) is third
    file.close()


@pytest.mark.parametrize("piece", [8, 13, 1024])
@pytest.mark.parametrize("seconds", [-1.0, 60.0])
def test_lines_that_hold_a_text(
    filled: Store, client: Client, monkeypatch: pytest.MonkeyPatch, piece: int, seconds: float
) -> None:
    monkeypatch.setattr(lines, "PIECE_BYTES", piece)
    monkeypatch.setattr(artifact_lines, "SECONDS", seconds)
    text = [
        "error",
        "no",
        "Error and error",
        "",
        "x" * 50 + "error" + "y" * 50 + "error",
        "größe",
        "a.b",
        "axb",
        "err",
        "or",
    ]
    put(filled, KEY, "\n".join(text).encode())
    assert found(client, "error")[:2] == ([1, 3, 5], 3)
    assert found(client, "Error", case=True)[:2] == ([3], 1)
    assert found(client, "größe")[:2] == ([6], 1)
    assert found(client, "a.b")[:2] == ([7], 1)
    assert found(client, "nothing")[:2] == ([], 0)
    assert found(client, "or", limit=0)[:2] == ([], 4)
    assert (found(client, "error")[2] > 1) is (seconds < 0 and piece < 1024)


def test_a_search_does_not_go_on_in_another_file(
    filled: Store, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "PIECE_BYTES", 8)
    monkeypatch.setattr(artifact_lines, "SECONDS", -1.0)
    put(filled, KEY, b"a\n" * 20)
    token = client.get("/runs/c/artifact-search", path="a.log", text="a").json()["next_page_token"]
    put(filled, KEY, b"b\n" * 20)
    answer = client.get("/runs/c/artifact-search", path="a.log", text="a", page_token=token)
    assert (answer.status, "page_token" in answer.json()["message"]) == (400, True)


def test_an_empty_file_and_wrong_requests(filled: Store, client: Client) -> None:
    put(filled, KEY, b"")
    assert found(client, "a") == ([], 0, 1)
    assert client.get("/runs/c/artifact-search", path="a.log", text="a\nb").status == 400
    assert client.get("/runs/c/artifact-search", path="a.log", text="").status == 400
    assert client.get("/runs/c/artifact-lines", path="../../b/artifacts/x").status == 400
    assert client.get("/runs/c/artifact-lines", path="nothing.log").status == 404
