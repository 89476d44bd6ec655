"""Reads the payloads of `metric_tail` rows; the format is in docs/formats/metric-tail.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from zlib import crc32

import numpy as np

from runyard.errors import CorruptData
from runyard.store.metrics.points import Integers, Points, concatenate
from runyard.store.metrics.tail import HEADER, POINT_BYTES, SEGMENT_BYTES, VERSION

# A row of one point, as a loop of single log_metric calls makes them by the thousand.
SINGLE = np.dtype(
    [
        ("version", "u1"),
        ("zero", "u1", 3),
        ("segments", "<u4"),
        ("points", "<u4"),
        ("checksum", "<u4"),
        ("series", "<i8"),
        ("count", "<u4"),
        ("step", "<i8"),
        ("time", "<i8"),
        ("value", "<f8"),
    ]
)
SINGLE_BYTES = HEADER.size + SEGMENT_BYTES + POINT_BYTES


@dataclass(frozen=True, eq=False, slots=True)
class Tail:
    """Points of several series in arrival order: segment i is the next `counts[i]` points, of `series[i]`."""

    series: Integers
    counts: Integers
    points: Points

    def owners(self) -> Integers:
        """The series of each point."""
        return np.repeat(self.series, self.counts)

    def of(self, series_id: int) -> Points:
        """The points of one series."""
        if len(self.series) == 1:
            return self.points if self.series[0] == series_id else Points.empty()
        if series_id not in self.series:
            return Points.empty()
        return self.points[self.owners() == series_id]

    def split(self) -> dict[int, Points]:
        """The points of every series."""
        if not len(self.series):
            return {}
        if (self.series == self.series[0]).all():
            return {int(self.series[0]): self.points}
        owners = self.owners()
        order = np.argsort(owners, kind="stable")
        owners, points = owners[order], self.points[order]
        bounds = np.flatnonzero(np.diff(owners, prepend=owners[:1] - 1, append=owners[-1:] + 1))
        return {
            int(owners[start]): points[start:end]
            for start, end in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True)
        }


def decode_tail(payload: bytes) -> Tail:
    """The content of one row; raise CorruptData when its checksum or its counts are wrong."""
    if len(payload) < HEADER.size:
        raise CorruptData("A metric tail row is shorter than its header.")
    version, segments, points, checksum = HEADER.unpack_from(payload)
    if len(payload) != HEADER.size + SEGMENT_BYTES * segments + POINT_BYTES * points or not points:
        raise CorruptData("A metric tail row does not have the length that its header gives.")
    if crc32(memoryview(payload)[HEADER.size :]) != checksum:
        raise CorruptData("A metric tail row's checksum is wrong.")
    if version != VERSION or payload[1:4] != b"\0\0\0":
        raise CorruptData(
            f"A metric tail row has version {version}, which this version of Runyard does not know."
        )
    at = HEADER.size
    series = np.frombuffer(payload, "<i8", segments, at).astype(np.int64)
    counts = np.frombuffer(payload, "<u4", segments, at + 8 * segments).astype(np.int64)
    if counts.sum() != points:
        raise CorruptData("A metric tail row's segments do not add up to its points.")
    at += SEGMENT_BYTES * segments
    columns = [
        np.frombuffer(payload, kind, points, at + 8 * points * index).astype(kind[1:])
        for index, kind in enumerate(("<i8", "<i8", "<f8"))
    ]
    return Tail(series, counts, Points(*columns))


def decode_tails(payloads: Iterable[bytes]) -> Iterator[Tail]:
    """The content of rows, in order; neighbouring rows of one point each come as one."""
    for single, group in groupby(payloads, lambda payload: len(payload) == SINGLE_BYTES):
        if single:
            yield _decode_singles(list(group))
        else:
            yield from map(decode_tail, group)


def join(tails: Sequence[Tail]) -> Tail:
    """The segments of several rows as one."""
    if not tails:
        return Tail(np.empty(0, np.int64), np.empty(0, np.int64), Points.empty())
    return Tail(
        np.concatenate([tail.series for tail in tails]),
        np.concatenate([tail.counts for tail in tails]),
        concatenate([tail.points for tail in tails]),
    )


def _decode_singles(payloads: list[bytes]) -> Tail:
    rows = np.frombuffer(b"".join(payloads), SINGLE)
    checksums = [crc32(memoryview(payload)[HEADER.size :]) for payload in payloads]
    plain = (rows["version"] == VERSION) & ~rows["zero"].any(axis=1)
    plain &= (rows["segments"] == 1) & (rows["points"] == 1) & (rows["count"] == 1)
    if not plain.all() or rows["checksum"].tolist() != checksums:
        # One of them is damaged: the plain way says how.
        return join([decode_tail(payload) for payload in payloads])
    points = Points(
        rows["step"].astype(np.int64), rows["time"].astype(np.int64), rows["value"].astype(np.float64)
    )
    return Tail(rows["series"].astype(np.int64), rows["count"].astype(np.int64), points)
