"""Runs encoded from kept texts, beside runs that are loaded and encoded plainly."""

from __future__ import annotations

import json
import math
import random
import struct
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from runyard.entities import Dataset, DatasetInput, KeyValue, ModelOutput
from runyard.errors import RunNotFound
from runyard.settings import Settings
from runyard.store.metadata import datasets, run_data, run_json, runs
from runyard.store.metadata.database import connect
from runyard.store.metadata.run_texts import RunTexts
from runyard.store.metadata.session import Session, slices
from runyard.store.metrics.appender import SeriesPoints
from runyard.store.operation import Batch
from runyard.store.store import Store
from runyard.store.transaction import Transaction

TEXTS = [
    "",
    " ",
    "plain",
    "\"quoted\" 'and' `more`",
    "back\\slash \\u0041 \\",
    "".join(map(chr, range(1, 32))),
    "\x7f\x80\x9f\u2028\u2029\ufeff\ufffd",
    "Ärger 中文 😀 👩‍👩‍👧 \U0010ffff",
    '"value":null',
    '{"key":"a","value":"b"},',
    "[]",
    "null",
    "1e5",
    "x" * 6000,
]
VALUES = [
    math.nan,
    math.inf,
    -math.inf,
    0.0,
    -0.0,
    3.0,
    -7.0,
    0.1 + 0.2,
    1 / 3,
    math.pi * 1e10,
    5e-324,
    2.2250738585072014e-308,
    1.7976931348623157e308,
    2.0**53 + 2,
    123456789012345680.0,
    1e16,
    1e22,
    -1e-7,
    9007199254740993.0,
    struct.unpack("f", struct.pack("f", 0.1))[0],
]
IRIS = DatasetInput(Dataset("iris", "d1", "local", "{}"), [KeyValue("mlflow.data.context", "training")])


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "workspace", Settings(durability="relaxed")) as opened:
        yield opened


def create(store: Store, run_id: str = "a-run") -> str:
    return store.write(lambda tx: runs.create(tx, runs.NewRun(run_id, "0", "", "", None, [])))


def pairs(texts: Sequence[str]) -> list[KeyValue]:
    return [KeyValue(f"{index}{text[:200]}", text) for index, text in enumerate(texts)]


def points(values: Sequence[float], step: int = 0) -> list[SeriesPoints]:
    return [SeriesPoints(f"m{index}", [step], [7], [value]) for index, value in enumerate(values)]


def log(
    store: Store, metrics: Sequence[SeriesPoints] = (), params: Sequence[KeyValue] = (), run_id: str = "a-run"
) -> None:
    store.write(lambda tx: runs.log_batch(tx, Batch(run_id, metrics, params, [])))


def exact(runs_: object) -> Any:
    """The answer with its numbers as they are spelt: 0.0 and -0.0 are equal, and 1 and 1.0."""
    return json.loads(msgspec.json.encode(runs_), parse_float=lambda text: ("float", repr(float(text))))


def keys_of(session: Session) -> list[int]:
    return [row[0] for row in session.all("SELECT id FROM run ORDER BY id DESC")]


def check(session: Session, texts: RunTexts) -> None:
    """Texts that are read, and texts that are kept, must give what loading gives."""
    with session.snapshot():
        keys = keys_of(session)
        expected = exact(run_data.load(session, keys))
        assert exact(run_json.load(session, texts, keys)) == expected
        assert exact(run_json.load(session, texts, keys)) == expected
        assert exact(run_json.load(session, RunTexts(0), keys)) == expected


def test_texts_of_any_kind(store: Store) -> None:
    create(store)
    log(store, params=pairs(TEXTS))
    store.write(lambda tx: runs.set_tags(tx, "a-run", pairs(TEXTS)))
    log(store, [SeriesPoints(f"{index}{text[:200]}", [0], [0], [1.5]) for index, text in enumerate(TEXTS)])
    check(store.session(), store.run_texts)


def test_values_of_any_kind(store: Store) -> None:
    create(store)
    generator = random.Random(1)
    anything = [struct.unpack("d", generator.randbytes(8))[0] for _ in range(300)]
    log(store, points(VALUES + anything))
    check(store.session(), store.run_texts)
    metrics = exact(run_json.get(store.session(), store.run_texts, "a-run"))["data"]["metrics"]
    values = {metric["key"]: metric["value"] for metric in metrics}
    for index, value in enumerate(VALUES):
        spelt = {"inf": "Infinity", "-inf": "-Infinity", "nan": "NaN"}.get(
            repr(value), ("float", repr(value))
        )
        # SQLite keeps no sign of zero in the form in which it stores small whole numbers.
        assert values[f"m{index}"] == (("float", "0.0") if value == 0 else spelt)


def test_extreme_steps_and_times(store: Store) -> None:
    create(store)
    log(
        store,
        [SeriesPoints(str(number), [number], [abs(number)], [0.5]) for number in (0, -5, 2**62, -(2**62))],
    )
    check(store.session(), store.run_texts)


