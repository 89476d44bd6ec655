"""Files by their content, on a real disk."""

from __future__ import annotations

import hashlib
import io
import os
import stat
import threading
import time
from pathlib import Path

import pytest

from runyard.errors import InvalidParameter, NotFound
from runyard.jobs.snapshot import Blobs, FileChanged, collect, keep
from tests.jobs.snapshot.folders import write


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return Blobs(tmp_path / "blobs")


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def put(blobs: Blobs, content: bytes) -> str:
    name = digest(content)
    blobs.put(name, io.BytesIO(content))
    return name


def kept(blobs: Blobs, tmp_path: Path) -> list[str]:
    """All files in the folder, but the lock."""
    return sorted(
        path.name for path in (tmp_path / "blobs").rglob("*") if path.is_file() and path.name != ".lock"
    )


def test_a_file_comes_back(blobs: Blobs, tmp_path: Path) -> None:
    content = os.urandom(3 << 20)
    name = digest(content)
    assert not blobs.has(name)
    assert blobs.put(name, io.BytesIO(content))
    assert blobs.has(name)
    with blobs.open(name) as file:
        assert file.read() == content
    assert blobs.path(name).read_bytes() == content
    assert kept(blobs, tmp_path) == [name]


def test_others_of_the_machine_see_nothing(blobs: Blobs, tmp_path: Path) -> None:
    put(blobs, b"1")
    for path in [tmp_path / "blobs", *(tmp_path / "blobs").rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_another_content_is_refused(blobs: Blobs, tmp_path: Path) -> None:
    with pytest.raises(InvalidParameter, match="and not 0{64}"):
        blobs.put("0" * 64, io.BytesIO(b"1"))
    with pytest.raises(InvalidParameter, match="more than the 2 bytes"):
        blobs.put(digest(b"123"), io.BytesIO(b"123"), most_bytes=2)
    assert kept(blobs, tmp_path) == []


def test_a_stream_that_breaks_leaves_nothing(blobs: Blobs, tmp_path: Path) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell() > 0:
                raise ConnectionError("cut")
            return super().read(1)

    with pytest.raises(ConnectionError):
        blobs.put(digest(b"12"), Broken(b"12"))
    assert kept(blobs, tmp_path) == []


def test_one_that_is_there_is_not_read(blobs: Blobs) -> None:
    name = put(blobs, b"1")
    stream = io.BytesIO(b"1")
    assert not blobs.put(name, stream)
    assert stream.tell() == 0


@pytest.mark.parametrize("name", ["", "../" + "0" * 61, "0" * 63, "0" * 65, "A" * 64, "0" * 64 + "\n"])
def test_names_that_are_no_digest(blobs: Blobs, name: str) -> None:
    for call in (blobs.path, blobs.has, blobs.open):
        with pytest.raises(InvalidParameter, match="64 lower-case hexadecimal digits"):
            call(name)


def test_what_is_not_there(blobs: Blobs) -> None:
    there = put(blobs, b"1")
    with pytest.raises(NotFound):
        blobs.open("0" * 64)
    assert blobs.missing(["2" * 64, there, "1" * 64, "2" * 64]) == ["2" * 64, "1" * 64]


def test_many_put_the_same_at_once(blobs: Blobs, tmp_path: Path) -> None:
    content = os.urandom(1 << 20)
    name = digest(content)
    start = threading.Barrier(8)
    failures: list[BaseException] = []

    def putting() -> None:
        start.wait()
        try:
            Blobs(tmp_path / "blobs").put(name, io.BytesIO(content))
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=putting) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert kept(blobs, tmp_path) == [name]
    assert blobs.path(name).read_bytes() == content


def test_a_sweep_removes_what_nobody_names(blobs: Blobs, tmp_path: Path) -> None:
    named, old, young = put(blobs, b"1"), put(blobs, b"22"), put(blobs, b"333")
    unfinished = tmp_path / "blobs" / "incoming" / "unfinished"
    unfinished.write_bytes(b"4444")
    for path in (blobs.path(named), blobs.path(old), unfinished):
        os.utime(path, (1, 1))
    assert blobs.sweep({named}, older_than=3600) == 2 + 4
    assert kept(blobs, tmp_path) == sorted([named, young])
    assert blobs.sweep([], older_than=-1) == 1 + 3
    assert put(blobs, b"22") == old


def test_one_that_was_asked_for_is_young(blobs: Blobs) -> None:
    name = put(blobs, b"1")
    for ask in (blobs.has, lambda name: blobs.missing([name]), lambda name: blobs.put(name, io.BytesIO())):
        os.utime(blobs.path(name), (1, 1))
        ask(name)
        assert blobs.sweep([], older_than=3600) == 0
        assert blobs.path(name).stat().st_mtime > time.time() - 3600


def test_code_is_kept_once(blobs: Blobs, tmp_path: Path) -> None:
    code = write(tmp_path / "code", {"a.py": "1", "same.py": "1", "lib/b.py": "22"})
    snapshot = collect(code)
    assert keep(code, snapshot, blobs) == 3
    assert keep(code, snapshot, blobs) == 0
    assert blobs.missing(entry.sha256 for entry in snapshot.entries) == []
    one = collect(code / "a.py")
    assert keep(code / "a.py", one, blobs) == 0


@pytest.mark.parametrize("text", ["2", "12", ""])
def test_code_that_changed_since_is_noticed(blobs: Blobs, tmp_path: Path, text: str) -> None:
    code = write(tmp_path / "code", {"a.py": "1"})
    snapshot = collect(code)
    write(code, {"a.py": text})
    with pytest.raises(FileChanged, match=r"a\.py"):
        keep(code, snapshot, blobs)
    (code / "a.py").unlink()
    with pytest.raises(FileChanged, match=r"a\.py"):
        keep(code, snapshot, blobs)
    assert kept(blobs, tmp_path) == []
