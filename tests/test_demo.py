"""`make demo`, as far as it is worth a test: it leaves nothing running."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

DEMO = Path(__file__).resolve().parent.parent / "examples" / "demo.py"


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 0)])
def test_a_demo_that_is_ended_ends_its_server_and_its_training(
    tmp_path: Path, number: signal.Signals, code: int
) -> None:
    command = [sys.executable, str(DEMO), "--port", "0", "--folder", str(tmp_path / "data")]
    demo = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    children: list[psutil.Process] = []
    assert demo.stdout is not None
    try:
        while "The studio is at" not in (line := demo.stdout.readline()):
            assert line, "it ended"
        children = psutil.Process(demo.pid).children(recursive=True)
        assert any("server" in child.cmdline() for child in children)
        demo.send_signal(number)
        assert demo.wait(30) == code
        assert psutil.wait_procs(children, timeout=10)[1] == []
    finally:
        for child in children:
            if child.is_running():
                child.kill()
        demo.kill()
        demo.wait()
        demo.stdout.close()


def test_the_demos_outage_loses_nothing(tmp_path: Path) -> None:
    command = [sys.executable, str(DEMO), "--port", "0", "--folder", str(tmp_path / "data")]
    environment = {**os.environ, "RUNYARD_SPOOL": str(tmp_path / "spool")}
    done = subprocess.run(
        [*command, "--outage-only", "--no-wait"], capture_output=True, text=True, env=environment, timeout=120
    )
    assert done.returncode == 0, done.stderr
    said = [line.strip() for line in done.stdout.splitlines()]
    assert "The server is back." in said
    assert said[-1] == "All 3000 points are stored, once and in their order."
    assert done.stderr.count("can't be reached") == 1
