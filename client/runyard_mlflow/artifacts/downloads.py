"""Fetches files: several at once, large ones in parts, each part from where a cut connection left it."""

from __future__ import annotations

import logging
import os
import secrets
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import requests
from mlflow.exceptions import MlflowException
from mlflow.protos.databricks_pb2 import DATA_LOSS

from runyard_mlflow.artifacts.digests import CHUNK, WANTED, Piece, read_digest
from runyard_mlflow.artifacts.parallel import connections, run_all
from runyard_mlflow.artifacts.patience import Patience
from runyard_mlflow.artifacts.progress import Progress
from runyard_mlflow.artifacts.remote import Remote
from runyard_mlflow.transport import Away

log = logging.getLogger("runyard_mlflow")

PART = 16 * 1024 * 1024
# Times that a file is fetched anew which was overwritten, or damaged, on its way.
ATTEMPTS = 4


class Wanted(NamedTuple):
    """A file on the server, where it goes, and its size in bytes as far as it is known."""

    key: str
    destination: Path
    size: int = 0


class Downloads:
    """Fetches from one server; each of its calls goes on while something arrives within `away_seconds`."""

    def __init__(self, remote: Remote, away_seconds: float) -> None:
        self._remote = remote
        self._away_seconds = away_seconds

    def fetch(self, files: Sequence[Wanted]) -> None:
        """Fetch files; each is there whole and checked, or not at all.

        Raises Away when the server can't be reached, MlflowException when there is no such file, and OSError of the
        own disk.
        """
        patience = Patience(self._away_seconds)
        ordered = sorted(files, key=lambda file: -file.size)
        large = [file for file in ordered if file.size > PART]
        with Progress("Downloading", sum(file.size for file in files)) as progress:
            for file in large:
                self._one(file, patience, progress, connections())
            # A file of unknown size is alone.
            threads = connections() if len(files) == 1 else 1
            rest = partial(self._one, patience=patience, progress=progress, threads=threads)
            run_all(rest, ordered[len(large) :], connections())

    def _one(self, file: Wanted, patience: Patience, progress: Progress, threads: int) -> None:
        temporary = file.destination.with_name(f".runyard-{secrets.token_hex(8)}")
        file.destination.parent.mkdir(parents=True, exist_ok=True)
        try:
            for attempt in range(1, ATTEMPTS + 1):
                temporary.write_bytes(b"")
                try:
                    _Download(self._remote, file, temporary, patience, progress).run(threads)
                    break
                except _Changed as error:
                    if attempt == ATTEMPTS:
                        # mlflow 3 says that the path may be wrong, whatever is raised here.
                        log.error("'%s' is not downloaded: %s", file.key, error)
                        raise MlflowException(f"'{file.key}': {error}", error_code=DATA_LOSS) from None
            os.replace(temporary, file.destination)
        finally:
            temporary.unlink(missing_ok=True)


class _Changed(Exception):
    """The file was overwritten meanwhile, or what came of it is damaged."""


class _Download:
    """One attempt at one file."""

    def __init__(
        self, remote: Remote, file: Wanted, temporary: Path, patience: Patience, progress: Progress
    ) -> None:
        self._remote = remote
        self._key = file.key
        self._expected_size = file.size
        self._temporary = temporary
        self._patience = patience
        self._progress = progress
        self._etag: str | None = None
        self._store_etag: str | None = None
        self._digest: bytes | None = None
        self._presigned: tuple[str, dict[str, str]] | None = None
        self._size = 0

    def run(self, threads: int) -> None:
        """Fetch it, and check it; raises _Changed when it has to be fetched anew."""
        first = _Span(0, PART)
        self._patience.attempt(lambda: self._fill(first))
        if first.end < self._size:
            self._presigned = self._patience.attempt(lambda: self._remote.presigned(self._key))
            # The server hashes a large file while its parts are sent.
            rest = [_Span(start, min(start + PART, self._size)) for start in range(PART, self._size, PART)]
            work: list[_Span | None] = [None, *rest] if self._digest is None else [*rest]
            run_all(self._part, work, threads)
        digest = self._digest
        if digest is not None and Piece(self._temporary, 0, self._size).digest() != digest:
            raise _Changed("what came has another checksum than the file on the server.")

    def _part(self, span: _Span | None) -> None:
        if span is not None:
            self._patience.attempt(lambda: self._fill(span))
            return
        found = self._patience.attempt(lambda: self._remote.head(self._key, digest_of=self._size))
        if found is not None and found.size == self._size:
            self._digest = found.digest

    def _fill(self, span: _Span) -> None:
        """Fetch what is missing of a span; raises Away when the connection ends before it is complete."""
        headers = {"Range": f"bytes={span.at}-{span.end - 1}"}
        if self._etag is not None:
            headers["If-Range"] = self._etag
        else:
            headers |= WANTED
        with self._get(headers) as answer:
            self._look(answer, span)
            self._take(answer, span)

    def _get(self, headers: dict[str, str]) -> requests.Response:
        if self._presigned is None:
            return self._remote.get(self._key, headers)
        url, more = self._presigned
        # Its ETag is the store's, which this server's says nothing about.
        given = {name: value for name, value in headers.items() if name != "If-Range"}
        return self._remote.get_foreign(url, {**more, **given})

    def _look(self, answer: requests.Response, span: _Span) -> None:
        """What the head of an answer says of the file."""
        if answer.status_code == 416:
            if self._etag is not None or not answer.headers.get("Content-Range", "").endswith("/0"):
                raise _Changed("it was overwritten while it was fetched.")
            span.end = 0
            return
        etag = answer.headers.get("ETag")
        if self._etag is None:
            self._etag = etag
            self._digest = read_digest(answer.headers.get("Repr-Digest"))
            whole = answer.status_code == 200
            said = answer.headers.get("Content-Length" if whole else "Content-Range", "").rpartition("/")[2]
            if not said.isdigit():
                raise MlflowException(f"'{self._key}': the server does not say how long it is.")
            self._size = int(said)
            self._progress.expect(self._size - self._expected_size)
            span.end = self._size if whole else min(span.end, self._size)
        elif answer.status_code != 206 or etag != self._expected(etag):
            raise _Changed("it was overwritten while it was fetched.")

    def _expected(self, etag: str | None) -> str | None:
        if self._presigned is None:
            return self._etag
        self._store_etag = self._store_etag or etag
        return self._store_etag

    def _take(self, answer: requests.Response, span: _Span) -> None:
        with self._temporary.open("r+b") as file:
            file.seek(span.at)
            try:
                for chunk in answer.iter_content(CHUNK):
                    span.at += file.write(chunk[: span.end - span.at])
                    self._progress.add(len(chunk))
                    self._patience.arrived()
            except requests.RequestException as error:
                raise Away(type(error).__name__) from None
        if span.at < span.end:
            raise Away("the connection was cut")


class _Span:
    """Bytes of a file, and how far they have come."""

    def __init__(self, start: int, end: int) -> None:
        self.at = start
        self.end = end
