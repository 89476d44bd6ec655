"""Snapshots as archives: the same bytes each time, and nothing that leaves the folder."""

from __future__ import annotations

import io
import os
import stat
import tarfile
import tracemalloc
from collections.abc import Iterable
from pathlib import Path

import pytest

from runyard.errors import CorruptData, InvalidParameter, NotFound
from runyard.jobs.snapshot import Blobs, Entry, Snapshot, collect, extract_tar, keep, write_tar
from tests.jobs.snapshot.folders import write
from tests.jobs.snapshot.test_manifest import BAD_PATHS


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return Blobs(tmp_path / "blobs")


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "target"


def kept(code: Path, blobs: Blobs) -> Snapshot:
    snapshot = collect(code)
    keep(code, snapshot, blobs)
    return snapshot


def archived(snapshot: Snapshot, blobs: Blobs) -> bytes:
    file = io.BytesIO()
    write_tar(snapshot, blobs, file)
    return file.getvalue()


class OneWay(io.RawIOBase):
    """A stream that can't go back, as one of the network."""

    def __init__(self, data: bytes) -> None:
        self._file = io.BytesIO(data)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        return self._file.readinto(buffer)  # type: ignore[arg-type]


def test_there_and_back(blobs: Blobs, tmp_path: Path, target: Path) -> None:
    names = {"train.py": "1", "lib/é b.py": "22", "empty": "", "/".join(["n" * 200] * 5): "long", "a\nb": "x"}
    code = write(tmp_path / "code", names)
    (code / "train.py").chmod(0o755)
    snapshot = kept(code, blobs)
    assert extract_tar(io.BufferedReader(OneWay(archived(snapshot, blobs))), target) == snapshot
    assert collect(target) == snapshot
    assert stat.S_IMODE((target / "train.py").stat().st_mode) & 0o111
    assert not stat.S_IMODE((target / "empty").stat().st_mode) & 0o111


def test_an_empty_snapshot(blobs: Blobs, tmp_path: Path, target: Path) -> None:
    snapshot = kept(write(tmp_path / "code", {}), blobs)
    assert extract_tar(io.BytesIO(archived(snapshot, blobs)), target) == snapshot


def test_the_same_bytes(blobs: Blobs, tmp_path: Path) -> None:
    files = {"b.py": "1", "a/c.py": "2"}
    first = archived(kept(write(tmp_path / "code", files), blobs), blobs)
    os.utime(tmp_path / "code" / "b.py", (1, 1))
    other = Blobs(tmp_path / "other blobs")
    assert archived(kept(write(tmp_path / "other", files), other), other) == first
    with tarfile.open(fileobj=io.BytesIO(first)) as archive:
        members = archive.getmembers()
    assert [(one.name, one.mode, one.mtime, one.uid, one.uname) for one in members] == [
        ("a/c.py", 0o644, 0, 0, ""),
        ("b.py", 0o644, 0, 0, ""),
    ]


def test_what_is_not_kept(blobs: Blobs, tmp_path: Path) -> None:
    snapshot = collect(write(tmp_path / "code", {"a.py": "1"}))
    with pytest.raises(NotFound):
        archived(snapshot, blobs)
    keep(tmp_path / "code", snapshot, blobs)
    blobs.path(snapshot.entries[0].sha256).write_bytes(b"12")
    with pytest.raises(CorruptData):
        archived(snapshot, blobs)


