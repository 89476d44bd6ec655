"""Copies what a process writes to where it would have gone, and into the spool. Run by its path, without the package.

`python -I -S tee.py FOLDER NAME MOST SEGMENT IN:OUT…` prints the number of the process that does it, and ends. That
one belongs to nobody, so that it outlives the process whose output it copies, and ends when nobody can write to IN.
"""

from __future__ import annotations

import errno
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
        # Moved by the system, no byte is lost when this process is killed: it is in the pipe, or in the file.
        self._splices = hasattr(os, "splice")

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

    def take(self, source: int) -> bytes:
        """Read what is in a pipe, and keep it; nothing at its end.

        Where there is no room, what is lost is counted, and told of once.
        """
        waiting = select.poll()
        waiting.register(source, select.POLLIN)
        if not waiting.poll()[0][1] & select.POLLIN:
            return b""
        with self._lock:
            if self._splices and self._has_room():
                try:
                    return self._move(source)
                except OSError as error:
                    # Not every file system can.
                    self._splices = error.errno not in {errno.EINVAL, errno.ENOSYS, errno.EPERM}
                    if self._splices:
                        self._is_full(error)
            data = os.read(source, PIECE)
            self._lost += len(data) - (self._put(data) if self._has_room() else 0)
            return data

    def end(self) -> None:
        """Say what is missing at the end, if there is room for that."""
        with self._lock:
            self._full_until = min(self._full_until, time.monotonic())
            self._has_room()

    def _has_room(self) -> bool:
        """Whether more can be kept, as far as it is known; after a gap it is said how much is missing."""
        if not self._full_until:
            return True
        if time.monotonic() < self._full_until:
            return False
        note = b"\n[%d bytes are missing here]\n" % self._lost
        if self._put(note) < len(note):
            return False
        self._lost, self._full_until = 0, 0.0
        return True

    def _is_full(self, error: OSError) -> None:
        if not self._full_until:
            _tell(str(error.strerror or error))
        self._full_until = time.monotonic() + FULL_SECONDS

    def _move(self, source: int) -> bytes:
        self._prepare()
        count = os.splice(source, self._file, PIECE, offset_dst=self._size)
        self._added(count)
        return os.pread(self._file, count, self._size - count)

    def _put(self, data: bytes) -> int:
        """Write as much as there is room for; how much that is."""
        done = 0
        try:
            self._prepare()
            while done < len(data):
                count = os.pwrite(self._file, memoryview(data)[done:], self._size)
                self._added(count)
                done += count
        except OSError as error:
            self._is_full(error)
        return done

    def _added(self, count: int) -> None:
        self._size += count
        self._end += count

    def _prepare(self) -> None:
        if self._file >= 0 and self._size < self._segment:
            return
        if self._file >= 0:
            os.close(self._file)
            self._file = -1
        # FOLDER is SPOOL/<server>/<process>: the bound holds for all processes together.
        used = _size(os.path.dirname(os.path.dirname(self._folder)))
        if used + self._segment > self._most:
            raise OSError(f"it has reached its limit of {self._most} bytes (RUNYARD_SPOOL_MAX_BYTES)")
        path = os.path.join(self._folder, f"{self._name}-{self._end:015}.log")
        # One that was killed may have left it, with nothing in it.
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
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
    while data := log.take(source):
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
