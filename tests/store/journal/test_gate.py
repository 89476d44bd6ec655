"""Several processes on one folder: what one has answered the others see, journal or not."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from runyard.errors import Unavailable
from runyard.settings import Settings
from runyard.store.journal import gate, journal
from runyard.store.store import Store
from tests.store.journal.helpers import create_run, log, point, rows, values

COUNT = "SELECT coalesce(sum(count), 0) FROM series"

# Opens the folder, logs one point, says what the journal holds, and stays until it is told to go.
OTHER = """
import sys
from pathlib import Path
from runyard.settings import Settings
from runyard.store.store import Store
from tests.store.journal.helpers import log, point
with Store(Path(sys.argv[1]), Settings(compact_idle_seconds=1000)) as store:
    for line in sys.stdin:
        if line == "go\\n":
            break
        log(store, point("loss", float(line)))
        print(len(store.writer._transaction.journal.waiting), flush=True)
"""


class Other:
    """Another process that has the folder open."""

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, "-c", OTHER, str(folder)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def log(self, value: float) -> int:
        """Log a point; how many requests wait in its journal then."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{value}\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()

    def end(self) -> None:
        self.process.communicate("go\n", timeout=20)
        assert self.process.returncode == 0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Store(tmp_path / "workspace", Settings()) as store:
        create_run(store)
    return tmp_path / "workspace"


def test_while_two_processes_share_a_folder_nothing_waits(folder: Path) -> None:
    with Store(folder, Settings(compact_idle_seconds=1000)) as store:
        log(store, point("loss", 1.0))
        assert len(store.writer._transaction.journal.waiting) == 1
        other = Other(folder)
        # The other one waited for the journal of this one.
        assert other.log(2.0) == 0
        assert rows(folder, COUNT) == [(2,)]
        log(store, point("loss", 3.0))
        assert len(store.writer._transaction.journal.waiting) == 0
        assert rows(folder, COUNT) == [(3,)]
        assert values(store, "loss") == [1.0, 2.0, 3.0]
        other.end()
        log(store, point("loss", 4.0))
        assert len(store.writer._transaction.journal.waiting) == 1
        assert values(store, "loss") == [1.0, 2.0, 3.0, 4.0]


def test_the_journal_of_a_killed_process_is_stored_by_the_next(folder: Path) -> None:
    other = Other(folder)
    # The interval has not passed between the answer and the kill, at least not every time.
    assert max(other.log(float(number)) for number in range(5)) > 0
    other.kill()
    with Store(folder, Settings(compact_idle_seconds=1000)) as store:
        assert values(store, "loss") == [0.0, 1.0, 2.0, 3.0, 4.0]
        log(store, point("loss", 5.0))
        # The dead one's file does not count.
        assert len(store.writer._transaction.journal.waiting) == 1
    assert journal.journals(folder) == []


def test_a_process_that_was_stopped_is_not_waited_for_for_ever(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "PATIENCE_SECONDS", 0.3)
    other = Other(folder)
    # As fast as one process can tell another: the point is still in the journal.
    for number in range(20):
        if other.log(float(number)):
            os.kill(other.process.pid, signal.SIGSTOP)
            time.sleep(0.05)
            break
    try:
        with pytest.raises(Unavailable, match="does not answer"), Store(folder, Settings()):
            pass
    finally:
        os.kill(other.process.pid, signal.SIGCONT)
        other.end()
    with Store(folder, Settings()) as store:
        assert values(store, "loss")[0] == 0.0
