"""Recognises repeated requests, so that a retry changes nothing twice.

Each writing request has a 16-byte fingerprint. A later request with the same fingerprint is a retry when

- the client named the request with an `Idempotency-Key` header (the fingerprint is made from the key), or
- the first one's answer can't have arrived: its connection closed before another request used it, or the process
  that served it is gone.

Equal requests whose answers did arrive are points that were really logged twice, and are kept. So only few
receipts have to be remembered: the last of each open connection, and those of lost ones. They are written as one
row per process in the same transaction as what the requests did, and survive that process.
"""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from runyard.store.metadata.session import Session

# Bytes of a fingerprint.
SIZE = 16
# A client that names its requests may repeat one later (a proxy delivers it twice).
NAMED_RECEIPTS = 20_000

# Names what a request created: an id, a version number, or a list of these.
Result = str | int | list[str | int] | None


class Receipt:
    """What a request is recognised by, and what became of its answer.

    The HTTP layer sets `acknowledged` when the answer has arrived for certain and `lost` when its connection
    closed before that; both are single assignments and need no lock. `probe` asks a connection that is still open
    whether its client has left, which may be so before the event that says it.
    """

    __slots__ = ("acknowledged", "connection", "created", "fingerprint", "lost", "named", "probe", "result")

    def __init__(self, fingerprint: bytes, named: bool) -> None:
        self.fingerprint = fingerprint
        self.named = named
        self.acknowledged = False
        self.lost = False
        self.probe: Callable[[], bool] | None = None
        # The number of the connection, which is no other's; 0 when there is none.
        self.connection = 0
        self.created = 0
        self.result: Result = None

    def is_lost(self) -> bool:
        """Whether the answer can't have arrived."""
        return self.lost or (not self.acknowledged and self.probe is not None and self.probe())


class Kept(msgspec.Struct, array_like=True):
    """A receipt as its process's row holds it."""

    fingerprint: bytes
    created: int
    result: Result
    lost: bool
    named: bool
    connection: int = 0


