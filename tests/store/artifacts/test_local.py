"""The local store on a real disk: atomic, locked in, and clean after failures."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from runyard.errors import ArtifactNotFound, InvalidParameter, InvalidState, StorageFull
from runyard.store.artifacts.interface import ArtifactStore, Entry
from runyard.store.artifacts.local import LocalArtifacts
from runyard.store.artifacts.sweep import FRESH_SECONDS, MULTIPART_SECONDS


@pytest.fixture(params=["full", "relaxed"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[LocalArtifacts]:
    opened = LocalArtifacts(tmp_path / "artifacts", request.param)
    yield opened
    opened.close()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "artifacts"


def put(store: ArtifactStore, key: str, *chunks: bytes) -> None:
    upload = store.upload(key)
    upload.write(chunks)
    upload.publish()


def get(store: ArtifactStore, key: str) -> bytes:
    file = store.open(key)
    try:
        return file.read(0, file.size + 1)
    finally:
        file.close()


def unfinished(root: Path) -> list[str]:
    return os.listdir(root / ".runyard" / "uploads")


def test_a_file_comes_back(store: LocalArtifacts, root: Path) -> None:
    put(store, "0/run/artifacts/a b/é%41.txt", b"one ", b"", b"two")
    assert get(store, "0/run/artifacts/a b/é%41.txt") == b"one two"
    assert (root / "0/run/artifacts/a b/é%41.txt").read_bytes() == b"one two"
    assert unfinished(root) == []


def test_an_empty_file_comes_back(store: LocalArtifacts) -> None:
    store.upload("empty").publish()
    assert get(store, "empty") == b""


def test_many_small_chunks_are_written_in_order(store: LocalArtifacts) -> None:
    chunks = [bytes([index % 251]) * (index % 7) for index in range(3000)]
    put(store, "a", *chunks)
    assert get(store, "a") == b"".join(chunks)


def test_ranges(store: LocalArtifacts) -> None:
    put(store, "a", bytes(range(100)))
    file = store.open("a")
    assert file.size == 100
    assert file.read(10, 5) == bytes(range(10, 15))
    assert file.read(98, 5) == bytes([98, 99])
    assert file.read(200, 5) == b""
    file.close()
    file.close()


def test_nothing_is_visible_before_publish_or_after_discard(store: LocalArtifacts, root: Path) -> None:
    upload = store.upload("run/a")
    upload.write([b"half"])
    assert store.list("") == []
    with pytest.raises(ArtifactNotFound):
        store.open("run/a")
    assert len(unfinished(root)) == 1
    upload.discard()
    upload.discard()
    assert unfinished(root) == []
    with pytest.raises(InvalidState):
        upload.write([b"more"])


def test_discard_after_publish_keeps_the_file(store: LocalArtifacts) -> None:
    upload = store.upload("a")
    upload.write([b"x"])
    upload.publish()
    upload.discard()
    assert get(store, "a") == b"x"


def test_an_open_file_stays_what_it_was(store: LocalArtifacts) -> None:
    put(store, "a", b"old")
    file = store.open("a")
    put(store, "a", b"newer")
    assert (file.size, file.read(0, 10)) == (3, b"old")
    file.close()
    assert get(store, "a") == b"newer"


def test_readers_see_the_old_or_the_new_file(store: LocalArtifacts) -> None:
    versions = [bytes([index]) * (200_000 + 1000 * index) for index in range(10)]
    put(store, "a", versions[0])
    stop = threading.Event()
    seen: set[int] = set()
    wrong: list[bytes] = []

    def read() -> None:
        while not stop.is_set():
            content = get(store, "a")
            if content != versions[content[0]]:
                wrong.append(content)
            seen.add(content[0])

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for version in versions * 5:
        put(store, "a", version[:1000], version[1000:])
    stop.set()
    for reader in readers:
        reader.join()
    assert wrong == []
    assert len(seen) > 1


def test_every_upload_has_another_etag(store: LocalArtifacts) -> None:
    etags = set()
    for _ in range(200):
        put(store, "a", b"same size")
        file = store.open("a")
        etags.add(file.etag)
        file.close()
    assert len(etags) == 200


def test_the_etag_stays_while_the_file_does(store: LocalArtifacts) -> None:
    put(store, "a", b"x")
    assert store.open("a").etag == store.open("a").etag


def test_listing(store: LocalArtifacts, root: Path) -> None:
    put(store, "run/b.txt", b"12345")
    put(store, "run/a/deep/x", b"1")
    (root / "run/empty").mkdir()
    assert store.list("run") == [Entry("a", True, 0), Entry("b.txt", False, 5), Entry("empty", True, 0)]
    assert store.list("") == [Entry("run", True, 0)]
    assert store.list("run/b.txt") == []
    assert store.list("absent") == []


def test_the_stamp_tells_that_files_changed(store: LocalArtifacts, root: Path) -> None:
    stamps = [store.stamp("1/run")]
    for key, chunk in (("1/run/a.txt", b"a"), ("1/run/deep/er/b.txt", b"b"), ("1/run/a.txt", b"c")):
        put(store, key, chunk)
        assert store.stamp("1/run") == store.stamp("1/run")
        stamps.append(store.stamp("1/run"))
    (root / "1/run/deep/er/b.txt").write_bytes(b"in place")
    stamps.append(store.stamp("1/run"))
    put(store, "1/other/c.txt", b"c")
    assert store.stamp("1/run") == stamps[-1]
    (root / "1/run/deep/link").symlink_to("/", target_is_directory=True)
    stamps.append(store.stamp("1/run"))
    store.delete("1/run/a.txt")
    stamps.append(store.stamp("1/run"))
    assert len(set(stamps)) == 7


def test_a_huge_folder_is_listed_in_pages(store: LocalArtifacts, root: Path) -> None:
    (root / "run").mkdir()
    names = [f"{index:05d}" for index in range(5000)]
    for name in names:
        (root / "run" / name).touch()
    assert [entry.name for entry in store.list("run")] == names
    paged: list[str] = []
    while page := store.list("run", paged[-1] if paged else "", 700):
        assert len(page) <= 700
        paged += [entry.name for entry in page]
    assert paged == names


def test_delete(store: LocalArtifacts, root: Path) -> None:
    put(store, "run/a/x", b"1")
    put(store, "run/a/y", b"1")
    put(store, "run/b", b"1")
    store.delete("run/a/x")
    assert [entry.name for entry in store.list("run/a")] == ["y"]
    store.delete("run/a")
    assert [entry.name for entry in store.list("run")] == ["b"]
    assert os.listdir(root / ".runyard" / "trash") == []
    for absent in ("run/a", "run/c", "nothing/here"):
        with pytest.raises(ArtifactNotFound):
            store.delete(absent)


def test_a_file_and_a_folder_exclude_each_other(store: LocalArtifacts, root: Path) -> None:
    put(store, "a", b"1")
    put(store, "folder/x", b"1")
    for key in ("a/b", "folder"):
        upload = store.upload(key)
        upload.write([b"2"])
        with pytest.raises(InvalidParameter):
            upload.publish()
        upload.discard()
    assert unfinished(root) == []
    assert get(store, "a") == get(store, "folder/x") == b"1"
    with pytest.raises(InvalidParameter, match="directory"):
        store.open("folder")
    with pytest.raises(ArtifactNotFound):
        store.open("a/b")


def test_symbolic_links_are_not_followed(store: LocalArtifacts, root: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "canary").write_text("secret")
    put(store, "run/real", b"1")
    (root / "run/folder").symlink_to(outside)
    (root / "run/file").symlink_to(outside / "canary")
    (root / "run/inner").symlink_to(root / "run/real")
    assert [entry.name for entry in store.list("run")] == ["real"]
    assert store.list("run/folder") == []
    for key in ("run/folder/canary", "run/file", "run/inner"):
        with pytest.raises((ArtifactNotFound, InvalidParameter)):
            store.open(key)
    for key in ("run/folder/canary", "run/folder/new"):
        upload = store.upload(key)
        upload.write([b"overwritten"])
        with pytest.raises(InvalidParameter):
            upload.publish()
        upload.discard()
    with pytest.raises(InvalidParameter):
        store.delete("run/folder/canary")
    # Overwriting or deleting a link replaces the link itself.
    put(store, "run/file", b"mine")
    store.delete("run/folder")
    assert get(store, "run/file") == b"mine"
    assert os.listdir(outside) == ["canary"]
    assert (outside / "canary").read_text() == "secret"


def test_deleting_a_folder_does_not_follow_links_in_it(
    store: LocalArtifacts, root: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "canary").write_text("secret")
    put(store, "run/real", b"1")
    (root / "run/folder").symlink_to(outside)
    store.delete("run")
    assert (outside / "canary").read_text() == "secret"


def test_a_fifo_does_not_block(store: LocalArtifacts, root: Path) -> None:
    (root / "run").mkdir()
    os.mkfifo(root / "run/fifo")
    assert store.list("run") == []
    with pytest.raises(InvalidParameter):
        store.open("run/fifo")


def test_others_on_the_machine_have_no_access(store: LocalArtifacts, root: Path) -> None:
    put(store, "run/a", b"1")
    for path, mode in (("run", 0o700), ("run/a", 0o600), (".runyard/uploads", 0o700)):
        assert (root / path).stat().st_mode & 0o777 == mode


def test_a_full_disk_leaves_nothing(
    store: LocalArtifacts, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int, chunks: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    upload = store.upload("run/a")
    upload.write([b"fits"])
    monkeypatch.setattr(os, "writev", full)
    with pytest.raises(StorageFull):
        upload.write([b"does not"])
    upload.discard()
    assert unfinished(root) == []
    assert store.list("") == []


def test_a_folder_deleted_meanwhile_is_made_again(store: LocalArtifacts) -> None:
    errors: list[Exception] = []

    def delete_often() -> None:
        for _ in range(100):
            try:
                store.delete("run")
            except ArtifactNotFound:
                pass
            except Exception as error:
                errors.append(error)

    deleting = threading.Thread(target=delete_often)
    deleting.start()
    while deleting.is_alive():
        put(store, "run/deep/a", b"x")
    deleting.join()
    put(store, "run/deep/a", b"x")
    assert errors == []
    assert get(store, "run/deep/a") == b"x"


def test_the_sweeper_takes_what_dead_processes_left(
    store: LocalArtifacts, root: Path, tmp_path: Path
) -> None:
    script = (
        "import os, pathlib, sys; from runyard.store.artifacts.local import LocalArtifacts\n"
        "u = LocalArtifacts(pathlib.Path(sys.argv[1])).upload('run/a'); u.write([b'half']); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", script, str(root)], check=False)
    assert len(unfinished(root)) == 1
    living = store.upload("run/b")
    living.write([b"x"])
    old = time.time() - 10 * FRESH_SECONDS
    assert store.sweep(now=old + 10 * FRESH_SECONDS) == 0, "fresh files may not have their lock yet"
    assert store.sweep(now=time.time() + 2 * FRESH_SECONDS) == 1
    assert len(unfinished(root)) == 1
    living.publish()
    assert get(store, "run/b") == b"x"


def test_the_sweeper_takes_uploads_in_parts_that_nobody_ended(store: LocalArtifacts, root: Path) -> None:
    store.multipart.create("run/a", 3)
    (root / ".runyard/trash/x").mkdir()
    assert store.sweep() == 0
    assert store.sweep(now=time.time() + 2 * FRESH_SECONDS) == 1
    assert store.sweep(now=time.time() + 2 * MULTIPART_SECONDS) == 1
    assert os.listdir(root / ".runyard/multipart") == []


def test_an_upload_is_locked_while_it_is_written(store: LocalArtifacts, root: Path) -> None:
    upload = store.upload("a")
    upload.write([b"x"])
    with open(root / ".runyard/uploads" / unfinished(root)[0], "rb") as file:
        with pytest.raises(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    upload.discard()


def test_large_files_pass_in_pieces(store: LocalArtifacts) -> None:
    piece = os.urandom(1024 * 1024)
    upload = store.upload("big")
    for _ in range(40):
        upload.write([piece])
    upload.publish()
    file = store.open("big")
    digest = hashlib.sha256()
    for index in range(40):
        digest.update(file.read(index * len(piece), len(piece)))
    file.close()
    assert digest.digest() == hashlib.sha256(piece * 40).digest()


def test_sweeping_is_due_every_hour(store: LocalArtifacts, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not store.sweep_is_due()
    started = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: started + 3601)
    assert store.sweep_is_due()
    store.sweep()
    assert not store.sweep_is_due()
