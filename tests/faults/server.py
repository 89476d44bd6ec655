"""A server process that tests start, kill and start again on the same folder."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

PROGRAM = str(Path(sys.executable).with_name("runyard"))


class Server:
    """`runyard server FOLDER`, on a free port."""

    def __init__(self, folder: Path, *options: str, before: tuple[str, ...] = ()) -> None:
        self.folder = folder
        self._options = options
        self._before = before
        self.start()

    def start(self) -> None:
        """Start it and wait until it answers."""
        command = [*self._before, PROGRAM, "server", str(self.folder), "--port", "0", *self._options]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("RUNYARD_")}
        self._errors = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=self._errors, text=True, env=environment
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        found = re.search(r"http://\S+", line)
        assert found is not None, f"{line!r} {self.errors()}"
        self.address = found.group()

    def errors(self) -> str:
        """What it has written to stderr."""
        self._errors.seek(0)
        return self._errors.read().decode(errors="replace")

    def kill(self) -> None:
        """SIGKILL it."""
        self.process.kill()
        self._end()

    def stop(self) -> int:
        """SIGTERM it and wait; its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self._end()

    def _end(self) -> int:
        code = self.process.wait(30)
        self._close()
        return code

    def _close(self) -> None:
        assert self.process.stdout is not None
        self.process.stdout.close()
        self._errors.close()

    def memory(self) -> int:
        """Resident bytes."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        found = re.search(r"VmRSS:\s+(\d+) kB", status)
        assert found is not None
        return int(found[1]) * 1024

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.kill()
        self._close()


def check(folder: Path, before: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    """`runyard db check FOLDER`."""
    command = [*before, PROGRAM, "db", "check", str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=False)
