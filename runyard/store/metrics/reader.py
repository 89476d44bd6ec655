"""Reads the points of series: chunks in order, then what still lies in the run's tail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from runyard.errors import CorruptData
from runyard.store.metadata.session import Session
from runyard.store.metrics.chunk import CHUNK_POINTS, decode_chunk, decode_chunk_into
from runyard.store.metrics.points import Points, concatenate
from runyard.store.metrics.tail_reader import Tail, decode_tails

_CHUNKS = "SELECT seq, count FROM metric_chunk WHERE series_id = :series ORDER BY seq"
_PAYLOADS = "SELECT count, payload FROM metric_chunk WHERE series_id = :series AND seq >= :seq ORDER BY seq"
_TAIL = "SELECT payload FROM metric_tail WHERE run_id = :run ORDER BY id"


def read_series(session: Session, run_pk: int, series_id: int, *, skip: int = 0) -> Points:
    """The points of one series in arrival order, without the first `skip`; see `read_many`."""
    return read_many(session, run_pk, {series_id: skip})[series_id]


def read_many(session: Session, run_pk: int, wanted: Mapping[int, int]) -> dict[int, Points]:
    """The points of several series of one run, at one moment, in arrival order.

    `wanted` maps a series id to the number of points to leave out at its start; chunks that lie wholly before
    are not read. Holds 24 bytes for every point that it returns, and one tail row. Raises CorruptData.
    """
    with session.snapshot():
        chunks = {series: _read_chunks(session, series, skip) for series, skip in wanted.items()}
        tails = _read_tail(session, run_pk, list(wanted))
    points = {}
    for series, skip in wanted.items():
        left_out, compacted = chunks[series]
        whole = concatenate([part for part in (compacted, *tails[series]) if len(part)])
        points[series] = whole[skip - left_out :] if skip > left_out else whole
    return points


def _read_chunks(session: Session, series: int, skip: int) -> tuple[int, Points]:
    """The points of the chunks that reach beyond `skip`, and how many points lie in those before."""
    left_out = total = 0
    first_seq = None
    for seq, count in session.iterate(_CHUNKS, {"series": series}):
        if not 0 < count <= CHUNK_POINTS:
            raise CorruptData(f"Chunk {seq} of series {series} counts {count} points.")
        if total + count <= skip:
            left_out += count
        elif first_seq is None:
            first_seq = seq
        total += count
    points = Points.empty(total - left_out)
    if first_seq is not None:
        at = 0
        for count, payload in session.iterate(_PAYLOADS, {"series": series, "seq": first_seq}):
            decode_chunk_into(payload, points[at : at + count])
            at += count
    return left_out, points


def _read_tail(session: Session, run_pk: int, series: list[int]) -> dict[int, list[Points]]:
    found: dict[int, list[Points]] = {identity: [] for identity in series}
    for tail in iterate_tail(session, run_pk):
        parts = {series[0]: tail.of(series[0])} if len(series) == 1 else tail.split()
        for identity in found.keys() & parts.keys():
            if len(parts[identity]):
                found[identity].append(parts[identity])
    return found


def iterate_tail(session: Session, run_pk: int) -> Iterator[Tail]:
    """The run's tail in arrival order; use it inside a snapshot."""
    rows = session.iterate(_TAIL, {"run": run_pk})
    return decode_tails(row[0] for row in rows)


def read_tail(session: Session, run_pk: int, series: int) -> Points:
    """The points of one series that lie in the run's tail."""
    return concatenate(_read_tail(session, run_pk, [series])[series])


def read_chunk(session: Session, series: int, seq: int) -> Points:
    """The points of one chunk; raise CorruptData when it is damaged or gone."""
    row = session.one(
        "SELECT payload FROM metric_chunk WHERE series_id = :series AND seq = :seq",
        {"series": series, "seq": seq},
    )
    if row is None:
        raise CorruptData(f"Chunk {seq} of series {series} is missing.")
    return decode_chunk(row[0])
