"""Copies what a process writes to where it would have gone, and into the spool. Run by its path, without the package.

`python -I -S tee.py FOLDER NAME MOST SEGMENT IN:OUT…` prints the number of the process that does it, and ends. That
one belongs to nobody, so that it outlives the process whose output it copies, and ends when nobody can write to IN.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import threading
import time

PIECE = 256 * 1024
# Seconds after which room in the spool is looked for again.
FULL_SECONDS = 1.0


class Log:
    """Files `NAME-<offset of the first byte>.log` of about the same size, of which the last is added to."""

    def __init__(self, folder: str, name: str, most: int, segment: int) -> None:
        self._folder, self._name, self._most, self._segment = folder, name, most, segment
        self._lock = threading.Lock()
        self._file = -1
        self._size = 0
        self._end = self._found()
        self._lost = 0
        self._full_until = 0.0

    def _found(self) -> int:
        """Where what another process of this program has written ends."""
        names = [
            name
            for name in os.listdir(self._folder)
            if name.startswith(f"{self._name}-") and name.endswith(".log")
        ]
        if not names:
            return 0
        last = max(names)
        size = os.stat(os.path.join(self._folder, last)).st_size
        return int(last[len(self._name) + 1 : -len(".log")]) + size

    def add(self, data: bytes) -> None:
        """Write, or count what is lost where there is no room, and tell of it once."""
        with self._lock:
            if self._lost and time.monotonic() < self._full_until:
                self._lost += len(data)
                return
            try:
                self._write(self._note() + data)
            except OSError as error:
                if not self._lost:
                    _tell(str(error.strerror or error))
                self._lost += len(data)
                self._full_until = time.monotonic() + FULL_SECONDS
            else:
                self._lost = 0

    def end(self) -> None:
        """Say what is missing at the end, if there is room for that."""
        with self._lock:
            if self._lost:
                try:
                    self._write(self._note())
                except OSError:
                    return

    def _note(self) -> bytes:
        return b"\n[%d bytes are missing here]\n" % self._lost if self._lost else b""

    def _write(self, data: bytes) -> None:
        if self._file < 0 or self._size >= self._segment:
            self._begin()
        rest, size = memoryview(data), self._size
        try:
            while rest:
                rest = rest[os.write(self._file, rest) :]
        except OSError:
            os.ftruncate(self._file, size)
            raise
        self._size += len(data)
        self._end += len(data)

    def _begin(self) -> None:
        if self._file >= 0:
            os.close(self._file)
            self._file = -1
        # FOLDER is SPOOL/<server>/<process>: the bound holds for all processes together.
        used = _size(os.path.dirname(os.path.dirname(self._folder)))
        if used + self._segment > self._most:
            raise OSError(f"it has reached its limit of {self._most} bytes (RUNYARD_SPOOL_MAX_BYTES)")
        path = os.path.join(self._folder, f"{self._name}-{self._end:015}.log")
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
        self._size = 0


def _size(folder: str) -> int:
    """Bytes of all files below a folder, of which some are removed meanwhile, as they are sent."""
    size = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            try:
                size += os.lstat(os.path.join(parent, name)).st_size
            except OSError:
                continue
    return size


def copy(source: int, target: int, log: Log) -> None:
    """Copy until nobody can write to `source`."""
    while data := os.read(source, PIECE):
        log.add(data)
        if target >= 0 and not pass_on(target, data):
            # A closed one must be seen to be closed by whoever reads it.
            os.close(target)
            target = -1


def _tell(problem: str) -> None:
    said = f"runyard: the log of the console can't take more: {problem}. Output goes on, but is not kept.\n"
    pass_on(2, said.encode())


def pass_on(target: int, data: bytes) -> bool:
    """Write all of it; False when nobody will ever read there."""
    rest = memoryview(data)
    while rest:
        try:
            rest = rest[os.write(target, rest) :]
        except BlockingIOError:
            waiting = select.poll()
            waiting.register(target, select.POLLOUT)
            waiting.poll()
        except (BrokenPipeError, ConnectionError):
            return False
        except OSError:
            # A full disk, or a terminal that hung up: what comes later may get through.
            return True
    return True


def main(folder: str, name: str, most: str, segment: str, *pairs: str) -> None:
    """See the module."""
    child = os.fork()
    if child:
        print(child, flush=True)
        os._exit(0)
    # Who started this reads until nobody can write there.
    os.dup2(0, 1)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGPIPE):
        signal.signal(number, signal.SIG_IGN)
    os.chdir("/")
    log = Log(folder, name, int(most), int(segment))
    threads = []
    for pair in pairs:
        source, target = (int(number) for number in pair.split(":"))
        threads.append(threading.Thread(target=copy, args=(source, target, log)))
        threads[-1].start()
    for thread in threads:
        thread.join()
    log.end()


if __name__ == "__main__":
    main(*sys.argv[1:])
