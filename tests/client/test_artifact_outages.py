"""Artifacts while the server is away: kept in the spool, sent once, and never over what was logged later."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest
from runyard_mlflow.spool.files import Unknown, read_note

from tests.client.cutter import Cutter
from tests.client.proxy import Proxy
from tests.client.scripts import Script, left_in, run_script, sync
from tests.faults.server import Server

pytestmark = pytest.mark.faults

# Short, so that tests do not wait for what the defaults allow; longer than a busy machine takes for an answer.
BOUNDS = {"RUNYARD_AWAY_TIMEOUT": "0.5", "RUNYARD_REQUEST_TIMEOUT": "4", "RUNYARD_DRAIN_TIMEOUT": "20"}
MEBIBYTE = 1024 * 1024


def texts(server: Server, run_id: str) -> dict[str, str]:
    """What a server keeps of a run, by path."""
    root = next((server.folder / "artifacts").glob(f"*/{run_id}/artifacts"), None)
    if root is None:
        return {}
    return {path.relative_to(root).as_posix(): path.read_text() for path in root.rglob("*") if path.is_file()}


def files_in(spool: Path) -> list[Path]:
    """The copies of files that wait in a spool."""
    return sorted(spool.glob("*/*/files/*.data"))


def wait_until_sent(spool: Path) -> None:
    deadline = time.monotonic() + 60
    while files_in(spool):
        assert time.monotonic() < deadline
        time.sleep(0.1)


LOG = """
    import pathlib, tempfile
    folder = pathlib.Path(tempfile.mkdtemp())
    (folder / "sub").mkdir()
    for name in ("a", "sub/b"):
        (folder / name).write_text(name)
    mlflow.set_experiment("away")
    with mlflow.start_run() as run:
        mlflow.log_text("first", "text.txt")
        mlflow.log_artifacts(str(folder), "folder")
        mlflow.log_artifact(str(folder), "whole")
        mlflow.log_dict({"a": 1}, "dict.json")
        (folder / "a").write_text("changed after it was logged")
        mlflow.log_text("second", "text.txt")
        for ask in (
            lambda: client.list_artifacts(run.info.run_id),
            lambda: client.download_artifacts(run.info.run_id, "text.txt"),
            lambda: mlflow.search_runs(),
        ):
            try:
                ask()
            except mlflow.exceptions.MlflowException as error:
                say("raised")
    say(run.info.run_id, folder.name)
"""


@pytest.mark.parametrize("trouble", ["black hole", "401"])
def test_what_is_logged_while_the_server_is_away_is_sent_later(
    server: Server, proxy: Proxy, spool: Path, trouble: str
) -> None:
    proxy.black_hole = trouble == "black hole"
    proxy.status = int(trouble) if trouble.isdigit() else None
    said, errors = run_script(f"runyard://{proxy.address}", spool, LOG, **BOUNDS)
    assert said[:3] == ["raised"] * 3
    run_id, name = next(line.split() for line in said if len(line.split()[0]) == 32)
    assert "6 artifacts are not on" in errors
    assert "runyard-sync" in errors
    for path in (*files_in(spool), *spool.glob("*/*/files/*.json")):
        assert path.stat().st_mode & 0o777 == 0o600
    proxy.black_hole = False
    proxy.status = None
    for _ in range(2):
        done = sync(spool)
        assert done.exit_code == 0, done.stderr
        assert texts(server, run_id) == {
            "text.txt": "second",
            "folder/a": "a",
            "folder/sub/b": "sub/b",
            f"whole/{name}/a": "a",
            f"whole/{name}/sub/b": "sub/b",
            "dict.json": '{\n  "a": 1\n}',
        }
    assert files_in(spool) == []
    assert list(spool.glob("*/*/")) == []


def test_a_server_that_goes_away_within_a_file_gets_it_when_it_is_back(
    server: Server, spool: Path, tmp_path: Path
) -> None:
    content = os.urandom(60 * MEBIBYTE)
    (tmp_path / "large").write_bytes(content)
    code = """
        with mlflow.start_run() as run:
            say(run.info.run_id)
            mlflow.log_artifact(os.environ["FILE"])
            mlflow.log_text("logged meanwhile", "text.txt")
            say("logged")
            sys.stdin.readline()
    """
    bounds = {**BOUNDS, "RUNYARD_AWAY_TIMEOUT": "1", "RUNYARD_REQUEST_TIMEOUT": "10"}
    with Cutter(server.address) as cutter:
        cutter.up_cuts = [20 * MEBIBYTE]
        cutter.on_cut = server.kill
        script = Script(f"runyard://{cutter.address}", spool, code, FILE=str(tmp_path / "large"), **bounds)
        run_id = script.hear()
        assert script.hear() == "logged"
        assert len(files_in(spool)) == 2
        server.start()
        cutter.target = server.address
        wait_until_sent(spool)
        script.tell()
        _, errors = script.end()
    assert errors.count("can't be reached") == errors.count("answers again") > 0, errors
    root = server.folder / "artifacts" / "0" / run_id / "artifacts"
    assert (root / "large").read_bytes() == content
    assert (root / "text.txt").read_text() == "logged meanwhile"
    (tmp_path / "large").unlink()


KILLED = """
    run_id = client.create_run("0").info.run_id
    for number in range(3):
        client.log_text(run_id, f"killed {number}", f"{number}.txt")
    client.log_text(run_id, "again", "0.txt")
    say(run_id)
    time.sleep(60)
