"""The machine that the figures come from, its disk's fsync above all."""

import os
import platform
import re
import sqlite3
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil

from benchmarks import environments

WRITE_BYTES = 4096


def _timed_syncs(
    folder: Path, times: int, prepare: Callable[[int], None], offset: Callable[[int], int]
) -> float:
    data = os.urandom(WRITE_BYTES)
    seconds = []
    with tempfile.NamedTemporaryFile(dir=folder) as file:
        prepare(file.fileno())
        for number in range(times):
            began = time.perf_counter()
            os.pwrite(file.fileno(), data, offset(number))
            os.fdatasync(file.fileno())
            seconds.append(time.perf_counter() - began)
    return statistics.median(seconds)


def append_sync_seconds(folder: Path, times: int = 200) -> float:
    """Median of appending 4 KiB to a file and making it durable, as a log that grows does."""
    return _timed_syncs(folder, times, lambda descriptor: None, lambda number: number * WRITE_BYTES)


def overwrite_sync_seconds(folder: Path, times: int = 200) -> float:
    """Median of overwriting 4 KiB in place and making it durable, as a log that is reused does."""
    blocks = 256

    def fill(descriptor: int) -> None:
        os.pwrite(descriptor, bytes(blocks * WRITE_BYTES), 0)
        os.fsync(descriptor)

    return _timed_syncs(folder, times, fill, lambda number: number % blocks * WRITE_BYTES)


def _first(pattern: str, text: str, otherwise: str) -> str:
    found = re.search(pattern, text, re.MULTILINE)
    return found[1].strip() if found else otherwise


def _virtualization(flags: str) -> str:
    return "virtual machine" if "hypervisor" in flags else "bare metal"


def _file_system(folder: Path) -> str:
    mounts = [mount for mount in psutil.disk_partitions(all=True) if folder.is_relative_to(mount.mountpoint)]
    return max(mounts, key=lambda mount: len(mount.mountpoint)).fstype


def _version(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True)
    return done.stdout.strip() or done.stderr.strip()[:200]


def versions(families: set[str]) -> dict[str, str]:
    """What each measured program says of itself."""
    commands = {
        "runyard": lambda: [str(environments.runyard()), "--version"],
        "mlflow": lambda: [str(environments.mlflow()), "--version"],
        "fasttrackml": lambda: [str(environments.fasttrackml()), "--version"],
    }
    return {family: _version(commands[family]()) for family in sorted(families)}


def _commit() -> str:
    return _version(["git", "-C", str(environments.ROOT), "rev-parse", "--short", "HEAD"])


def describe(folder: Path) -> dict[str, Any]:
    """Facts of the machine and the disk below `folder`."""
    cpuinfo = Path("/proc/cpuinfo").read_text()
    model = _first(r"^model name\s*:\s*(.+)$", cpuinfo, platform.machine())
    return {
        "cpu": model,
        "cores": os.cpu_count(),
        "machine": _virtualization(cpuinfo),
        "memory_gib": round(psutil.virtual_memory().total / 2**30, 1),
        "kernel": platform.release(),
        "file_system": _file_system(folder),
        "append_4k_fdatasync_ms": round(append_sync_seconds(folder) * 1000, 4),
        "overwrite_4k_fdatasync_ms": round(overwrite_sync_seconds(folder) * 1000, 4),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "commit": _commit(),
    }


def host_kind(facts: dict[str, Any]) -> str:
    """A short name of the kind of machine, for the result's file name."""
    model = re.sub(r"[^a-z0-9]+", "-", str(facts["cpu"]).lower()).strip("-")[:30].strip("-")
    return f"{facts['cores']}-cores-{model}-{'vm' if facts['machine'] == 'virtual machine' else 'metal'}"
