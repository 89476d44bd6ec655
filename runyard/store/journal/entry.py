"""What one frame of the journal holds: what a request logged, and by what a retry of it is recognised."""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Sequence
from itertools import chain

import msgspec

from runyard.entities import KeyValue, Run
from runyard.store.metrics.appender import SeriesPoints, pack_points
from runyard.store.operation import Batch, Record
from runyard.store.receipts import Receipt

_POINT = struct.Struct("<qqd")


class NewRunEntry(msgspec.Struct, array_like=True):
    """A run that was created; its tags are the entry's."""

    experiment_id: str
    name: str
    user_id: str
    start_time: int


class Entry(msgspec.Struct, array_like=True):
    """Series i has the next `counts[i]` points of the columns, which are little-endian 64-bit numbers.

    `params` and `tags` are pairs of a key and a value.
    """

    run_id: str
    connection: int
    fingerprint: bytes
    named: bool
    names: list[str]
    counts: list[int]
    steps: bytes
    times: bytes
    values: bytes
    params: list[tuple[str, str]] = []
    tags: list[tuple[str, str]] = []
    created: NewRunEntry | None = None

    def batch(self) -> Batch:
        """What was logged, as it was given."""
        return Batch(self.run_id, self._points(), _as_pairs(self.params), self.tag_pairs())

    def tag_pairs(self) -> list[KeyValue]:
        """The tags, as they were given."""
        return _as_pairs(self.tags)

    def _points(self) -> list[SeriesPoints]:
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


def encode_entry(record: Record, receipt: Receipt | None) -> bytes:
    """One frame's payload; call it when the record was applied, or can't be refused any more."""
    if receipt is None:
        recognised: tuple[int, bytes, bool] = (0, b"", False)
    else:
        recognised = (receipt.connection, receipt.fingerprint, receipt.named)
    if not isinstance(record, Batch):
        assert record.run is not None, "the work has created it"
        return _encode_created(record.run, recognised)
    run_id, batch, params, tags = record
    others = (_pairs(params), _pairs(tags)) if params or tags else ()
    if len(batch) == 1 and len(batch[0].steps) == 1:
        name, steps, times, values, *_ = batch[0]
        point = _POINT.pack(steps[0], times[0], values[0])
        columns: tuple[object, ...] = ((name,), (1,), point[:8], point[8:16], point[16:])
    else:
        names = [points.name for points in batch]
        columns = (names, [len(points.steps) for points in batch], *_columns(batch))
    return _encoder.encode((run_id, *recognised, *columns, *others))


def _encode_created(run: Run, recognised: tuple[int, bytes, bool]) -> bytes:
    info = run.info
    assert info.start_time is not None, "a new run has one"
    created = (info.experiment_id, info.run_name, info.user_id, info.start_time)
    nothing = ((), (), b"", b"", b"", ())
    return _encoder.encode((info.run_id, *recognised, *nothing, _pairs(run.data.tags), created))


def decode_entry(payload: bytes) -> Entry:
    """The inverse of `encode_entry`; raises msgspec.DecodeError."""
    return _decoder.decode(payload)


def _pairs(given: Sequence[KeyValue]) -> list[tuple[str, str]]:
    return [(pair.key, pair.value) for pair in given]


def _as_pairs(pairs: Sequence[tuple[str, str]]) -> list[KeyValue]:
    return [KeyValue(key, value) for key, value in pairs]


def _columns(batch: Sequence[SeriesPoints]) -> tuple[bytes, bytes, bytes]:
    if not batch:
        return b"", b"", b""
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
