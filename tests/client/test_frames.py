"""The format of frames and segments does not change: bytes that version 1 wrote are read for ever."""

from __future__ import annotations

import linecache
import os
import random
import sys
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from runyard_mlflow.spool.frames import frame_ends, point_frame, points_frame, request_frame, target_of
from runyard_mlflow.spool.producer import Lost, Producer
from runyard_mlflow.spool.segment import HEADER, SEGMENT, Segment, Unreadable, read_segment

from runyard.mlflow_api.frames import Called, Points, read_frames, split


def test_a_frame_of_a_point_has_these_bytes() -> None:
    frame = point_frame(target_of("run", "loss/é"), 5, 1000, 1.5)
    assert len(frame) == 8 + 27 + len("run") + len("loss/é".encode())
    assert frame[8:35].hex() == "01" + "0500000000000000" + "e803000000000000" + "000000000000f83f" + "0300"
    assert frame[35:] == "runloss/é".encode()
    assert frame[:4] == (len(frame) - 8).to_bytes(4, "little")


def test_the_server_reads_what_the_client_writes() -> None:
    frames = [
        point_frame(target_of("r", "a"), 1, 2, 3.0),
        points_frame("r", ["a", "b", "a"], [4, 5, 6], [7, 8, 9], [1.0, 2.0, 3.0]),
        points_frame("r", ["b"], [4], [7], [1.0]),
        request_frame("runs/update", b"{}"),
        point_frame(target_of("s", "a"), 1, 2, 3.0),
    ]
    found = read_frames(split(b"".join(frames)), 10, [(10, 14)])
    first, called, last = found
    assert isinstance(first, Points)
    assert isinstance(last, Points)
    assert called == Called(13, "runs/update", b"{}")
    columns = {
        key: (list(each.steps), list(each.times), list(each.values), each.frames)
        for key, each in first.columns.items()
    }
    assert columns == {
        ("r", "a"): ([1, 4, 6], [2, 7, 9], [3.0, 1.0, 3.0], [10, 11]),
        ("r", "b"): ([5, 4], [8, 7], [2.0, 1.0], [11, 12]),
    }
    assert list(last.columns) == [("s", "a")]


def test_a_segment_ends_before_what_was_never_finished(tmp_path: Path) -> None:
    segment = Segment(tmp_path, "ab" * 16, 7, 0)
    frames = [request_frame("x", bytes(size)) for size in (1, 100, 5000)]
    whole = HEADER
    for frame in frames:
        end = segment.write(frame, whole)
        assert end is not None
        whole = end
    assert (segment.path.stat().st_size, segment.path.stat().st_mode & 0o777) == (SEGMENT, 0o600)
    segment.close()
    found = read_segment(segment.path)
    assert (found.producer, found.first, len(found.ends), found.ends[-1]) == ("ab" * 16, 7, 3, whole)
    data = segment.path.read_bytes()
    chance = random.Random(1)
    for _ in range(200):
        # Any byte of the last frame may not have been written.
        at = chance.randrange(found.ends[1], whole)
        torn = bytearray(data)
        torn[at:whole] = bytes(whole - at)
        if torn != data:
            assert len(frame_ends(bytes(torn), HEADER)) == 2
    for size in range(HEADER, whole, 97):
        assert frame_ends(data[:size], HEADER) == [end for end in found.ends if end <= size]


@pytest.mark.parametrize("content", [b"", b"RUNYARDS", bytes(100), b"RUNYARDS" + b"\x02" + bytes(100)])
def test_what_is_no_segment_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.spool"
    path.write_bytes(content)
    with pytest.raises(Unreadable, match=r"x\.spool"):
        read_segment(path)


