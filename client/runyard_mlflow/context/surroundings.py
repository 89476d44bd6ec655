"""Gathers what takes longer, on a thread, so that a new run does not wait for it."""

from __future__ import annotations

import atexit
import logging
import os
import threading
from collections.abc import Callable

from runyard_mlflow.context.git import git_tags
from runyard_mlflow.context.machine import gpu_tags, machine_tags
from runyard_mlflow.context.packages import MOST_CHARACTERS, package_tags

log = logging.getLogger("runyard_mlflow")

Tags = dict[str, str]
# Those that take longest come last: a run that ends soon has the others.
SOURCES: tuple[Callable[[], Tags], ...] = (package_tags, machine_tags, git_tags, gpu_tags)
# Seconds that the end of the process waits for tags of a run.
MOST_WAITED = 2.0


class Surroundings:
    """What surrounds this process, gathered once; safe for threads and after a fork."""

    def __init__(self) -> None:
        self._reset()
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._forked)

    def _reset(self) -> None:
        self._lock = threading.Lock()
        self._done = threading.Event()
        self._begun = self._gathered = False
        self._tags: Tags = {}
        self._waiting: list[Callable[[Tags], None]] = []

    def _forked(self) -> None:
        # The thread is the parent's; what it has gathered holds here, too.
        if self._done.is_set():
            self._lock = threading.Lock()
        else:
            self._reset()

    def begin(self) -> None:
        """Start to gather, unless that is done."""
        with self._lock:
            if self._begun:
                return
            self._begun = True
        try:
            threading.Thread(target=self._gather, name="runyard-context", daemon=True).start()
        except RuntimeError:  # the interpreter is ending
            self._done.set()

    def known(self, seconds: float) -> Tags | None:
        """All tags, or None when they are not there within the bound."""
        self.begin()
        return dict(self._tags) if self._done.wait(seconds) else None

    def later(self, use: Callable[[Tags], None]) -> None:
        """Have `use` called with the tags when they are there, on the thread; the process's end waits a little."""
        with self._lock:
            if not self._gathered:
                self._waiting.append(use)
                atexit.register(self._done.wait, MOST_WAITED)
                return
        use(dict(self._tags))

    def _gather(self) -> None:
        found: Tags = {}
        for source in SOURCES:
            try:
                found |= source()
            except Exception as error:  # the thread's boundary: a run without a tag is as good
                log.debug("%s: %s", source.__name__, error)
        with self._lock:
            self._tags = clean(found)
            self._gathered = True
        for use in self._waiting:
            try:
                use(dict(self._tags))
            except Exception as error:
                log.debug("Tags of a run are left out: %s", error)
        self._done.set()


def clean(tags: Tags) -> Tags:
    """Tags that the server takes: valid Unicode without NUL, and not too long."""
    return {
        name: value.encode(errors="replace").decode().replace("\0", "")[:MOST_CHARACTERS]
        for name, value in tags.items()
        if value
    }


SURROUNDINGS = Surroundings()
