"""Whatever happens to a store, in whatever order: it holds what was answered, as a plain list would."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from runyard.entities import KeyValue
from runyard.errors import InvalidParameter, RunyardError
from runyard.settings import Settings
from runyard.store.check import check
from runyard.store.journal import file, journal
from runyard.store.metadata import runs
from runyard.store.metrics.appender import SeriesPoints
from runyard.store.store import Store
from tests.store.journal.helpers import RUN, create_run, log, values
from tests.store.journal.test_changes import create, log_texts, stored

NAMES = ("a", "b")
ACTIONS = (
    "log",
    "log",
    "log",
    "many",
    "create",
    "create",
    "param",
    "param",
    "conflict",
    "mixed",
    "read",
    "tag",
    "fail",
    "refuse",
    "full",
    "room",
    "compact",
    "restart",
    "kill",
)


@pytest.fixture(autouse=True)
def small_journal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A lap takes few requests, and nothing is stored by the clock."""
    monkeypatch.setattr(file, "FILE_BYTES", 4096)
    monkeypatch.setattr(journal, "RESERVE_BYTES", 600)
    monkeypatch.setattr(journal, "INTERVAL_SECONDS", 60.0)


class Model:
    """A store and what it must hold."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._step = 0
        self.expected: dict[str, list[float]] = {name: [] for name in NAMES}
        self.params: dict[str, str] = {}
        self.tags: dict[str, str] = {}
        self.runs = {RUN}
        self._open(folder / "0")
        create_run(self.store)

    def _open(self, folder: Path) -> None:
        self._at = folder
        self.store = Store(folder, Settings(durability="relaxed", compact_idle_seconds=1000))

    def log(self, names: tuple[str, ...], number: int) -> None:
        """Log points at later and later steps, so that a history is in the order of arrival."""
        steps = range(self._step, self._step + number)
        self._step += number
        batch = [SeriesPoints(name, steps, steps, [float(step) for step in steps]) for name in names]
        try:
            log(self.store, *batch)
        except RunyardError:
            return  # the database is full, and says so
        for name in names:
            self.expected[name] += batch[0].values

    def create(self) -> None:
        """Create a run with a tag."""
        run_id = f"run-{len(self.runs)}"
        try:
            create(self.store, run_id, [KeyValue("a", "x" * 200)])
        except RunyardError:
            return
        self.runs.add(run_id)

    def log_texts(self, number: int, conflict: bool) -> None:
        """Log a parameter, which may be there with this value or with another one, beside a tag and a point."""
        key, value = f"p{number % 7}", "x" * (number % 7)
        wrong = conflict and key in self.params
        tag = f"t{self._step}"
        step = self._step
        self._step += 1
        points = [SeriesPoints("a", [step], [step], [float(step)])]
        try:
            log_texts(self.store, RUN, {key: value + "!" * wrong}, {"last": tag}, points)
        except RunyardError as error:
            assert wrong or "nothing was stored" in str(error)
            return
        assert not wrong
        self.params[key] = value
        self.tags["last"] = tag
        self.expected["a"].append(float(step))

    def check_texts(self) -> None:
        """Compare runs, parameters and tags."""
        found = stored(self.store, RUN)
        assert found["params"] == self.params
        assert found["tags"].get("last") == self.tags.get("last")
        ids = {row[0] for row in self.store.session().all("SELECT run_id FROM run")}
        assert ids == self.runs
        for run_id in self.runs - {RUN}:
            assert stored(self.store, run_id)["tags"] == {"a": "x" * 200}

    def limit_pages(self, number: int) -> None:
        """Let the database grow to `number` pages; 0: no further."""
        session = self.store.writer._transaction.session
        row = session.one("PRAGMA page_count")
        assert row is not None
        session.run(f"PRAGMA max_page_count = {number or row[0]}")

    def restart(self, killed: bool) -> None:
        """Close and open the store, or open a copy of its folder as a killed process leaves it."""
        target = self._folder / str(int(self._at.name) + 1)
        if killed:
            shutil.copytree(self._at, target)
        self.store.close()
        if not killed:
            shutil.copytree(self._at, target)
        self._open(target)

    def act(self, action: str, number: int) -> None:
        """Do one thing."""
        if action == "log":
            self.log(NAMES[: 1 + number % 2], 1)
        elif action == "many":
            self.log(NAMES, number)
        elif action == "read":
            assert values(self.store, "a") == self.visible("a")
            if not self.store.writer._transaction.journal.waiting:
                self.check_texts()
        elif action == "create":
            self.create()
        elif action in ("param", "conflict", "mixed"):
            self.log_texts(number, conflict=action == "conflict")
        elif action in ("tag", "fail", "refuse"):
            self._write(action)
        elif action in ("full", "room"):
            self.limit_pages(0 if action == "full" else 4294967294)
        elif action == "compact":
            self.limit_pages(4294967294)
            self.store.compactor.compact_now()
        else:
            self.restart(killed=action == "kill")

    def visible(self, name: str) -> list[float]:
        """What readers must see: all, but for what a full database left in the journal."""
        kept = len(values(self.store, name))
        if self.store.writer._transaction.journal.waiting:
            return self.expected[name][:kept]
        return self.expected[name]

    def _write(self, action: str) -> None:
        try:
            if action == "refuse":
                log(self.store, SeriesPoints("a", [0], [0], [0.0]), run_id="unknown")
            else:
                self.store.write(lambda tx: _tag(tx, fail=action == "fail"))
        except RunyardError:
            pass


def _tag(transaction: object, fail: bool) -> None:
    runs.set_tags(transaction, RUN, [KeyValue("tag", "value")])  # type: ignore[arg-type]  # it is a Transaction
    if fail:
        raise InvalidParameter("no")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(ACTIONS), st.integers(1, 120)), max_size=25))
def test_a_store_holds_what_was_answered(actions: list[tuple[str, int]]) -> None:
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as folder:
        model = Model(Path(folder))
        try:
            for action, number in actions:
                model.act(action, number)
            model.limit_pages(4294967294)
            for name in NAMES:
                assert values(model.store, name) == model.expected[name]
            model.check_texts()
        finally:
            model.store.close()
        report = check(model._at)
        assert report.ok, report.problems
        assert report.waiting == 0