def test_a_producer_numbers_frames_over_segments_and_removes_what_was_sent(tmp_path: Path) -> None:
    producer = Producer(tmp_path / "spool" / "target", 10 * SEGMENT)
    frame = request_frame("x", bytes(SEGMENT // 3))
    assert [producer.add(frame) for _ in range(5)] == [1, 2, 3, 4, 5]
    assert len(list(producer.folder.glob("*.spool"))) == 3
    assert (producer.folder.stat().st_mode & 0o777, producer.folder.parent.stat().st_mode & 0o777) == (
        0o700,
        0o700,
    )
    sent: list[int] = []
    while (piece := producer.unsent()) is not None:
        assert len(split(piece.data)) == piece.last - piece.first + 1
        sent += range(piece.first, piece.last + 1)
        producer.sent(piece.last)
    assert sent == [1, 2, 3, 4, 5]
    assert len(list(producer.folder.glob("*.spool"))) == 1
    producer.close()
    assert not producer.folder.exists()


def test_a_frame_larger_than_a_segment_has_one_of_its_own(tmp_path: Path) -> None:
    producer = Producer(tmp_path / "spool" / "target", 10 * SEGMENT)
    large = request_frame("x", bytes(2 * SEGMENT))
    producer.add(large)
    producer.add(request_frame("x", b"y"))
    piece = producer.unsent()
    assert piece is not None
    assert (piece.first, piece.last, len(piece.data)) == (1, 1, len(large))
    producer.close()


def test_a_call_that_is_interrupted_takes_no_other_with_it(tmp_path: Path) -> None:
    """As by Ctrl-C, or by a signal's handler that raises: between any two steps of Python's."""

    class Interrupt(Exception):
        pass

    producer = Producer(tmp_path / "spool" / "target", 1000 * SEGMENT)
    frames = [request_frame("x", str(number).encode().ljust(SEGMENT // 8)) for number in range(40)]
    numbers: dict[int, int] = {}
    stop = 0

    def trace(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal stop
        code = linecache.getline(frame.f_code.co_filename, frame.f_lineno).lstrip()
        # Python does not look for signals where a `with` statement takes its lock and gives it back.
        if event == "line" and not code.startswith("with "):
            stop -= 1
            if stop == 0:
                raise Interrupt
        return trace if "spool" in frame.f_code.co_filename else None

    for number, frame in enumerate(frames):
        # Each call is interrupted at another line, and every second one gets through.
        stop = number // 2 if number % 2 else 0
        sys.settrace(trace)
        try:
            numbers[producer.add(frame)] = number
        except Interrupt:
            pass
        finally:
            sys.settrace(None)
    assert 20 <= len(numbers) < 40
    sent: dict[int, bytes] = {}
    while (piece := producer.unsent()) is not None:
        found = split(piece.data)
        assert len(found) == piece.last - piece.first + 1
        sent |= dict(enumerate(found, piece.first))
        producer.sent(piece.last)
    assert list(sent) == list(range(1, producer.last + 1))
    for place, number in numbers.items():
        assert sent[place] == frames[number][8:], number
    producer.close()
    assert not producer.folder.exists()


def test_a_full_spool_keeps_what_it_has_and_tells_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    # Its owner's name takes some bytes, too.
    producer = Producer(tmp_path / "spool" / "target", 2 * SEGMENT + 1000)
    frame = request_frame("x", bytes(SEGMENT // 2))
    kept = 0
    for _ in range(10):
        try:
            producer.add(frame)
            kept += 1
        except Lost:
            continue
    assert kept == 2
    assert [record.getMessage().count("RUNYARD_SPOOL_MAX_BYTES") for record in caplog.records] == [1]
    producer.sent(2)
    assert producer.add(frame) == 3
    assert "8 calls were lost" in caplog.records[-1].getMessage()
    producer.close()


def test_what_may_be_taken_later_stays(tmp_path: Path) -> None:
    producer = Producer(tmp_path / "spool" / "target", 10 * SEGMENT)
    for _ in range(4):
        producer.add(request_frame("x", bytes(SEGMENT // 3)))
    producer.keep(1, 1)
    producer.sent(4)
    assert [path.name for path in sorted(producer.folder.glob("*.spool"))] == [
        "0000000001.spool",
        "0000000003.spool",
    ]
    assert [(piece.first, piece.last) for piece in producer.kept()] == [(1, 1), (2, 2)]
    producer.sent(4)
    producer.close()
    assert not os.path.exists(producer.folder)
