"""Makes a runner, and runs one beside a server."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

from runyard.jobs.runner.held import Place
from runyard.jobs.runner.runner import Runner, Taken
from runyard.jobs.runner.slots import this_machine
from runyard.settings import Settings, given_token

log = logging.getLogger("runyard.jobs.runner")

# Seconds after which a server looks again whether the folder's other runner has ended.
AGAIN_SECONDS = 2.0
LOOPBACK = ("127.0.0.1", "::1", "localhost")


def make_runner(
    address: str,
    folder: Path,
    cpus: float = 0.0,
    memory_bytes: int = 0,
    grace_seconds: float = 10.0,
    computes: tuple[str, ...] = ("local",),
    strict: bool = False,
) -> Runner:
    """A runner that works in `folder`."""
    place = Place(str(folder), address, given_token(), str(folder / "environments"), grace_seconds, strict)
    return Runner(place, this_machine(cpus, memory_bytes), computes)


class Beside:
    """The runner of a server, on a thread; of several servers of one workspace, one has it."""

    def __init__(self, address: str, workspace: Path, settings: Settings) -> None:
        self._stopping = threading.Event()
        self._runner: Runner | None = None
        self._arguments = (
            address,
            workspace / "runner",
            settings.runner_cpus,
            settings.runner_memory_bytes,
            settings.runner_grace_seconds,
            ("local",),
            bool(settings.runner_strict),
        )
        self._thread = threading.Thread(target=self._run, name="runyard-runner", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._runner = make_runner(*self._arguments)
            if self._stopping.is_set():
                return
            try:
                self._runner.run()
            except Taken:
                self._stopping.wait(AGAIN_SECONDS)
            except Exception:  # the thread's boundary: the server goes on
                log.exception("The runner ended; it begins again")
                self._stopping.wait(AGAIN_SECONDS)

    def stop(self) -> None:
        """End it; what runs goes on, and the next server finds it."""
        self._stopping.set()
        if self._runner is not None:
            self._runner.stop()
        self._thread.join(timeout=2.0)


def is_wanted(settings: Settings) -> bool:
    """Whether a server with these settings runs jobs: who can reach it can have this machine run anything."""
    return settings.runner == "local" or (settings.runner == "auto" and settings.host in LOOPBACK)
