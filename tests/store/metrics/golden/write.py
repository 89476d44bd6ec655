"""Writes the golden files of the metric formats: `python -m tests.store.metrics.golden.write`.

Run it once when a format gets a new version, under new names; never overwrite files of a released version. Each
`NAME.bin` is a payload, and `NAME.json` lists its points as [step, time, bits of the value in hexadecimal], for tails
behind the series they belong to.
"""

from __future__ import annotations

import json
import struct
from array import array
from pathlib import Path

from runyard.store.metrics.chunk import encode_chunk
from runyard.store.metrics.tail import encode_tail
from tests.store.metrics.samples import LEAST, MOST, ODD_VALUES, Row, points_of

HERE = Path(__file__).parent


def smooth_curve(count: int) -> list[Row]:
    """A loss that falls, from whole numbers alone: the same on every machine."""
    return [(step, 1_700_000_000_000 + 37 * step + step % 7, 4096 / (step + 64)) for step in range(count)]


CHUNKS: dict[str, list[Row]] = {
    "chunk-v1-one": [(0, 1_700_000_000_000, 0.25)],
    "chunk-v1-odd": [
        ((LEAST, MOST, 0, -1)[index % 4], (0, MOST)[index % 2], value)
        for index, value in enumerate(ODD_VALUES)
    ],
    "chunk-v1-curve": smooth_curve(600),
}
# Segments of (series, points).
TAILS: dict[str, list[tuple[int, list[Row]]]] = {
    "tail-v1-one": [(7, [(3, 1_700_000_000_000, 0.5)])],
    "tail-v1-many": [
        (1, smooth_curve(3)),
        (2**40, [(LEAST, 0, ODD_VALUES[1]), (MOST, MOST, float("-inf"))]),
        (1, smooth_curve(5)[3:]),
    ],
}


def bits(value: float) -> str:
    """The bits of a float64 in hexadecimal."""
    return struct.pack(">d", value).hex()


def pack_tail(segments: list[tuple[int, list[Row]]]) -> bytes:
    """A tail row's payload."""
    flat = [row for _, rows in segments for row in rows]
    return encode_tail(
        [series for series, _ in segments],
        [len(rows) for _, rows in segments],
        array("q", [row[0] for row in flat]),
        array("q", [row[1] for row in flat]),
        array("d", [row[2] for row in flat]),
    )


def plain(rows: list[Row]) -> list[list[int | str]]:
    """Rows as JSON has them."""
    return [[step, time, bits(value)] for step, time, value in rows]


def main() -> None:
    """Write every file that is not there yet."""
    files: dict[str, tuple[bytes, object]] = {}
    for name, rows in CHUNKS.items():
        files[name] = (encode_chunk(points_of(rows)), plain(rows))
    for name, segments in TAILS.items():
        files[name] = (pack_tail(segments), [[series, plain(rows)] for series, rows in segments])
    for name, (payload, content) in files.items():
        if not (HERE / f"{name}.bin").exists():
            (HERE / f"{name}.bin").write_bytes(payload)
            (HERE / f"{name}.json").write_text(json.dumps(content) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
