"""Reads the payloads of `metric_tail` rows; the format is in docs/formats/metric-tail.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from zlib import crc32

import numpy as np

from runyard.errors import CorruptData
from runyard.store.metrics.points import Integers, Points, concatenate
from runyard.store.metrics.tail import CHECKSUM, CHECKSUM_AT, HEADER, POINT_BYTES, SEGMENT_BYTES, VERSION

# Rows of one shape that are decoded at once.
TOGETHER = 4096


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
    return _decode_alike([payload])


def decode_tails(payloads: Iterable[bytes]) -> Iterator[Tail]:
    """The content of rows, in order; neighbouring rows of one shape come as one.

    A training loop logs the same metrics again and again, which makes thousands of small rows of one shape.
    """
    for _, group in groupby(payloads, _shape):
        while alike := list(islice(group, TOGETHER)):
            yield _decode_alike(alike)


def _shape(payload: bytes) -> tuple[int, bytes]:
    """The length, and the header before the checksum."""
    return len(payload), payload[:CHECKSUM_AT]


def _decode_alike(payloads: Sequence[bytes]) -> Tail:
    """The content of rows of one shape."""
    segments, points = _check(payloads)
    table = np.frombuffer(b"".join(payloads), np.uint8).reshape(len(payloads), -1)
    at = HEADER.size
    columns = []
    for kind, number in (
        ("<i8", segments),
        ("<u4", segments),
        ("<i8", points),
        ("<i8", points),
        ("<f8", points),
    ):
        width = np.dtype(kind).itemsize * number
        columns.append(np.ascontiguousarray(table[:, at : at + width]).view(kind))
        at += width
    series, counts, steps, times, values = columns
    if (counts.sum(axis=1, dtype=np.int64) != points).any():
        raise CorruptData("A metric tail row's segments do not add up to its points.")
    return Tail(
        series.reshape(-1).astype(np.int64),
        counts.reshape(-1).astype(np.int64),
        Points(
            steps.reshape(-1).astype(np.int64),
            times.reshape(-1).astype(np.int64),
            values.reshape(-1).astype(np.float64),
        ),
    )


def _check(payloads: Sequence[bytes]) -> tuple[int, int]:
    """The segments and the points of each of the rows, whose headers and checksums are right."""
    first = payloads[0]
    if len(first) < HEADER.size:
        raise CorruptData("A metric tail row is shorter than its header.")
    version, segments, points, _ = HEADER.unpack_from(first)
    size = HEADER.size + SEGMENT_BYTES * segments + POINT_BYTES * points
    if len(first) != size or not points or not segments:
        raise CorruptData("A metric tail row does not have the length that its header gives.")
    for payload in payloads:
        if crc32(memoryview(payload)[HEADER.size :]) != CHECKSUM.unpack_from(payload, CHECKSUM_AT)[0]:
            raise CorruptData("A metric tail row's checksum is wrong.")
    if version != VERSION or first[1:4] != b"\0\0\0":
        raise CorruptData(
            f"A metric tail row has version {version}, which this version of Runyard does not know."
        )
    return segments, points


def join(tails: Sequence[Tail]) -> Tail:
    """The segments of several rows as one."""
    if not tails:
        return Tail(np.empty(0, np.int64), np.empty(0, np.int64), Points.empty())
    return Tail(
        np.concatenate([tail.series for tail in tails]),
        np.concatenate([tail.counts for tail in tails]),
        concatenate([tail.points for tail in tails]),
    )
