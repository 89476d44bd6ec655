"""What one process of a folder tells the others."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from runyard.store.changes import Change
from runyard.store.notices import FILE_BYTES, Notices

Open = Callable[[str], Notices]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Open]:
    """Makes the notices of a process, which lives until the test ends."""
    (tmp_path / "processes").mkdir()
    handles = []

    def make(process: str) -> Notices:
        handles.append(os.open(tmp_path / "processes" / process, os.O_CREAT | os.O_RDWR))
        fcntl.flock(handles[-1], fcntl.LOCK_EX)
        return Notices(tmp_path, process)

    yield make
    for handle in handles:
        os.close(handle)


def change(number: int, names: int = 1) -> Change:
    metrics = tuple(f"metric-{name}" for name in range(names))
    return Change(f"run-{number}", "0", "metrics", metrics, names)


def test_others_hear_what_is_told_since_they_listen(opened: Open) -> None:
    one, two, three = opened("one"), opened("two"), opened("three")
    one.tell([change(0)])
    two.listen()
    for number in range(1, 4):
        one.tell([change(number)])
        three.tell([change(10 * number)])
    assert {each.run_id for each in two.hear()} == {"run-1", "run-2", "run-3", "run-10", "run-20", "run-30"}
    assert two.hear() == []
    one.tell([change(4, names=300)])
    # Of more names than these, who hears takes it that any may have changed.
    assert [len(each.metrics) for each in two.hear()] == [200]
    # Who tells does not hear itself.
    one.listen()
    one.tell([change(5)])
    assert one.hear() == []


def test_nothing_is_written_where_nobody_hears(opened: Open, tmp_path: Path) -> None:
    one, two = opened("one"), opened("two")
    one.tell([change(0)])
    two.listen()
    two.close()
    one.tell([change(1)])
    assert list((tmp_path / "live").iterdir()) == []
    # One that was killed hears nothing any more.
    (tmp_path / "live" / "killed.hears").touch()
    one.tell([change(2)])
    assert list((tmp_path / "live").iterdir()) == []


def test_files_stay_small_and_go_when_they_were_heard(opened: Open, tmp_path: Path) -> None:
    one, two = opened("one"), opened("two")
    two.listen()
    for number in range(300):
        one.tell([change(number, names=150)])
        if number % 20 == 19:
            assert [each.run_id for each in two.hear()] == [
                f"run-{n}" for n in range(number - 19, number + 1)
            ]
    files = list((tmp_path / "live").glob("one.*"))
    assert len(files) == 2
    assert all(path.stat().st_size < FILE_BYTES + 10_000 for path in files)
    one.close()
    (tmp_path / "processes" / "one").unlink()
    assert two.hear() == []
    assert list((tmp_path / "live").glob("one.*")) == []