class Receipts:
    """The receipts of this process and of others that share the folder; used by the writer's thread."""

    def __init__(self, folder: Path, window_seconds: int) -> None:
        self._window = window_seconds * 1000
        self._known: dict[bytes, Receipt] = {}
        self._pending: list[Receipt] = []
        # Those whose requests are in the journal, which are durable, but not in this process's row.
        self._journaled: list[Receipt] = []
        self._journal_applied = 0
        self._others: dict[str, tuple[int, dict[bytes, Kept]]] = {}
        self._ended: set[str] = set()
        self.process = secrets.token_hex(8)
        self._folder = folder / "processes"
        self._folder.mkdir(exist_ok=True, mode=0o700)
        # Held for as long as this process lives, so that others can tell whether it is gone.
        self._lock = os.open(self._folder / self.process, os.O_CREAT | os.O_RDWR, 0o600)
        fcntl.flock(self._lock, fcntl.LOCK_EX)

    def find(self, receipt: Receipt) -> Receipt | Kept | None:
        """The applied request that `receipt` repeats, if it is a retry."""
        known = self._known.get(receipt.fingerprint)
        if known is not None and (receipt.named or known.is_lost()):
            return known
        for process, (_, kept) in self._others.items():
            other = kept.get(receipt.fingerprint)
            if other is not None and (other.named or other.lost or self.is_gone(process)):
                return other
        return None

    def add(self, receipt: Receipt, result: object) -> None:
        """Remember an applied request; `result` is kept when it names what was created."""
        receipt.result = result if isinstance(result, str | int | list) else None
        self._known[receipt.fingerprint] = receipt
        self._pending.append(receipt)

    def keep(self, now: int) -> None:
        """The requests that were added last are in the journal."""
        for receipt in self._pending:
            receipt.created = now
        self._journaled += self._pending
        self._pending.clear()

    def flush(self, session: Session, now: int, journal: int = 0) -> None:
        """Replace this process's row by the receipts that still matter.

        `journal` is the sequence number of the journal's last frame that is in the database with this transaction.
        """
        if not self._pending and not self._journaled and journal == self._journal_applied:
            return
        for receipt in self._pending:
            receipt.created = now
        self._drop_settled(now)
        kept = [
            Kept(
                receipt.fingerprint,
                receipt.created,
                receipt.result,
                receipt.lost,
                receipt.named,
                receipt.connection,
            )
            for receipt in self._known.values()
            if not receipt.acknowledged
        ]
        self._journal_applied = journal
        _store_row(session, self.process, now, kept, journal)

    def committed(self) -> None:
        """The group is durable."""
        self._pending.clear()
        self._journaled.clear()

    def discard(self) -> None:
        """The group was undone: forget its receipts."""
        for receipt in self._pending:
            self._known.pop(receipt.fingerprint, None)
        self._pending.clear()
        # Whether the row has it is not known: write it again.
        self._journal_applied = -1

    def journal_applied(self, session: Session, process: str) -> int:
        """The sequence number up to which `process` had its journal in the database."""
        row = session.one("SELECT journal FROM receipt WHERE process = ?", (process,))
        return 0 if row is None else int(row[0])

    def adopt(self, session: Session, process: str, found: Sequence[Kept], now: int, journal: int) -> None:
        """Add requests of a process that is gone, in their order, as its journal has them, to its row.

        Of those that a client did not name, the last of each connection may not have been answered.
        """
        row = session.one("SELECT payload FROM receipt WHERE process = ?", (process,))
        before = [] if row is None else msgspec.msgpack.decode(row[0], type=list[Kept])
        last = {one.connection: one for one in (*before, *found) if one.connection}
        kept = [
            one for one in (*before, *found) if one.named or not one.connection or last[one.connection] is one
        ]
        _store_row(session, process, now, kept, journal)
        self._others[process] = (now, {one.fingerprint: one for one in kept})

    def refresh(self, session: Session, now: int) -> None:
        """Read what other processes wrote."""
        oldest = now - self._window
        for process, updated, payload in session.all("SELECT process, updated, payload FROM receipt"):
            if process == self.process:
                continue
            if updated < oldest and self.is_gone(process):
                session.run("DELETE FROM receipt WHERE process = ?", (process,))
                self._others.pop(process, None)
            elif self._others.get(process, (0, {}))[0] != updated:
                kept = msgspec.msgpack.decode(payload, type=list[Kept])
                self._others[process] = (updated, {one.fingerprint: one for one in kept})

    def _drop_settled(self, now: int) -> None:
        """Forget requests whose answers arrived, and those that are older than the window."""
        oldest = now - self._window
        settled = [
            fingerprint
            for fingerprint, receipt in self._known.items()
            if receipt.created < oldest or (receipt.acknowledged and not receipt.named)
        ]
        for fingerprint in settled:
            del self._known[fingerprint]
        excess = len(self._known) - NAMED_RECEIPTS
        if excess > 0:
            named = (fingerprint for fingerprint, receipt in self._known.items() if receipt.acknowledged)
            for fingerprint in [fingerprint for fingerprint, _ in zip(named, range(excess))]:  # noqa: B905  # the shorter ends it
                del self._known[fingerprint]

    def is_gone(self, process: str) -> bool:
        """Whether the process of this name has ended."""
        if process not in self._ended and self._probe(process):
            self._ended.add(process)
        return process in self._ended

    def _probe(self, process: str) -> bool:
        return has_ended(self._folder / process)

    def close(self) -> None:
        """Give the lock back; the row stays for the clients that retry after a restart."""
        (self._folder / self.process).unlink(missing_ok=True)
        os.close(self._lock)


def has_ended(path: Path) -> bool:
    """Whether the process that holds the lock file `path` is gone; its file goes then, too."""
    try:
        handle = os.open(path, os.O_RDWR)
    except FileNotFoundError:
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(handle)
    path.unlink(missing_ok=True)
    return True


def is_open(folder: Path) -> bool:
    """Whether any process has the workspace folder open."""
    processes = folder / "processes"
    return processes.is_dir() and not all(has_ended(path) for path in sorted(processes.iterdir()))


def _store_row(session: Session, process: str, now: int, kept: list[Kept], journal: int) -> None:
    session.run(
        "INSERT INTO receipt (process, updated, payload, journal) VALUES (?, ?, ?, ?) ON CONFLICT (process) "
        "DO UPDATE SET updated = excluded.updated, payload = excluded.payload, journal = excluded.journal",
        (process, now, msgspec.msgpack.encode(kept), journal),
    )
