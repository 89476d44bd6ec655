"""What programs say, and those that leave others behind."""

from __future__ import annotations

import io
import os
import signal
import subprocess

from runyard.jobs.child_output import copy_output


def started(script: str) -> subprocess.Popen[bytes]:
    """A shell whose streams are one pipe."""
    return subprocess.Popen(["sh", "-c", script], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def test_every_byte_and_the_last_lines() -> None:
    log = io.BytesIO()
    process = started(
        "printf 'one\\n\\n\\377 two '; echo three >&2; head -c 100000 /dev/zero | tr '\\0' x; exit 3"
    )
    last = copy_output(process, log)
    assert process.returncode == 3
    assert log.getvalue() == b"one\n\n\xff two three\n" + b"x" * 100_000
    assert last == "x" * 16_384


def test_empty_lines_are_no_last_ones() -> None:
    process = started("for number in $(seq 30); do echo line $number; echo; done")
    assert copy_output(process, io.BytesIO()).splitlines() == [f"line {number}" for number in range(11, 31)]


def test_a_daemon_that_holds_the_pipe_is_not_waited_for() -> None:
    log = io.BytesIO()
    process = started("sleep 1000 & echo $!; echo done")
    assert copy_output(process, log).splitlines()[-1] == "done"
    assert process.returncode == 0
    os.kill(int(log.getvalue().split()[0]), signal.SIGKILL)
