"""What a new run says of its process: its code, command, packages and machine, and nothing secret."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from runyard_mlflow.context import git, packages
from runyard_mlflow.context.git import git_tags
from runyard_mlflow.context.packages import MOST_CHARACTERS, package_tags
from runyard_mlflow.context.secrets import command_line, without_credentials
from runyard_mlflow.context.surroundings import Surroundings, clean
from runyard_mlflow.settings import read_ranks

from tests.client.scripts import run_script
from tests.faults.server import Server
from tests.faults.wire import Connection


def tags_of(server: Server, run_id: str) -> dict[str, str]:
    with Connection(server.address) as connection:
        data: Any = connection.get("runs/get", run_id=run_id).json()["run"]["data"]
    return {tag["key"]: tag["value"] for tag in data["tags"]}


def slow_git(folder: Path) -> None:
    """A program of this name that answers nothing for a minute, and has started another one; mlflow's call fails."""
    program = folder / "git"
    program.write_text('#!/bin/sh\ncase "$1" in --no-optional-locks) sleep 60;; esac\nexit 1\n')
    program.chmod(0o755)


@pytest.mark.parametrize(
    ("argument", "shown"),
    [
        (["--password", "hunter2", "x"], "--password *** x"),
        (["--db-password=hunter2"], "'--db-password=***'"),
        (["--hf_token", "abcdef"], "--hf_token ***"),
        (["--api-key", "abcdef"], "--api-key ***"),
        (["db.password=hunter2"], "'db.password=***'"),
        (["--password", "--verbose"], "--password --verbose"),
        (["https://me:hunter2@host/x?token=abcdef&a=1"], "'https://***@host/x?token=***&a=1'"),
        (["postgresql://me:hun@ter2@host/db"], "'postgresql://***@host/db'"),
        (['{"secret": "hunter 2", "a": 1}'], """'{"secret": ***, "a": 1}'"""),
        (["Authorization: Bearer abcdef"], "'Authorization: *** ***'"),
        (["hf_abcdefghijklmnop"], "'hf_***'"),
    ],
)
def test_secrets_in_a_command_are_masked(argument: list[str], shown: str) -> None:
    assert command_line(["python", "train.py", *argument]) == f"python train.py {shown}"


def test_what_only_looks_like_a_secret_is_shown() -> None:
    plain = [
        "--tokenizer",
        "bert",
        "--max-tokens=512",
        "--bypass",
        "--key",
        "loss",
        "--password-file",
        "/run/x",
    ]
    assert command_line([*plain, "a b"]) == " ".join([*plain, "'a b'"])


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://me:hunter2@host/a.git", "https://host/a.git"),
        ("https://ghp_token@host/a.git", "https://host/a.git"),
        ("git@host:a.git", "git@host:a.git"),
        ("ssh://git@host/a.git", "ssh://git@host/a.git"),
    ],
)
def test_a_remote_has_no_credentials(url: str, shown: str) -> None:
    assert without_credentials(url) == shown


def test_the_state_of_the_code_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(*command: str) -> None:
        author = ["-c", "user.name=A", "-c", "user.email=a@b"]
        subprocess.run(["git", *author, *command], cwd=tmp_path, check=True, capture_output=True)

    monkeypatch.setattr(git, "_folders", lambda: [tmp_path])
    assert git_tags() == {}
    run("init", "-b", "topic")
    assert git_tags() == {}
    (tmp_path / "a").write_text("1")
    run("add", "a")
    run("commit", "-m", "x")
    run("remote", "add", "origin", "https://me:hunter2@host/a.git")
    tags = git_tags()
    commit = tags.pop("runyard.git.commit")
    assert len(commit) == 40
    assert tags == {
        "runyard.git.branch": "topic",
        "runyard.git.remote": "https://host/a.git",
        "runyard.git.dirty": "false",
    }
    # What git does not follow changes nothing of the code.
    (tmp_path / "output").touch()
    assert git_tags()["runyard.git.dirty"] == "false"
    (tmp_path / "a").write_text("2")
    run("checkout", "--detach")
    tags = git_tags()
    assert (tags["runyard.git.dirty"], "runyard.git.branch" in tags) == ("true", False)


def test_a_git_that_does_not_answer_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow_git(tmp_path)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(git, "MOST_SECONDS", 0.2)
    began = time.monotonic()
    assert git_tags() == {}
    # Far from the minute that it sleeps.
    assert time.monotonic() - began < 30


