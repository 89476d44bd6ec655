"""The payload of a `metric_chunk` row: up to 4,096 points of one series, compressed and checked.

Documented in docs/formats/metric-chunk.md; golden files in tests/store/metrics/golden hold the format still.
"""

from __future__ import annotations

import struct
import sys
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from pcodec import ChunkConfig, standalone

from runyard.errors import CorruptData
from runyard.store.metrics.points import Points

CHUNK_POINTS = 4096
MAGIC = b"RYMC"
VERSION = 1
# magic, version, encodings, points, CRC-32, bytes of the steps, of the times and of the values
HEADER = struct.Struct("<4sBBHIIII")
# The checksum covers the header before it and all that lies behind it.
CHECKSUM = struct.Struct("<I")
CHECKSUM_AT = 8

# Bit i of `encodings` is set when stream i is compressed; otherwise it is plain 8-byte little-endian numbers.
STEPS, TIMES, VALUES = 1, 2, 4
# Below this a compressed stream is longer than the numbers themselves.
LEAST_COMPRESSED = 4
# Measured on random walks: level 8 saves 1.4 % over level 4 and takes four times as long.
CONFIG = ChunkConfig(compression_level=4)

Column = NDArray[Any]


def encode_chunk(points: Points) -> bytes:
    """Pack 1 to 4,096 points, in their order; every bit of them comes back from `decode_chunk`."""
    if not 0 < len(points) <= CHUNK_POINTS:
        raise ValueError(f"A chunk holds 1 to {CHUNK_POINTS} points, not {len(points)}")
    encodings = 0
    streams = []
    columns: tuple[Column, ...] = (points.steps, points.times, points.values)
    for bit, column in zip((STEPS, TIMES, VALUES), columns, strict=True):
        # The codec takes columns without gaps, in the machine's own byte order.
        column = np.ascontiguousarray(column)
        plain = column.astype(column.dtype.newbyteorder("<"), copy=False).tobytes()
        stream = _compress(column, plain)
        if stream is not None:
            encodings |= bit
        streams.append(plain if stream is None else stream)
    lengths = [len(stream) for stream in streams]
    head = HEADER.pack(MAGIC, VERSION, encodings, len(points), 0, *lengths)
    body = b"".join(streams)
    checksum = CHECKSUM.pack(_checksum(head, body))
    return head[:CHECKSUM_AT] + checksum + head[CHECKSUM_AT + CHECKSUM.size :] + body


def _compress(column: Column, plain: bytes) -> bytes | None:
    """The compressed stream, read back and compared; None when it would not be shorter than `plain`."""
    if len(column) < LEAST_COMPRESSED:
        return None
    stream: bytes = standalone.simple_compress(column, CONFIG)
    if len(stream) >= len(plain):
        return None
    # The points that this is made from are deleted once it is stored, so a codec's mistake must show here.
    back = np.empty_like(column)
    standalone.simple_decompress_into(stream, back)
    same = back.tobytes() == (plain if sys.byteorder == "little" else column.tobytes())
    return stream if same else None


def _checksum(head: bytes, body: bytes | memoryview) -> int:
    checked = crc32(head[:CHECKSUM_AT])
    return crc32(body, crc32(head[CHECKSUM_AT + CHECKSUM.size :], checked))


def decode_chunk(payload: bytes) -> Points:
    """The points of a payload, in the order in which they were packed; raise CorruptData if a bit is wrong."""
    points = Points.empty(chunk_count(payload))
    decode_chunk_into(payload, points)
    return points


def chunk_count(payload: bytes) -> int:
    """The number of points that a payload's header promises."""
    if len(payload) < HEADER.size or payload[: len(MAGIC)] != MAGIC:
        raise CorruptData("A metric chunk does not start with its header.")
    return int(HEADER.unpack_from(payload)[3])


def decode_chunk_into(payload: bytes, points: Points) -> None:
    """Decode into `points`, which must have as many places as the chunk has points; raise CorruptData."""
    encodings, lengths = _check(payload, len(points))
    start = HEADER.size
    columns = (points.steps, points.times, points.values)
    for bit, length, column in zip((STEPS, TIMES, VALUES), lengths, columns, strict=True):
        stream = payload[start : start + length]
        if encodings & bit:
            _decompress(stream, column)
        elif length == 8 * len(column):
            column[:] = np.frombuffer(stream, column.dtype.newbyteorder("<"))
        else:
            raise CorruptData("A metric chunk's plain stream does not have the length of its points.")
        start += length


def _check(payload: bytes, count: int) -> tuple[int, tuple[int, int, int]]:
    """The encodings and lengths of a payload whose header, checksum and count are right."""
    if len(payload) < HEADER.size:
        raise CorruptData("A metric chunk is shorter than its header.")
    magic, version, encodings, points, checksum, *lengths = HEADER.unpack_from(payload)
    if magic != MAGIC:
        raise CorruptData("A metric chunk does not start with its magic bytes.")
    if _checksum(payload[: HEADER.size], memoryview(payload)[HEADER.size :]) != checksum:
        raise CorruptData("A metric chunk's checksum is wrong.")
    if version != VERSION or encodings & ~(STEPS | TIMES | VALUES):
        raise CorruptData(
            f"A metric chunk has version {version}, which this version of Runyard does not know."
        )
    if HEADER.size + sum(lengths) != len(payload):
        raise CorruptData("A metric chunk's streams do not have the lengths that its header gives.")
    if points != count or not points:
        raise CorruptData(f"A metric chunk holds {points} points where {count} were expected.")
    return encodings, (lengths[0], lengths[1], lengths[2])


def _decompress(stream: bytes, column: Column) -> None:
    try:
        progress = standalone.simple_decompress_into(stream, column)
    except (RuntimeError, TypeError) as error:
        raise CorruptData(f"A metric chunk's compressed stream can't be read: {error}") from error
    if not progress.finished or progress.n_processed != len(column):
        raise CorruptData("A metric chunk's compressed stream does not have the length of its points.")
