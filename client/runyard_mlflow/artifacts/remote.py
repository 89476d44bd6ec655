"""A server's artifacts over HTTP: one request each, and what its answer means."""

from __future__ import annotations

import posixpath
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

import requests
from mlflow.exceptions import MlflowException
from mlflow.protos.databricks_pb2 import INVALID_PARAMETER_VALUE, RESOURCE_DOES_NOT_EXIST, ErrorCode

from runyard_mlflow.artifacts.digests import WANTED, Piece, read_digest, spelled
from runyard_mlflow.transport import Away, Damaged, Transport, Unwilling

API = "/api/2.0/mlflow-artifacts"
_PARTS = f"{API}/mpu/parts/"
# Bytes per second that a server reads at least, when it computes a digest or ends an upload.
SLOWEST = 50 * 1024 * 1024
_NOT_FOUND = ErrorCode.Name(RESOURCE_DOES_NOT_EXIST)


class Superseded(Exception):
    """The server has a newer file than the one that was sent late."""


class Head(NamedTuple):
    """What a server says of a file without sending it; the digest only when it was asked for."""

    size: int
    digest: bytes | None


class Entry(NamedTuple):
    """A file or a folder of a listing."""

    name: str
    is_folder: bool
    size: int | None


class Place(NamedTuple):
    """Where a part is to be sent, and with which headers."""

    number: int
    url: str
    headers: dict[str, str]


