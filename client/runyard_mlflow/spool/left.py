"""What is in the spool: for which servers, of which processes, and how to send what an ended one left."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import socket
import time
from bisect import bisect_right
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple, Protocol

from runyard_mlflow.console.log import console_logs
from runyard_mlflow.console.sending import send_log
from runyard_mlflow.spool.files import FOLDER, kept_in, remove_folder
from runyard_mlflow.spool.private import make_spool, open_private
from runyard_mlflow.spool.producer import CONSOLE, MOST_SENT, OWNER, is_alive
from runyard_mlflow.spool.segment import BEGUN, HEADER, SUFFIX, Found, Unreadable, read_segment
from runyard_mlflow.transport import Refusal, TooLarge, too_large

TARGET = "target.json"
# A workspace folder's own spool, and what stands for the server in it: the folder, wherever it was moved.
SPOOL, HERE = "spool", "folder"
# By which a workspace folder is known.
DATABASE = "runyard.db"
# Seconds after which a process of another machine, of which nothing can be known here, counts as ended.
FOREIGN_SECONDS = 24 * 3600


class Sends(Protocol):
    """What sends frames; see Transport."""

    def send(self, producer: str, first: int, data: bytes) -> list[Refusal]:
        """Have the server apply frames."""

    def append(self, run_id: str, path: str, offset: int, data: bytes) -> int:
        """Have the server append to a run's file."""


def target_folder(spool: Path, server: str) -> Path:
    """The folder of the spool for what goes to a server."""
    return spool / hashlib.sha256(server.encode()).hexdigest()[:16]


def name_target(folder: Path, server: str) -> None:
    """Write down which server a folder of the spool is for; where that fails, the first call tells."""
    path = folder / TARGET
    if path.exists():
        return
    try:
        make_spool(folder)
        fresh = path.with_suffix(f".{os.getpid()}")
        with os.fdopen(open_private(fresh, os.O_WRONLY), "w") as file:
            json.dump({"server": server}, file)
        fresh.replace(path)
    except OSError:
        return


class Left(NamedTuple):
    """The folder of a process that logged."""

    folder: Path
    # Whether the process is gone, so that what is sent can be removed.
    ended: bool

    def segments(self) -> list[Path]:
        """Its segments, the oldest first."""
        return sorted(self.folder.glob(f"*{SUFFIX}"))

    def files(self) -> list[Path]:
        """The notes of the files that it could not send, the oldest first."""
        return kept_in(self.folder)


def targets(spool: Path) -> Iterator[tuple[str, Path]]:
    """Servers that something is for, and their folders."""
    for path in sorted(spool.glob(f"*/{TARGET}")):
        try:
            server = json.loads(path.read_text())["server"]
            yield f"runyard:{spool.parent}" if server == HERE else server, path.parent
        except (ValueError, KeyError, TypeError, OSError):
            continue


def producers(target: Path) -> list[Left]:
    """All processes that left something for a server, or are at it."""
    return [Left(path.parent, has_ended(path.parent)) for path in sorted(target.glob(f"*/{OWNER}"))]


def calls(left: Left) -> int:
    """How many calls a process's segments hold; those that can't be read are left out."""
    number = 0
    for path in left.segments():
        try:
            number += len(read_segment(path).ends)
        except (Unreadable, OSError):
            continue
    return number


def size(left: Left) -> int:
    """Bytes of a process's segments and files, and of its console."""
    total = 0
    for path in (*left.segments(), *left.folder.glob(f"{FOLDER}/*"), *left.folder.glob(CONSOLE)):
        with contextlib.suppress(OSError):
            total += path.stat().st_size
    return total


def discard(left: Left) -> None:
    """Remove what a process left, sent or not; raises OSError."""
    for path in (*left.segments(), *left.folder.glob(f"{FOLDER}/*"), *left.folder.glob(CONSOLE)):
        path.unlink(missing_ok=True)
    remove(left.folder)


