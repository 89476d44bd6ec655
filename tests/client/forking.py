"""One process that imports mlflow once and is forked for each script: an import takes seconds.

The server's half (SERVE) needs nothing but mlflow of some version, so it runs in the environments of other versions.
"""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import subprocess
import textwrap
from pathlib import Path
from typing import Any

from tests.client.scripts import BEGIN

# Reads requests from the socket: a line of JSON with the code and the environment, and three files for the child's
# standard streams. Answers with the child's number, and with its exit code when it has ended.
SERVE = """
import json, os, socket, sys
import mlflow

def serve(channel):
    while True:
        data, files, _, _ = socket.recv_fds(channel, 1 << 20, 3)
        if not data:
            os._exit(0)
        wanted = json.loads(data)
        child = os.fork()
        if child == 0:
            channel.close()
            for number, file in enumerate(files):
                os.dup2(file, number)
                os.close(file)
            os.environ.update(wanted["environment"])
            return wanted["code"]
        for file in files:
            os.close(file)
        channel.sendall(b"%d\\n" % child)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        channel.sendall(b"%d\\n" % code)

code = serve(socket.socket(fileno=int(sys.argv[1])))
# At the top level, so that the script ends as an interpreter does.
exec(compile(code, "script", "exec"), {"__name__": "__main__"})
"""


class Interpreter:
    """A process of some environment's Python that has imported mlflow."""

    def __init__(self, python: str, path: str) -> None:
        """`path` is what PYTHONPATH says."""
        own, other = socket.socketpair()
        self._channel = own
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("RUNYARD_", "MLFLOW_"))
        }
        self._process = subprocess.Popen(
            [python, "-c", SERVE, str(other.fileno())],
            pass_fds=[other.fileno()],
            env={
                **kept,
                "PYTHONPATH": path,
                "MLFLOW_DISABLE_TELEMETRY": "true",
                "GIT_PYTHON_REFRESH": "quiet",
            },
        )
        other.close()
        self._answers = own.makefile("r")

    def run(self, address: str, spool: Path, code: str, **settings: str) -> Forked:
        """Start a script; one at a time."""
        environment = {"MLFLOW_TRACKING_URI": address, "RUNYARD_SPOOL": str(spool), **settings}
        return Forked(self, BEGIN + textwrap.dedent(code), environment)

    def start(self, code: str, environment: dict[str, str], files: list[int]) -> int:
        """Fork; the child's number."""
        wanted = json.dumps({"code": code, "environment": environment}).encode()
        socket.send_fds(self._channel, [wanted], files)
        return int(self.answer())

    def answer(self) -> str:
        """The next line that the process says."""
        line = self._answers.readline()
        assert line, "the interpreter has ended"
        return line

    def has_answered(self, seconds: float) -> bool:
        """Whether it says something within a time."""
        return bool(select.select([self._channel], [], [], seconds)[0])

    def close(self) -> None:
        """End it."""
        self._answers.close()
        self._channel.close()
        self._process.wait(30)

    def __enter__(self) -> Interpreter:
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()


class Forked:
    """A script under way in a fork of an interpreter."""

    def __init__(self, interpreter: Interpreter, code: str, environment: dict[str, str]) -> None:
        self._interpreter = interpreter
        (read_in, write_in), (read_out, write_out), (read_error, write_error) = (
            os.pipe(),
            os.pipe(),
            os.pipe(),
        )
        self._in, self._out, self._errors = (
            open(write_in, "w"),
            open(read_out),
            open(read_error),
        )
        self.number = interpreter.start(code, environment, [read_in, write_out, write_error])
        for file in (read_in, write_out, write_error):
            os.close(file)

    def hear(self) -> str:
        """The next line that the script says."""
        line = self._out.readline()
        assert line, self._errors.read()
        return line.strip()

    def tell(self) -> None:
        """Let a script go on that reads a line."""
        self._in.write("\n")
        self._in.flush()

    def end(self, code: int = 0) -> tuple[list[str], str]:
        """Wait for its end; the lines that it said since, and what it wrote to stderr."""
        with self._in, self._out, self._errors:
            said, errors = self._out.read(), self._errors.read()
        assert int(self._interpreter.answer()) == code, errors
        return said.splitlines(), errors

    def interrupt_until_it_ends(self) -> None:
        """SIGINT it, as Ctrl-C does, when it has had time to wait for something; again if that came too early."""
        wait = 1.0
        while not self._interpreter.has_answered(wait):
            os.kill(self.number, signal.SIGINT)
            wait = 20.0

    def kill(self) -> list[str]:
        """SIGKILL it; the lines that it had said."""
        os.kill(self.number, signal.SIGKILL)
        said, _ = self.end(-signal.SIGKILL)
        return said
