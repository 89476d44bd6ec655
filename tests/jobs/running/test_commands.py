"""Commands from their job to their end: output, values, folders, variables, and how they end."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

import pytest

from runyard.errors import RunyardError
from runyard.jobs.client import Client
from runyard.jobs.entities import Input, Output, Resources, Retries
from runyard.jobs.link import Refused
from runyard.jobs.processes import started
from tests.faults.server import Server
from tests.jobs.running.jobs import artifact, artifacts, command, get, is_in, node_folder, run, submit, until


def test_what_a_command_writes_is_its_log_byte_by_byte(server: Server) -> None:
    text = r"printf 'one\rtwo\n\000\377'; printf 'to stderr' >&2"
    job = run(server, command(text))
    assert (job.state, job.reason, job.message) == ("Completed", "", "")
    assert artifact(server, job, "user_logs/std_log.txt") == b"one\rtwo\n\x00\xffto stderr"
    assert [event.state for event in job.events][:2] == ["Queued", "Starting"]
    assert [event.state for event in job.events][-1] == "Completed"
    assert {"system_logs/queue.log", "system_logs/supervisor.log"} <= set(artifacts(server, job))
    assert job.created <= (job.started or 0) <= (job.ended or 0)


def test_the_run_is_a_clients_and_its_status_the_runners(server: Server, tmp_path: Path) -> None:
    script = """
import json, os, sys, urllib.request
address = os.environ["MLFLOW_TRACKING_URI"].replace("runyard://", "http://")
def post(path, **body):
    request = urllib.request.Request(address + "/api/2.0/mlflow/runs/" + path, json.dumps(body).encode(),
        {"content-type": "application/json"})
    urllib.request.urlopen(request).read()
