"""The tail format: what is written comes back in order, damage is seen, released versions stay readable."""

from __future__ import annotations

import json
import sys
from array import array
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runyard.errors import CorruptData
from runyard.store.metrics import tail_reader
from runyard.store.metrics.tail import HEADER, encode_tail
from runyard.store.metrics.tail_reader import Tail, decode_tail, decode_tails
from tests.store.metrics.golden.write import TAILS, bits, pack_tail, plain
from tests.store.metrics.samples import Row, points_of, rows

GOLDEN = Path(__file__).parent / "golden"
Segments = list[tuple[int, list[Row]]]
segments = st.lists(
    st.tuples(st.one_of(st.integers(1, 4), st.integers(1, 2**62)), rows.filter(bool)), min_size=1, max_size=6
)


def content(tail: Tail) -> list[tuple[int, int, int, str]]:
    """(series, step, time, bits) of each point."""
    points = tail.points.rows()
    owners = tail.owners().tolist()
    return [(series, row[0], row[1], bits(row[2])) for series, row in zip(owners, points, strict=True)]


def expected(given: Segments) -> list[tuple[int, int, int, str]]:
    return [(series, step, time, bits(value)) for series, rows in given for step, time, value in rows]


@given(segments)
@settings(deadline=None)
def test_points_come_back_in_order(given: Segments) -> None:
    tail = decode_tail(pack_tail(given))
    assert content(tail) == expected(given)
    by_series: dict[int, list[Row]] = {}
    for series, part in given:
        by_series.setdefault(series, []).extend(part)
    split = tail.split()
    assert split.keys() == by_series.keys()
    for series, part in by_series.items():
        assert split[series].same(points_of(part))
        assert tail.of(series).same(points_of(part))
    assert len(tail.of(2**62 + 1)) == 0


@given(st.lists(st.tuples(segments, st.integers(1, 7)), max_size=8))
@settings(deadline=None, max_examples=40)
def test_rows_of_one_shape_are_read_together_in_order(repeated: list[tuple[Segments, int]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tail_reader, "TOGETHER", 4)
        several = [given for given, times in repeated for _ in range(times)]
        tails = list(decode_tails(pack_tail(given) for given in several))
    assert [point for tail in tails for point in content(tail)] == [
        point for given in several for point in expected(given)
    ]
    # A shape repeated seven times comes in two parts at most, if its neighbours are of another.
    assert len(tails) <= 2 * len(repeated)


def test_a_damaged_row_among_many_of_its_shape_is_seen() -> None:
    payloads = [pack_tail([(1, [(step, step, 0.5)]), (2, [(step, step, 1.5)])]) for step in range(10)]
    assert len(list(decode_tails(payloads))) == 1
    payloads[7] = payloads[7][:-1] + b"x"
    with pytest.raises(CorruptData, match="checksum"):
        list(decode_tails(payloads))


def test_the_header_and_a_row_of_one_point_have_frozen_sizes() -> None:
    assert HEADER.size == 16
    payload = encode_tail([5], [1], array("q", [6]), array("q", [7]), array("d", [1.0]))
    assert len(payload) == 52
    assert payload[:12] == bytes([1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0])
    assert payload[16:28] == bytes([5, *[0] * 7, 1, 0, 0, 0])
    assert payload[28:] == bytes([6, *[0] * 7, 7, *[0] * 7]) + bytes.fromhex("000000000000f03f")


@pytest.mark.parametrize("name", TAILS)
def test_golden_files_are_readable_and_written_the_same_way(name: str) -> None:
    payload = (GOLDEN / f"{name}.bin").read_bytes()
    listed = json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))
    assert listed == [[series, plain(rows)] for series, rows in TAILS[name]]
    assert content(decode_tail(payload)) == expected(TAILS[name])
    assert pack_tail(TAILS[name]) == payload


def test_every_flipped_bit_is_seen() -> None:
    for payload in (pack_tail(TAILS["tail-v1-many"]), pack_tail(TAILS["tail-v1-one"])):
        for index in range(len(payload)):
            damaged = bytearray(payload)
            damaged[index] ^= 1 << index % 8
            with pytest.raises(CorruptData):
                list(decode_tails([bytes(damaged)]))


def test_every_cut_is_seen() -> None:
    payload = pack_tail(TAILS["tail-v1-many"])
    for length in range(len(payload)):
        with pytest.raises(CorruptData):
            decode_tail(payload[:length])
    with pytest.raises(CorruptData):
        decode_tail(payload + b"\0")


def test_segments_that_do_not_add_up_are_refused() -> None:
    payload = encode_tail([5], [2], array("q", [6]), array("q", [7]), array("d", [1.0]))
    for read in (lambda: decode_tail(payload), lambda: list(decode_tails([payload]))):
        with pytest.raises(CorruptData, match="do not add up"):
            read()


def test_points_of_no_segment_are_refused() -> None:
    payload = encode_tail([], [], array("q", [6]), array("q", [7]), array("d", [1.0]))
    with pytest.raises(CorruptData):
        decode_tail(payload)


def test_the_byte_order_is_little_endian_on_every_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine of the other order holds the bytes of each number the other way round."""
    arguments = [5], [1], array("q", [6]), array("q", [7]), array("d", [1.0])
    native = encode_tail(*arguments)
    monkeypatch.setattr(sys, "byteorder", "big" if sys.byteorder == "little" else "little")
    other = encode_tail(*arguments)
    columns = [(16, 8), (24, 4), (28, 8), (36, 8), (44, 8)]
    assert all(native[at : at + size] == other[at : at + size][::-1] for at, size in columns)
    assert [column.tobytes() for column in arguments[2:]] == [native[28:36], native[36:44], native[44:]]
