"""Does the same work on several threads, and ends when all of it is done or some of it failed."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")


def connections() -> int:
    """How many transfers run at once on this machine."""
    return min(8, max(2, 2 * (os.cpu_count() or 1)))


def run_all(work: Callable[[T], None], items: Iterable[T], threads: int) -> None:
    """Call `work` with each of `items`, taken in order; raises the first error when all threads have ended."""
    waiting = iter(items)
    lock = threading.Lock()
    failed: list[BaseException] = []

    def run() -> None:
        while not failed:
            with lock:
                item = next(waiting, _End)
            if item is _End:
                return
            try:
                work(item)  # type: ignore[arg-type]
            except BaseException as error:
                failed.append(error)

    started = []
    for _ in range(threads - 1):
        thread = threading.Thread(target=run, name="runyard-artifacts", daemon=True)
        try:
            thread.start()
        except RuntimeError:  # the interpreter is ending
            break
        started.append(thread)
    run()
    for thread in started:
        thread.join()
    if failed:
        raise failed[0]


class _End:
    """Stands for the end of the items."""
