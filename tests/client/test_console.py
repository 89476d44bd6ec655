"""What a process writes to stdout and stderr goes to its run: every byte, live, and whatever happens to it."""

from __future__ import annotations

import http.client
import os
import re
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import psutil
import pytest

from tests.client.proxy import Proxy
from tests.client.scripts import Script, run_script, sync
from tests.faults.server import Server
from tests.faults.wire import Connection, create_run

LOG = "user_logs/std_log.txt"
ON = {"RUNYARD_CONSOLE": "true"}
BOUNDS = {"RUNYARD_AWAY_TIMEOUT": "0.5", "RUNYARD_REQUEST_TIMEOUT": "5"}


def console(server: Server, run_id: str, path: str = LOG) -> bytes:
    """The file on the server; nothing where there is none yet."""
    connection = http.client.HTTPConnection(urlsplit(server.address).netloc, timeout=60)
    try:
        connection.request("GET", f"/get-artifact?{urlencode({'run_id': run_id, 'path': path})}")
        answer = connection.getresponse()
        content = answer.read()
        return content if answer.status == 200 else b""
    finally:
        connection.close()


def wait_for(holds: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def address(server: Server) -> str:
    return server.address.replace("http://", "runyard://")


def new_run(server: Server) -> str:
    with Connection(server.address) as connection:
        return create_run(connection)


def kept_in(spool: Path) -> list[str]:
    return [path.name for path in spool.glob("*/*/console-*")]


def without_urls(log: bytes) -> bytes:
    """Without the two lines that mlflow says at the end of a run."""
    return b"".join(line for line in log.splitlines(keepends=True) if b" at: http" not in line)


def run_program(
    server: Server, spool: Path, code: str, **given: object
) -> subprocess.CompletedProcess[bytes]:
    """Run a program whose stdout and stderr are bytes, and may be led anywhere."""
    environment = {**os.environ, **ON, "MLFLOW_TRACKING_URI": address(server), "RUNYARD_SPOOL": str(spool)}
    environment["MLFLOW_DISABLE_TELEMETRY"] = "true"
    command = [sys.executable, "-c", textwrap.dedent(code)]
    return subprocess.run(command, env=environment, check=False, timeout=120, **given)  # type: ignore[call-overload,no-any-return]


WRITES = r"""
    import os, subprocess, sys
    import mlflow
    print("before")
    with mlflow.start_run() as run:
        for step in range(5):
            print(f"\r{step}/5", end="")
        os.write(1, bytes(range(256)))
        subprocess.run(["sh", "-c", "echo 'from a child'; printf 'its complaint' >&2"])
        sys.stderr.write("trouble\r\n")
        buffered = sys.stdout.line_buffering
    sys.stdout.write("after")
    open(os.environ["RUNYARD_SPOOL"] + ".run", "w").write(f"{run.info.run_id} {buffered} {sys.stdout.line_buffering}")
"""


@pytest.mark.parametrize("together", [False, True])
def test_every_byte_goes_to_both(server: Server, spool: Path, tmp_path: Path, together: bool) -> None:
    out, err = tmp_path / "out", tmp_path / "err"
    with out.open("wb") as stdout, err.open("wb") as stderr:
        done = run_program(
            server, spool, WRITES, stdout=stdout, stderr=subprocess.STDOUT if together else stderr
        )
    assert done.returncode == 0, (out.read_bytes(), err.read_bytes())
    run_id, during, after = Path(f"{spool}.run").read_text().split()
    assert (during, after) == ("True", "False")
    log = without_urls(console(server, run_id))
    progress = b"\r0/5\r1/5\r2/5\r3/5\r4/5" + bytes(range(256)) + b"from a child\n"
    if together:
        # One file: the order is exact.
        whole = progress + b"its complaint" + b"trouble\r\n"
        assert log == whole
        assert without_urls(out.read_bytes()) == b"before\n" + whole + b"after"
    else:
        assert without_urls(out.read_bytes()) == b"before\n" + progress + b"after"
        assert err.read_bytes() == b"its complainttrouble\r\n"
        assert sorted(log) == sorted(progress + b"its complainttrouble\r\n")
    assert kept_in(spool) == []


def test_it_is_there_while_the_script_runs_and_a_kill_loses_nothing(server: Server, spool: Path) -> None:
    code = """
        import mmap, struct, threading
        counted = open(os.environ["RUNYARD_SPOOL"] + ".count", "w+b")
        counted.truncate(8)
        shared = mmap.mmap(counted.fileno(), 8)
        mlflow.start_run()
        say("live")
        sys.stdin.readline()
        number = 0
        while True:
            os.write(1 + number % 2, b"%d\\n" % number)
            number += 1
            shared[:8] = struct.pack("<q", number)
    """
    run_id = new_run(server)
    script = Script(address(server), spool, code, MLFLOW_RUN_ID=run_id)
    wait_for(lambda: console(server, run_id) == b"live\n")
    script.tell()
    count = Path(f"{spool}.count")
    assert script.process.stdout is not None
    assert script.process.stderr is not None
    os.set_blocking(script.process.stdout.fileno(), False)
    os.set_blocking(script.process.stderr.fileno(), False)

    def written() -> int:
        for stream in (script.process.stdout, script.process.stderr):
            assert stream is not None
            try:
                while os.read(stream.fileno(), 1 << 20):
                    pass
            except BlockingIOError:
                pass
        return int.from_bytes(count.read_bytes(), "little")

    wait_for(lambda: written() > 20_000)
    script.process.kill()
    script.end(-9)
    reached = int.from_bytes(count.read_bytes(), "little")
    wait_for(lambda: sync(spool).exit_code == 0 and kept_in(spool) == [])
    lines = console(server, run_id).split(b"\n")
    assert lines[0] == b"live"
    numbers = sorted(int(line) for line in lines[1:] if line)
    # The one under way may have been written, too.
    assert numbers in (list(range(reached)), list(range(reached + 1)))
    assert sync(spool).exit_code == 0
    assert console(server, run_id).split(b"\n") == lines


def test_an_outage_delays_it(server: Server, proxy: Proxy, spool: Path) -> None:
    code = """
        mlflow.start_run()
        for number in range(5):
            print("line", number)
            if number in (1, 3):
                say("waits")
                sys.stdin.readline()
        mlflow.end_run()
    """
    run_id = new_run(server)
    script = Script(f"runyard://{proxy.address}", spool, code, MLFLOW_RUN_ID=run_id, **BOUNDS)
    wait_for(lambda: console(server, run_id).endswith(b"waits\n"))
    proxy.down = True
    script.tell()
    wait_for(lambda: any(b"line 3" in path.read_bytes() for path in spool.glob("*/*/console-*.log")))
    assert b"line 3" not in console(server, run_id)
    proxy.down = False
    script.tell()
    script.end()
    sync(spool)
    lines = without_urls(console(server, run_id)).decode().splitlines()
    assert lines == ["line 0", "line 1", "waits", "line 2", "line 3", "waits", "line 4"]
    assert kept_in(spool) == []


def test_each_rank_has_its_file(server: Server, spool: Path) -> None:
    run_id = new_run(server)
    code = "mlflow.start_run()\nprint('rank', os.environ['RANK'])"
    scripts = [
        Script(address(server), spool, code, MLFLOW_RUN_ID=run_id, RANK=str(rank), WORLD_SIZE="2")
        for rank in range(2)
    ]
    for script in scripts:
        script.end()
    for rank in range(2):
        log = console(server, run_id, f"user_logs/std_log_process_{rank:02}.txt")
        assert without_urls(log) == f"rank {rank}\n".encode()


@pytest.mark.parametrize(
    ("end", "code", "said"),
    [("raise ValueError('the reason')", 1, b"ValueError: the reason"), ("sys.exit(3)", 3, b"begun")],
)
def test_how_a_script_ends_is_kept(server: Server, spool: Path, end: str, code: int, said: bytes) -> None:
    run_id = new_run(server)
    script = f"with mlflow.start_run():\n    print('begun')\n    {end}"
    _, errors = Script(address(server), spool, script, MLFLOW_RUN_ID=run_id).end(code)
    log = console(server, run_id)
    assert said in log
    assert ("Traceback" in errors) is (b"Traceback" in log) is (code == 1)


def test_a_run_that_goes_on_has_what_was_written_before(server: Server, spool: Path) -> None:
    run_id = new_run(server)
    for _ in range(2):
        script = Script(
            address(server),
            spool,
            "mlflow.start_run()\nprint('the same')\nsay('done')\nsys.stdin.readline()",
            MLFLOW_RUN_ID=run_id,
            RUNYARD_OFFLINE="true",
        )
        assert script.hear() == "the same"
        assert script.hear() == "done"
        script.kill()
    # What the second one finds in the spool comes before its own.
    run_script(address(server), spool, "mlflow.start_run()\nprint('third')", MLFLOW_RUN_ID=run_id)
    assert without_urls(console(server, run_id)) == b"the same\ndone\n" * 2 + b"third\n"


def test_a_spool_that_is_sent_twice_changes_nothing(server: Server, spool: Path, tmp_path: Path) -> None:
    import shutil

    code = "with mlflow.start_run() as run:\n    print('offline')\nsay(run.info.run_id)"
    said, _ = run_script(address(server), spool, code, RUNYARD_OFFLINE="true", **ON)
    run_id = said[-1]
    copy = tmp_path / "copy"
    shutil.copytree(spool, copy)
    for each in (spool, copy):
        done = sync(each)
        assert done.exit_code == 0, done.stderr
        assert without_urls(console(server, run_id)) == b"offline\n"
        assert kept_in(each) == []


def test_only_the_first_run_of_a_process_and_not_without_being_asked(server: Server, spool: Path) -> None:
    code = """
        runs = []
        for name in ("first", "second"):
            with mlflow.start_run(run_name=name) as run:
                print("in", name)
                with mlflow.start_run(nested=True) as nested:
                    print("nested in", name)
                child = os.fork()
                if child == 0:
                    with_child = client.create_run("0").info.run_id
                    print("forked from", name)
                    sys.stdout.flush()
                    os._exit(0)
                os.waitpid(child, 0)
                runs += [run.info.run_id, nested.info.run_id]
            print("between")
        say(*runs)
    """
    said, _ = run_script(address(server), spool, code, **ON)
    first, nested, second, other = said[-1].split()
    for run_id, name in ((first, "first"), (second, "second")):
        lines = without_urls(console(server, run_id)).decode().splitlines()
        assert lines == [f"in {name}", f"nested in {name}", f"forked from {name}"]
    assert [console(server, run_id) for run_id in (nested, other)] == [b"", b""]
    said, _ = run_script(
        address(server), spool, "with mlflow.start_run() as run:\n    print(1)\nsay(run.info.run_id)"
    )
    assert console(server, said[-1]) == b""


def test_a_helper_that_is_killed_is_replaced(server: Server, spool: Path) -> None:
    code = """
        mlflow.start_run()
        for number in range(2000):
            print("line", number)
            if number == 1000:
                say("half")
                sys.stdin.readline()
    """
    run_id = new_run(server)
    script = Script(address(server), spool, code, MLFLOW_RUN_ID=run_id)
    while script.hear() != "half":
        pass
    mark = str(spool)
    helpers = [
        each
        for each in psutil.process_iter(["cmdline"])
        if "tee.py" in str(each.info["cmdline"]) and mark in str(each.info["cmdline"])
    ]
    assert len(helpers) == 1
    wait_for(lambda: console(server, run_id).endswith(b"half\n"))
    helpers[0].kill()
    # Until it is gone, it may read what it can't write any more.
    wait_for(lambda: not helpers[0].is_running() or helpers[0].status() == psutil.STATUS_ZOMBIE)
    script.tell()
    script.end()
    log = without_urls(console(server, run_id)).replace(b"half\n", b"")
    assert log == b"".join(b"line %d\n" % number for number in range(2000))


def test_a_reader_of_stdout_that_leaves_ends_nothing(server: Server, spool: Path) -> None:
    run_id = new_run(server)
    code = """
        mlflow.start_run()
        say("here")
        sys.stdin.readline()
        for number in range(3000):
            print("line", number)
    """
    script = Script(address(server), spool, code, MLFLOW_RUN_ID=run_id)
    assert script.hear() == "here"
    assert script.process.stdout is not None
    script.process.stdout.close()
    script.tell()
    with script.process as process:
        assert process.stderr is not None
        assert "BrokenPipe" not in process.stderr.read()
    assert process.returncode == 0
    assert b"line 2999\n" in console(server, run_id)


def test_much_of_it_takes_little_memory(server: Server, spool: Path) -> None:
    run_id = new_run(server)
    code = """
        import resource
        mlflow.start_run()
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        line = b"x" * 1023 + b"\\n"
        for _ in range(200):
            os.write(1, line * 1024)
        mlflow.end_run()
        open(os.environ["RUNYARD_SPOOL"] + ".grown", "w").write(
            str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
        )
    """
    before = server.memory()
    done = run_program_in_job(server, spool, run_id, code)
    assert done.returncode == 0, done.stderr
    size = len(without_urls(console(server, run_id)))
    assert size == 200 * 1024 * 1024
    assert int(Path(f"{spool}.grown").read_text()) < 60 * 1024
    assert server.memory() - before < 200 * 1024 * 1024
    assert kept_in(spool) == []


def run_program_in_job(
    server: Server, spool: Path, run_id: str, code: str
) -> subprocess.CompletedProcess[bytes]:
    return run_program(
        server,
        spool,
        "import os\nos.environ['MLFLOW_RUN_ID'] = "
        + repr(run_id)
        + "\nimport mlflow\n"
        + textwrap.dedent(code),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def test_a_full_spool_ends_nothing_and_says_what_is_missing(
    server: Server, proxy: Proxy, spool: Path
) -> None:
    code = """
        mlflow.start_run()
        proxied = sys.stdin.readline()
        for _ in range(20):
            os.write(2, b"y" * 1023 * 1024 + b"\\n")
        say("all written")
        sys.stdin.readline()
        time.sleep(1.5)
        print("room again")
    """
    run_id = new_run(server)
    proxy.down = True
    script = Script(
        f"runyard://{proxy.address}",
        spool,
        code,
        MLFLOW_RUN_ID=run_id,
        RUNYARD_SPOOL_MAX_BYTES=str(14 * 1024 * 1024),
        **BOUNDS,
    )
    script.tell()
    assert script.process.stderr is not None
    errors = b""
    while errors.count(b"y") < 20 * 1023 * 1024:
        errors += os.read(script.process.stderr.fileno(), 1 << 20)
    assert script.hear() == "all written"
    assert errors.count(b"the log of the console can't take more") == 1
    kept = sum(path.stat().st_size for path in spool.glob("*/*/*"))
    assert kept <= 14 * 1024 * 1024
    proxy.down = False
    wait_for(lambda: len(console(server, run_id)) > 6 * 1024 * 1024)
    script.tell()
    script.end()
    sync(spool)
    log = console(server, run_id)
    # More than one gap, where there was room for a moment.
    missing = re.findall(rb"\n\[(\d+) bytes are missing here\]\n", log)
    assert missing != []
    assert log.count(b"y") + sum(map(int, missing)) >= 20 * 1023 * 1024
    assert b"room again\n" in log


def test_what_other_processes_left_takes_room(server: Server, spool: Path) -> None:
    other = spool / "0123456789abcdef" / "other" / "files" / "0000000001.data"
    other.parent.mkdir(parents=True)
    other.touch()
    # With the first segment of the process, less than another file is left.
    os.truncate(other, 8 * 1024 * 1024)
    code = "mlflow.start_run()\nprint('not kept')\nsay('done')\nmlflow.end_run()"
    run_id = new_run(server)
    said, errors = run_script(
        address(server),
        spool,
        code,
        MLFLOW_RUN_ID=run_id,
        RUNYARD_SPOOL_MAX_BYTES=str(13 * 1024 * 1024),
    )
    assert {"not kept", "done"} <= set(said)
    assert "the log of the console can't take more" in "\n".join(said) + errors
    assert b"not kept" not in console(server, run_id)


def test_a_bad_value_is_told(spool: Path) -> None:
    script = Script("runyard://127.0.0.1:9", spool, "client.create_run('0')", RUNYARD_CONSOLE="maybe")
    _, errors = script.end(1)
    assert "RUNYARD_CONSOLE is 'maybe': it must be auto, true or false." in errors


@pytest.mark.parametrize("offline", ["true", "false"])
def test_a_helper_that_always_dies_stalls_nothing(server: Server, spool: Path, offline: str) -> None:
    code = """
        mlflow.start_run()
        say("here")
        sys.stdin.readline()
        for number in range(60_000):
            print("line", number, "." * 60)
        say("all written")
        sys.stdin.readline()
    """
    script = Script(
        address(server), spool, code, MLFLOW_RUN_ID=new_run(server), RUNYARD_OFFLINE=offline, **BOUNDS
    )
    assert script.hear() == "here"
    script.tell()
    assert script.process.stdout is not None
    led_before = os.readlink(f"/proc/self/fd/{script.process.stdout.fileno()}")

    def is_given_up() -> bool:
        # Nobody reads meanwhile: the pipes are full, and the script waits for them.
        for each in psutil.process_iter(["cmdline"]):
            if "tee.py" in str(each.info["cmdline"]) and str(spool) in str(each.info["cmdline"]):
                each.kill()
        return os.readlink(f"/proc/{script.process.pid}/fd/1") == led_before

    wait_for(is_given_up)
    lines = [script.hear()]
    while lines[-1] != "all written":
        lines.append(script.hear())
    # What a killed helper had just read is lost, at most.
    assert len(lines) > 30_000
    assert lines[-2].startswith("line 59999 ")
    script.tell()
    _, errors = script.end()
    assert "its helper ends again and again" in errors
