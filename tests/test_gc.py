"""`runyard gc` empties the trash of a folder that no server has open."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from runyard.errors import InvalidParameter
from runyard.settings import Settings
from runyard.store.purge.gc import seconds_of
from runyard.store.store import Store
from tests.faults.server import PROGRAM
from tests.store.purge.trashed import create_run, delete, log, register


def gc(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [PROGRAM, "gc", str(folder), *options]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_it_says_what_would_go_and_then_deletes_it(tmp_path: Path) -> None:
    folder = tmp_path / "workspace"
    with Store(folder, Settings(durability="relaxed")) as store:
        for run_id in ("a", "b"):
            create_run(store, run_id)
            log(store, run_id, count=5)
        register(store, "net", "s3://bucket/net", run_id="b")
        delete(store, "a", "b")
        refused = gc(folder)
        assert (refused.returncode, "open" in refused.stderr) == (1, True), refused.stderr
    young = gc(folder, "--older-than", "1d")
    assert "Deleted 0 runs" in young.stdout, young.stderr
    dry = gc(folder, "--dry-run")
    assert "Would delete 1 runs" in dry.stdout
    assert "10 points" in dry.stdout
    assert "run a (name of a)" in dry.stdout
    done = gc(folder)
    assert "Deleted 1 runs" in done.stdout
    assert "Kept run b (name of b): needed by the registered model net 1" in done.stdout
    assert "Would delete 0 runs" in gc(folder, "--dry-run").stdout


def test_a_folder_that_is_none_is_refused_and_not_made_one(tmp_path: Path) -> None:
    answer = gc(tmp_path)
    assert answer.returncode == 1
    assert "no Runyard workspace" in answer.stderr
    assert list(tmp_path.iterdir()) == []


def test_ages_are_read_as_mlflow_writes_them() -> None:
    assert [seconds_of(age) for age in ("30d", "12h", "1d2h3m4s", "0s")] == [2_592_000, 43_200, 93_784, 0]
    for age in ("", "30", "d", "1s1d", "-1d", "1.5h"):
        with pytest.raises(InvalidParameter, match="must be like"):
            seconds_of(age)
