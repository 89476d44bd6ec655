"""Leads what a process writes to stdout and stderr through a helper of its own, which keeps it."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

from runyard_mlflow.console.log import SEGMENT, ConsoleLog

if sys.platform != "win32":
    import fcntl
    import termios

_TEE = Path(__file__).with_name("tee.py")
_PIPE_BYTES = 1024 * 1024
_SET_PIPE_SIZE = 1031
START_SECONDS = 30.0
# Looks, a hundredth of a second apart, at which nothing waits to be read.
QUIET_LOOKS = 20
# Helpers that are started in place of ones that died, before the capture is given up.
MOST_RESTARTS = 3


class Capture:
    """The capture under way. Raises OSError or subprocess.SubprocessError where it can't begin, and changes nothing."""

    def __init__(self, log: ConsoleLog, most_bytes: int) -> None:
        if sys.platform == "win32":
            raise OSError("Windows hands no pipe on to the helper")
        if not sys.executable or getattr(sys, "frozen", False):
            raise OSError("there is no Python interpreter to start")
        self.log = log
        self._most_bytes = most_bytes
        self._restarts = 0
        # By descriptor: where it led, and where the helper reads.
        self._saved: dict[int, int] = {}
        self._sources: dict[int, int] = {}
        self._modes: list[tuple[io.TextIOWrapper, bool]] = []
        log.captured = True
        try:
            self._begin()
        except BaseException:
            self._release()
            raise

    def _begin(self) -> None:
        for number in (1, 2):
            self._saved[number] = os.dup(number)
        one = os.path.samestat(os.fstat(1), os.fstat(2))
        targets: dict[int, int] = {}
        try:
            for number in (1,) if one else (1, 2):
                self._sources[number], targets[number] = os.pipe()
                if sys.platform == "linux":
                    with suppress(OSError):  # the system lets a user have only so many large pipes
                        fcntl.fcntl(targets[number], _SET_PIPE_SIZE, _PIPE_BYTES)
            self._start_helper()
            _flush()
            for number in (1, 2):
                os.dup2(targets[1 if one else number], number)
        finally:
            for target in targets.values():
                os.close(target)
        self._set_modes()

    def _start_helper(self) -> None:
        pairs = [f"{source}:{self._saved[number]}" for number, source in self._sources.items()]
        command = [sys.executable, "-I", "-S", str(_TEE), str(self.log.path.parent), self.log.path.stem]
        done = subprocess.run(
            [*command, str(self._most_bytes), str(SEGMENT), *pairs],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            # Where it says that the spool is full.
            stderr=self._saved[2],
            pass_fds=[*self._sources.values(), *self._saved.values()],
            start_new_session=True,
            timeout=START_SECONDS,
            check=True,
        )
        self.log.helper(int(done.stdout))

    def _set_modes(self) -> None:
        # Otherwise what a script prints would come in pieces of 8 KiB where stdout is no terminal.
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper) and not stream.closed and not stream.line_buffering:
                self._modes.append((stream, stream.line_buffering))
                stream.reconfigure(line_buffering=True)

    def tend(self) -> bool:
        """Replace a helper that died; False when that does not help.

        What it had kept and not yet passed on is missing where the output would have gone, not in the log.
        """
        if not self.log.written():
            return True
        self._restarts += 1
        if self._restarts > MOST_RESTARTS:
            return False
        try:
            self._start_helper()
        except (OSError, subprocess.SubprocessError):
            return False
        return True

    def stop(self, seconds: float) -> None:
        """Lead stdout and stderr where they led before, and wait until the helper has what was written."""
        # Without a helper, what is flushed might wait for ever.
        self.tend()
        _flush()
        for stream, mode in self._modes:
            with suppress(ValueError):  # it was closed or detached meanwhile
                stream.reconfigure(line_buffering=mode)
        try:
            for number, saved in self._saved.items():
                os.dup2(saved, number)
            self._wait(time.monotonic() + seconds)
        finally:
            self._release()

    def _wait(self, until: float) -> None:
        # A process that was started may go on writing; then it is enough that nothing waits to be read.
        quiet = 0
        while quiet < QUIET_LOOKS and time.monotonic() < until:
            waits = any(map(_waiting, self._sources.values()))
            if self.log.written() and not (waits and self.tend()):
                return
            quiet = 0 if waits else quiet + 1
            time.sleep(0.01)

    def abandon(self) -> None:
        """No helper lives: lead stdout and stderr where they led before, and pass on there what is in the pipes.

        Nothing is flushed first: a thread that waits for a full pipe has the stream's lock.
        """
        for number, saved in self._saved.items():
            os.dup2(saved, number)
        for number, source in self._sources.items():
            # Until those end that were started meanwhile: they write there, too.
            pair = source, self._saved.pop(number)
            threading.Thread(target=_pass_on, args=pair, name="runyard-tee", daemon=True).start()
        self._sources.clear()
        self._release()

    def forget(self) -> None:
        """In a forked process: it writes to the capture, which is its parent's."""
        self._release()

    def _release(self) -> None:
        self.log.captured = False
        for descriptor in (*self._saved.values(), *self._sources.values()):
            os.close(descriptor)
        self._saved.clear()
        self._sources.clear()


def _pass_on(source: int, target: int) -> None:
    with open(source, "rb", buffering=0) as pipe, open(target, "wb", buffering=0) as output:
        while data := pipe.read(_PIPE_BYTES):
            rest = memoryview(data)
            # Nobody may read there any more; who writes must not wait all the same.
            with suppress(OSError):
                while rest:
                    rest = rest[output.write(rest) or 0 :]


def _waiting(source: int) -> int:
    """Bytes in a pipe that nobody has read."""
    count = fcntl.ioctl(source, termios.FIONREAD, bytes(4))
    return int.from_bytes(count, sys.byteorder)


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (AttributeError, OSError, ValueError):
            # There is none, or it is closed.
            continue