run_id = os.environ["MLFLOW_RUN_ID"]
post("log-metric", run_id=run_id, key="loss", value=0.5, timestamp=1, step=0)
# As a client's exit does it.
post("update", run_id=run_id, status="FINISHED", end_time=5)
post("update", run_id=run_id, run_name="renamed")
print("still here", flush=True)
assert sys.stdin.read() == ""
sys.exit(3)
"""
    (tmp_path / "main.py").write_text(script)
    job = run(server, command("python main.py", code=str(tmp_path / "main.py")))
    assert (job.state, job.reason) == ("Failed", "exit_code")
    assert job.message == "The command ended with exit code 3. Its last line: still here"
    assert job.display_name == "renamed"
    assert (job.ended or 0) > 5


def test_values_paths_and_variables_are_where_the_command_looks(server: Server, tmp_path: Path) -> None:
    data = tmp_path / "data set"
    data.mkdir()
    (data / "a.csv").write_text("1,2\n")
    one = tmp_path / "one.txt"
    one.write_text("one")
    inputs = {
        "lr": Input(type="literal", value=0.1),
        "flag": Input(type="literal", value=True),
        "data": Input(path=str(data)),
        "copied": Input(path=str(data), mode="download"),
        "one": Input(type="uri_file", path=str(one)),
    }
    outputs = {"model": Output(), "report": Output(type="uri_file")}
    text = (
        "echo ${{inputs.lr}} ${{ inputs.flag }} $EXTRA; cat '${{inputs.data}}/a.csv' ${{inputs.one}}; "
        "test -L '${{inputs.data}}'; echo $?; test -L '${{inputs.copied}}'; echo $?; "
        'test "$AZURE_ML_INPUT_one" = "${{inputs.one}}"; echo $?; '
        "ls -A ${{outputs.model}}; echo weights > ${{outputs.model}}/w; echo fine > ${{outputs.report}}; "
        "echo plot > outputs/plot.txt; echo event > logs/events.txt; "
        'echo $AZUREML_RUN_ID "$MLFLOW_RUN_ID" $AZUREML_CR_NODE_RANK $AZUREML_NODE_COUNT'
    )
    job = run(
        server, command(text, inputs=inputs, outputs=outputs, variables={"EXTRA": "rate=${{inputs.lr}}"})
    )
    assert job.state == "Completed", job.message
    said = artifact(server, job, "user_logs/std_log.txt").decode()
    assert said == f"0.1 True rate=0.1\n1,2\none0\n1\n0\n{job.name} {job.name} 0 1\n"
    assert artifact(server, job, "named-outputs/model/w") == b"weights\n"
    assert artifact(server, job, "named-outputs/report/report") == b"fine\n"
    assert artifact(server, job, "outputs/plot.txt") == b"plot\n"
    assert artifact(server, job, "logs/events.txt") == b"event\n"
    # Nothing of it is left where it ran.
    until(lambda: not node_folder(server, job.name).exists())


def test_an_output_of_one_job_is_an_input_of_another(server: Server) -> None:
    first = run(
        server,
        command("mkdir ${{outputs.o}}/deep; echo kept > ${{outputs.o}}/deep/f", outputs={"o": Output()}),
    )
    inputs = {
        "whole": Input(path=f"azureml://jobs/{first.name}/outputs/o/paths/"),
        "file": Input(type="uri_file", path=f"runs:/{first.name}/named-outputs/o/deep/f"),
    }
    job = run(server, command("cat ${{inputs.whole}}/deep/f ${{inputs.file}}", inputs=inputs))
    assert artifact(server, job, "user_logs/std_log.txt") == b"kept\nkept\n"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (Input(path="/no/such/folder"), "inputs.x: there is no /no/such/folder on this machine."),
        (Input(type="uri_file", path="/tmp"), "inputs.x: /tmp is no file, and its type is uri_file."),
        (Input(path="wasbs://a@b/c"), "inputs.x: nothing here can read 'wasbs://a@b/c'."),
        (
            Input(path="runs:/no_such/x"),
            "The inputs could not be brought: No run with run_id 'no_such' exists.",
        ),
    ],
)
def test_an_input_that_cannot_be_had_is_named(server: Server, given: Input, message: str) -> None:
    job = run(server, command("echo never", inputs={"x": given}))
    assert (job.state, job.reason) == ("Failed", "data")
    assert message in job.message
    assert "user_logs/std_log.txt" not in artifacts(server, job)
    assert message.rpartition(": ")[2] in artifact(server, job, "system_logs/data.log").decode()


def test_code_is_a_snapshot(server: Server, tmp_path: Path) -> None:
    code = tmp_path / "src"
    code.mkdir()
    (code / "main.py").write_text("print('from the snapshot')")
    (code / "tool").write_text("#!/bin/sh\necho tool")
    (code / "tool").chmod(0o755)
    job = command("sleep 0.3; python main.py; ./tool", code=str(code))
    name = submit(server, job)
    (code / "main.py").write_text("print('changed later')")
    done = Client(server.address).wait(name, 60)
    assert artifact(server, done, "user_logs/std_log.txt") == b"from the snapshot\ntool\n"
    assert done.snapshot is not None


@pytest.mark.parametrize(
    ("text", "reason", "message"),
    [
        ("exit 7", "exit_code", "The command ended with exit code 7."),
        ("kill -SEGV $$", "signal", "The command was killed by SIGSEGV."),
        ("kill -KILL $$", "signal", "The command was killed by SIGKILL."),
        ("bash -c 'kill -KILL $$'", "signal", "The command was killed by SIGKILL."),
        ("no-such-program", "exit_code", "The command ended with exit code 127. Its last line: "),
    ],
)
def test_how_it_ended_is_told_apart(server: Server, text: str, reason: str, message: str) -> None:
    job = run(server, command(text))
    assert (job.state, job.reason) == ("Failed", reason)
    assert job.message.startswith(message)


def test_a_limit_of_time_ends_it(server: Server) -> None:
    job = run(server, command("trap '' TERM; echo begun; sleep 60 & wait; sleep 60", timeout=0.5))
    assert (job.state, job.reason) == ("Canceled", "timeout")
    assert artifact(server, job, "user_logs/std_log.txt").startswith(b"begun\n")


def test_a_limit_of_memory_ends_it(server: Server) -> None:
    text = "python -c 'x = b\"x\" * 300_000_000; import time; time.sleep(60)'"
    job = run(server, command(text, resources=Resources(memory_bytes=100_000_000)))
    assert (job.state, job.reason) == ("Failed", "out_of_memory")
    assert "its limit is 100,000,000" in job.message


def test_nothing_that_it_started_is_left_behind(server: Server) -> None:
    text = "setsid sleep 1000 & echo $!; (trap '' TERM HUP; exec sleep 1000) & echo $!"
    job = run(server, command(text))
    assert job.state == "Completed"
    pids = [int(line) for line in artifact(server, job, "user_logs/std_log.txt").split()]
    assert len(pids) == 2
    until(lambda: not any(map(started, pids)))


def test_each_try_keeps_its_logs(server: Server, tmp_path: Path) -> None:
    counter = tmp_path / "count"
    text = f"echo try >> {counter}; n=$(wc -l < {counter}); echo this is try $n; test $n -ge 3"
    job = run(server, command(text, retries=Retries(count=5)))
    assert (job.state, job.retry) == ("Completed", 2)
    assert artifact(server, job, "user_logs/std_log.txt") == b"this is try 1\n"
    assert artifact(server, job, "retry_001/user_logs/std_log.txt") == b"this is try 2\n"
    assert artifact(server, job, "retry_002/user_logs/std_log.txt") == b"this is try 3\n"
    assert any("Try 1 of 6 failed" in event.message for event in job.events)
    again = run(server, command("exit 1", retries=Retries(count=1)))
    assert (again.state, again.retry) == ("Failed", 1)


def test_cancel_ends_it_in_every_state(server: Server) -> None:
    client = Client(server.address)
    running = submit(server, command("trap 'echo told; exit 0' TERM; echo begun; sleep 60 & wait"))
    stubborn = submit(server, command("trap '' TERM; echo begun; while true; do sleep 0.1; done"))
    for name in (running, stubborn):
        until(lambda name=name: is_in(server, name, "Running"))  # type: ignore[misc]
        until(lambda name=name: any(node_folder(server, name).glob("logs/user_logs/*")))  # type: ignore[misc]
        assert client.cancel(name).state == "CancelRequested"
    for name in (running, stubborn):
        job = client.wait(name, 60)
        assert (job.state, job.reason, job.message) == ("Canceled", "canceled", "Canceled on request.")
    assert artifact(server, client.get(running), "user_logs/std_log.txt") == b"begun\ntold\n"
    # What has ended stays as it is.
    assert client.cancel(running).state == "Canceled"
    done = run(server, command("true"))
    assert client.cancel(done.name).state == "Completed"
    waiting = submit(server, command("true", resources=Resources(cpus=1000)))
    assert client.cancel(waiting).state == "Canceled"
    assert get(server, waiting).runner is None


def test_a_job_that_waits_says_why(server: Server) -> None:
    never = submit(server, command("true", resources=Resources(cpus=1000)))
    until(lambda: get(server, never).message == "It needs 1000 processors, and this compute has 8.")
    holder = submit(server, command("sleep 60", resources=Resources(cpus=8)))
    until(lambda: is_in(server, holder, "Running"))
    waits = submit(server, command("true"))
    until(lambda: "1 processors, and 0 of 8 are free" in get(server, waits).message)
    later = submit(server, command("true"))
    until(lambda: "Jobs before it wait, too." in get(server, later).message)
    Client(server.address).cancel(holder)
    for name in (waits, later):
        assert Client(server.address).wait(name, 60).state == "Completed"
    Client(server.address).cancel(never)


def test_names_and_jobs_are_checked(server: Server) -> None:
    client = Client(server.address)
    name = submit(server, command("true", name="my-own_Name"))
    assert name == "my-own_Name"
    with pytest.raises(Refused, match="There is a run or job with the name 'my-own_Name' already"):
        submit(server, command("true", name="my-own_Name"))
    with pytest.raises(Refused, match="for parameter 'name'"):
        submit(server, command("true", name="../x"))
    with pytest.raises(Refused, match="no job with the name 'nobody'"):
        client.get("nobody")
    with pytest.raises(Refused, match="no job with the name 'nobody'"):
        submit(server, command("true", parent_job_name="nobody"))
    with pytest.raises(RunyardError, match="there is no"):
        submit(server, command("true", code="/no/such/code"))
    client.wait(name, 60)


def test_a_rank_that_is_killed_from_outside_is_seen(server: Server) -> None:
    name = submit(server, command("sleep 60 & wait", processes=2))
    until(lambda: is_in(server, name, "Running"))
    until(lambda: any(rank.pid for node in get(server, name).nodes for rank in node.ranks))
    (node,) = get(server, name).nodes
    pid = node.ranks[1].pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    job = Client(server.address).wait(name, 60)
    assert (job.state, job.reason, job.message) == ("Failed", "signal", "Rank 1 was killed by SIGKILL.")
    assert [rank.exit_code for rank in job.nodes[0].ranks] == [-15, -9]


def test_processes_of_several_nodes_find_each_other(server: Server) -> None:
    names = [
        "RANK",
        "LOCAL_RANK",
        "WORLD_SIZE",
        "NODE_RANK",
        "LOCAL_WORLD_SIZE",
        "MASTER_ADDR",
        "MASTER_PORT",
    ]
    text = f"python -c 'import json, os; print(json.dumps([os.environ[n] for n in {json.dumps(names)}]))'"
    job = run(server, command(text, nodes=2, processes=2))
    assert job.state == "Completed", job.message
    said = []
    for node in range(2):
        for local in range(2):
            rank = 2 * node + local
            said.append(
                json.loads(artifact(server, job, f"node_{node}/user_logs/std_log_process_{rank:02}.txt"))
            )
            assert said[-1][:5] == [str(rank), str(local), "4", str(node), "2"]
    assert len({(each[5], each[6]) for each in said}) == 1
    assert "node_1/system_logs/supervisor.log" in artifacts(server, job)


def test_mpi_and_tensorflow_are_told_in_their_own_words(server: Server) -> None:
    job = run(server, command("echo $OMPI_COMM_WORLD_RANK/$OMPI_COMM_WORLD_SIZE", processes=2, kind="mpi"))
    assert artifact(server, job, "user_logs/std_log_process_01.txt") == b"1/2\n"
    job = run(server, command("echo $TF_CONFIG", nodes=2, processes=1, kind="tensorflow"))
    told = json.loads(artifact(server, job, "node_1/user_logs/std_log_node_1_worker.txt"))
    assert told["task"] == {"type": "worker", "index": 1}
    assert [*told["cluster"]] == ["worker"]
    assert len(set(told["cluster"]["worker"])) == 2
