"""What a frame holds is exactly what was logged."""

from __future__ import annotations

import struct

from hypothesis import given
from hypothesis import strategies as st

from runyard.store.journal.entry import decode_entry, encode_entry
from runyard.store.metrics.appender import SeriesPoints
from runyard.store.receipts import Receipt

INTEGERS = st.integers(-(2**63), 2**63 - 1)
POINTS = st.tuples(INTEGERS, st.integers(0, 2**63 - 1), st.floats())


@st.composite
def batches(draw: st.DrawFn) -> list[SeriesPoints]:
    found = []
    for name in draw(st.lists(st.text(min_size=1, max_size=20), unique=True, min_size=1, max_size=4)):
        steps, times, values = zip(*draw(st.lists(POINTS, min_size=1, max_size=5)), strict=True)
        found.append(SeriesPoints(name, steps, times, values))
    return found


def plain(batch: list[SeriesPoints]) -> list[tuple[object, ...]]:
    """Comparable, NaN and -0.0 included."""
    return [
        (points.name, list(points.steps), list(points.times), [struct.pack("<d", x) for x in points.values])
        for points in batch
    ]


@given(batches(), st.binary(min_size=16, max_size=16), st.booleans(), st.integers(0, 2**40))
def test_an_entry_is_read_as_it_was_written(
    batch: list[SeriesPoints], fingerprint: bytes, named: bool, connection: int
) -> None:
    receipt = Receipt(fingerprint, named)
    receipt.connection = connection
    entry = decode_entry(encode_entry("a" * 32, batch, receipt))
    assert (entry.run_id, entry.fingerprint, entry.named) == ("a" * 32, fingerprint, named)
    assert entry.connection == connection
    assert plain(entry.batch()) == plain(batch)


def test_a_request_that_nobody_repeats_has_no_fingerprint() -> None:
    entry = decode_entry(encode_entry("r", [SeriesPoints("loss", [1], [2], [3.0])], None))
    assert (entry.connection, entry.fingerprint, entry.named) == (0, b"", False)
