"""Keeps an environment from being removed while a job runs in it."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from runyard.jobs.environments.build import Built
from runyard.jobs.environments.failed import EnvironmentFailed
from runyard.jobs.environments.layout import lock_of, read_marker


@contextmanager
def use(built: Built) -> Iterator[int]:
    """Hold an environment for the length of a `with` block, and count that as a use.

    Yields the descriptor of the lock: a process that inherits it holds the environment, too, until it ends. Raises
    EnvironmentFailed if the environment was removed since it was built.
    """
    marker = built.folder.with_name("ready.json")
    gone = EnvironmentFailed(
        f"The environment {built.key[:16]} was removed meanwhile: it has to be built again."
    )
    try:
        descriptor = os.open(lock_of(built.folder), os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        raise gone from None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        ready = read_marker(marker)
        if ready is None or ready.attempt != built.folder.name:
            raise gone
        os.utime(marker)
        yield descriptor
        # Another prune may have waited for less than the time of this use.
        with suppress(FileNotFoundError):
            os.utime(marker)
    finally:
        os.close(descriptor)
