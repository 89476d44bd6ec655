"""Uploads in parts: every part is written where it belongs in one file, which completing publishes by rename.

A folder `multipart/<upload id>` holds an upload; several server processes may take its parts:

    manifest    JSON: the key and the number of parts
    stride      size in bytes of every part but the last; set by the first of them that arrives
    data        the parts but the last, each at its offset
    last        the last part, which is appended when the upload is completed
    part-<n>    receipt of a part that arrived whole: its ETag
    lock        held shared while a part is received, alone while the upload is completed
    done        the file is whole: from here on it is only renamed

The upload id is a secret that stands for the right to write to its key: the part's URL carries nothing else.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import secrets
import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import msgspec

from runyard.errors import InvalidParameter, NotFound, Unavailable
from runyard.store.artifacts.digests import check_digest
from runyard.store.artifacts.folders import FILE_MODE, FOLDER_MODE, told
from runyard.store.artifacts.upload import Places, publish, push, settle

MAX_PARTS = 10_000
_UPLOAD_ID = re.compile(r"[0-9a-f]{48}")
_COPY_BYTES = 1024 * 1024
_OPEN = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW


class Manifest(msgspec.Struct):
    """What an upload id stands for."""

    key: str
    parts: int
    # When a client logged a file that it sends late, in nanoseconds since 1970.
    logged: int | None = None


class Multipart:
    """The uploads in parts of one local store."""

    def __init__(self, path: Path, places: Places) -> None:
        self._path = path
        self._places = places

    def create(self, key: str, parts: int, logged: int | None = None) -> str:
        """Begin an upload of `key` in `parts` parts and return its id; raises InvalidParameter.

        `logged` is as in `LocalArtifacts.upload`.
        """
        if not 1 <= parts <= MAX_PARTS:
            raise InvalidParameter(
                f"Invalid value {parts} for parameter 'num_parts': an upload has 1 to {MAX_PARTS} parts; "
                "raise MLFLOW_MULTIPART_UPLOAD_CHUNK_SIZE for a larger file."
            )
        upload_id = secrets.token_hex(24)
        with told(key):
            path = self._path / upload_id
            path.mkdir(mode=FOLDER_MODE)
            _write_once(path, "manifest", msgspec.json.encode(Manifest(key, parts, logged)))
        return upload_id

    def key(self, upload_id: str) -> str:
        """The key that an upload id stands for; raises NotFound."""
        return self._manifest(upload_id).key

    def part(self, upload_id: str, number: int, size: int) -> Part:
        """Start writing part `number`, counted from 1, of `size` bytes.

        Raises NotFound for an unknown upload, InvalidParameter for a number or size that does not fit.
        """
        manifest = self._manifest(upload_id)
        if not 1 <= number <= manifest.parts:
            raise InvalidParameter(f"Invalid part number {number}: the upload has {manifest.parts} parts.")
        with told(manifest.key):
            return Part(self._path / upload_id, manifest, number, size)

    def complete(self, upload_id: str, key: str, parts: Sequence[tuple[int, str]]) -> None:
        """Publish the file from its parts, given as (number, ETag) in order; repeating it changes nothing.

        Raises NotFound when the id is unknown or stands for another key, InvalidParameter when parts are missing,
        out of order or not those that arrived, Unavailable while a part is still being received.
        """
        manifest = self._own(upload_id, key)
        path = self._path / upload_id
        whole = "last" if manifest.parts == 1 else "data"
        with told(key), _locked(path, fcntl.LOCK_EX):
            if not (path / "done").exists():
                _check_parts(path, manifest, parts)
                self._settle(path, manifest, whole)
            # After a crash between the two steps, or a retry, the file may be renamed already.
            if (path / whole).exists():
                self._publish(path, whole, key, manifest.logged)
        for leftover in ("stride", "last", *(f"part-{number}" for number, _ in parts)):
            (path / leftover).unlink(missing_ok=True)

    def abort(self, upload_id: str, key: str) -> None:
        """Drop an upload and its parts; one that is gone already is no error. Raises NotFound for another's key."""
        if not _UPLOAD_ID.fullmatch(upload_id) or not (self._path / upload_id).exists():
            return
        self._own(upload_id, key)
        shutil.rmtree(self._path / upload_id, ignore_errors=True)

    def _settle(self, path: Path, manifest: Manifest, whole: str) -> None:
        descriptor = os.open(path / whole, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            if manifest.parts > 1:
                _append_last(path, manifest, descriptor)
            settle(descriptor, self._places.durable, manifest.logged)
        finally:
            os.close(descriptor)
        _write_once(path, "done", b"")

    def _publish(self, path: Path, whole: str, key: str, logged: int | None) -> None:
        source = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            publish(self._places, source, whole, key, logged)
        finally:
            os.close(source)

    def _own(self, upload_id: str, key: str) -> Manifest:
        manifest = self._manifest(upload_id)
        if manifest.key != key:
            _unknown()
        return manifest

    def _manifest(self, upload_id: str) -> Manifest:
        if not _UPLOAD_ID.fullmatch(upload_id):
            _unknown()
        try:
            return msgspec.json.decode((self._path / upload_id / "manifest").read_bytes(), type=Manifest)
        except FileNotFoundError:
            _unknown()


class Part:
    """One part being received. It counts only after `finish`."""

    def __init__(self, path: Path, manifest: Manifest, number: int, size: int) -> None:
        self._path = path
        self._number = number
        self._size = size
        self._written = 0
        self._hash = hashlib.sha256()
        # A client's disconnection discards the part while a write may still run on another thread.
        self._lock = threading.Lock()
        self._is_last = number == manifest.parts
        self._held = _hold(path, fcntl.LOCK_SH)
        try:
            if (path / "done").exists():
                _unknown()
            self._start = 0 if self._is_last else (number - 1) * _stride(path, size)
            self._name = f"last-{secrets.token_hex(8)}" if self._is_last else "data"
            (path / f"part-{number}").unlink(missing_ok=True)
            self._descriptor = os.open(path / self._name, _OPEN, FILE_MODE)
        except BaseException:
            os.close(self._held)
            raise

    def write(self, chunks: Sequence[bytes]) -> None:
        """Append to the part; raises StorageFull when there is no space."""
        with self._lock, told(f"part {self._number}"):
            for chunk in chunks:
                if self._written + len(chunk) > self._size:
                    raise InvalidParameter(f"Part {self._number} is longer than its Content-Length.")
                self._hash.update(chunk)
                view = memoryview(chunk)
                while view:
                    count = os.pwrite(self._descriptor, view, self._start + self._written)
                    self._written += count
                    view = view[count:]

    def finish(self, expected: bytes | None = None) -> str:
        """Count the part as received and return its ETag, which is the same for the same bytes.

        Raises BadRequest when its SHA-256 is not the `expected` one.
        """
        with self._lock, told(f"part {self._number}"):
            if self._written != self._size:
                raise InvalidParameter(
                    f"Part {self._number} has {self._written} bytes instead of {self._size}."
                )
            check_digest(self._hash.digest(), expected)
            push(self._descriptor, self._start, self._size)
            if self._is_last:
                os.rename(self._path / self._name, self._path / "last")
            etag = self._hash.hexdigest()[:32]
            _replace(self._path, f"part-{self._number}", etag.encode())
            self._close()
            return etag

    def discard(self) -> None:
        """Drop what was received of it; nothing happens after `finish`."""
        with self._lock:
            if self._descriptor >= 0 and self._is_last:
                (self._path / self._name).unlink(missing_ok=True)
            self._close()

    def _close(self) -> None:
        if self._descriptor >= 0:
            descriptor, self._descriptor = self._descriptor, -1
            os.close(descriptor)
            os.close(self._held)


def _unknown() -> NoReturn:
    raise NotFound("No multipart upload with this upload_id exists for this path; it may have been aborted.")


def _stride(path: Path, size: int) -> int:
    """The size of all parts but the last; the first that arrives sets it."""
    if size < 1:
        raise InvalidParameter("Only the last part may be empty.")
    _write_once(path, "stride", str(size).encode())
    stride = int((path / "stride").read_bytes())
    if stride != size:
        raise InvalidParameter(f"A part has {size} bytes, but all parts except the last must have {stride}.")
    return stride


def _check_parts(path: Path, manifest: Manifest, parts: Sequence[tuple[int, str]]) -> None:
    if [number for number, _ in parts] != list(range(1, manifest.parts + 1)):
        raise InvalidParameter(
            f"Invalid value for parameter 'parts': it must name the parts 1 to {manifest.parts} in order."
        )
    for number, etag in parts:
        try:
            received = (path / f"part-{number}").read_text("ascii")
        except FileNotFoundError:
            raise InvalidParameter(f"Part {number} of the upload was not received.") from None
        if etag.strip('"') != received:
            raise InvalidParameter(
                f"Part {number} of the upload has another ETag than the one that was received."
            )


def _append_last(path: Path, manifest: Manifest, data: int) -> None:
    offset = (manifest.parts - 1) * int((path / "stride").read_bytes())
    with open(path / "last", "rb", buffering=0) as last:
        while chunk := last.read(_COPY_BYTES):
            view = memoryview(chunk)
            while view:
                count = os.pwrite(data, view, offset)
                offset += count
                view = view[count:]
    os.ftruncate(data, offset)


def _hold(path: Path, kind: int) -> int:
    """Take the upload's lock and return its descriptor; raises Unavailable when somebody else holds it."""
    descriptor = os.open(path / "lock", _OPEN, FILE_MODE)
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise Unavailable("Another part of the upload is still being handled; try again.") from None
    return descriptor


@contextmanager
def _locked(path: Path, kind: int) -> Iterator[None]:
    descriptor = _hold(path, kind)
    try:
        yield
    finally:
        os.close(descriptor)


def _write_once(path: Path, name: str, content: bytes) -> None:
    """Create a small file with its whole content at once; keep the one that is there."""
    temporary = path / f"{name}-{secrets.token_hex(8)}"
    temporary.write_bytes(content)
    try:
        os.link(temporary, path / name)
    except FileExistsError:
        pass
    finally:
        temporary.unlink()


def _replace(path: Path, name: str, content: bytes) -> None:
    """Write a small file with its whole content at once, over the one that is there."""
    temporary = path / f"{name}-{secrets.token_hex(8)}"
    temporary.write_bytes(content)
    os.replace(temporary, path / name)
