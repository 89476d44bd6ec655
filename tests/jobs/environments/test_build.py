"""Environments that uv really builds: what they hold, and when they are built anew."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest

from runyard.jobs.environments import Built, EnvironmentFailed, describe, ensure
from runyard.jobs.environments.layout import read_marker
from tests.jobs.environments.conftest import entries, write_wheel


def said_by(built: Built, code: str) -> str:
    """What code prints in an environment."""
    done = subprocess.run([built.python, "-I", "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_the_packages_are_there_and_the_log_says_how(cache: Path, log: io.BytesIO) -> None:
    built = ensure(cache, None, ["six==1.17.0"], log)
    assert said_by(built, "import six; print(six.__version__)") == "1.17.0"
    assert not built.was_cached and not built.has_plugin
    assert built.folder.parent == cache / built.key[:16]
    lines = log.getvalue().decode().splitlines()
    assert lines[0].startswith("$ ") and " venv " in lines[0]
    assert any(line.startswith("$ ") and " pip install " in line for line in lines)
    assert " + six==1.17.0" in lines
    assert lines[-1].endswith(" s)")


def test_scripts_and_paths_are_true(cache: Path, log: io.BytesIO) -> None:
    built = ensure(cache, None, ["pip"], log)
    first = (built.folder / "bin" / "pip").read_text().splitlines()[0]
    assert first == f"#!{built.python}"
    assert said_by(built, "import sys; print(sys.prefix)") == str(built.folder)


def test_a_cached_one_needs_no_process(cache: Path, log: io.BytesIO, monkeypatch: pytest.MonkeyPatch) -> None:
    built = ensure(cache, None, ["six", "tomli"], log)
    log.truncate(0)

    def refuse(*arguments: object, **options: object) -> None:
        raise AssertionError("a process is started")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    again = ensure(cache, None, ["# the same", "tomli", "six"], log, uv=Path("/nowhere/uv"))
    assert again == Built(built.folder, built.python, built.key, was_cached=True, has_plugin=False)
    assert log.getvalue() == b""


def test_other_requirements_are_another_environment(cache: Path, log: io.BytesIO) -> None:
    keys = {ensure(cache, None, lines, log).key for lines in ([], ["six"], ["six==1.16.0"])}
    assert len(keys) == 3
    assert {tuple(one.requirements) for one in describe(cache)} == {(), ("six",), ("six==1.16.0",)}


def test_a_failed_build_says_why_and_leaves_nothing(cache: Path, log: io.BytesIO, tmp_path: Path) -> None:
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    lines = ["--no-index", f"--find-links {wheels}", "made-by-this-test"]
    with pytest.raises(EnvironmentFailed, match="made-by-this-test"):
        ensure(cache, None, lines, log)
    assert describe(cache) == []
    assert [entries(folder) for folder in cache.iterdir() if folder.is_dir()] == [[]]
    # The next try builds anew.
    write_wheel(wheels, "made-by-this-test", "1.0")
    built = ensure(cache, None, lines, log)
    assert not built.was_cached
    assert said_by(built, "import made_by_this_test as made; print(made.version)") == "1.0"


def test_passwords_are_in_no_file_and_no_log(cache: Path, log: io.BytesIO, tmp_path: Path) -> None:
    write_wheel(tmp_path, "made-by-this-test", "1.0")
    secret = "--extra-index-url https://user:secret@host.invalid/simple"
    lines = ["--no-index", f"--find-links {tmp_path}", secret, "made-by-this-test"]
    built = ensure(cache, None, lines, log)
    assert b"secret" not in log.getvalue()
    assert "secret" not in (built.folder.parent / "ready.json").read_text()
    assert not (built.folder / "requirements.txt").exists()
    assert secret.replace("user:secret", "****") in describe(cache)[0].requirements


def test_an_environment_whose_python_is_gone_is_built_anew(cache: Path, log: io.BytesIO) -> None:
    built = ensure(cache, None, [], log)
    built.python.unlink()
    built.python.symlink_to("/nowhere/python")
    again = ensure(cache, None, [], log)
    assert (again.key, again.was_cached) == (built.key, False)
    assert not built.folder.exists()
    assert said_by(again, "print(1)") == "1"


def test_a_damaged_marker_counts_as_none(cache: Path, log: io.BytesIO) -> None:
    built = ensure(cache, None, [], log)
    marker = built.folder.parent / "ready.json"
    marker.write_bytes(marker.read_bytes()[:-5])
    assert read_marker(marker) is None
    assert not ensure(cache, None, [], log).was_cached


def test_a_program_that_is_none_is_named(cache: Path, log: io.BytesIO, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFailed, match="'uv' must name a file"):
        ensure(cache, None, [], log, uv=tmp_path / "uv")


def test_importing_is_quick() -> None:
    code = (
        "import sys, runyard.jobs.environments, runyard.jobs.snapshot; "
        "print([name for name in ('pathspec', 'uv', 'yaml', 'numpy', 'sqlalchemy') if name in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert shown.strip() == "[]"
