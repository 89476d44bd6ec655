"""Uploads in parts: published whole, bound to their key, safe to repeat."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from runyard.errors import ArtifactNotFound, InvalidParameter, NotFound, Unavailable
from runyard.store.artifacts.local import LocalArtifacts
from runyard.store.artifacts.multipart import MAX_PARTS

KEY = "0/run/artifacts/model.bin"
STRIDE = 1000


@pytest.fixture
def store(tmp_path: Path) -> Iterator[LocalArtifacts]:
    opened = LocalArtifacts(tmp_path / "artifacts", "relaxed")
    yield opened
    opened.close()


def send(store: LocalArtifacts, upload_id: str, number: int, content: bytes) -> str:
    part = store.multipart.part(upload_id, number, len(content))
    part.write([content[:10], content[10:]])
    return part.finish()


def get(store: LocalArtifacts, key: str) -> bytes:
    file = store.open(key)
    try:
        return file.read(0, file.size)
    finally:
        file.close()


def split(content: bytes) -> list[bytes]:
    return [content[start : start + STRIDE] for start in range(0, len(content), STRIDE)]


@pytest.mark.parametrize("size", [1, STRIDE, STRIDE + 1, 5 * STRIDE, 5 * STRIDE + 7])
@pytest.mark.parametrize("backwards", [False, True])
def test_parts_in_any_order_become_the_file(store: LocalArtifacts, size: int, backwards: bool) -> None:
    content = os.urandom(size)
    pieces = split(content)
    upload_id = store.multipart.create(KEY, len(pieces))
    numbered = list(enumerate(pieces, 1))
    etags = {n: send(store, upload_id, n, piece) for n, piece in (numbered[::-1] if backwards else numbered)}
    with pytest.raises(ArtifactNotFound):
        store.open(KEY)
    store.multipart.complete(upload_id, KEY, sorted(etags.items()))
    assert get(store, KEY) == content


def test_parts_sent_at_once_by_several_threads(store: LocalArtifacts) -> None:
    content = os.urandom(20 * STRIDE + 1)
    pieces = split(content)
    upload_id = store.multipart.create(KEY, len(pieces))
    etags: dict[int, str] = {}

    def send_some(first: int) -> None:
        for number in range(first, len(pieces) + 1, 4):
            etags[number] = send(store, upload_id, number, pieces[number - 1])

    threads = [threading.Thread(target=send_some, args=(first,)) for first in (1, 2, 3, 4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    store.multipart.complete(upload_id, KEY, sorted(etags.items()))
    assert get(store, KEY) == content


def test_several_processes_may_take_the_parts(store: LocalArtifacts, tmp_path: Path) -> None:
    other = LocalArtifacts(tmp_path / "artifacts")
    upload_id = store.multipart.create(KEY, 2)
    etags = [(1, send(other, upload_id, 1, b"a" * STRIDE)), (2, send(store, upload_id, 2, b"b"))]
    other.multipart.complete(upload_id, KEY, etags)
    assert get(store, KEY) == b"a" * STRIDE + b"b"
    other.close()


def test_a_part_may_be_sent_again(store: LocalArtifacts) -> None:
    upload_id = store.multipart.create(KEY, 2)
    first = send(store, upload_id, 1, b"a" * STRIDE)
    assert send(store, upload_id, 1, b"a" * STRIDE) == first
    other = send(store, upload_id, 1, b"c" * STRIDE)
    assert other != first
    last = send(store, upload_id, 2, b"b")
    with pytest.raises(InvalidParameter, match="ETag"):
        store.multipart.complete(upload_id, KEY, [(1, first), (2, last)])
    store.multipart.complete(upload_id, KEY, [(1, f'"{other}"'), (2, last)])
    assert get(store, KEY) == b"c" * STRIDE + b"b"


def test_completing_twice_changes_nothing(store: LocalArtifacts) -> None:
    upload_id = store.multipart.create(KEY, 1)
    parts = [(1, send(store, upload_id, 1, b"first"))]
    store.multipart.complete(upload_id, KEY, parts)
    upload = store.upload(KEY)
    upload.write([b"newer"])
    upload.publish()
    store.multipart.complete(upload_id, KEY, parts)
    assert get(store, KEY) == b"newer"
    with pytest.raises(NotFound):
        send(store, upload_id, 1, b"late")


def test_a_crash_between_the_last_steps_is_repaired_by_the_retry(
    store: LocalArtifacts, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload_id = store.multipart.create(KEY, 2)
    parts = [(1, send(store, upload_id, 1, b"a" * STRIDE)), (2, send(store, upload_id, 2, b"b"))]

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(store.multipart, "_publish", crash)
        with pytest.raises(KeyboardInterrupt):
            store.multipart.complete(upload_id, KEY, parts)
    store.multipart.complete(upload_id, KEY, parts)
    assert get(store, KEY) == b"a" * STRIDE + b"b"


@pytest.mark.parametrize(
    "numbers", [[], [1], [2, 1, 3], [1, 2, 3, 3], [1, 3], [0, 1, 2], [1, 2, 4], [1, 2, 3, 4]]
)
def test_the_parts_must_be_all_and_in_order(store: LocalArtifacts, numbers: list[int]) -> None:
    upload_id = store.multipart.create(KEY, 3)
    etags = {number: send(store, upload_id, number, b"x" * STRIDE) for number in (1, 2, 3)}
    with pytest.raises(InvalidParameter):
        store.multipart.complete(upload_id, KEY, [(number, etags.get(number, "x")) for number in numbers])
    with pytest.raises(ArtifactNotFound):
        store.open(KEY)


def test_a_missing_part_is_named(store: LocalArtifacts) -> None:
    upload_id = store.multipart.create(KEY, 2)
    etag = send(store, upload_id, 1, b"x")
    with pytest.raises(InvalidParameter, match="Part 2 of the upload was not received"):
        store.multipart.complete(upload_id, KEY, [(1, etag), (2, etag)])


def test_a_part_that_was_cut_off_does_not_count(store: LocalArtifacts) -> None:
    upload_id = store.multipart.create(KEY, 2)
    first, last = send(store, upload_id, 1, b"x" * STRIDE), send(store, upload_id, 2, b"y")
    for number, etag in ((1, first), (2, last)):
        cut = store.multipart.part(upload_id, number, STRIDE)
        cut.write([b"half"])
        with pytest.raises(InvalidParameter, match="bytes instead of"):
            cut.finish()
        cut.discard()
        with pytest.raises(InvalidParameter, match=f"Part {number} of the upload was not received"):
            store.multipart.complete(upload_id, KEY, [(1, first), (2, last)])
        send(store, upload_id, number, b"x" * STRIDE if number == 1 else b"y")
        assert etag
    store.multipart.complete(upload_id, KEY, [(1, first), (2, last)])
    assert get(store, KEY) == b"x" * STRIDE + b"y"


def test_a_part_longer_than_announced_is_refused(store: LocalArtifacts) -> None:
    upload_id = store.multipart.create(KEY, 3)
    part = store.multipart.part(upload_id, 1, 5)
    with pytest.raises(InvalidParameter, match="longer"):
        part.write([b"123456"])
    part.discard()


def test_parts_but_the_last_have_one_size(store: LocalArtifacts) -> None:
    upload_id = store.multipart.create(KEY, 4)
    send(store, upload_id, 2, b"x" * STRIDE)
    for size in (0, STRIDE - 1, STRIDE + 1):
        with pytest.raises(InvalidParameter):
            store.multipart.part(upload_id, 1, size)
    send(store, upload_id, 4, b"")


def test_completing_waits_for_no_part_that_is_being_received(store: LocalArtifacts) -> None:
    upload_id = store.multipart.create(KEY, 1)
    parts = [(1, send(store, upload_id, 1, b"x"))]
    straggler = store.multipart.part(upload_id, 1, 1)
    with pytest.raises(Unavailable):
        store.multipart.complete(upload_id, KEY, parts)
    straggler.write([b"x"])
    straggler.finish()
    store.multipart.complete(upload_id, KEY, parts)
    assert get(store, KEY) == b"x"


def test_an_upload_belongs_to_its_key(store: LocalArtifacts) -> None:
    upload_id = store.multipart.create(KEY, 1)
    parts = [(1, send(store, upload_id, 1, b"x"))]
    for key in ("0/other/artifacts/model.bin", "model.bin", KEY + "2", ""):
        with pytest.raises(NotFound):
            store.multipart.complete(upload_id, key, parts)
        with pytest.raises(NotFound):
            store.multipart.abort(upload_id, key)
    store.multipart.complete(upload_id, KEY, parts)
    assert get(store, KEY) == b"x"


@pytest.mark.parametrize(
    "upload_id", ["", "..", "../../x", "0" * 48, "0" * 47, "/etc", "A" * 48, "0" * 48 + "\n", "x\0"]
)
def test_other_ids_lead_nowhere(store: LocalArtifacts, upload_id: str) -> None:
    with pytest.raises(NotFound):
        store.multipart.part(upload_id, 1, 1)
    with pytest.raises(NotFound):
        store.multipart.complete(upload_id, KEY, [(1, "x")])
    store.multipart.abort(upload_id, KEY)


def test_an_aborted_upload_is_gone(store: LocalArtifacts, tmp_path: Path) -> None:
    upload_id = store.multipart.create(KEY, 2)
    running = store.multipart.part(upload_id, 1, STRIDE)
    store.multipart.abort(upload_id, KEY)
    store.multipart.abort(upload_id, KEY)
    with pytest.raises(ArtifactNotFound):
        running.write([b"x" * STRIDE])
        running.finish()
    running.discard()
    with pytest.raises(NotFound):
        send(store, upload_id, 2, b"x")
    assert os.listdir(tmp_path / "artifacts/.runyard/multipart") == []
    assert store.list("") == []


@pytest.mark.parametrize("parts", [0, -1, MAX_PARTS + 1])
def test_the_number_of_parts_is_bounded(store: LocalArtifacts, parts: int) -> None:
    with pytest.raises(InvalidParameter, match="num_parts"):
        store.multipart.create(KEY, parts)


def test_nothing_but_a_marker_is_left_of_a_completed_upload(store: LocalArtifacts, tmp_path: Path) -> None:
    upload_id = store.multipart.create(KEY, 2)
    parts = [(1, send(store, upload_id, 1, b"x")), (2, send(store, upload_id, 2, b"y"))]
    store.multipart.complete(upload_id, KEY, parts)
    left = sorted(os.listdir(tmp_path / "artifacts/.runyard/multipart" / upload_id))
    assert left == ["done", "lock", "manifest"]