"""


def test_files_of_a_killed_process_are_sent_once(server: Server, spool: Path) -> None:
    address = server.address.replace("http://", "runyard://")
    script = Script(address, spool, KILLED, RUNYARD_OFFLINE="true")
    run_id = script.hear()
    script.kill()
    # Of a copy that was being made nothing counts.
    folder = files_in(spool)[0].parent
    (folder / "0000000009.data").write_bytes(b"half")
    assert texts(server, run_id) == {}
    for _ in range(2):
        done = sync(spool)
        assert done.exit_code == 0, done.stderr
    assert texts(server, run_id) == {"0.txt": "again", "1.txt": "killed 1", "2.txt": "killed 2"}
    assert files_in(spool) == []


def test_the_next_process_sends_files_that_a_killed_one_left(server: Server, spool: Path) -> None:
    address = server.address.replace("http://", "runyard://")
    script = Script(address, spool, KILLED, RUNYARD_OFFLINE="true")
    run_id = script.hear()
    script.kill()
    run_script(address, spool, "client.create_run('0')\nsay('done')\ntime.sleep(1)")
    deadline = time.monotonic() + 20
    while len(texts(server, run_id)) < 3 or left_in(spool):
        if time.monotonic() > deadline - 10:
            # A slow machine may end the process before it came to that.
            sync(spool)
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert texts(server, run_id) == {"0.txt": "again", "1.txt": "killed 1", "2.txt": "killed 2"}


def test_an_old_file_of_the_spool_does_not_replace_a_newer_one(
    server: Server, proxy: Proxy, spool: Path, tmp_path: Path
) -> None:
    code = """
        run_id = client.create_run("0").info.run_id
        client.log_text(run_id, "before", "a.txt")
        client.log_text(run_id, "before", "b.txt")
        say(run_id)
        sys.stdin.readline()
        client.log_text(run_id, "kept", "a.txt")
        client.log_text(run_id, "kept", "b.txt")
        say("kept")
        time.sleep(60)
    """
    script = Script(f"runyard://{proxy.address}", spool, code, **BOUNDS)
    run_id = script.hear()
    proxy.down = True
    script.tell()
    assert script.hear() == "kept"
    script.kill()
    assert texts(server, run_id) == {"a.txt": "before", "b.txt": "before"}
    address = server.address.replace("http://", "runyard://")
    run_script(address, tmp_path / "other", f"client.log_text('{run_id}', 'newer', 'a.txt')")
    proxy.down = False
    for _ in range(2):
        assert sync(spool).exit_code == 0
        assert texts(server, run_id) == {"a.txt": "newer", "b.txt": "kept"}
    assert files_in(spool) == []


def test_what_is_logged_anew_replaces_what_waits(server: Server, proxy: Proxy, spool: Path) -> None:
    proxy.down = True
    code = """
        run_id = client.create_run("0").info.run_id
        for number in range(20):
            client.log_text(run_id, f"kept {number}", "a.txt")
        client.log_text(run_id, "kept", "b.txt")
        say(run_id)
        sys.stdin.readline()
        client.log_text(run_id, "at once", "a.txt")
        say("logged")
    """
    script = Script(f"runyard://{proxy.address}", spool, code, **BOUNDS)
    run_id = script.hear()
    # Only the newest of each path is kept.
    assert sorted(path.read_text() for path in files_in(spool)) == ["kept", "kept 19"]
    proxy.down = False
    script.tell()
    assert script.hear() == "logged"
    script.end()
    assert texts(server, run_id) == {"a.txt": "at once", "b.txt": "kept"}
    assert files_in(spool) == []


def test_images_that_are_logged_in_the_background_are_waited_for_within_a_bound(
    server: Server, proxy: Proxy, spool: Path
) -> None:
    pytest.importorskip("PIL")
    code = """
        import numpy
        run = mlflow.start_run()
        say(run.info.run_id)
        for step in range(3):
            mlflow.log_image(numpy.zeros((8, 8, 3), numpy.uint8), key="image", step=step)
        mlflow.flush_artifact_async_logging()
        say(len(client.list_artifacts(run.info.run_id, "images")))
        sys.stdin.readline()
        for step in range(3, 6):
            mlflow.log_image(numpy.zeros((8, 8, 3), numpy.uint8), key="image", step=step)
        mlflow.flush_artifact_async_logging()
        say("flushed")
        mlflow.end_run()
    """
    script = Script(f"runyard://{proxy.address}", spool, code, **BOUNDS)
    run_id = script.hear()
    assert script.hear() == "6"
    proxy.black_hole = True
    script.tell()
    assert script.hear() == "flushed"
    _, errors = script.end()
    assert "6 artifacts are not on" in errors
    assert "sent when it answers" in errors
    proxy.black_hole = False
    assert sync(spool).exit_code == 0
    images = server.folder / "artifacts" / "0" / run_id / "artifacts" / "images"
    assert len(list(images.iterdir())) == 12


def test_a_full_spool_costs_the_files_and_not_the_training(server: Server, proxy: Proxy, spool: Path) -> None:
    proxy.down = True
    code = """
        with mlflow.start_run() as run:
            mlflow.log_text("fits", "small.txt")
            for number in range(3):
                mlflow.log_text("x" * 2_000_000, f"{number}.txt")
            mlflow.log_metric("m", 1)
        say(run.info.run_id)
    """
    address = f"runyard://{proxy.address}"
    said, errors = run_script(address, spool, code, RUNYARD_SPOOL_MAX_BYTES="8500000", **BOUNDS)
    assert errors.count("can't take more") == 1
    proxy.down = False
    assert sync(spool).exit_code == 0
    run_id = next(line for line in said if len(line) == 32)
    assert sorted(texts(server, run_id)) == ["0.txt", "1.txt", "small.txt"]


def test_a_damaged_copy_is_kept_and_told(server: Server, spool: Path) -> None:
    address = server.address.replace("http://", "runyard://")
    code = """
        run_id = client.create_run("0").info.run_id
        client.log_text(run_id, "whole", "a.txt")
        client.log_text(run_id, "damaged", "b.txt")
        say(run_id)
    """
    (run_id, *_), _ = run_script(address, spool, code, RUNYARD_OFFLINE="true")
    damaged = files_in(spool)[1]
    damaged.write_text("dxmaged")
    done = sync(spool)
    assert "b.txt" in done.stderr
    assert "damaged" in done.stderr
    assert texts(server, run_id) == {"a.txt": "whole"}
    assert files_in(spool) == [damaged]


def test_a_server_that_takes_no_files_now_holds_up_nothing_and_gets_them_later(
    server: Server, spool: Path
) -> None:
    code = """
        with mlflow.start_run() as run:
            say(run.info.run_id)
            for number in range(20):
                mlflow.log_text(f"text {number}", f"{number}.txt")
                mlflow.log_metric("m", number, step=number)
            say("logged")
            sys.stdin.readline()
    """

    class Full(Proxy):
        full = True

        def _pass_on(self, request, body):  # type: ignore[no-untyped-def]
            if self.full and request.command == "PUT":
                return 503, b'{"error_code": "TEMPORARILY_UNAVAILABLE", "message": "The disk is full."}', []
            return super()._pass_on(request, body)

    proxy = Full(server.address)
    with proxy:
        bounds = {**BOUNDS, "RUNYARD_REQUEST_TIMEOUT": "30"}
        script = Script(f"runyard://{proxy.address}", spool, code, **bounds)
        run_id = script.hear()
        assert script.hear() == "logged"
        assert len(files_in(spool)) == 20
        proxy.full = False
        wait_until_sent(spool)
        script.tell()
        _, errors = script.end()
    assert errors.count("takes no artifacts: status 503: The disk is full.") == 1, errors
    assert "can't be reached" not in errors
    assert texts(server, run_id) == {f"{number}.txt": f"text {number}" for number in range(20)}


def test_files_of_a_run_that_was_made_offline_go_where_its_experiment_says(
    server: Server, spool: Path, tmp_path: Path
) -> None:
    address = server.address.replace("http://", "runyard://")
    code = f"""
        client.create_experiment("elsewhere", artifact_location="file://{tmp_path}/elsewhere")
    """
    run_script(address, spool, code)
    code = """
        mlflow.set_experiment("elsewhere")
        with mlflow.start_run() as run:
            mlflow.log_text("text", "a/b.txt")
        say(run.info.run_id)
    """
    said, _ = run_script(address, spool, code, RUNYARD_OFFLINE="true")
    run_id = next(line for line in said if len(line) == 32)
    for _ in range(2):
        done = sync(spool)
        assert done.exit_code == 0, done.stderr
        assert (tmp_path / "elsewhere" / run_id / "artifacts" / "a" / "b.txt").read_text() == "text"
    assert files_in(spool) == []


def test_a_live_process_keeps_its_files_while_somebody_else_sends_them(
    server: Server, proxy: Proxy, spool: Path
) -> None:
    proxy.down = True
    code = """
        with mlflow.start_run() as run:
            mlflow.log_text("text", "a.txt")
            say(run.info.run_id)
            sys.stdin.readline()
    """
    script = Script(f"runyard://{proxy.address}", spool, code, **BOUNDS)
    run_id = script.hear()
    for _ in range(2):
        done = sync(spool, "--server", server.address)
        assert done.exit_code == 0, done.stderr
        assert texts(server, run_id) == {"a.txt": "text"}
    assert len(files_in(spool)) == 1
    proxy.down = False
    script.tell()
    _, errors = script.end()
    assert "is not sent" not in errors
    assert (texts(server, run_id), files_in(spool)) == ({"a.txt": "text"}, [])


def test_a_note_is_believed_only_as_far_as_the_format_goes(tmp_path: Path) -> None:
    note = tmp_path / "0000000001.json"
    said = {"version": 1, "place": "run:1", "path": "a", "size": 1, "sha256": "", "logged": 1500}
    note.write_text(json.dumps(said))
    kept = read_note(note)
    assert (kept.place, kept.path, kept.logged, kept.data.name) == ("run:1", "a", 1.5, "0000000001.data")
    for wrong in ({"version": 2}, {"place": "file:///etc"}, {"place": None}, {"size": None, "logged": "x"}):
        note.write_text(json.dumps({**said, **wrong}))
        with pytest.raises(Unknown, match=r"0000000001\.json"):
            read_note(note)
    note.write_text("{")
    with pytest.raises(Unknown):
        read_note(note)
