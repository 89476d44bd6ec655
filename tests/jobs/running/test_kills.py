"""SIGKILL of servers, runners and supervisors while jobs run: nothing is lost, begun twice, or runs for ever."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import threading
import time
from pathlib import Path

import pytest

from runyard.jobs.client import Client
from runyard.jobs.entities import Output, Retries
from runyard.jobs.link import Away
from runyard.jobs.processes import marked, started
from runyard.jobs.supervisor.order import read_status
from tests.faults.server import PROGRAM, Server
from tests.jobs.running.jobs import LONG, artifact, command, get, is_in, node_folder, submit, until

pytestmark = pytest.mark.faults

# Says a line every hundredth of a second.
TALK = "for i in $(seq {count}); do echo line $i; sleep 0.01; done; echo file > outputs/f"


def lines(count: int) -> bytes:
    return b"".join(b"line %d\n" % number for number in range(1, count + 1))


def test_a_job_goes_on_while_the_server_is_killed_again_and_again(own_server: Server) -> None:
    server = own_server
    name = submit(server, command(TALK.format(count=300)))
    until(lambda: is_in(server, name, "Running"))
    chance = random.Random(1)
    for _ in range(4):
        time.sleep(chance.uniform(0.1, 0.6))
        server.kill()
        time.sleep(chance.uniform(0.0, 0.5))
        # On another port, which the supervisor is told of.
        server.start()
    job = Client(server.address).wait(name, LONG)
    assert (job.state, job.message) == ("Completed", "")
    assert artifact(server, job, "user_logs/std_log.txt") == lines(300)
    assert artifact(server, job, "outputs/f") == b"file\n"
    begun = artifact(server, job, "system_logs/supervisor.log").count(b"The command: ")
    assert begun == 1


def test_a_job_ends_while_there_is_no_server(own_server: Server) -> None:
    server = own_server
    name = submit(server, command(TALK.format(count=50) + "; exit 3", outputs={"o": Output()}))
    until(lambda: is_in(server, name, "Running"))
    folder = node_folder(server, name)
    server.kill()
    until(lambda: (status := read_status(folder)) is not None and status.node.state == "Finalizing")
    server.start()
    job = Client(server.address).wait(name, LONG)
    assert (job.state, job.reason) == ("Failed", "exit_code")
    assert artifact(server, job, "user_logs/std_log.txt") == lines(50)
    assert artifact(server, job, "outputs/f") == b"file\n"


def test_a_supervisor_that_is_killed_ends_the_job_and_loses_no_line(own_server: Server) -> None:
    server = own_server
    text = "echo begun; sleep 1000 & setsid sleep 1000 & wait"
    name = submit(server, command(text, nodes=2, processes=2))
    until(lambda: is_in(server, name, "Running"))
    for rank in range(4):
        folder = node_folder(server, name, rank // 2)
        until(lambda: (folder / "logs" / "user_logs" / f"std_log_process_{rank:02}.txt").stat().st_size > 0)  # noqa: B023
    status = read_status(node_folder(server, name, 1))
    assert status is not None
    os.kill(status.pid, signal.SIGKILL)
    job = Client(server.address).wait(name, LONG)
    assert (job.state, job.reason) == ("Failed", "supervisor")
    assert "Its supervisor was killed" in job.message
    for rank in range(4):
        log = artifact(server, job, f"node_{rank // 2}/user_logs/std_log_process_{rank:02}.txt")
        assert log == b"begun\n"
    assert [marked(f"{name}/0/{node}") for node in range(2)] == [[], []]


def test_a_supervisor_that_is_killed_while_it_prepares_begins_anew(
    own_server: Server, tmp_path: Path
) -> None:
    server = own_server
    code = tmp_path / "src"
    code.mkdir()
    for number in range(200):
        (code / f"{number}.py").write_text("x" * 1000)
    killed = 0
    for attempt in range(6):
        name = submit(server, command("ls | grep -c py", code=str(code)))
        folder = node_folder(server, name)
        until(lambda: (folder / "status.json").exists() or get(server, name).is_final)  # noqa: B023
        time.sleep(0.01 * attempt)
        status = read_status(folder)
        if status is not None and not status.has_begun:
            os.kill(status.pid, signal.SIGKILL)
            killed += 1
        job = Client(server.address).wait(name, LONG)
        if job.state == "Completed":
            assert artifact(server, job, "user_logs/std_log.txt") == b"200\n"
        else:
            # It had begun the command between the look and the kill.
            assert job.reason == "supervisor"
    assert killed > 0


def test_a_workspace_that_is_deleted_leaves_no_process(own_server: Server) -> None:
    server = own_server
    name = submit(server, command("sleep 1000"))
    until(lambda: is_in(server, name, "Running"))
    status = read_status(node_folder(server, name))
    assert status is not None
    assert marked(f"{name}/0/0")
    server.kill()
    shutil.rmtree(server.folder)
    until(lambda: not started(status.pid) and not marked(f"{name}/0/0"))


def test_retries_also_follow_a_killed_supervisor(own_server: Server) -> None:
    server = own_server
    name = submit(
        server, command("test $RUNYARD_NODE = $MLFLOW_RUN_ID/1/0 || sleep 1000", retries=Retries(count=1))
    )
    until(lambda: is_in(server, name, "Running"))
    status = read_status(node_folder(server, name))
    assert status is not None
    os.kill(status.pid, signal.SIGKILL)
    job = Client(server.address).wait(name, LONG)
    assert (job.state, job.retry) == ("Completed", 1)


def test_a_job_whose_runner_is_gone_does_not_run_for_ever(tmp_path: Path) -> None:
    options = ("--runner", "none", "--job-silent-seconds", "1", "--job-lost-seconds", "8")
    with Server(tmp_path / "data", *options) as server:
        runner = start_runner(server, tmp_path / "runner")
        name = submit(server, command("sleep 1000"))
        until(lambda: is_in(server, name, "Running"))
        status = read_status(tmp_path / "runner" / "jobs" / name / "try-0" / "node-0")
        assert status is not None
        runner.kill()
        runner.wait()
        until(lambda: is_in(server, name, "NotResponding"))
        assert "was not heard of for" in get(server, name).message
        # It comes back in time.
        runner = start_runner(server, tmp_path / "runner")
        until(lambda: is_in(server, name, "Running"))
        runner.kill()
        runner.wait()
        until(lambda: get(server, name).is_final)
        job = get(server, name)
        assert (job.state, job.reason) == ("Failed", "lost")
        # A runner that comes back too late ends what it finds.
        runner = start_runner(server, tmp_path / "runner")
        until(lambda: not marked(f"{name}/0/0"))
        until(lambda: not (tmp_path / "runner" / "jobs" / name).exists())
        assert get(server, name).state == "Failed"
        runner.terminate()
        assert runner.wait(20) == 0


def start_runner(server: Server, folder: Path, *options: str) -> subprocess.Popen[bytes]:
    command = [PROGRAM, "runner", str(folder), "--server", server.address, "--grace-seconds", "1", *options]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def test_two_servers_and_two_runners_begin_each_job_once(tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    begun.mkdir()
    with (
        Server(tmp_path / "data", "--runner", "none") as one,
        Server(tmp_path / "data", "--runner", "none") as other,
    ):
        runners = [
            start_runner(server, tmp_path / f"runner-{number}", "--cpus", "4")
            for number, server in enumerate((one, other, one))
        ]
        try:
            # Each leaves a file of its process in a folder of its job.
            text = f"mkdir -p {begun}/$MLFLOW_RUN_ID; touch {begun}/$MLFLOW_RUN_ID/$$"
            names = [submit(server, command(text)) for _ in range(30) for server in (one, other)]
            for name in names:
                assert Client(one.address).wait(name, LONG).state == "Completed"
        finally:
            for runner in runners:
                runner.terminate()
                runner.wait(20)
        used = {job.runner for job in Client(one.address).listed()}
    assert [len(list((begun / name).iterdir())) for name in names] == [1] * 60
    assert len(used) == 3


def test_a_thousand_short_jobs_pass_the_queue(tmp_path: Path) -> None:
    count = 1000
    with Server(tmp_path / "data", "--runner-cpus", "8", "--durability", "relaxed") as server:
        stop = threading.Event()

        def disturb() -> None:
            """Once in the middle: the queue is kept."""
            until(lambda: sum(1 for _ in Client(server.address).listed(["Completed"], most=5000)) > 100, 250)
            server.kill()
            server.start()
            stop.set()

        killer = threading.Thread(target=disturb)
        killer.start()
        names = []
        for number in range(count):
            while True:
                try:
                    names.append(submit(server, command("exit $((RANDOM % 2))", name=f"j{number}")))
                    break
                except Away:
                    time.sleep(0.2)
                except Exception as error:
                    assert "already" in str(error)
                    names.append(f"j{number}")
                    break
        killer.join()
        until(
            lambda: (
                not list(
                    Client(server.address).listed(
                        ["Queued", "Starting", "Preparing", "Running", "Finalizing"]
                    )
                )
            ),
            280,
        )
        jobs = list(Client(server.address).listed(most=5000))
    assert len(jobs) == len(set(names)) == count
    assert {job.state for job in jobs} == {"Completed", "Failed"}
    assert {job.reason for job in jobs} == {"", "exit_code"}


def test_a_log_of_a_gigabyte_is_kept_byte_by_byte_in_bounded_memory(own_server: Server) -> None:
    server = own_server
    size = 1 << 30
    text = f"head -c {size} /dev/zero | tr '\\0' 'x'"
    name = submit(server, command(text))
    most = 0
    folder = node_folder(server, name)
    until(lambda: read_status(folder) is not None)
    status = read_status(folder)
    assert status is not None
    client = Client(server.address)
    while not client.get(name).is_final:
        try:
            text = Path(f"/proc/{status.pid}/status").read_text()
            most = max(most, int(text.partition("VmRSS:")[2].split()[0]) * 1024)
        except (OSError, IndexError):
            break
        time.sleep(0.05)
    job = client.wait(name, 120)
    assert job.state == "Completed", job.message
    kept = server.folder / "artifacts" / job.experiment_id / name / "artifacts" / "user_logs" / "std_log.txt"
    assert kept.stat().st_size == size
    with kept.open("rb") as file:
        while piece := file.read(1 << 24):
            assert piece == b"x" * len(piece)
    assert 0 < most < 100 << 20
