"""The payload of a `metric_tail` row: points of one run in the order in which they arrived.

Documented in docs/formats/metric-tail.md. Encoding uses the standard library alone, since every write passes here;
`tail_reader` decodes.
"""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Sequence
from zlib import crc32

VERSION = 1
# version, segments, points, CRC-32 of everything behind the header
HEADER = struct.Struct("<BxxxIII")
CHECKSUM = struct.Struct("<I")
CHECKSUM_AT = 12
SEGMENT_BYTES = 12
POINT_BYTES = 24


def encode_tail(
    series_ids: Sequence[int],
    counts: Sequence[int],
    steps: array[int],
    times: array[int],
    values: array[float],
) -> bytes:
    """Pack segments of points: segment i has the next `counts[i]` points and belongs to `series_ids[i]`.

    `steps` and `times` are `array("q")`, `values` is `array("d")`, of equal length, in arrival order.
    """
    columns = (array("q", series_ids), array("I", counts), steps, times, values)
    if sys.byteorder == "big":
        columns = _swapped(columns)
    body = b"".join([column.tobytes() for column in columns])
    return HEADER.pack(VERSION, len(counts), len(steps), crc32(body)) + body


def _swapped(
    columns: tuple[array[int], array[int], array[int], array[int], array[float]],
) -> tuple[array[int], array[int], array[int], array[int], array[float]]:
    """Copies in the other byte order: the format is little-endian on every machine."""
    copies = tuple(column[:] for column in columns)
    for column in copies:
        column.byteswap()
    return copies  # type: ignore[return-value]  # as many as were given, of the same types
