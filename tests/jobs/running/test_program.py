"""`runyard job …` as people use it."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

from tests.faults.server import PROGRAM, Server


def job(
    server: Server | None, *arguments: str, folder: Path | None = None
) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MLFLOW_")}
    if server is not None:
        environment["MLFLOW_TRACKING_URI"] = server.address.replace("http://", "runyard://")
    command = [PROGRAM, "job", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, cwd=folder, check=False)


def test_from_the_file_to_the_download(server: Server, tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "main.sh").write_text("echo rate $1; echo kept > outputs/f; echo made > $2/m")
    (tmp_path / "job.yml").write_text(
        "command: sh main.sh ${{inputs.rate}} ${{outputs.o}}\ncode: src\ninputs: {rate: 1}\noutputs: {o: }\n"
    )
    options = ("--file", "job.yml", "--set", "inputs.rate=2.5", "--name", "by-hand", "--stream")
    done = job(server, "create", *options, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"RunId: by-hand\nWeb View: {server.address}/jobs/by-hand\n")
    assert "Streaming user_logs/std_log.txt\n\nrate 2.5\n" in done.stdout
    assert "Execution Summary" in done.stdout
    assert done.stderr.splitlines()[0] == "Queued" and done.stderr.splitlines()[-1] == "Completed"
    shown = json.loads(job(server, "show", "-n", "by-hand", "-o", "json").stdout)
    # As in the hosted service, the experiment is named as the folder.
    assert (shown["state"], shown["experiment_name"]) == ("Completed", tmp_path.name)
    listed = job(server, "list", "--experiment", tmp_path.name).stdout
    assert listed.startswith("by-hand  Completed")
    assert job(server, "stream", "-n", "by-hand").returncode == 0
    fetched = job(server, "download", "-n", "by-hand", "-p", "got", folder=tmp_path)
    assert fetched.returncode == 0, fetched.stderr
    assert (tmp_path / "got" / "named-outputs" / "o" / "m").read_text() == "made\n"
    assert (tmp_path / "got" / "artifacts" / "outputs" / "f").read_text() == "kept\n"
    assert (tmp_path / "got" / "artifacts" / "user_logs" / "std_log.txt").read_text() == "rate 2.5\n"
    for verb in ("archive", "restore", "restore"):
        assert job(server, verb, "-n", "by-hand").returncode == 0


def test_what_goes_wrong_ends_with_another_code(server: Server, tmp_path: Path) -> None:
    (tmp_path / "bad.yml").write_text("comand: a\n")
    for verb in ("create", "validate"):
        done = job(server, verb, "-f", "bad.yml", folder=tmp_path)
        assert done.returncode == 1
        assert "bad.yml:1: comand: There is no such field here. Did you mean 'command'?" in done.stderr
    (tmp_path / "fails.yml").write_text("command: exit 3\n")
    assert job(server, "validate", "-f", "fails.yml", folder=tmp_path).returncode == 0
    done = job(server, "create", "-f", "fails.yml", "--stream", folder=tmp_path)
    assert done.returncode == 1
    assert "Error: Failed: The command ended with exit code 3." in done.stderr
    done = job(server, "show", "-n", "nobody")
    assert (done.returncode, done.stderr) == (1, "Error: There is no job with the name 'nobody'.\n")
    done = job(None, "list", "--server", "http://127.0.0.1:9")
    assert done.returncode == 1
    assert "http://127.0.0.1:9 can't be reached" in done.stderr
    done = job(None, "list", "--server", "runyard:./folder")
    assert "is no server that takes jobs" in done.stderr
