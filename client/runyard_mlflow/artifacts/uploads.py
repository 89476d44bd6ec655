"""Sends files: several at once, large ones in parts, and what the server has already not at all."""

from __future__ import annotations

import hashlib
import logging
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

from runyard_mlflow.artifacts.digests import Piece, SourceShrunk
from runyard_mlflow.artifacts.parallel import connections, run_all
from runyard_mlflow.artifacts.patience import Patience
from runyard_mlflow.artifacts.progress import Progress
from runyard_mlflow.artifacts.remote import Place, Remote
from runyard_mlflow.transport import Away, Damaged

T = TypeVar("T")
log = logging.getLogger("runyard_mlflow")

MEBIBYTE = 1024 * 1024
# Bytes of a part: what a cut connection costs. Files of more than two are sent in parts.
PART = 16 * MEBIBYTE
MOST_PARTS = 10_000
# Bytes from which on the server is asked whether it has the file: a smaller one is sent in the same time.
ASKED = 64 * 1024
# Times that a file is read anew which changed, or was damaged, on its way.
ATTEMPTS = 4


class Outgoing(NamedTuple):
    """A file and its key on the server; `logged`, in seconds since 1970, of one that is sent late."""

    source: Path
    key: str
    size: int
    logged: float | None = None

    def headers(self) -> dict[str, str]:
        """How long ago it was logged: the server keeps what was logged last, not what was sent last."""
        if self.logged is None:
            return {}
        return {"Runyard-Age": str(max(0, int((time.time() - self.logged) * 1000)))}


class Uploads:
    """Sends to one server; each of its calls goes on while something arrives within `away_seconds`."""

    def __init__(self, remote: Remote, away_seconds: float) -> None:
        self._remote = remote
        self._away_seconds = away_seconds

    def send(self, files: Sequence[Outgoing]) -> tuple[list[Outgoing], Away | None]:
        """Send files; those that were not sent come back, with the reason, when the server can't be reached.

        Raises MlflowException for what the server refuses, SourceUnreadable for a file that can't be read, and
        Superseded for a file that is sent late.
        """
        work = _Upload(self._remote, Patience(self._away_seconds), sum(file.size for file in files))
        # The largest first, so that no thread is left with one at the end.
        ordered = sorted(files, key=lambda file: -file.size)
        large = [file for file in ordered if file.size > 2 * PART]
        sent: set[Outgoing] = set()

        def one(file: Outgoing) -> None:
            work.whole(file)
            sent.add(file)

        with work.progress:
            try:
                for file in large:
                    work.in_parts(file)
                    sent.add(file)
                run_all(one, ordered[len(large) :], connections())
            except Away as error:
                return [file for file in files if file not in sent], error
        return [], None


class _Upload:
    """One call's way."""

    def __init__(self, remote: Remote, patience: Patience, total: int) -> None:
        self._remote = remote
        self._patience = patience
        self.progress = Progress("Uploading", total)

    def whole(self, file: Outgoing) -> None:
        """Send a file in one request."""
        _undamaged(lambda: self._put(file))
        self.progress.add(file.size)

    def _put(self, file: Outgoing) -> None:
        # It may be written while it is sent.
        file = file._replace(size=file.source.stat().st_size)
        piece = Piece(file.source, 0, file.size)
        # What is sent of a small file is what was hashed.
        body = b"".join(piece) if file.size < ASKED else piece
        digest = hashlib.sha256(body).digest() if isinstance(body, bytes) else body.digest()
        if not self._is_there(file, digest):
            self._patience.attempt(lambda: self._remote.put(file.key, body, digest, file.headers()))

    def in_parts(self, file: Outgoing) -> None:
        """Send a large file in parts, several at once."""
        found = self._patience.attempt(lambda: self._remote.head(file.key))
        if (
            found is not None
            and found.size == file.size
            and self._is_there(file, Piece(file.source, 0, file.size).digest())
        ):
            self.progress.add(file.size)
            return
        size = max(PART, -(-file.size // MOST_PARTS))
        count = -(-file.size // size)
        upload_id, places = self._patience.attempt(
            lambda: self._remote.create(file.key, count, file.headers())
        )
        etags: dict[int, str] = {}
        lock = threading.Lock()

        def one(place: Place) -> None:
            start = (place.number - 1) * size
            piece = Piece(file.source, start, min(size, file.size - start))
            etag = _undamaged(lambda: self._patience.attempt(lambda: self._remote.put_part(place, piece)))
            with lock:
                etags[place.number] = etag
            self.progress.add(len(piece))

        try:
            run_all(one, places, connections())
            named = sorted(etags.items())
            self._patience.attempt(lambda: self._remote.complete(file.key, upload_id, named, file.size))
        except BaseException as error:
            if not isinstance(error, Away):
                self._abort(file, upload_id)
            raise

    def _is_there(self, file: Outgoing, digest: bytes) -> bool:
        """Whether the server has this very file; it is asked to read its own only where the size is the same."""
        # One that is sent late may have been sent before.
        if file.size < ASKED and file.logged is None:
            return False
        found = self._patience.attempt(lambda: self._remote.head(file.key))
        if found is None or found.size != file.size:
            return False
        found = self._patience.attempt(lambda: self._remote.head(file.key, digest_of=file.size))
        return found is not None and found.digest == digest

    def _abort(self, file: Outgoing, upload_id: str) -> None:
        try:
            self._remote.abort(file.key, upload_id)
        except Exception as error:  # the server drops it after a day
            log.debug("The upload %s of %s was not dropped: %s", upload_id, file.key, error)


def _undamaged(work: Callable[[], T]) -> T:
    """Return what `work` returns, which reads its file anew each time, and is called again when that changed."""
    for _ in range(ATTEMPTS - 1):
        try:
            return work()
        except (Damaged, SourceShrunk):
            continue
    return work()
