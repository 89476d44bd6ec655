"""Which Python a job gets, and what it is told when there is none."""

from __future__ import annotations

import io
import os
import platform
import sys
from pathlib import Path

import pytest

from runyard.jobs.environments import EnvironmentFailed, ensure, pythons
from runyard.jobs.environments.known import Known, Python
from runyard.jobs.environments.pythons import resolve

MINOR = f"{sys.version_info.major}.{sys.version_info.minor}"
# No machine has it.
ABSENT = f"{sys.version_info.major}.99"


@pytest.fixture(autouse=True)
def folder(cache: Path) -> None:
    cache.mkdir()


def test_none_is_the_python_of_this_process(cache: Path, log: io.BytesIO) -> None:
    found = resolve(cache, None, log, None, lenient=False)
    assert found.version == platform.python_version()
    assert Path(found.path).resolve() == Path(getattr(sys, "_base_executable", sys.executable)).resolve()
    assert found.key.startswith(f"cpython-{platform.python_version()}")


@pytest.mark.parametrize("request_", [MINOR, f" {MINOR} ", f">={MINOR},<{ABSENT}", f"=={MINOR}.*"])
def test_a_version_and_a_range(cache: Path, log: io.BytesIO, request_: str) -> None:
    found = resolve(cache, request_, log, None, lenient=False)
    assert found.version.startswith(MINOR)
    assert not found.stands_in
    assert log.getvalue() == b""


@pytest.mark.parametrize("request_", ["--help", "3.11; rm", "python3", "", "/usr/bin/python3", "3.11 3.12,"])
def test_what_is_no_version_is_refused(cache: Path, log: io.BytesIO, request_: str) -> None:
    with pytest.raises(EnvironmentFailed, match="'python' must be a version"):
        resolve(cache, request_, log, None, lenient=False)


def test_one_that_is_not_there_is_refused_with_those_that_are(cache: Path, log: io.BytesIO) -> None:
    with pytest.raises(EnvironmentFailed) as failure:
        ensure(cache, ABSENT, [], log)
    assert str(failure.value).startswith(f"Python {ABSENT} is not on this machine. There is: ")
    assert f"{MINOR}." in str(failure.value)


def test_the_nearest_is_taken_where_that_is_allowed(cache: Path, log: io.BytesIO) -> None:
    built = ensure(cache, ABSENT, [], log, lenient_python=True)
    line = f"Python {ABSENT} is not on this machine: "
    assert line in log.getvalue().decode()
    again = io.BytesIO()
    assert ensure(cache, ABSENT, [], again, lenient_python=True).folder == built.folder
    # A cached one says so, too, and no more.
    assert again.getvalue().decode().startswith(line)
    # What was allowed once is not allowed to others.
    with pytest.raises(EnvironmentFailed):
        ensure(cache, ABSENT, [], log)


def test_another_patch_release_is_taken_and_told(cache: Path, log: io.BytesIO) -> None:
    found = resolve(cache, f"{MINOR}.99", log, None, lenient=False)
    assert found.version.startswith(f"{MINOR}.")
    assert f"Python {MINOR}.99 is not on this machine".encode() in log.getvalue()


def test_the_own_one_is_found_wherever_it_lies(
    cache: Path, log: io.BytesIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    own = resolve(cache, None, log, None, lenient=False).path
    for request in (MINOR, f">={MINOR}", f"{MINOR}.99"):
        assert resolve(cache, request, log, None, lenient=False).path == own
    with pytest.raises(EnvironmentFailed, match=f"There is:.* {platform.python_version()}"):
        resolve(cache, ABSENT, log, None, lenient=False)


def test_an_answer_holds_as_long_as_the_interpreter_stays(
    cache: Path, log: io.BytesIO, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    interpreter = tmp_path / "python"
    interpreter.touch()
    asked = []

    def find(uv: Path, wanted: str) -> Python:
        asked.append(wanted)
        modified = interpreter.stat().st_mtime_ns
        return Python(path=str(interpreter), key="k", version="3.11.1", modified_ns=modified, found=0)

    monkeypatch.setattr(pythons, "_find", find)
    for _ in range(3):
        resolve(cache, "3.11", log, None, lenient=False)
    assert asked == ["3.11"]
    os.utime(interpreter, ns=(1, 1))
    resolve(cache, "3.11", log, None, lenient=False)
    assert asked == ["3.11", "3.11"]


def test_a_stand_in_is_looked_for_again(cache: Path) -> None:
    modified = Path(sys.executable).stat().st_mtime_ns
    known = Known(cache / "pythons.json")
    old = Python(
        path=sys.executable, key="k", version="3.11.1", modified_ns=modified, found=0, stands_in=True
    )
    known.put("3.9", old)
    assert known.get("3.9", lenient=True) is None
    old.stands_in = False
    known.put("3.9", old)
    assert known.get("3.9", lenient=True) == old


def test_a_damaged_file_counts_as_none(cache: Path, log: io.BytesIO) -> None:
    (cache / "pythons.json").write_text("{")
    assert resolve(cache, MINOR, log, None, lenient=False).version.startswith(MINOR)
