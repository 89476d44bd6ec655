"""The processes of one node while they run: started together, ended together."""

from __future__ import annotations

import logging
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from runyard.job_entities import RankState
from runyard.jobs.processes import end_marked, out_of_memory_kills, resident_bytes, send_to_group
from runyard.jobs.supervisor.ranks import Rank, new_state

log = logging.getLogger("runyard.jobs.supervisor")

# Seconds between two looks at the processes: at first, and when they have run for a second.
FIRST_LOOK, LOOK = 0.005, 0.05
MEMORY_SECONDS = 0.5
LAST_BYTES = 4096


class Ending:
    """Why the processes ended, or are to end: empty while all is well."""

    def __init__(self) -> None:
        self.reason = ""
        self.message = ""

    def say(self, reason: str, message: str) -> None:
        """Keep the first cause: what follows from it is none."""
        if not self.reason:
            self.reason, self.message = reason, message
            log.info("%s", message)


class Processes:
    """The ranks of a node, each a shell that runs the command in a process group of its own."""

    def __init__(self, ranks: list[Rank], mark: str, grace: float, changed: Callable[[], None]) -> None:
        self._ranks = ranks
        self._mark = mark
        self._grace = grace
        self._changed = changed
        self.states = [new_state(rank) for rank in ranks]
        self._running: list[subprocess.Popen[bytes] | None] = [None] * len(ranks)
        self._logs: list[Path] = []
        self._kills = out_of_memory_kills()
        self.ending = Ending()

    def start(self, command: str, folder: Path, logs: Path, variables: Mapping[str, str]) -> None:
        """Start all; raises OSError."""
        shell = shutil.which("bash") or "/bin/sh"
        logs.mkdir(parents=True, exist_ok=True)
        for index, rank in enumerate(self._ranks):
            path = logs / rank.log
            self._logs.append(path)
            # Its own file, not a pipe: what it writes is kept whoever else ends.
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            try:
                process = subprocess.Popen(
                    [shell, "-c", command],
                    cwd=folder,
                    env={**variables, **rank.variables},
                    stdin=subprocess.DEVNULL,
                    stdout=descriptor,
                    stderr=descriptor,
                    start_new_session=True,
                )
            finally:
                os.close(descriptor)
            self._running[index] = process
            self.states[index].pid, self.states[index].started = process.pid, now()
            log.info(
                "Rank %d runs as process %d; its output is user_logs/%s.", rank.rank, process.pid, rank.log
            )
        self._changed()

    def wait(self, stopped: Callable[[], bool], deadline: float | None, memory: int | None) -> None:
        """Wait until all have ended; the first that fails, `stopped` and the deadline end the others."""
        began = time.monotonic()
        looked = began
        while any(self._running):
            self._look()
            if not any(self._running):
                break
            at = time.monotonic()
            if stopped() and self.ending.reason:
                self._end_all()
            elif deadline is not None and at >= deadline:
                self.ending.say(
                    "timeout", f"It ran for longer than its limit of {deadline - began:.0f} seconds."
                )
                self._end_all()
            elif self.ending.reason:
                self._end_all()
            elif memory is not None and at - looked >= MEMORY_SECONDS:
                looked = at
                self._check_memory(memory)
            time.sleep(FIRST_LOOK if at - began < 1.0 else LOOK)
        # What they have started and left behind.
        left = end_marked(self._mark, grace=min(self._grace, 1.0))
        if left:
            log.info("%d processes that the command left behind were ended.", left)

    def _look(self) -> None:
        for index, process in enumerate(self._running):
            if process is None or (code := process.poll()) is None:
                continue
            self._running[index] = None
            state = self.states[index]
            state.exit_code, state.ended = code, now()
            log.info("Rank %d ended with %s.", state.rank, told(code))
            if code != 0:
                self.ending.say(*self._why(index, state, code))
            self._changed()

    def _why(self, index: int, state: RankState, code: int) -> tuple[str, str]:
        who = "The command" if len(self.states) == 1 and state.rank == 0 else f"Rank {state.rank}"
        # A shell says 128 + number of a signal that ended what it ran.
        number = -code if code < 0 else code - 128 if code > 128 else 0
        if number == signal.SIGKILL and out_of_memory_kills() > self._kills:
            return "out_of_memory", f"{who} was killed by the system: the machine ran out of memory."
        if code < 0 or (
            code > 128 and number in (signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS)
        ):
            return "signal", f"{who} was killed by {_signal_name(number)}."
        line = last_line(self._logs[index])
        return "exit_code", f"{who} ended with exit code {code}." + (
            f" Its last line: {line}" if line else ""
        )

    def _check_memory(self, most: int) -> None:
        used = sum(resident_bytes(process.pid) for process in self._running if process is not None)
        if used > most:
            self.ending.say("out_of_memory", f"It held {used:,} bytes of memory; its limit is {most:,}.")

    def _end_all(self) -> None:
        """SIGTERM to each group, and SIGKILL after the grace; returns when all have ended."""
        for process in filter(None, self._running):
            log.info("SIGTERM to the processes of %d.", process.pid)
            send_to_group(process.pid, signal.SIGTERM)
        until = time.monotonic() + self._grace
        while any(self._running) and time.monotonic() < until:
            self._look()
            time.sleep(FIRST_LOOK)
        for process in filter(None, self._running):
            log.info("SIGKILL to the processes of %d, %.0f seconds later.", process.pid, self._grace)
            send_to_group(process.pid, signal.SIGKILL)
            process.wait()
        self._look()


def now() -> int:
    """Milliseconds since 1970."""
    return time.time_ns() // 1_000_000


def told(code: int) -> str:
    """An exit code in words."""
    return _signal_name(-code) if code < 0 else f"exit code {code}"


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def last_line(path: Path) -> str:
    """The last line of a log that says something, shortened."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - LAST_BYTES))
            lines = file.read().decode(errors="replace").splitlines()
    except OSError:
        return ""
    for line in reversed(lines):
        text = line.rpartition("\r")[2].strip()
        if text:
            return text[:300]
    return ""