def leftovers(target: Path) -> list[Left]:
    """Those that are gone."""
    return [left for left in producers(target) if left.ended]


def has_ended(folder: Path) -> bool:
    """Whether the process that wrote a folder of the spool is gone.

    Told without a lock, which network file systems do not hold reliably.
    """
    try:
        owner = json.loads((folder / OWNER).read_text())
        if owner["host"] == socket.gethostname():
            return not is_alive(owner["pid"], owner["started"])
    except (ValueError, KeyError, TypeError):
        # Something else has written there.
        pass
    except OSError:
        return False
    try:
        found = (*folder.iterdir(), *folder.glob(f"{FOLDER}/*"))
        newest = max((path.stat().st_mtime for path in found), default=0.0)
    except OSError:
        # It is removed just now.
        return False
    return time.time() - newest > FOREIGN_SECONDS


def send_left(
    left: Left,
    sends: Sends,
    progress: Callable[[int], None] | None = None,
    unreadable: Callable[[Path, str], None] | None = None,
) -> list[Refusal]:
    """Send all that a process wrote, and remove what is not needed any more; what is refused comes back.

    What the server may take later stays. `progress` is told the bytes that are done, `unreadable` which files are no
    segments and stay, too. Raises what `sends` raises, and may then be called again.
    """
    refused = []
    kept = False
    for path in left.segments():
        try:
            found = read_segment(path)
        except FileNotFoundError:
            # Its process, or another one that sends, has removed it meanwhile.
            continue
        except Unreadable as error:
            kept = True
            if unreadable is not None:
                unreadable(path, str(error))
            continue
        told = _send(found, sends, progress)
        refused += told
        if any(refusal.again for refusal in told):
            kept = True
        elif left.ended:
            path.unlink(missing_ok=True)
    told, complete = send_console(left, sends, progress)
    refused += told
    if left.ended and not kept and complete:
        remove(left.folder)
    return refused


def send_console(
    left: Left,
    sends: Sends,
    progress: Callable[[int], None] | None = None,
    artifact: tuple[str, str] | None = None,
) -> tuple[list[Refusal], bool]:
    """Send what a process wrote to its console, to one file of a run or to all; whether nothing of it is left."""
    refused, complete = [], True
    for log in console_logs(left.folder):
        if (artifact is not None and artifact != (log.run_id, log.artifact)) or (
            log.sends_itself and not left.ended
        ):
            complete = False
            continue
        # Before it is read: its helper may outlive the process.
        written = log.written()
        refusal = send_log(log, sends, progress)
        if refusal is not None:
            refused.append(refusal)
        if left.ended and written and (refusal is None or not refusal.again):
            log.remove()
        else:
            complete = False
    # What is not described can't be sent, and stays.
    return refused, complete and not any(path.stat().st_size for path in left.folder.glob(f"{CONSOLE}.log"))


def _send(found: Found, sends: Sends, progress: Callable[[int], None] | None) -> list[Refusal]:
    refused: list[Refusal] = []
    start, at, most = HEADER, 0, MOST_SENT
    while at < len(found.ends):
        last = max(at, bisect_right(found.ends, start + most, lo=at) - 1)
        end = found.ends[last]
        try:
            refused += sends.send(found.producer, found.first + at, found.data[start:end])
        except TooLarge:
            if at < last:
                most = (end - start) // 2
                continue
            refused.append(too_large(found.first + at))
        if progress is not None:
            progress(end - start)
        start, at = end, last + 1
    return refused


def remove(folder: Path) -> None:
    """Remove the folder of an ended process when all that it held was sent."""
    held = any(folder.glob(f"*{SUFFIX}")) or any(path.stat().st_size for path in folder.glob(CONSOLE))
    if held or not remove_folder(folder / FOLDER):
        return
    try:
        for path in (folder / OWNER, *folder.glob(f"*{BEGUN}"), *folder.glob(CONSOLE)):
            path.unlink(missing_ok=True)
        folder.rmdir()
    except OSError:
        # Something else lies there; it is not ours to remove.
        return
