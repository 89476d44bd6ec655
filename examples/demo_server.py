"""The demo's server, which can be killed and started again where it was."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit


class ServerFailed(Exception):
    """The server could not be started; it has said why."""


class DemoServer:
    """`runyard server` on a folder."""

    def __init__(self, folder: Path, port: int) -> None:
        """Start it on `port`, or on a free one; raises ServerFailed."""
        self._folder = folder
        try:
            self._start(port)
        except ServerFailed:
            self._start(0)

    def _start(self, port: int) -> None:
        command = [str(Path(sys.executable).with_name("runyard")), "server", str(self._folder)]
        self._process = subprocess.Popen([*command, "--port", str(port)], stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        found = re.search(r"http://\S+", self._process.stdout.readline())
        if found is None:
            self._process.wait()
            raise ServerFailed
        self.address = found.group()

    def kill(self) -> None:
        """End it in the middle of whatever it does."""
        self._process.kill()
        self._process.wait()

    def start_again(self) -> None:
        """Start it at its address; raises ServerFailed."""
        port = urlsplit(self.address).port
        assert port is not None
        self._start(port)

    def stop(self) -> None:
        """End it in good order."""
        self._process.send_signal(signal.SIGTERM)
        self._process.wait()
