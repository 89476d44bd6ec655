"""What a job costs beside the same command run by hand: `python -m benchmarks.jobs [--repeats N]`.

Prints a table, and writes it to `benchmarks/results/`. Figures by hand and through the queue are taken in turns.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from benchmarks import hardware
from benchmarks.run import RESULTS
from runyard.jobs.client import Client
from runyard.jobs.entities import Command, CommandJob

PROGRAM = str(Path(sys.executable).with_name("runyard"))
LOG_BYTES = 1 << 30
# Enough that the queue is never empty.
JOBS = 200
LINE = "echo line"
WRITE = (
    f"{sys.executable} -c \"import sys; [sys.stdout.write('x' * 99 + chr(10)) for _ in range(2_000_000)]\""
)
FLOOD = f"head -c {LOG_BYTES} /dev/zero"


class Jobs:
    """A server, and what is asked of it."""

    def __init__(self, folder: Path, address: str) -> None:
        self.folder = folder
        self.client = Client(address)

    def submit(self, text: str) -> str:
        job = CommandJob(task=Command(command=text), experiment_name="benchmark")
        return self.client.submit(job).name

    def log(self, name: str) -> Path | None:
        """The job's log on the server, once it is there."""
        return next(self.folder.glob(f"artifacts/*/{name}/artifacts/user_logs/std_log.txt"), None)


def first_line(jobs: Jobs) -> float:
    """Seconds from the submission until the server has the first line."""
    began = time.perf_counter()
    name = jobs.submit(LINE)
    while (log := jobs.log(name)) is None or not log.stat().st_size:
        time.sleep(0.001)
    seconds = time.perf_counter() - began
    jobs.client.wait(name, 60)
    return seconds


def first_line_by_hand(jobs: Jobs) -> float:
    """Seconds until a shell that writes into a file has written it."""
    with tempfile.NamedTemporaryFile() as file:
        began = time.perf_counter()
        subprocess.run(["bash", "-c", LINE], stdout=file, check=True)
        return time.perf_counter() - began


def queue(jobs: Jobs) -> float:
    """Jobs a second that do nothing, from the first submission to the last one's end."""
    began = time.perf_counter()
    names = [jobs.submit("true") for _ in range(JOBS)]
    for name in names:
        jobs.client.wait(name, 300)
    return JOBS / (time.perf_counter() - began)


def queue_by_hand(jobs: Jobs) -> float:
    began = time.perf_counter()
    for _ in range(JOBS):
        subprocess.run(["bash", "-c", "true"], check=True)
    return JOBS / (time.perf_counter() - began)


def writing(jobs: Jobs) -> float:
    """Seconds that a process takes which writes 200 MB in lines, by its own clock."""
    job = jobs.client.wait(jobs.submit(WRITE), 300)
    (rank,) = job.nodes[0].ranks
    assert rank.started is not None and rank.ended is not None
    return (rank.ended - rank.started) / 1000


def writing_by_hand(jobs: Jobs) -> float:
    with tempfile.NamedTemporaryFile(dir=jobs.folder) as file:
        began = time.perf_counter()
        subprocess.run(["bash", "-c", WRITE], stdout=file, check=True)
        return time.perf_counter() - began


def flood(jobs: Jobs) -> float:
    """MB a second of a log of 1 GiB, from the submission until the server has all of it."""
    began = time.perf_counter()
    name = jobs.submit(FLOOD)
    job = jobs.client.wait(name, 300)
    seconds = time.perf_counter() - began
    log = jobs.log(name)
    assert job.state == "Completed" and log is not None and log.stat().st_size == LOG_BYTES
    log.unlink()
    return LOG_BYTES / 1e6 / seconds


def flood_by_hand(jobs: Jobs) -> float:
    with tempfile.NamedTemporaryFile(dir=jobs.folder) as file:
        began = time.perf_counter()
        subprocess.run(["bash", "-c", FLOOD], stdout=file, check=True)
        return LOG_BYTES / 1e6 / (time.perf_counter() - began)


Measure = Callable[[Jobs], float]
ROWS: tuple[tuple[str, str, Measure, Measure], ...] = (
    ("submission to the first line on the server", "s", first_line, first_line_by_hand),
    (f"{JOBS} jobs that do nothing, one after the other by hand", "jobs/s", queue, queue_by_hand),
    ("a process that writes 200 MB in lines of 100 bytes", "s", writing, writing_by_hand),
    ("a log of 1 GiB until it is where it is to be", "MB/s", flood, flood_by_hand),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5)
    repeats = parser.parse_args().repeats
    found: dict[str, dict[str, list[float]]] = {}
    with tempfile.TemporaryDirectory(prefix="runyard-jobs-") as name:
        folder = Path(name) / "data"
        command = [PROGRAM, "server", str(folder), "--port", "0"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            assert server.stdout is not None
            jobs = Jobs(folder, server.stdout.readline().split(" at ")[1].strip())
            try:
                first_line(jobs)
                for title, _, through, by_hand in ROWS:
                    figures = found.setdefault(title, {"job": [], "hand": []})
                    for _ in range(repeats):
                        figures["job"].append(through(jobs))
                        figures["hand"].append(by_hand(jobs))
                    print(title, figures, flush=True)
            finally:
                server.terminate()
        machine = hardware.describe(Path(name))
    write(found, machine, repeats)


def write(found: dict[str, dict[str, list[float]]], machine: dict[str, Any], repeats: int) -> None:
    day = datetime.now(timezone.utc).strftime("%Y-%m-%d")
    lines = [f"# What a job costs on {day}", "", f"Medians of {repeats} repetitions in turns.", ""]
    lines += ["| | unit | as a job | by hand |", "| --- | --- | ---: | ---: |"]
    for title, unit, _, _ in ROWS:
        medians = [f"{statistics.median(found[title][way]):.3g}" for way in ("job", "hand")]
        lines.append(f"| {title} | {unit} | {medians[0]} | {medians[1]} |")
    lines += ["", "## The machine", "", *(f"- {key}: {value}" for key, value in machine.items()), ""]
    path = RESULTS / f"{day}-{hardware.host_kind(machine)}-jobs.md"
    path.write_text("\n".join(lines), encoding="utf-8")
    path.with_suffix(".json").write_text(
        json.dumps({"machine": machine, "figures": found}, indent=1, default=str)
    )
    print("\n".join(lines))


if __name__ == "__main__":
    main()