def test_packages_are_what_is_imported_and_fit_into_tags(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for folder, version in ((first, "2.0"), (second, "1.0")):
        (folder / f"scikit_learn-{version}.dist-info").mkdir(parents=True)
    for number in range(1000):
        (second / f"package_{number}-1.0.{number}.dist-info").mkdir()
    (second / "module").mkdir()
    monkeypatch.setattr(sys, "path", [str(first), str(second), str(tmp_path / "absent")])
    found = packages.installed()
    assert len(found) == 1001
    assert found[-1] == "scikit-learn==2.0"
    assert "package-999==1.0.999" in found
    tags = package_tags()
    assert list(tags)[:2] == ["runyard.packages", "runyard.packages.2"]
    assert max(map(len, tags.values())) <= MOST_CHARACTERS
    assert "\n".join(tags.values()).split("\n") == found


@pytest.mark.parametrize(
    ("variables", "ranks"),
    [
        ({}, {}),
        (
            {"RANK": "3", "LOCAL_RANK": "1", "WORLD_SIZE": "4", "GROUP_RANK": "1", "SLURM_PROCID": "0"},
            {"rank": "3", "local_rank": "1", "world_size": "4", "node_rank": "1"},
        ),
        (
            {"OMPI_COMM_WORLD_RANK": "1", "OMPI_COMM_WORLD_SIZE": "2", "OMPI_COMM_WORLD_LOCAL_RANK": "1"},
            {"rank": "1", "local_rank": "1", "world_size": "2"},
        ),
        (
            {"SLURM_STEP_ID": "0", "SLURM_PROCID": "5", "SLURM_STEP_NUM_TASKS": "8", "SLURM_NODEID": "1"},
            {"rank": "5", "world_size": "8", "node_rank": "1"},
        ),
        # A batch script, and a variable that means something else.
        ({"SLURM_PROCID": "0", "RANK": "gold"}, {}),
    ],
)
def test_launchers_tell_the_ranks(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], ranks: dict[str, str]
) -> None:
    for name in list(os.environ):
        if name.startswith(("SLURM_", "OMPI_", "PMI_", "MPI_")) or name.endswith(("RANK", "WORLD_SIZE")):
            monkeypatch.delenv(name)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert read_ranks() == ranks


def test_tags_that_the_server_would_refuse_are_made_good() -> None:
    assert clean({"a": "x\udc80\0y", "b": "z" * 9000, "c": ""}) == {"a": "x?y", "b": "z" * MOST_CHARACTERS}


def test_what_can_not_be_gathered_leaves_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> dict[str, str]:
        raise RuntimeError("no GPU")

    def good() -> dict[str, str]:
        return {"a": "b"}

    monkeypatch.setattr("runyard_mlflow.context.surroundings.SOURCES", (broken, good))
    surroundings = Surroundings()
    assert surroundings.known(30) == {"a": "b"}
    used: list[dict[str, str]] = []
    surroundings.later(used.append)
    assert used == [{"a": "b"}]


CONTEXT = """
    for tags in ({}, {"runyard.host": "mine"}):
        with mlflow.start_run(run_name="x", tags=tags) as run:
            say(run.info.run_id)
    say(os.getpid())
"""


def test_new_runs_have_a_context_and_everything_else_is_as_without_the_plugin(
    server: Server, spool: Path, tmp_path: Path
) -> None:
    address = server.address.replace("http", "runyard")
    # Tags that take long come later, and no script waits for them.
    slow_git(tmp_path)
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    said, _ = run_script(address, spool, CONTEXT, PATH=path, RANK="1", WORLD_SIZE="2")
    first, second = (line for line in said if len(line) == 32)
    one, two = (tags_of(server, run_id) for run_id in (first, second))
    assert one["runyard.process"] == said[-1]
    assert one["runyard.python.executable"] == sys.executable
    assert one["runyard.directory"] == os.getcwd()
    assert one["runyard.command"].startswith(f"{sys.executable} -c ")
    assert "mlflow==" in one["runyard.packages"]
    assert (one["runyard.rank"], one["runyard.world_size"]) == ("1", "2")
    assert int(one["runyard.cpus"]) >= 1
    assert two["runyard.host"] == "mine"
    assert two["runyard.platform"] == one["runyard.platform"]

    resumed = f"""
        with mlflow.start_run(run_id="{first}"):
            mlflow.log_metric("m", 1)
    """
    run_script(address, spool, resumed, RANK="0")
    assert tags_of(server, first) == one

    said, _ = run_script(address, spool, CONTEXT, RUNYARD_RUN_CONTEXT="false")
    without = tags_of(server, next(line for line in said if len(line) == 32))
    said, _ = run_script(server.address, spool, CONTEXT)
    stock = tags_of(server, next(line for line in said if len(line) == 32))
    assert without == stock
    plain = {key: value for key, value in one.items() if not key.startswith("runyard.")}
    # mlflow's own way to the commit went through that program.
    assert plain == {key: value for key, value in stock.items() if not key.startswith("mlflow.source.git.")}
