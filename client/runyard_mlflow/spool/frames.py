"""Writes frames of the spool, and finds them in a segment (docs/formats/spool.md in Runyard's repository)."""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Sequence
from zlib import crc32

POINT, POINTS, REQUEST = 1, 2, 3
HEAD = struct.Struct("<II")
_POINT = struct.Struct("<Bqqd")
_SHORT = struct.Struct("<H")
_pack_head = HEAD.pack
_pack_point = _POINT.pack


def target_of(run_id: str, name: str) -> bytes:
    """The end of a point's frame: which run and metric it belongs to."""
    run = run_id.encode()
    return _SHORT.pack(len(run)) + run + name.encode()


def point_frame(target: bytes, step: int, time: int, value: float) -> bytes:
    """A frame of one point; raises struct.error for what is no number of 64 bits."""
    body = _pack_point(POINT, step, time, value) + target
    return _pack_head(len(body), crc32(body)) + body


def points_frame(
    run_id: str, names: Sequence[str], steps: Sequence[int], times: Sequence[int], values: Sequence[float]
) -> bytes:
    """A frame of points of one run, all of the same length; raises TypeError or OverflowError for what is no number."""
    places = {name: place for place, name in enumerate(dict.fromkeys(names))}
    columns: list[array[int] | array[float]] = [array("q", steps), array("q", times), array("d", values)]
    if len(places) > 1:
        columns.insert(0, array("H", [places[name] for name in names]))
    if sys.byteorder == "big":
        for column in columns:
            column.byteswap()
    parts = [bytes((POINTS,)), _text(run_id), _SHORT.pack(len(places))]
    parts += [_text(name) for name in places]
    parts.append(len(names).to_bytes(4, "little"))
    parts += [column.tobytes() for column in columns]
    return _frame(b"".join(parts))


def request_frame(path: str, body: bytes) -> bytes:
    """A frame of a request of MLflow's API."""
    name = path.encode("ascii")
    return _frame(bytes((REQUEST, len(name))) + name + body)


def _text(text: str) -> bytes:
    encoded = text.encode()
    return _SHORT.pack(len(encoded)) + encoded


def _frame(body: bytes) -> bytes:
    return _pack_head(len(body), crc32(body)) + body


def frame_ends(data: bytes | memoryview, start: int = 0) -> list[int]:
    """Where each whole frame from `start` on ends; what follows the last was never finished."""
    ends = []
    at, size = start, len(data)
    while at + HEAD.size <= size:
        length, checksum = HEAD.unpack_from(data, at)
        body = at + HEAD.size
        if not length or body + length > size or crc32(data[body : body + length]) != checksum:
            break
        at = body + length
        ends.append(at)
    return ends
