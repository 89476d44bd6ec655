"""`check` finds every kind of damage, and nothing in a healthy workspace, also while it is written to."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest

from runyard.errors import InvalidState
from runyard.store.check import MOST_LISTED, Report, check
from runyard.store.metrics.appender import SeriesPoints
from tests.store.journal.helpers import create_run, log
from tests.store.metrics.samples import ODD_VALUES, Workspace, walk, workspace


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A closed workspace with chunks and a tail."""
    with workspace(tmp_path / "workspace") as space:
        fill(space)
    return tmp_path / "workspace"


def fill(space: Workspace) -> None:
    space.append_points("loss", walk(9000))
    space.append_points("loss", walk(5000, 1), 2)
    space.append({"odd": [(index % 3, 5, value) for index, value in enumerate(ODD_VALUES)]})
    space.store.compactor.compact_now()
    space.append({"odd": [(2, 5, 7.0), (-5, 9, float("nan"))], "new": [(0, 0, 1.0)]})


def damage(folder: Path, *statements: str) -> Report:
    """Change rows behind the store's back, then check."""
    with workspace(folder) as space:

        def work(sql: str) -> None:
            space.store.write(lambda tx: tx.session.run(sql))

        for statement in statements:
            work(statement)
    return check(folder)


def test_a_healthy_workspace_has_no_problems(folder: Path) -> None:
    report = check(folder)
    assert report.ok, report.problems
    assert (report.runs, report.series, report.chunks, report.tail_rows) == (2, 4, 6, 1)
    assert report.points == 9000 + 5000 + len(ODD_VALUES) + 3


def test_a_live_workspace_has_no_problems_at_any_moment(tmp_path: Path) -> None:
    with workspace(tmp_path) as space:
        space.append_points("loss", walk(1000))
        stop = threading.Event()

        def log() -> None:
            while not stop.is_set():
                space.append_points("loss", walk(500))
                space.store.compactor.compact_now()

        thread = threading.Thread(target=log)
        thread.start()
        try:
            reports = [check(tmp_path) for _ in range(5)]
        finally:
            stop.set()
            thread.join()
    assert all(report.ok for report in reports), [report.problems for report in reports]


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        (
            "UPDATE metric_chunk SET payload = zeroblob(500) WHERE seq = 1",
            "does not start with its header",
        ),
        ("UPDATE metric_chunk SET payload = substr(payload, 1, length(payload) - 1)", "checksum"),
        ("UPDATE metric_chunk SET count = count + 1", "but counts"),
        ("UPDATE metric_chunk SET max_step = max_step + 1", "bounds that its points contradict"),
        ("UPDATE metric_chunk SET min_value = NULL", "bounds that its points contradict"),
        ("DELETE FROM metric_chunk WHERE seq = 0", "stored points but counts"),
        ("DELETE FROM metric_tail", "stored points but counts"),
        ("UPDATE metric_tail SET payload = x'01'", "shorter than its header"),
        ("UPDATE metric_tail SET points = points + 1", "but counts"),
        ("UPDATE series SET count = count + 1", "stored points but counts"),
        ("UPDATE series SET non_finite = non_finite + 1", "not finite"),
        ("UPDATE series SET latest_value = 12345.0", "latest point"),
        ("UPDATE series SET latest_step = latest_step - 1", "latest point"),
        ("UPDATE series SET min_value = -99", "has min_value -99"),
        ("UPDATE series SET max_value = 99", "has max_value 99"),
        ("UPDATE series SET min_step = -99", "has min_step -99"),
        ("UPDATE series SET max_time = 99", "has max_time 99"),
        ("UPDATE series SET id = id + 100", "belongs to no series"),
        ("UPDATE metric_chunk SET run_id = 2 WHERE run_id = 1", "belongs to no series of run 2"),
        ("DELETE FROM series WHERE name = 'new'", "which is not there"),
        ("DELETE FROM series", "has points in its tail but no series"),
    ],
)
def test_damage_is_found(folder: Path, statement: str, message: str) -> None:
    report = damage(folder, statement)
    assert not report.ok
    assert any(message in problem for problem in report.problems), report.problems


