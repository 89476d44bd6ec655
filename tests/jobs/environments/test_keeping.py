"""What the cache holds, how it gets smaller, and what stays while it is in use."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from runyard.jobs.environments import EnvironmentFailed, describe, ensure, prune, use
from tests.jobs.environments.conftest import GatedUv, builder, entries

HOUR = 3600.0


def age(folder: Path, seconds: float) -> None:
    """Have an environment be used last so long ago."""
    when = time.time() - seconds
    os.utime(folder.parent / "ready.json", (when, when))


def test_what_is_there(cache: Path, log: io.BytesIO) -> None:
    assert describe(cache) == []
    before = time.time()
    first = ensure(cache, None, ["six"], log)
    second = ensure(cache, None, ["tomli"], log)
    age(second.folder, HOUR)
    described = describe(cache)
    assert [(one.key, one.folder) for one in described] == [
        (first.key, first.folder),
        (second.key, second.folder),
    ]
    assert described[0].requirements == ["six"]
    assert described[0].python == ".".join(str(part) for part in sys.version_info[:3])
    assert described[0].size > (first.folder / "bin" / "activate").stat().st_size
    assert before - 1 <= described[0].created <= described[0].last_used + 1


def test_the_unused_go(cache: Path, log: io.BytesIO) -> None:
    old = ensure(cache, None, ["six"], log)
    new = ensure(cache, None, ["tomli"], log)
    age(old.folder, 2 * HOUR)
    assert prune(cache, HOUR) > 0
    assert not old.folder.parent.exists()
    assert [one.key for one in describe(cache)] == [new.key]
    assert prune(cache, HOUR) == 0
    assert not ensure(cache, None, ["six"], log).was_cached


def test_asking_for_one_is_a_use(cache: Path, log: io.BytesIO) -> None:
    built = ensure(cache, None, [], log)
    age(built.folder, 2 * HOUR)
    assert ensure(cache, None, [], log).was_cached
    assert prune(cache, HOUR) == 0
    age(built.folder, 2 * HOUR)
    with use(built):
        pass
    assert prune(cache, HOUR) == 0


def test_one_in_use_stays(cache: Path, log: io.BytesIO) -> None:
    built = ensure(cache, None, ["six"], log)
    with use(built), use(built):
        assert prune(cache, -1) == 0
        assert built.python.exists()
        assert ensure(cache, None, ["six"], log).folder == built.folder
    assert prune(cache, -1) > 0


def test_a_process_that_inherits_the_lock_holds_it(cache: Path, log: io.BytesIO) -> None:
    built = ensure(cache, None, ["six"], log)
    with use(built) as descriptor:
        job = subprocess.Popen([built.python, "-c", "input()"], stdin=subprocess.PIPE, pass_fds=[descriptor])
    assert prune(cache, -1) == 0
    job.communicate(b"\n")
    assert prune(cache, -1) > 0


def test_a_removed_one_is_not_used(cache: Path, log: io.BytesIO) -> None:
    built = ensure(cache, None, [], log)
    prune(cache, -1)
    with pytest.raises(EnvironmentFailed, match="was removed meanwhile"), use(built):
        pass


def test_one_that_was_built_anew_is_another(cache: Path, log: io.BytesIO) -> None:
    built = ensure(cache, None, [], log)
    with use(built):
        (built.folder.parent / "ready.json").unlink()
        again = ensure(cache, None, [], log)
        # It is no longer vouched for, and stays for the job that runs in it.
        assert again.folder != built.folder and built.python.exists()
    with pytest.raises(EnvironmentFailed), use(built):
        pass
    prune(cache, HOUR)
    assert not built.folder.exists() and again.folder.exists()


def test_what_a_killed_builder_left_goes(cache: Path, gated: GatedUv) -> None:
    process = subprocess.Popen(builder(cache, gated.program, "six"), stdout=subprocess.DEVNULL)
    gated.wait_until_installing()
    folder = next(path for path in cache.iterdir() if path.is_dir())
    # Not while it is built.
    assert prune(cache, -1) == 0
    assert len(entries(folder)) == 2
    process.kill()
    process.wait()
    assert prune(cache, HOUR) > 0
    assert not folder.exists()
    gated.open()
    gated.wait_until_ended()


def test_a_file_that_is_shared_frees_nothing(cache: Path, log: io.BytesIO, tmp_path: Path) -> None:
    built = ensure(cache, None, [], log)
    large = built.folder / "large"
    large.write_bytes(bytes(1 << 20))
    os.link(large, tmp_path / "other")
    assert 0 < prune(cache, -1) < 1 << 20
