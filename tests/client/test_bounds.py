"""The spool is bounded in size and age, private, and costs no run when it can't be written."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from runyard_mlflow.command import main
from runyard_mlflow.settings import LEAST_SPOOL, read_settings
from runyard_mlflow.spool.frames import request_frame
from runyard_mlflow.spool.left import name_target, target_folder
from runyard_mlflow.spool.producer import MOST_MEMORY, OWNER, Lost, Producer
from runyard_mlflow.spool.segment import SEGMENT

from tests.client.scripts import Script, left_in, run_script, sync
from tests.client.test_sync import points, values, written
from tests.faults.server import Server
from tests.faults.wire import Connection, create_run, history

TRAIN = """
    with mlflow.start_run() as run:
        for step in range(20):
            mlflow.log_metric("m", step, step=step)
            mlflow.log_metric("n", step, step=step, synchronous=False)
    say(run.info.run_id)
"""


def age(folder: Path, days: float) -> None:
    """Have a process begun so many days ago."""
    owner = folder / OWNER
    owner.write_text(json.dumps(json.loads(owner.read_text()) | {"begun": time.time() - days * 86400}))


def run_id_in(said: list[str]) -> str:
    return next(line for line in said if len(line) == 32)


# Size.


def test_the_bound_counts_what_all_processes_have_in_the_spool(tmp_path: Path) -> None:
    spool = tmp_path / "spool"
    most = 3 * SEGMENT
    one, two = (Producer(spool / name, most) for name in ("target", "another"))
    frame = request_frame("x", bytes(SEGMENT // 2))
    for producer in (one, two):
        producer.add(frame)
    for producer in (one, two):
        with pytest.raises(Lost, match=f"limit of {most} bytes"):
            producer.add(frame)
    # The oldest stays, and what is sent makes room for another process.
    one.sent(1)
    assert one.close() == 0
    deadline = time.monotonic() + 30
    while True:
        try:
            assert two.add(frame) == 2
            break
        except Lost:
            assert time.monotonic() < deadline
            time.sleep(0.1)
    two.close()


def test_a_run_that_begins_with_a_full_spool_ends_well(spool: Path) -> None:
    spool.mkdir()
    (spool / "other").write_bytes(bytes(LEAST_SPOOL))
    settings = {"RUNYARD_SPOOL_MAX_BYTES": str(LEAST_SPOOL), "RUNYARD_AWAY_TIMEOUT": "0.5"}
    said, errors = run_script("runyard://127.0.0.1:9", spool, TRAIN, **settings)
    assert len(run_id_in(said)) == 32
    assert errors.count("RUNYARD_SPOOL_MAX_BYTES") == 1


@pytest.mark.parametrize(
    ("name", "value", "rule"),
    [
        ("RUNYARD_SPOOL_MAX_BYTES", "1000", "at least 8388608"),
        ("RUNYARD_SPOOL_MAX_BYTES", "many", "a number above 0"),
        ("RUNYARD_SPOOL_MAX_DAYS", "366", "at most 365"),
        ("RUNYARD_RUN_CONTEXT", "some", "true or false"),
    ],
)
def test_a_bad_setting_names_itself_and_the_rule(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, rule: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValueError, match=f"{name} is '{value}': it must be {rule}"):
        read_settings()


# A disk that takes nothing.


@pytest.mark.faults
def test_a_spool_that_can_not_be_written_loses_nothing_while_the_server_answers(
    server: Server, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    said, errors = run_script(server.address.replace("http", "runyard"), tmp_path / "file" / "spool", TRAIN)
    assert errors.count("can't be written") == 1, errors
    assert "lost" not in errors.replace("and lost if", "")
    with Connection(server.address) as connection:
        for name in ("m", "n"):
            assert history(connection, run_id_in(said), name) == [(step, step) for step in range(20)]


@pytest.mark.faults
def test_a_full_disk_costs_no_run_and_what_is_lost_is_said(server: Server, spool: Path) -> None:
    code = """
        import resource
        run_id = client.create_run("0").info.run_id
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        # No file may be as large as one of the spool.
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, hard))
        large = [Metric("m" * 100 + str(i), 1.0, 5, 0) for i in range(1000)]
        for _ in range(60):
            client.log_batch(run_id, large, synchronous=False)
        client.log_metric(run_id, "full", 1)
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        for _ in range(60):
            client.log_batch(run_id, large, synchronous=False)
        client.log_metric(run_id, "free", 2)
        say(run_id)
    """
    (run_id,), errors = run_script(server.address.replace("http", "runyard"), spool, code)
    assert [errors.count(said) for said in ("can't be written:", "can be written again")] == [1, 1], errors
    with Connection(server.address) as connection:
        assert history(connection, run_id, "full") == [(0, 1.0)]
        assert history(connection, run_id, "free") == [(0, 2.0)]
        assert len(history(connection, run_id, "m" * 100 + "0")) == 120
    assert left_in(spool) == []


@pytest.mark.faults
def test_what_was_in_memory_alone_when_a_process_ends_is_counted(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    code = """
        with mlflow.start_run():
            for step in range(18):
                mlflow.log_metric("m", step, step=step, synchronous=False)
    """
    _, errors = run_script(
        "runyard://127.0.0.1:9", tmp_path / "file" / "spool", code, RUNYARD_AWAY_TIMEOUT="0.5"
    )
    # Its creation and end are calls, too.
    assert "20 logged calls were in memory alone and are lost" in errors


def test_memory_is_bounded_too(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").touch()
    producer = Producer(tmp_path / "file" / "spool" / "target", 1 << 40)
    frame = request_frame("x", bytes(SEGMENT - 100))
    taken = 0
    with pytest.raises(Lost):
        while True:
            producer.add(frame)
            taken += 1
    assert taken == MOST_MEMORY // SEGMENT
    assert [record.levelname for record in caplog.records] == ["ERROR", "ERROR"]
    piece = producer.unsent()
    assert piece is not None
    producer.sent(piece.last)
    assert producer.add(frame) == taken + 1
    assert producer.close() == taken


# Rights.


@pytest.mark.parametrize("umask", [0o000, 0o777])
def test_nobody_else_can_read_it_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    spool = tmp_path / "spool"
    target = target_folder(spool, "http://a")
    target.mkdir(parents=True)
    for each in (spool, target):
        each.chmod(0o755)
    previous = os.umask(umask)
    try:
        name_target(target, "http://a")
        producer = Producer(target, 1 << 30)
        producer.add(request_frame("x", b""))
    finally:
        os.umask(previous)
    folders = [spool, target, producer.folder]
    files = [path for path in spool.rglob("*") if path.is_file()]
    assert [each.stat().st_mode & 0o777 for each in folders] == [0o700] * 3
    assert [each.stat().st_mode & 0o777 for each in files] == [0o600] * 3
    producer.close()


@pytest.mark.parametrize(("holds", "rights"), [(["notes.txt"], 0o755), ([], 0o1777)])
def test_a_folder_that_others_use_keeps_its_rights(tmp_path: Path, holds: list[str], rights: int) -> None:
    for name in holds:
        (tmp_path / name).touch()
    tmp_path.chmod(rights)
    target = target_folder(tmp_path, "http://a")
    name_target(target, "http://a")
    assert [each.stat().st_mode & 0o7777 for each in (tmp_path, target)] == [rights, 0o700]


# Age.


def test_what_is_too_old_is_named_and_sent_only_when_asked(server: Server, spool: Path) -> None:
    with Connection(server.address) as connection:
        run_id = create_run(connection)
    folder = written(spool, server.address, points(run_id, range(3)))
    age(folder, 366)
    written(spool, server.address, points(run_id, range(3, 5)))
    code = """
        client.create_run("0")
        child = os.fork()
        if child == 0:
            client.create_run("0")
            sys.exit()
        os.waitpid(child, 0)
    """
    address = server.address.replace("http", "runyard")
    _, errors = run_script(address, spool, code)
    assert errors.count(f"3 logged calls in {spool} are not sent by themselves any more") == 1, errors
    assert "the oldest 366 days" in errors
    assert "--discard-older-than 365" in errors
    done = sync(spool)
    assert done.exit_code == 1
    assert folder.name[:8] in done.stderr
    assert "--old sends it" in done.stderr
    assert sorted(values(server, run_id)) == [3.0, 4.0]
    assert sync(spool, "--old").exit_code == 0
    assert sorted(values(server, run_id)) == [0.0, 1.0, 2.0, 3.0, 4.0]
    assert left_in(spool) == []


def test_what_is_discarded_is_named_and_asked_for(spool: Path) -> None:
    old, young = (written(spool, "http://127.0.0.1:9", points("r", range(3))) for _ in range(2))
    age(old, 40)
    asked = CliRunner().invoke(main, ["--discard-older-than", "30", str(spool)], input="n\n")
    assert asked.exit_code == 1
    assert old.name[:8] in asked.stdout
    assert young.name[:8] not in asked.stdout
    assert old.is_dir()
    done = sync(spool, "--discard-older-than", "30", "--yes")
    assert (done.exit_code, old.exists(), young.exists()) == (0, False, True)
    again = sync(spool, "--discard-older-than", "30", "--yes")
    assert "Nothing of an ended process is more than 30 days old" in again.stdout
    both = sync(spool, "--discard-older-than", "30", "--status")
    assert both.exit_code == 2
    assert "exclude each other" in both.stderr


def test_the_status_shows_each_process_and_removes_nothing(spool: Path) -> None:
    ended = written(spool, "http://127.0.0.1:9", points("r", range(1234)))
    age(ended, 2.5)
    script = Script(
        "runyard://127.0.0.1:9",
        spool,
        "client.create_run('0')\nsay(1)\ntime.sleep(60)",
        RUNYARD_OFFLINE="true",
    )
    assert script.hear() == "1"
    shown = sync(spool, "--status")
    kept = sync(spool, "--discard-older-than", "0", "--yes")
    left = left_in(spool)
    script.kill()
    heading, *lines = shown.stdout.splitlines()
    assert heading.split()[:3] == ["SERVER", "SPOOL", "OF"]
    by_state = {state: line for line in lines for state in ("running", "ended") if state in line.split()}
    assert by_state["ended"].split()[0] == "http://127.0.0.1:9"
    assert "1,234" in by_state["ended"]
    assert by_state["ended"].endswith("2 days ago")
    assert str(script.process.pid) in by_state["running"].split()
    # Only what ended is discarded.
    assert ended.name[:8] in kept.stdout
    assert len(left) == 1
