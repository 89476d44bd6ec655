"""What a program says while it works, copied into a log as it comes."""

from __future__ import annotations

import os
import select
import subprocess
from typing import BinaryIO

_PIECE = 65_536
# Of what a program said, enough for an error's message.
_TAIL_BYTES = 16_384
_TAIL_LINES = 20
# A daemon that the program left behind may hold the pipe for ever, as ssh's ControlPersist does.
_DRAIN_SECONDS = 0.2


def copy_output(process: subprocess.Popen[bytes], log: BinaryIO) -> str:
    """Copy until the process has ended, which is waited for, and return its last lines.

    The process writes both of its streams into one pipe. Whatever breaks in between is the caller's to clean up after.
    """
    assert process.stdout is not None
    with process.stdout:
        pipe, tail = process.stdout.fileno(), b""
        while True:
            ended = process.poll() is not None
            if select.select([pipe], [], [], _DRAIN_SECONDS)[0]:
                data = os.read(pipe, _PIECE)
                if not data:
                    break
                log.write(data)
                log.flush()
                tail = (tail + data)[-_TAIL_BYTES:]
            elif ended:
                break
    process.wait()
    return _last_lines(tail)


def _last_lines(tail: bytes) -> str:
    lines = [line.rstrip() for line in tail.decode(errors="replace").splitlines()]
    return "\n".join([line for line in lines if line][-_TAIL_LINES:])
