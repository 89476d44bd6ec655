"""Several processes that want one environment, and builders that are killed."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import threading
from contextlib import ExitStack
from pathlib import Path

import pytest

from runyard.jobs.environments import EnvironmentFailed, describe, ensure
from tests.jobs.environments.conftest import GatedUv, builder, entries, wait_for

TOGETHER = 10


def test_ten_build_one(cache: Path, gated: GatedUv, tmp_path: Path) -> None:
    logs = [tmp_path / f"{number}.log" for number in range(TOGETHER)]
    command = builder(cache, gated.program, "six")
    with ExitStack() as stack:
        files = [stack.enter_context(log.open("wb")) for log in logs]
        processes = [stack.enter_context(subprocess.Popen(command, stdout=file)) for file in files]

        def all_wait() -> bool:
            return sum(b"Waits for another build" in log.read_bytes() for log in logs) == TOGETHER - 1

        wait_for(all_wait, "all but one wait")
        gated.open()
        assert [process.wait() for process in processes] == [0] * TOGETHER
    assert gated.builds == 1
    answers = [log.read_text().splitlines()[-1].rsplit(" ", 1) for log in logs]
    assert len({folder for folder, _ in answers}) == 1
    assert sorted(cached for _, cached in answers) == ["False"] + ["True"] * (TOGETHER - 1)
    key = describe(cache)[0].key[:16]
    waited = [log.read_text() for log in logs if "Waits" in log.read_text()]
    assert all(f"Waits for another build of the environment {key}." in text for text in waited)


def test_a_killed_builder_holds_up_nobody(cache: Path, gated: GatedUv, log: io.BytesIO) -> None:
    process = subprocess.Popen(builder(cache, gated.program, "six"), stdout=subprocess.DEVNULL)
    gated.wait_until_installing()
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    folder = next(path for path in cache.iterdir() if path.is_dir())
    left = entries(folder)
    assert len(left) == 2 and "ready.json" not in left
    # The lock is free, and what the killed one left is removed.
    built = ensure(cache, None, ["six"], log, wait_seconds=0)
    assert not built.was_cached
    name = built.folder.name
    assert entries(folder) == sorted([name, f"{name}.lock", "ready.json"])
    # The uv of the killed one goes on, and changes nothing in what was built.
    before = sorted(path for path in built.folder.rglob("*"))
    gated.open()
    gated.wait_until_ended()
    assert sorted(path for path in built.folder.rglob("*")) == before
    assert ensure(cache, None, ["six"], log).folder == built.folder


def test_a_wait_ends(cache: Path, gated: GatedUv, log: io.BytesIO) -> None:
    with subprocess.Popen(builder(cache, gated.program, "six"), stdout=subprocess.DEVNULL) as process:
        gated.wait_until_installing()
        with pytest.raises(EnvironmentFailed, match="has not ended within 0.1 seconds"):
            ensure(cache, None, ["six"], log, wait_seconds=0.1)
        assert b"Waits for another build" in log.getvalue()
        # Another environment waits for nobody.
        assert not ensure(cache, None, ["tomli"], log, wait_seconds=0).was_cached
        gated.open()
        assert process.wait() == 0


def test_the_log_grows_while_uv_works(cache: Path, gated: GatedUv, tmp_path: Path) -> None:
    path = tmp_path / "build.log"
    with path.open("wb") as log:
        thread = threading.Thread(
            target=ensure, args=(cache, None, ["six"], log), kwargs={"uv": gated.program}, daemon=True
        )
        thread.start()
        wait_for(lambda: b"held up\n" in path.read_bytes(), "what uv says is in the log")
        gated.open()
        thread.join()


def test_an_interrupted_build_leaves_nothing(cache: Path, gated: GatedUv) -> None:
    process = subprocess.Popen(
        builder(cache, gated.program, "six"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    gated.wait_until_installing()
    process.send_signal(signal.SIGINT)
    assert process.wait() != 0
    assert [entries(folder) for folder in cache.iterdir() if folder.is_dir()] == [[]]
    gated.open()


def test_a_failure_is_not_kept_for_those_who_waited(cache: Path, gated: GatedUv, log: io.BytesIO) -> None:
    (gated.folder / "gate").touch()
    process = subprocess.run(
        builder(cache, gated.program, "six==0.0.0.1"), capture_output=True, check=False, env=dict(os.environ)
    )
    assert process.returncode != 0
    with pytest.raises(EnvironmentFailed, match="six==0.0.0.1"):
        ensure(cache, None, ["six==0.0.0.1"], log)
