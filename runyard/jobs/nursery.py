"""Starts supervisors quickly: one process has imported what they need, and they are forked from it.

`python -m runyard.jobs.nursery` reads lines `["module", "folder"]` and answers each with the number of a process that
calls `module.main(folder)`. It has one thread, and ends with its input; what it has started goes on.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
import threading
import time
from importlib import import_module
from pathlib import Path

# Seconds after which one that is not used is ended: it holds some memory.
IDLE_SECONDS = 60.0


class Nursery:
    """The runner's side."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._used = 0.0
        self._lock = threading.Lock()

    def start(self, module: str, folder: Path) -> int:
        """Start a process that belongs to nobody; its number. Raises OSError."""
        with self._lock:
            self._used = time.monotonic()
            line = json.dumps([module, str(folder)]).encode() + b"\n"
            for _ in range(2):
                process = self._process or self._begin()
                assert process.stdin is not None and process.stdout is not None
                try:
                    process.stdin.write(line)
                    process.stdin.flush()
                    answer = process.stdout.readline()
                except BrokenPipeError:
                    answer = b""
                if answer:
                    return int(answer)
                # It was killed; whether it has started something is told by the folder's lock.
                self._end()
            raise OSError("No supervisor can be started.")

    def _begin(self) -> subprocess.Popen[bytes]:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "runyard.jobs.nursery"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        return self._process

    def look(self) -> None:
        """End it when it was not used for long."""
        with self._lock:
            if self._process is not None and time.monotonic() - self._used > IDLE_SECONDS:
                self._end()

    def close(self) -> None:
        """End it."""
        with self._lock:
            self._end()

    def _end(self) -> None:
        if self._process is not None:
            assert self._process.stdin is not None and self._process.stdout is not None
            self._process.stdin.close()
            self._process.stdout.close()
            self._process.wait()
            self._process = None


def main() -> None:
    """See the module."""
    import_module("runyard.jobs.supervisor.__main__")
    gc.freeze()
    # Nobody asks how they end: they say it themselves.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while line := sys.stdin.buffer.readline():
        module, folder = json.loads(line)
        pid = os.fork()
        if pid == 0:
            _become(module, Path(folder))
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()


def _become(module: str, folder: Path) -> None:
    code = 1
    try:
        os.setsid()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        _lead_elsewhere(folder / "supervisor.err")
        os.chdir(folder)
        import_module(f"{module}.__main__").main(folder)
        code = 0
    except BaseException:  # the process's boundary: what it says is in its file
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stderr.flush()
        os._exit(code)


def _lead_elsewhere(errors: Path) -> None:
    nothing = os.open(os.devnull, os.O_RDONLY)
    output = os.open(errors, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for descriptor, number in ((nothing, 0), (output, 1), (output, 2)):
        os.dup2(descriptor, number)
        os.set_inheritable(number, True)
    os.close(nothing)
    os.close(output)


if __name__ == "__main__":
    main()
