"""The journal's file: what was written is read, and what is damaged or from an earlier lap is not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runyard.errors import InvalidState
from runyard.store.journal import file
from runyard.store.journal.file import FILE_BYTES, HEADER, JournalFile, read_frames

FOLDER = Path(__file__).parent


def test_frames_are_read_as_they_were_written(tmp_path: Path) -> None:
    journal = JournalFile(tmp_path / "j", durable=True)
    assert journal.append([b"one", b"two"], 1)
    assert journal.append([b"three"], 3)
    journal.close()
    assert list(read_frames(tmp_path / "j")) == [(1, b"one"), (2, b"two"), (3, b"three")]


def test_the_format_is_frozen(tmp_path: Path) -> None:
    """Update docs/formats/journal.md and the version with a new golden file."""
    journal = JournalFile(tmp_path / "j", durable=False)
    assert journal.append([b"first", b"second payload"], 7)
    journal.close()
    content = (tmp_path / "j").read_bytes()
    assert len(content) == FILE_BYTES
    assert content.rstrip(b"\0") == (FOLDER / "golden-2.journal").read_bytes()


@pytest.mark.parametrize("version", [1, 2])
def test_journals_of_every_version_are_read(version: int) -> None:
    frames = list(read_frames(FOLDER / f"golden-{version}.journal"))
    assert frames == [(7, b"first"), (8, b"second payload")]


def test_every_block_is_there_before_the_first_frame(tmp_path: Path) -> None:
    journal = JournalFile(tmp_path / "j", durable=False)
    about = (tmp_path / "j").stat()
    assert about.st_size == FILE_BYTES
    assert about.st_blocks * 512 >= FILE_BYTES
    assert about.st_mode & 0o777 == 0o600
    journal.remove()
    assert not (tmp_path / "j").exists()


def test_what_does_not_fit_is_not_begun(tmp_path: Path) -> None:
    journal = JournalFile(tmp_path / "j", durable=False)
    assert journal.append([b"x" * 1000], 1)
    assert not journal.append([b"y" * FILE_BYTES], 2)
    room = FILE_BYTES - HEADER.size - 1000 - 2 * file.FRAME.size
    assert not journal.append([b"z" * (room + 1)], 3)
    assert journal.append([b"z" * room], 2)
    assert [sequence for sequence, _ in read_frames(tmp_path / "j")] == [1, 2]
    journal.close()


def test_an_earlier_lap_is_not_read_again(tmp_path: Path) -> None:
    journal = JournalFile(tmp_path / "j", durable=False)
    assert journal.append([b"aaa", b"bbb", b"ccc"], 1)
    journal.rewind()
    assert journal.append([b"ddd"], 4)
    journal.close()
    assert list(read_frames(tmp_path / "j")) == [(4, b"ddd")]


@given(st.lists(st.binary(min_size=1, max_size=40), min_size=1, max_size=8), st.data())
def test_damage_ends_the_journal_and_never_changes_it(payloads: list[bytes], data: st.DataObject) -> None:
    path = Path("/dev/shm" if os.path.isdir("/dev/shm") else ".") / f"journal-{os.getpid()}"
    journal = JournalFile(path, durable=False)
    try:
        assert journal.append(payloads, 1)
        content = bytearray(path.read_bytes())
        end = HEADER.size + sum(len(payload) + file.FRAME.size for payload in payloads)
        at = data.draw(st.integers(HEADER.size, end - 1))
        content[at] ^= data.draw(st.integers(1, 255))
        path.write_bytes(content)
        found = [payload for _, payload in read_frames(path)]
    finally:
        journal.remove()
    position = HEADER.size
    whole = 0
    for payload in payloads:
        position += file.FRAME.size + len(payload)
        if position > at:
            break
        whole += 1
    # A later number on the first frame can't be told from a journal that begins there, but for its checksum.
    assert found == payloads[:whole]


@pytest.mark.parametrize("content", [b"", b"RUNY", b"\0" * 4096, b"RUNYARDJ\1\0\0\0\0\0\0\0"])
def test_a_file_that_was_being_made_holds_nothing(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "j").write_bytes(content)
    assert list(read_frames(tmp_path / "j")) == []


def test_a_newer_version_is_refused(tmp_path: Path) -> None:
    (tmp_path / "j").write_bytes(HEADER.pack(file.MAGIC, 3).ljust(4096, b"\0"))
    with pytest.raises(InvalidState, match="version 3.*Upgrade runyard"):
        list(read_frames(tmp_path / "j"))


def test_frames_that_failed_are_withdrawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = JournalFile(tmp_path / "j", durable=True)
    assert journal.append([b"kept"], 1)

    def fail(handle: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(file, "_sync", fail)
    with pytest.raises(OSError, match="Input/output"):
        journal.append([b"answered with an error"], 2)
    journal.close()
    assert list(read_frames(tmp_path / "j")) == [(1, b"kept")]


def test_no_file_is_left_where_there_is_no_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int, content: bytes, at: int) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "pwrite", full)
    with pytest.raises(OSError, match="No space"):
        JournalFile(tmp_path / "j", durable=True)
    assert list(tmp_path.iterdir()) == []
