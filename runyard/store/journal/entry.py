"""What one frame of the journal holds: the points of a request, and by what a retry of it is recognised."""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Sequence
from itertools import chain

import msgspec

from runyard.store.metrics.appender import SeriesPoints, pack_points
from runyard.store.receipts import Receipt

_POINT = struct.Struct("<qqd")


class Entry(msgspec.Struct, array_like=True):
    """Series i has the next `counts[i]` points of the columns, which are little-endian 64-bit numbers."""

    run_id: str
    connection: int
    fingerprint: bytes
    named: bool
    names: list[str]
    counts: list[int]
    steps: bytes
    times: bytes
    values: bytes

    def batch(self) -> list[SeriesPoints]:
        """The points as they were given."""
        steps, times = _integers(self.steps), _integers(self.times)
        values = array("d", self.values)
        if sys.byteorder == "big":
            values.byteswap()
        found = []
        at = 0
        for name, number in zip(self.names, self.counts, strict=True):
            end = at + number
            found.append(SeriesPoints(name, steps[at:end], times[at:end], values[at:end]))
            at = end
        return found


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Entry)


def encode_entry(run_id: str, batch: Sequence[SeriesPoints], receipt: Receipt | None) -> bytes:
    """One frame's payload."""
    if receipt is None:
        recognised: tuple[int, bytes, bool] = (0, b"", False)
    else:
        recognised = (receipt.connection, receipt.fingerprint, receipt.named)
    if len(batch) == 1 and len(batch[0].steps) == 1:
        name, steps, times, values, *_ = batch[0]
        point = _POINT.pack(steps[0], times[0], values[0])
        return _encoder.encode((run_id, *recognised, (name,), (1,), point[:8], point[8:16], point[16:]))
    names = [points.name for points in batch]
    counts = [len(points.steps) for points in batch]
    return _encoder.encode((run_id, *recognised, names, counts, *_columns(batch)))


def decode_entry(payload: bytes) -> Entry:
    """The inverse of `encode_entry`; raises msgspec.DecodeError."""
    return _decoder.decode(payload)


def _columns(batch: Sequence[SeriesPoints]) -> tuple[bytes, bytes, bytes]:
    packed = [points.packed for points in batch if points.packed is not None]
    if len(packed) == len(batch):
        steps, times, values = (b"".join(parts) for parts in zip(*packed, strict=True))
    else:
        steps, times, values = pack_points(
            *(list(chain.from_iterable(columns)) for columns in list(zip(*batch, strict=True))[1:4])
        )
    if sys.byteorder == "little":
        return steps, times, values
    return _swapped(steps), _swapped(times), _swapped(values)


def _swapped(column: bytes) -> bytes:
    numbers = array("q", column)
    numbers.byteswap()
    return numbers.tobytes()


def _integers(column: bytes) -> array[int]:
    numbers = array("q", column)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