class Remote:
    """Asks one server; raises Away for what may be tried again, and MlflowException for what may not."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        # Whether it may know URLs at which files are downloaded past it; asked until it says no.
        self._may_presign = True

    def head(self, key: str, digest_of: int | None = None) -> Head | None:
        """What is said of a file; None where there is none. With `digest_of`, its size in bytes, also its digest."""
        headers = {} if digest_of is None else WANTED
        answer = self._transport.request(
            "HEAD", _path(key), headers=headers, seconds=self._seconds_for(digest_of or 0)
        )
        if answer.status_code in (400, 404):
            return None
        # An answer to HEAD has no body that would say what is wrong.
        if answer.status_code != 200 or not answer.headers.get("Content-Length", "").isdigit():
            raise Unwilling(f"status {answer.status_code}")
        return Head(int(answer.headers["Content-Length"]), read_digest(answer.headers.get("Repr-Digest")))

    def put(self, key: str, body: Piece | bytes, digest: bytes, headers: dict[str, str]) -> None:
        """Store a file; raises Superseded, or Damaged."""
        given = {**headers, "Repr-Digest": spelled(digest)}
        _check(self._transport.request("PUT", _path(key), headers=given, data=body), key)

    def create(self, key: str, parts: int, headers: dict[str, str]) -> tuple[str, list[Place]]:
        """Begin an upload in parts: its id, and where each part goes; raises Superseded."""
        said = self._upload("create", key, {"num_parts": parts}, headers)
        try:
            places = [
                Place(int(each["part_number"]), str(each["url"]), dict(each.get("headers") or {}))
                for each in said["credentials"]
            ]
            upload_id = str(said["upload_id"])
        except (KeyError, TypeError, ValueError):
            raise Away("something else than Runyard answers there") from None
        if sorted(place.number for place in places) != list(range(1, parts + 1)):
            raise Unwilling(f"it names {len(places)} places for the {parts} parts of an upload")
        return upload_id, places

    def put_part(self, place: Place, body: Piece) -> str:
        """Send a part, and return its ETag; raises Damaged."""
        _, own, rest = urlsplit(place.url).path.rpartition(_PARTS)
        if own:
            # Sent the way that the server was asked: it may call itself otherwise than it is reached from here.
            headers = {**place.headers, "Content-Digest": spelled(body.digest())}
            answer = self._transport.request("PUT", own + rest, headers=headers, data=body)
        else:
            answer = self._transport.foreign("PUT", place.url, headers=place.headers, data=body)
        _check(answer, place.url.partition("?")[0])
        return str(answer.headers.get("ETag", ""))

    def complete(self, key: str, upload_id: str, etags: list[tuple[int, str]], size: int) -> None:
        """Make the parts the file; raises Superseded."""
        parts = [{"part_number": number, "etag": etag} for number, etag in etags]
        given = {"upload_id": upload_id, "parts": parts}
        self._upload("complete", key, given, {}, self._seconds_for(size))

    def abort(self, key: str, upload_id: str) -> None:
        """Drop an upload."""
        self._upload("abort", key, {"upload_id": upload_id}, {})

    def get(self, key: str, headers: dict[str, str]) -> requests.Response:
        """A file or a part of it, of which the body is still to be read."""
        given = {"Accept-Encoding": "identity", **headers}
        return _check(self._transport.request("GET", _path(key), headers=given, stream=True), key, (416,))

    def get_foreign(self, url: str, headers: dict[str, str]) -> requests.Response:
        """The same from where `presigned` says."""
        given = {"Accept-Encoding": "identity", **headers}
        answer = self._transport.foreign("GET", url, headers=given, stream=True)
        return _check(answer, url.partition("?")[0], (416,))

    def presigned(self, key: str) -> tuple[str, dict[str, str]] | None:
        """A URL of another host at which the file is, and headers for it; None where the server names none."""
        if not self._may_presign:
            return None
        answer = self._transport.request("GET", f"{API}/presigned/{quote(key)}", {})
        try:
            said = answer.json()
            if answer.status_code == 200:
                return str(said["url"]), dict(said.get("headers") or {})
        except (ValueError, KeyError, TypeError):
            pass
        self._may_presign = False
        return None

    def list(self, key: str) -> list[Entry]:
        """The entries of a folder; none where it is a file or absent."""
        answer = _check(self._transport.request("GET", f"{API}/artifacts", {}, params={"path": key}), key)
        try:
            return [
                Entry(str(each["path"]), bool(each["is_dir"]), _size(each.get("file_size")))
                for each in answer.json().get("files", [])
            ]
        except (ValueError, KeyError, TypeError):
            raise Away("something else than Runyard answers there") from None

    def delete(self, key: str) -> None:
        """Delete a file, or a folder with all that it holds."""
        _check(self._transport.request("DELETE", _path(key), {}), key)

    def location_of_run(self, run_id: str) -> str:
        """The address of a run's artifacts, as the server keeps it; raises MlflowException when it has no such run."""
        said = self._transport.ask("runs/get", {"run_id": run_id})
        return str(said["run"]["info"]["artifact_uri"])

    def location_of_model(self, model_id: str) -> str:
        """The same of a logged model."""
        said = self._transport.ask(f"logged-models/{quote(model_id, safe='')}", {})
        return str(said["model"]["info"]["artifact_uri"])

    def _upload(
        self,
        step: str,
        key: str,
        given: dict[str, Any],
        headers: dict[str, str],
        seconds: float | None = None,
    ) -> Any:
        folder, name = posixpath.split(key)
        path = f"{API}/mpu/{step}/{quote(folder)}"
        body = {"path": name, **given}
        headers = {**headers, "Content-Type": "application/json"}
        answer = _check(
            self._transport.request("POST", path, headers=headers, json=body, seconds=seconds), key
        )
        try:
            return answer.json()
        except ValueError:
            raise Away("something else than Runyard answers there") from None

    def _seconds_for(self, size: int) -> float:
        return self._transport.seconds + size / SLOWEST


def _path(key: str) -> str:
    return f"{API}/artifacts/{quote(key)}"


def _size(value: Any) -> int | None:
    return None if value is None else int(value)


def _check(answer: requests.Response, what: str, fine: tuple[int, ...] = ()) -> requests.Response:
    """The answer, when it is a good one; else the error that it is."""
    status = answer.status_code
    if status < 300 or status in fine:
        return answer
    if status == 412:
        raise Superseded(what)
    try:
        said = answer.json()
        code, message = str(said["error_code"]), str(said["message"])
    except (ValueError, KeyError, TypeError):
        code, message = "", ""
    if status == 400 and code == "BAD_REQUEST":
        raise Damaged(message)
    if status == 413:
        raise MlflowException(
            f"{what}: the server, or a proxy before it, takes no request of this size (status 413).",
            error_code=INVALID_PARAMETER_VALUE,
        )
    if status in (400, 404, 409, 410, 416) and code != "ENDPOINT_NOT_FOUND":
        known = code in ErrorCode.keys()
        raise MlflowException(
            message or f"{what}: status {status}",
            error_code=ErrorCode.Value(code if known else _NOT_FOUND),
        )
    if status in (401, 403):
        raise Unwilling(f"it refuses the user name, password or token (status {status})")
    raise Unwilling(f"status {status}: {message}" if message else f"status {status}")