def test_empty_lists_are_left_out(store: Store) -> None:
    session = store.session()
    create(store)
    session.connection.execute("PRAGMA query_only = OFF")
    session.run("DELETE FROM run_tag")
    assert exact(run_json.get(session, store.run_texts, "a-run"))["data"] == {}
    check(session, store.run_texts)
    log(store, points([1.0]))
    assert set(exact(run_json.get(session, store.run_texts, "a-run"))["data"]) == {"metrics"}


def test_inputs_and_outputs(store: Store) -> None:
    for run_id in ("none", "in", "out", "both"):
        create(store, run_id)
        if run_id in ("in", "both"):
            inputs = datasets.Inputs(run_id, [IRIS], ["m-1"])
            store.write(lambda tx, inputs=inputs: datasets.log_inputs(tx, inputs))  # type: ignore[misc]
        if run_id in ("out", "both"):
            made = [ModelOutput("m-2", 4)]
            store.write(lambda tx, run_id=run_id, made=made: datasets.log_outputs(tx, run_id, made))  # type: ignore[misc]
    check(store.session(), store.run_texts)
    # Those without share empty ones, which must stay so.
    assert exact(run_json.get(store.session(), store.run_texts, "none"))["inputs"] == {}


def test_more_runs_than_one_statement_takes(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_json, "slices", partial(slices, size=3))
    for number in range(8):
        create(store, f"run-{number}")
        log(store, points([float(number)]), run_id=f"run-{number}")
    check(store.session(), store.run_texts)
    # In the order asked, without those that are not there.
    found = run_json.load(store.session(), store.run_texts, [5, 99, 2, 7])
    assert [run.info.run_id for run in found] == ["run-4", "run-1", "run-6"]


def test_an_unknown_run(store: Store) -> None:
    with pytest.raises(RunNotFound):
        run_json.get(store.session(), store.run_texts, "unknown")


WRITES: list[Callable[[Transaction], object]] = [
    lambda tx: runs.log_batch(tx, Batch("a-run", points([1.0]), [], [])),
    # A later point; one at an earlier step, which changes nothing; the same again.
    lambda tx: runs.log_batch(tx, Batch("a-run", points([2.0], 5), [], [])),
    lambda tx: runs.log_batch(tx, Batch("a-run", points([3.0], 4), [], [])),
    lambda tx: runs.log_batch(tx, Batch("a-run", points([2.0], 5), [], [])),
    lambda tx: runs.log_batch(tx, Batch("a-run", points([math.nan, 1.0], 9), [], [])),
    lambda tx: runs.log_batch(tx, Batch("a-run", [], pairs(["a"]), [])),
    lambda tx: runs.log_batch(tx, Batch("a-run", [], pairs(["a", "b"]), [])),
    lambda tx: runs.set_tags(tx, "a-run", [KeyValue("t", "1")]),
    lambda tx: runs.set_tags(tx, "a-run", [KeyValue("t", "2")]),
    lambda tx: runs.delete_tag(tx, "a-run", "t"),
    lambda tx: runs.update(tx, "a-run", runs.RunUpdate("FINISHED", 5, "renamed")),
    lambda tx: datasets.log_inputs(tx, datasets.Inputs("a-run", [IRIS], ["m-1"])),
    lambda tx: datasets.log_outputs(tx, "a-run", [ModelOutput("m-1", 1)]),
    lambda tx: datasets.log_outputs(tx, "a-run", [ModelOutput("m-1", 2)]),
    lambda tx: runs.delete(tx, "a-run"),
    lambda tx: runs.restore(tx, "a-run"),
]


def test_every_write_shows_at_once(store: Store) -> None:
    create(store)
    create(store, "another")
    for write in WRITES:
        store.write(write)
        check(store.session(), store.run_texts)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.integers(0, 3), st.floats(), st.sampled_from("pm")),
        max_size=12,
    )
)
def test_kept_texts_follow_any_writes(
    tmp_path_factory: pytest.TempPathFactory, writes: list[tuple[int, int, float, str]]
) -> None:
    with Store(tmp_path_factory.mktemp("writes"), Settings(durability="relaxed")) as store:
        for number in range(3):
            create(store, f"run-{number}")
        for number, name, value, kind in writes:
            if kind == "m":
                log(store, [SeriesPoints(f"m{name}", [name], [1], [value])], run_id=f"run-{number}")
            else:
                log(store, params=[KeyValue(f"p{name}", "v")], run_id=f"run-{number}")
            check(store.session(), store.run_texts)


def test_writes_of_another_process_show_at_once(store: Store) -> None:
    create(store)
    log(store, points([1.0]), pairs(["a"]))
    check(store.session(), store.run_texts)
    with Store(store.folder, Settings(durability="relaxed")) as other:
        log(other, points([2.0], 1), pairs(["a", "b"]))
    check(store.session(), store.run_texts)


def test_each_snapshot_gets_its_own_lists(store: Store) -> None:
    create(store)
    log(store, points([1.0]))
    older = connect(store.folder, read_only=True)
    with older.snapshot():
        before = exact(run_json.get(older, store.run_texts, "a-run"))
        log(store, points([2.0], 1))
        check(store.session(), store.run_texts)
        assert exact(run_json.get(older, store.run_texts, "a-run")) == before
        check(older, store.run_texts)
    check(store.session(), store.run_texts)
    older.close()
