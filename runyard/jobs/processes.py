"""Finds and ends processes: by number and start, by group, and by what their environment says."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

PROC = Path("/proc")
# Named in the environment of all processes of a node.
MARK = "RUNYARD_NODE"


def started(pid: int) -> str:
    """What tells a process from a later one of the same number; empty when there is none, or it has ended."""
    try:
        # After the name, which may hold anything: state is the 1st field, the start the 20th.
        fields = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return ""
    except (NotADirectoryError, PermissionError):
        return "?"
    return "" if fields[0] in "ZX" else fields[19]


def is_alive(pid: int, start: str) -> bool:
    """Whether the process of this number that began then still runs."""
    if not PROC.exists():
        return _answers(pid)
    return bool(start) and started(pid) == start


def _answers(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def marked(mark: str) -> list[int]:
    """The processes whose environment names this node, as far as this user may look. Linux; elsewhere none."""
    wanted = f"{MARK}={mark}".encode()
    found = []
    for entry in PROC.iterdir() if PROC.exists() else ():
        if not entry.name.isdigit():
            continue
        with suppress(OSError):
            if wanted in (entry / "environ").read_bytes().split(b"\0"):
                found.append(int(entry.name))
    return [pid for pid in found if pid != os.getpid() and started(pid)]


def send(pids: Iterable[int], number: int) -> None:
    """Send a signal to processes that may have ended."""
    for pid in pids:
        with suppress(ProcessLookupError, PermissionError):
            os.kill(pid, number)


def send_to_group(group: int, number: int) -> bool:
    """Send a signal to a process group; whether it was there."""
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def end_marked(mark: str, grace: float = 0.0) -> int:
    """End all processes of a node, after a grace of so many seconds at once; how many there were."""
    found = marked(mark)
    if found and grace > 0:
        send(found, signal.SIGTERM)
        until = time.monotonic() + grace
        while marked(mark) and time.monotonic() < until:
            time.sleep(0.05)
    for _ in range(100):
        rest = marked(mark)
        if not rest:
            break
        send(rest, signal.SIGKILL)
        time.sleep(0.02)
    return len(found)


def out_of_memory_kills() -> int:
    """How often this machine's kernel has killed a process for want of memory; 0 where it can't be told."""
    with suppress(OSError, ValueError):
        for line in (PROC / "vmstat").read_text().splitlines():
            if line.startswith("oom_kill "):
                return int(line.split()[1])
    return 0


def resident_bytes(group: int) -> int:
    """The memory that the processes of a group hold, shared pages counted for each; 0 where it can't be told."""
    total = 0
    page = os.sysconf("SC_PAGE_SIZE")
    for entry in PROC.iterdir() if PROC.exists() else ():
        if not entry.name.isdigit():
            continue
        with suppress(OSError, IndexError, ValueError):
            if int((entry / "stat").read_text().rpartition(")")[2].split()[2]) == group:
                total += int((entry / "statm").read_text().split()[1]) * page
    return total
