"""Reads the frames of a client's spool (docs/formats/spool.md).

Points are gathered by run and metric, so that a million of them cost a loop and not a million calls.
"""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Sequence
from typing import Literal, NamedTuple
from zlib import crc32

from runyard.errors import BadRequest
from runyard.store.producers import Range

POINT, POINTS, REQUEST = 1, 2, 3
_HEAD = struct.Struct("<II")
_POINT = struct.Struct("<Bqqd")
_SHORT = struct.Struct("<H")
_LONG = struct.Struct("<I")


class Column:
    """Points of one metric of one run in their order, and the numbers of the frames that brought them."""

    __slots__ = ("frames", "steps", "times", "values")

    def __init__(self) -> None:
        self.steps: list[int] = []
        self.times: list[int] = []
        self.values: list[float] = []
        self.frames: list[int] = []


class Points(NamedTuple):
    """What consecutive frames logged, by run id and metric."""

    columns: dict[tuple[str, str], Column]


class Called(NamedTuple):
    """A request, and the number of its frame."""

    frame: int
    path: str
    body: bytes


Step = Points | Called
# By the end of a frame of one point: length of the run id, run id, metric.
_Gathered = dict[bytes, Column]


def split(payload: bytes) -> list[bytes]:
    """Frames from their kinds on; raises BadRequest where one is damaged."""
    found = []
    at, end = 0, len(payload)
    while at < end:
        if end - at < _HEAD.size:
            raise _damaged(at, "its head is cut off")
        length, checksum = _HEAD.unpack_from(payload, at)
        start = at
        at = start + _HEAD.size + length
        body = payload[start + _HEAD.size : at]
        if not length or at > end:
            raise _damaged(start, "it is cut off")
        if crc32(body) != checksum:
            raise _damaged(start, "its checksum is wrong")
        found.append(body)
    return found


def _damaged(at: int, why: str) -> BadRequest:
    return BadRequest(f"The frame at byte {at} of the body can't be read: {why}.")


def read_frames(frames: Sequence[bytes], first: int, wanted: Sequence[Range]) -> list[Step]:
    """What the frames of the wanted numbers say, in their order: points of a stretch together, and requests.

    `first` is the number of the first frame. Raises BadRequest where one can't be read.
    """
    steps: list[Step] = []
    gathered: _Gathered = {}
    unpack = _POINT.unpack_from
    number = first
    try:
        for start, last in wanted:
            for number in range(start, last + 1):
                body = frames[number - first]
                kind = body[0]
                if kind == POINT:
                    _, step, time, value = unpack(body)
                    target = body[_POINT.size :]
                    column = gathered.get(target)
                    if column is None:
                        column = gathered[target] = Column()
                    column.steps.append(step)
                    column.times.append(time)
                    column.values.append(value)
                    column.frames.append(number)
                elif kind == POINTS:
                    _gather(body, number, gathered)
                elif kind == REQUEST:
                    if gathered:
                        steps.append(_points(gathered))
                        gathered = {}
                    end = 2 + body[1]
                    steps.append(Called(number, body[2:end].decode("ascii"), body[end:]))
                else:
                    raise BadRequest(
                        f"Frame {number} is of kind {kind}, which this server does not know: upgrade runyard."
                    )
        if gathered:
            steps.append(_points(gathered))
    except (struct.error, IndexError, ValueError) as error:
        raise BadRequest(f"Frame {number} can't be read: {error}.") from None
    return steps


def _points(gathered: _Gathered) -> Points:
    columns = {}
    for target, column in gathered.items():
        run, at = _text(target, 0)
        columns[run.decode(), target[at:].decode()] = column
    return Points(columns)


def _text(body: bytes, at: int) -> tuple[bytes, int]:
    (length,) = _SHORT.unpack_from(body, at)
    at += _SHORT.size
    if at + length > len(body):
        raise ValueError("a text is cut off")
    return body[at : at + length], at + length


def _gather(body: bytes, number: int, gathered: _Gathered) -> None:
    """Add a frame of points of one run."""
    run, at = _text(body, 1)
    head = _SHORT.pack(len(run)) + run
    (names,) = _SHORT.unpack_from(body, at)
    at += _SHORT.size
    columns = []
    for _ in range(names):
        name, at = _text(body, at)
        column = gathered.setdefault(head + name, Column())
        column.frames.append(number)
        columns.append(column)
    (count,) = _LONG.unpack_from(body, at)
    at += _LONG.size
    places, at = _integers("H", body, at, count if names != 1 else 0)
    steps, at = _integers("q", body, at, count)
    times, at = _integers("q", body, at, count)
    values: array[float] = array("d")
    at = _fill(values, body, at, count)
    if at != len(body):
        raise ValueError("it is longer than its columns")
    if names == 1:
        columns[0].steps += steps
        columns[0].times += times
        columns[0].values += values
        return
    for place, step, time, value in zip(places, steps, times, values, strict=True):
        column = columns[place]
        column.steps.append(step)
        column.times.append(time)
        column.values.append(value)


def _integers(kind: Literal["H", "q"], body: bytes, at: int, count: int) -> tuple[array[int], int]:
    column: array[int] = array(kind)
    return column, _fill(column, body, at, count)


def _fill(column: array[int] | array[float], body: bytes, at: int, count: int) -> int:
    """Read a column of `count` numbers; where it ends."""
    end = at + count * column.itemsize
    if end > len(body):
        raise ValueError("a column is cut off")
    column.frombytes(body[at:end])
    if sys.byteorder == "big":
        column.byteswap()
    return end
