"""The payload of a `metric_tail` row: points of one run in the order in which they arrived.

Documented in docs/formats/metric-tail.md. Encoding uses the standard library alone, since every write passes here.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Sequence

VERSION = 1
# version, segments, points
HEADER = struct.Struct("<BxxxII")


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
    return b"".join(
        (
            HEADER.pack(VERSION, len(counts), len(steps)),
            array("q", series_ids).tobytes(),
            array("I", counts).tobytes(),
            steps.tobytes(),
            times.tobytes(),
            values.tobytes(),
        )
    )
