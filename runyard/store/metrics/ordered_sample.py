"""Samples a series that was logged in order chunk by chunk, without holding its points.

A sample is a few hundred of perhaps a million points. Where points are stored in order of (step, time), their places
are known from the counts of the chunks alone, so a few chunks at a time are decoded into the same 768 KiB, checked, and
left for the next. Memory that a process takes anew costs more than decoding: 24 MB of it took as long as the million
points.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from runyard.errors import CorruptData
from runyard.store.metadata.session import Session
from runyard.store.metrics.chunk import CHUNK_POINTS, decode_chunk_into
from runyard.store.metrics.points import Integers, Points, between, concatenate, is_ordered
from runyard.store.metrics.reader import read_tail
from runyard.store.metrics.summary import SeriesRow

# Chunks that are decoded together: looking at each alone would cost half as much as decoding it.
TOGETHER = 8
_CHUNKS = "SELECT seq, count, min_step, max_step FROM metric_chunk WHERE series_id = :series ORDER BY seq"
_PAYLOADS = """
    SELECT count, payload FROM metric_chunk
    WHERE series_id = :series AND seq >= :first AND seq <= :last ORDER BY seq
"""


class Span(NamedTuple):
    """Steps from `start` to `end`, both included; these may lie beyond int64."""

    start: int
    end: int


class _Chunk(NamedTuple):
    seq: int
    points: int
    low: int
    high: int


def chosen_places(count: int, max_results: int) -> Integers:
    """The places of the sample among `count` points."""
    buckets = max(1, max_results)
    if count <= buckets:
        return np.arange(count, dtype=np.int64)
    size, larger = divmod(count, buckets)
    index = np.arange(buckets, dtype=np.int64)
    chosen = index * size + np.minimum(index, larger)
    chosen[-1] = count - 1
    return chosen


def sample_in_order(session: Session, row: SeriesRow, max_results: int, span: Span | None) -> Points | None:
    """The sample of `interval.sample_interval`, or None when the points are not stored in its order.

    Call it in the snapshot in which the row was read. Raises CorruptData.
    """
    chunks = [_Chunk(*found) for found in session.iterate(_CHUNKS, {"series": row.id})]
    tail = read_tail(session, row.run_pk, row.id)
    if sum(chunk.points for chunk in chunks) + len(tail) != row.count:
        raise CorruptData(f"Metric '{row.name}' has fewer stored points than its summary counts.")
    if not _bounds_rise(chunks, tail):
        return None
    if span is not None:
        chunks = [chunk for chunk in chunks if chunk.low <= span.end and chunk.high >= span.start]
    count = sum(_count_within(session, row, chunk, span) for chunk in chunks) + _width(_within(tail, span))
    chosen = chosen_places(count, max_results)
    parts = []
    place = 0
    last: tuple[int, int] | None = None
    for points in _pieces(session, row, chunks, tail):
        if not _continues(points, last):
            return None
        last = (int(points.steps[-1]), int(points.times[-1]))
        first, end = _within(points, span)
        begin, stop = np.searchsorted(chosen, (place, place + end - first))
        # Places of the piece, which the next one overwrites: indexing with them copies.
        parts.append(points[chosen[begin:stop] - place + first])
        place += end - first
    return concatenate(parts)


def _bounds_rise(chunks: list[_Chunk], tail: Points) -> bool:
    """Whether no chunk has a step below those of the chunks before it, nor the tail."""
    highs = [chunk.high for chunk in chunks]
    lows = [chunk.low for chunk in chunks[1:]]
    if len(tail) and chunks:
        lows.append(int(tail.steps.min()))
    return all(high <= low for high, low in zip(highs, lows, strict=False))


def _count_within(session: Session, row: SeriesRow, chunk: _Chunk, span: Span | None) -> int:
    if span is None or (span.start <= chunk.low and chunk.high <= span.end):
        return chunk.points
    (points,) = _decoded(session, row, chunk, chunk)
    return _width(_within(points, span))


def _pieces(session: Session, row: SeriesRow, chunks: list[_Chunk], tail: Points) -> Iterator[Points]:
    """The points of neighbouring chunks, a few at a time, then the tail; a piece is valid until the next is taken."""
    if chunks:
        yield from _decoded(session, row, chunks[0], chunks[-1])
    if len(tail):
        yield tail


def _decoded(session: Session, row: SeriesRow, first: _Chunk, last: _Chunk) -> Iterator[Points]:
    room = TOGETHER * CHUNK_POINTS
    scratch = Points.empty(room)
    used = 0
    bounds = {"series": row.id, "first": first.seq, "last": last.seq}
    for count, payload in session.iterate(_PAYLOADS, bounds):
        if not 0 < count <= CHUNK_POINTS:
            raise CorruptData(f"A chunk of metric '{row.name}' counts {count} points.")
        if used + count > room:
            yield scratch[:used]
            used = 0
        decode_chunk_into(payload, scratch[used : used + count])
        used += count
    if used:
        yield scratch[:used]


def _continues(points: Points, last: tuple[int, int] | None) -> bool:
    """Whether the points are in order, and none sorts before `last`."""
    if last is not None and (points.steps[0], points.times[0]) < last:
        return False
    return is_ordered(points.steps, points.times)


def _within(points: Points, span: Span | None) -> tuple[int, int]:
    """The slice of points in order that lies within the span."""
    return (0, len(points)) if span is None else between(points.steps, span.start, span.end)


def _width(bounds: tuple[int, int]) -> int:
    return bounds[1] - bounds[0]
