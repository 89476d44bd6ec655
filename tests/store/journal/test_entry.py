"""What a frame holds is exactly what was logged."""

from __future__ import annotations

import struct
from collections.abc import Sequence

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from runyard.entities import ACTIVE, RUNNING, KeyValue, Run, RunData, RunInfo
from runyard.store.journal.entry import decode_entry, encode_entry
from runyard.store.metrics.appender import SeriesPoints
from runyard.store.operation import Batch
from runyard.store.receipts import Receipt

INTEGERS = st.integers(-(2**63), 2**63 - 1)
POINTS = st.tuples(INTEGERS, st.integers(0, 2**63 - 1), st.floats())
PAIRS = st.lists(st.builds(KeyValue, st.text(min_size=1), st.text()), max_size=3)


@st.composite
def points(draw: st.DrawFn) -> list[SeriesPoints]:
    found = []
    for name in draw(st.lists(st.text(min_size=1, max_size=20), unique=True, max_size=4)):
        steps, times, values = zip(*draw(st.lists(POINTS, min_size=1, max_size=5)), strict=True)
        found.append(SeriesPoints(name, steps, times, values))
    return found


def plain(metrics: Sequence[SeriesPoints]) -> list[tuple[object, ...]]:
    """Comparable, NaN and -0.0 included."""
    return [
        (points.name, list(points.steps), list(points.times), [struct.pack("<d", x) for x in points.values])
        for points in metrics
    ]


@given(points(), PAIRS, PAIRS, st.binary(min_size=16, max_size=16), st.booleans(), st.integers(0, 2**40))
def test_a_batch_is_read_as_it_was_written(
    metrics: list[SeriesPoints],
    params: list[KeyValue],
    tags: list[KeyValue],
    fingerprint: bytes,
    named: bool,
    connection: int,
) -> None:
    receipt = Receipt(fingerprint, named)
    receipt.connection = connection
    entry = decode_entry(encode_entry(Batch("a" * 32, metrics, params, tags), receipt))
    assert (entry.run_id, entry.fingerprint, entry.named) == ("a" * 32, fingerprint, named)
    assert entry.connection == connection
    assert entry.created is None
    batch = entry.batch()
    assert plain(batch.metrics) == plain(metrics)
    assert (batch.run_id, batch.params, batch.tags) == ("a" * 32, params, tags)


class Creation:
    """Of a run, after its work."""

    def __init__(self, run: Run | None) -> None:
        self.run = run


@given(st.text(), st.text(), INTEGERS, PAIRS)
def test_a_new_run_is_read_as_it_was_written(
    name: str, user: str, start_time: int, tags: list[KeyValue]
) -> None:
    info = RunInfo(
        run_id="b" * 32,
        run_uuid="b" * 32,
        run_name=name,
        experiment_id="17",
        user_id=user,
        status=RUNNING,
        start_time=start_time,
        artifact_uri="mlflow-artifacts:/17/b/artifacts",
        lifecycle_stage=ACTIVE,
    )
    entry = decode_entry(encode_entry(Creation(Run(info, RunData([], [], tags))), None))
    assert entry.run_id == "b" * 32
    assert entry.created is not None
    created = entry.created
    assert (created.experiment_id, created.name, created.user_id) == ("17", name, user)
    assert created.start_time == start_time
    assert entry.tag_pairs() == tags


def test_a_request_that_nobody_repeats_has_no_fingerprint() -> None:
    entry = decode_entry(encode_entry(Batch("r", [SeriesPoints("loss", [1], [2], [3.0])], [], []), None))
    assert (entry.connection, entry.fingerprint, entry.named) == (0, b"", False)


def test_entries_of_version_1_are_points_alone() -> None:
    columns = (struct.pack("<q", 1), struct.pack("<q", 2), struct.pack("<d", 3.0))
    payload = msgspec.msgpack.encode(("r", 0, b"", False, ("loss",), (1,), *columns))
    batch = decode_entry(payload).batch()
    assert plain(batch.metrics) == [("loss", [1], [2], [struct.pack("<d", 3.0)])]
    assert batch.has_only_points()