def made(members: Iterable[tarfile.TarInfo], content: bytes = b"x") -> io.BytesIO:
    """An archive that somebody else made."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for member in members:
            if member.type in (tarfile.REGTYPE, tarfile.AREGTYPE):
                member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    file.seek(0)
    return file


def member(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, link
    return info


# tarfile itself takes the slash at the end away, and ends a name at a NUL.
@pytest.mark.parametrize("path", [path for path in BAD_PATHS if path not in ("a/", "a\0b", "\udcff")])
def test_names_that_lead_elsewhere(target: Path, tmp_path: Path, path: str) -> None:
    with pytest.raises(InvalidParameter):
        extract_tar(made([member(path)]), target)
    assert list(target.iterdir()) == []
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["target"]


@pytest.mark.parametrize(
    "kind",
    [
        tarfile.SYMTYPE,
        tarfile.LNKTYPE,
        tarfile.CHRTYPE,
        tarfile.BLKTYPE,
        tarfile.FIFOTYPE,
        tarfile.GNUTYPE_SPARSE,
        b"Z",
    ],
)
def test_only_files_and_folders(target: Path, kind: bytes) -> None:
    with pytest.raises(InvalidParameter, match="must be a regular file or a folder"):
        extract_tar(made([member("a", kind, "../../etc/passwd")]), target)
    assert list(target.iterdir()) == []


def test_no_way_over_a_link(target: Path, tmp_path: Path) -> None:
    archive = made([member("a", tarfile.SYMTYPE, str(tmp_path)), member("a/escaped")])
    with pytest.raises(InvalidParameter):
        extract_tar(archive, target)
    assert not (tmp_path / "escaped").exists()


def test_a_folder_that_is_not_empty(target: Path, tmp_path: Path) -> None:
    target.mkdir()
    (target / "a").symlink_to(tmp_path)
    with pytest.raises(InvalidParameter, match="empty folder"):
        extract_tar(made([member("a/escaped")]), target)
    assert not (tmp_path / "escaped").exists()


@pytest.mark.parametrize("names", [["a", "a"], ["a", "a/b"], ["a/b", "a"]])
def test_names_in_each_others_place(target: Path, names: list[str]) -> None:
    with pytest.raises(InvalidParameter, match="twice|as a file and as a folder"):
        extract_tar(made([member(name) for name in names]), target)


def test_folders_of_their_own(target: Path) -> None:
    snapshot = extract_tar(made([member("a", tarfile.DIRTYPE), member("a/b")]), target)
    assert [entry.path for entry in snapshot.entries] == ["a/b"]
    with pytest.raises(InvalidParameter):
        extract_tar(made([member("../a", tarfile.DIRTYPE)]), target.with_name("other"))
    assert not target.with_name("a").exists()


def test_limits(target: Path) -> None:
    with pytest.raises(InvalidParameter, match="more than 2 files"):
        extract_tar(made(member(str(number)) for number in range(3)), target, most_files=2)
    with pytest.raises(InvalidParameter, match="more than 2 files"):
        folders = [member(str(number), tarfile.DIRTYPE) for number in range(5)]
        extract_tar(made(folders), target.with_name("second"), most_files=2)
    with pytest.raises(InvalidParameter, match="more than 3 bytes"):
        extract_tar(made([member("a"), member("b")], b"12"), target.with_name("third"), most_bytes=3)


def test_headers_that_fill_the_memory(target: Path) -> None:
    for kind in (tarfile.XHDTYPE, tarfile.GNUTYPE_LONGNAME):
        info = member("a", kind)
        info.size = 1 << 40
        with pytest.raises(InvalidParameter, match="header of 1099511627776 bytes"):
            extract_tar(io.BytesIO(info.tobuf(tarfile.GNU_FORMAT)), target)


def test_a_size_below_nothing(target: Path) -> None:
    info = member("a")
    info.pax_headers = {"size": "-512"}
    data = info.tobuf(tarfile.PAX_FORMAT)
    with pytest.raises(InvalidParameter):
        extract_tar(io.BytesIO(data + bytes(4096)), target)
    assert list(target.iterdir()) == []


def test_holes_are_refused(target: Path) -> None:
    info = member("a")
    info.pax_headers = {"GNU.sparse.size": str(1 << 40), "GNU.sparse.map": "0,1"}
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as archive:
        archive.addfile(info)
    with pytest.raises(InvalidParameter):
        extract_tar(io.BytesIO(file.getvalue()), target)
    assert list(target.iterdir()) == []


def test_broken_archives(blobs: Blobs, tmp_path: Path, target: Path) -> None:
    whole = archived(kept(write(tmp_path / "code", {"a.py": "1" * 5000}), blobs), blobs)
    for number, data in enumerate(
        [b"", b"no archive" * 100, whole[:600], whole[:3000], b"\0" * 100 + whole[100:]]
    ):
        with pytest.raises(InvalidParameter, match="can't be read"):
            extract_tar(io.BytesIO(data), target.with_name(f"target {number}"))


def test_memory_is_bounded(blobs: Blobs, tmp_path: Path, target: Path) -> None:
    code = write(tmp_path / "code", {"large": ""})
    os.truncate(code / "large", 64 << 20)
    snapshot = kept(code, blobs)
    tracemalloc.start()
    try:
        with (tmp_path / "tar").open("wb") as file:
            write_tar(snapshot, blobs, file)
        with (tmp_path / "tar").open("rb") as file:
            extract_tar(file, target)
        assert tracemalloc.get_traced_memory()[1] < 8 << 20
    finally:
        tracemalloc.stop()
    assert (target / "large").stat().st_size == 64 << 20


def test_the_digest_tells_another_content(blobs: Blobs, tmp_path: Path, target: Path) -> None:
    snapshot = kept(write(tmp_path / "code", {"a.py": "1"}), blobs)
    blobs.path(snapshot.entries[0].sha256).write_bytes(b"2")
    found = extract_tar(io.BytesIO(archived(snapshot, blobs)), target)
    assert isinstance(found.entries[0], Entry) and found.digest != snapshot.digest
