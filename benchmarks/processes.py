"""A server's processes as a whole: their memory, and pausing them while another server is measured."""

import os
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import psutil

T = TypeVar("T")

PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
SAMPLE_SECONDS = 0.02
WORKERS_FIRST_SECONDS = 0.5


def tree(pid: int) -> list[psutil.Process]:
    """The process and all its descendants, the parent first; empty when it is gone."""
    with suppress(psutil.NoSuchProcess):
        parent = psutil.Process(pid)
        return [parent, *parent.children(recursive=True)]
    return []


def pause(pid: int) -> None:
    for process in tree(pid):
        with suppress(psutil.NoSuchProcess):
            process.send_signal(signal.SIGSTOP)


def resume(pid: int) -> None:
    """Workers first: a supervisor whose question they could not answer meanwhile would take them for dead."""
    family = tree(pid)
    parents = {process.ppid() for process in family if process.is_running()}
    workers = [process for process in family if process.pid not in parents]
    for process in workers:
        with suppress(psutil.NoSuchProcess):
            process.send_signal(signal.SIGCONT)
    if len(workers) > 1:
        time.sleep(WORKERS_FIRST_SECONDS)
    for process in reversed(family):
        with suppress(psutil.NoSuchProcess):
            process.send_signal(signal.SIGCONT)
    time.sleep(0.05)


def end(family: list[psutil.Process], leader: int) -> None:
    """End these processes, and all of the leader's session: also those that their parent left behind."""
    for process in family:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    for process in psutil.process_iter():
        with suppress(psutil.NoSuchProcess, ProcessLookupError):
            if os.getsid(process.pid) == leader:
                process.kill()


def proportional_bytes(pid: int) -> int:
    """Memory of the tree with shared pages counted once (PSS)."""
    total = 0
    for process in tree(pid):
        with suppress(psutil.NoSuchProcess):
            total += process.memory_full_info().pss
    return total


def resident_bytes(pids: list[int]) -> int:
    """Sum of resident memory (RSS), cheap enough to be read many times a second."""
    total = 0
    for pid in pids:
        with suppress(OSError):
            total += int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE_BYTES
    return total


def peak_growth(pid: int, work: Callable[[], T]) -> tuple[T, int]:
    """What `work` returns, and by how many bytes the tree's resident memory rose above its start meanwhile."""
    pids = [process.pid for process in tree(pid)]
    before = peak = resident_bytes(pids)
    done = threading.Event()

    def sample() -> None:
        nonlocal peak
        while not done.wait(SAMPLE_SECONDS):
            peak = max(peak, resident_bytes(pids))

    sampler = threading.Thread(target=sample)
    sampler.start()
    try:
        result = work()
    finally:
        done.set()
        sampler.join()
    return result, max(peak, resident_bytes(pids)) - before
