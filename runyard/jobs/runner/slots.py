"""What this machine has for jobs, and what each takes of it."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import NamedTuple

from runyard.jobs.entities import CommandJob, Job


class Capacity(NamedTuple):
    """What there is: processors, bytes of memory, and numbers of GPUs."""

    cpus: float
    memory_bytes: int
    gpus: tuple[int, ...] = ()


class Need(NamedTuple):
    """What a job takes, all its nodes together: they are on one machine here."""

    cpus: float = 0.0
    memory_bytes: int = 0
    gpus: int = 0


def this_machine(cpus: float = 0.0, memory_bytes: int = 0) -> Capacity:
    """What this machine has; 0 takes all of it."""
    there = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return Capacity(cpus or float(_processors()), memory_bytes or there, _gpus())


def _processors() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1


def _gpus() -> tuple[int, ...]:
    program = shutil.which("nvidia-smi")
    if program is None:
        return ()
    try:
        done = subprocess.run(
            [program, "--query-gpu=index", "--format=csv,noheader"],
            capture_output=True,
            text=True,
            timeout=20,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return ()
    return tuple(int(line) for line in done.stdout.split() if line.isdigit())


def need_of(job: Job, capacity: Capacity) -> Need:
    """What a job takes: what it says for each node, else a processor for each process, at most all there are."""
    if not isinstance(job, CommandJob):
        # Its steps and trials are jobs of their own.
        return Need()
    resources = job.task.resources
    nodes = resources.instance_count
    distribution = job.task.distribution
    processes = nodes * (distribution.process_count_per_instance if distribution is not None else 1)
    if resources.cpus is None:
        cpus = min(float(processes), capacity.cpus)
    else:
        cpus = resources.cpus * nodes
    return Need(cpus, (resources.memory_bytes or 0) * nodes, int((resources.gpus or 0) * nodes))


class Slots:
    """What is taken of a machine."""

    def __init__(self, capacity: Capacity) -> None:
        self.capacity = capacity
        self._taken: dict[str, Need] = {}
        self._gpus: dict[str, tuple[int, ...]] = {}

    def why_never(self, need: Need) -> str:
        """Why a job can't run here at all; empty when it can."""
        there = self.capacity
        if need.cpus > there.cpus:
            return f"It needs {need.cpus:g} processors, and this compute has {there.cpus:g}."
        if need.memory_bytes > there.memory_bytes:
            return f"It needs {need.memory_bytes:,} bytes of memory, and this compute has {there.memory_bytes:,}."
        if need.gpus > len(there.gpus):
            return f"It needs {need.gpus} GPUs, and this compute has {len(there.gpus)}."
        return ""

    def why_not_now(self, need: Need) -> str:
        """Why a job has to wait; empty when there is room."""
        cpus = self.capacity.cpus - sum(each.cpus for each in self._taken.values())
        memory = self.capacity.memory_bytes - sum(each.memory_bytes for each in self._taken.values())
        gpus = len(self.capacity.gpus) - sum(each.gpus for each in self._taken.values())
        holders = ", ".join(sorted(self._taken)[:3]) + (", …" if len(self._taken) > 3 else "")
        if need.cpus > cpus + 1e-9:
            free = f"{max(0.0, cpus):g} of {self.capacity.cpus:g}"
            return f"It needs {need.cpus:g} processors, and {free} are free: {holders}."
        if need.memory_bytes > memory:
            return (
                f"It needs {need.memory_bytes:,} bytes of memory, and {max(0, memory):,} are free: {holders}."
            )
        if need.gpus > gpus:
            return f"It needs {need.gpus} GPUs, and {gpus} of {len(self.capacity.gpus)} are free: {holders}."
        return ""

    def take(self, name: str, need: Need) -> tuple[int, ...]:
        """Take what a job needs; the numbers of its GPUs."""
        used = {gpu for gpus in self._gpus.values() for gpu in gpus}
        free = [gpu for gpu in self.capacity.gpus if gpu not in used]
        self._taken[name] = need
        self._gpus[name] = tuple(free[: need.gpus])
        return self._gpus[name]

    def give_back(self, name: str) -> None:
        """A job has ended, or its processes have."""
        self._taken.pop(name, None)
        self._gpus.pop(name, None)