def test_rows_without_their_run_are_found(folder: Path) -> None:
    with workspace(folder) as space:
        space.store.write(lambda tx: None)
        connection = space.store._writing.connection
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("DELETE FROM run WHERE id = 1")
    report = check(folder)
    assert any("belongs to a row of run that is not there" in problem for problem in report.problems)


def test_a_damaged_chunk_is_told_once_and_does_not_hide_others(folder: Path) -> None:
    report = damage(
        folder,
        "UPDATE metric_chunk SET payload = x'00' WHERE seq = 1 AND run_id = 1",
        "UPDATE series SET max_step = 0 WHERE run_id = 2",
    )
    assert report.found == 2, report.problems


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_torn_copy_is_found(folder: Path, tmp_path: Path, share: float) -> None:
    whole = (folder / "runyard.db").read_bytes()
    copy = tmp_path / "copy"
    copy.mkdir()
    (copy / "runyard.db").write_bytes(whole[: int(len(whole) * share)])
    assert not check(copy).ok


def test_a_copy_with_zeroed_pages_is_found(folder: Path, tmp_path: Path) -> None:
    with workspace(folder) as space:
        space.store.write(lambda tx: [tx.session.run("PRAGMA incremental_vacuum(1)") for _ in range(1000)])
    whole = bytearray((folder / "runyard.db").read_bytes())
    copy = tmp_path / "copy"
    copy.mkdir()
    third = len(whole) // 3 // 4096 * 4096
    whole[-third:] = bytes(third)
    (copy / "runyard.db").write_bytes(whole)
    assert not check(copy).ok


def test_a_copy_made_between_two_parts_of_a_write_is_found(tmp_path: Path) -> None:
    """The database file of one moment beside the log of another."""
    with workspace(tmp_path / "live") as space:
        fill(space)
        space.session.all("PRAGMA wal_checkpoint(TRUNCATE)")
        old = (tmp_path / "live" / "runyard.db").read_bytes()
        for _ in range(30):
            space.append_points("loss", walk(3000))
        space.store.compactor.compact_now()
        space.session.all("PRAGMA wal_checkpoint(PASSIVE)")
        new = (tmp_path / "live" / "runyard.db").read_bytes()
    copy = tmp_path / "copy"
    copy.mkdir()
    half = len(old) // 2 // 4096 * 4096
    (copy / "runyard.db").write_bytes(new[:half] + old[half:])
    assert not check(copy).ok


def test_a_whole_copy_is_healthy(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "copy")
    assert check(tmp_path / "copy").ok


def test_a_file_that_is_no_database_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "runyard.db").write_bytes(b"not a database, but long enough to be read as one" * 100)
    report = check(tmp_path)
    assert report.found == 1 and "not a database" in report.problems[0]


def test_a_folder_without_a_workspace_is_refused_and_left_alone(tmp_path: Path) -> None:
    with pytest.raises(InvalidState, match="no Runyard workspace"):
        check(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_list_of_problems_is_bounded() -> None:
    report = Report()
    for index in range(MOST_LISTED + 10):
        report.add(f"problem {index}")
    assert (report.found, len(report.problems), report.ok) == (MOST_LISTED + 10, MOST_LISTED, False)


def test_what_waits_in_a_journal_is_counted(tmp_path: Path) -> None:
    with workspace(tmp_path / "workspace") as space:
        create_run(space.store)
        for step in range(3):
            log(space.store, SeriesPoints("loss", [step], [step], [1.0]))
        copy = shutil.copytree(tmp_path / "workspace", tmp_path / "copy")
    report = check(copy)
    assert report.ok, report.problems
    # Unless the clock was faster, they are all in the journal; in any case they are in one of the two.
    assert report.waiting + report.points == 3
    (path,) = (copy / "journal").glob("*.journal")
    content = bytearray(path.read_bytes())
    content[8] = 9
    path.write_bytes(content)
    assert "version 9" in check(copy).problems[0]
