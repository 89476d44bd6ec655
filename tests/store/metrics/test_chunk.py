"""The chunk format: every bit comes back, damage is seen, files of released versions stay readable."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runyard.errors import CorruptData
from runyard.store.metrics.chunk import (
    CHUNK_POINTS,
    HEADER,
    chunk_count,
    decode_chunk,
    decode_chunk_into,
    encode_chunk,
)
from runyard.store.metrics.points import Points
from tests.store.metrics.golden.write import CHUNKS, bits, plain
from tests.store.metrics.samples import points_of, rows, walk

GOLDEN = Path(__file__).parent / "golden"


@given(rows.filter(bool))
@settings(deadline=None)
def test_every_bit_comes_back(given: list[tuple[int, int, float]]) -> None:
    points = points_of(given)
    assert decode_chunk(encode_chunk(points)).same(points)


@given(
    st.integers(1, CHUNK_POINTS),
    st.integers(0, 2**32),
    st.sampled_from(["walk", "single", "bits", "constant"]),
)
@settings(deadline=None, max_examples=60)
def test_large_chunks_come_back(count: int, seed: int, kind: str) -> None:
    points = walk(count, seed, kind == "single")
    if kind == "bits":
        random = np.random.default_rng(seed)
        steps, times, raw = (random.integers(-(2**63), 2**63 - 1, count) for _ in range(3))
        points = Points(steps, times, raw.view(np.float64))
    elif kind == "constant":
        points = Points(np.full(count, seed), np.full(count, seed), np.full(count, 0.1))
    assert decode_chunk(encode_chunk(points)).same(points)


@pytest.mark.parametrize("count", [0, CHUNK_POINTS + 1])
def test_a_chunk_has_1_to_4096_points(count: int) -> None:
    with pytest.raises(ValueError, match="1 to 4096 points"):
        encode_chunk(walk(count))


def test_columns_that_are_not_contiguous_are_packed() -> None:
    points = walk(1000)[slice(None, None, 3)]
    assert decode_chunk(encode_chunk(points)).same(points)


def test_the_header_has_its_frozen_size_and_layout() -> None:
    assert HEADER.size == 24
    payload = encode_chunk(points_of([(1, 2, 3.0)]))
    # One point is not compressed: three plain numbers behind the header.
    assert payload[:8] == b"RYMC" + bytes([1, 0, 1, 0])
    assert payload[12:24] == bytes([8, 0, 0, 0]) * 3
    assert payload[24:] == bytes([1, *[0] * 7, 2, *[0] * 7]) + bytes.fromhex("0000000000000840")


# The sizes that this version writes; a change of any is a change of the format, or of the codec, to be looked at.
def test_typical_chunks_have_their_frozen_sizes() -> None:
    assert len(encode_chunk(walk(1))) == 48
    assert len(encode_chunk(walk(CHUNK_POINTS))) / CHUNK_POINTS == pytest.approx(6.72, abs=0.05)
    assert len(encode_chunk(walk(CHUNK_POINTS, single=True))) / CHUNK_POINTS == pytest.approx(3.09, abs=0.05)


@pytest.mark.parametrize("name", CHUNKS)
def test_golden_files_are_readable(name: str) -> None:
    payload = (GOLDEN / f"{name}.bin").read_bytes()
    expected = json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))
    points = decode_chunk(payload)
    assert chunk_count(payload) == len(points) == len(expected)
    assert [[step, time, bits(value)] for step, time, value in points.rows()] == expected
    assert expected == plain(CHUNKS[name])


def test_golden_files_have_their_frozen_sizes() -> None:
    assert {name: (GOLDEN / f"{name}.bin").stat().st_size for name in CHUNKS} == {
        "chunk-v1-one": 48,
        "chunk-v1-odd": 193,
        "chunk-v1-curve": 1523,
    }


def test_every_flipped_bit_of_a_small_chunk_is_seen() -> None:
    payload = encode_chunk(walk(40))
    for index in range(len(payload)):
        for bit in range(8):
            damaged = bytearray(payload)
            damaged[index] ^= 1 << bit
            with pytest.raises(CorruptData):
                decode_chunk(bytes(damaged))


def test_every_cut_of_a_small_chunk_is_seen() -> None:
    payload = encode_chunk(walk(40))
    for length in range(len(payload)):
        with pytest.raises(CorruptData):
            decode_chunk(payload[:length])
    with pytest.raises(CorruptData):
        decode_chunk(payload + b"\0")


@given(st.binary(max_size=200))
@settings(deadline=None)
def test_arbitrary_bytes_are_refused(payload: bytes) -> None:
    for candidate in (payload, b"RYMC" + payload):
        with pytest.raises(CorruptData):
            decode_chunk(candidate)


def test_a_count_other_than_expected_is_refused() -> None:
    with pytest.raises(CorruptData, match="holds 40 points where 41 were expected"):
        decode_chunk_into(encode_chunk(walk(40)), Points.empty(41))


def test_a_newer_version_is_refused() -> None:
    from zlib import crc32

    payload = bytearray(encode_chunk(walk(1)))
    payload[4] = 2
    payload[8:12] = crc32(payload[12:], crc32(payload[:8])).to_bytes(4, "little")
    with pytest.raises(CorruptData, match="version 2"):
        decode_chunk(bytes(payload))
