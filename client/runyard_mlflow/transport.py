"""Sends frames to a server, with mlflow's own settings for authentication, certificates and proxies."""

from __future__ import annotations

import math
import time
from typing import Any, NamedTuple
from urllib.parse import urlencode

import requests
from mlflow.exceptions import MlflowException
from mlflow.protos.databricks_pb2 import RESOURCE_DOES_NOT_EXIST, ErrorCode
from mlflow.tracking.request_auth.registry import fetch_auth
from mlflow.tracking.request_header.registry import resolve_request_headers
from mlflow.utils.rest_utils import MlflowHostCreds, verify_rest_response
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase

from runyard_mlflow.headers import WORKSPACE

PATH = "/api/2.0/runyard/spool"
_ABSENT = ErrorCode.Name(RESOURCE_DOES_NOT_EXIST)
APPEND_PATH = "/api/2.0/runyard/append"
_NO_ENDPOINT = "ENDPOINT_NOT_FOUND"
_SOMETHING_ELSE = "something else than Runyard answers there"
# Seconds for which the headers that other plugins add are used.
HEADER_SECONDS = 30.0
# Connections that are kept open for the next request.
MOST_CONNECTIONS = 32


class Refusal(NamedTuple):
    """Frames that the server does not take, and why; `again`: but may later, as another process makes the run."""

    first: int
    last: int
    run_id: str
    error_code: str
    message: str
    again: bool


def too_large(number: int) -> Refusal:
    """What becomes of a frame that is more than the server takes in one request: a larger limit may come."""
    message = "The server, or a proxy before it, takes no request of this size (status 413)."
    return Refusal(number, number, "", "REQUEST_LIMIT_EXCEEDED", message, True)


class Away(Exception):
    """The server did not take the frames; they may be sent again later."""


class Unwilling(Away):
    """The server answers, and does not take this now: its disk is full, or the store behind it is away."""


class Damaged(Unwilling):
    """What arrived has another digest than what was sent."""


class TooLarge(Exception):
    """The server takes only smaller requests."""


class SourceUnreadable(Exception):
    """A file that is to be sent can't be read; no OSError, which libraries take for one of the network."""


class Refused(Exception):
    """The server does not take it; `later`: but may, when another process has made the run."""

    def __init__(self, code: str, message: str, later: bool) -> None:
        super().__init__(message)
        self.code = code
        self.later = later


class AppendConflict(Exception):
    """A file does not end where something was to be appended, but at `size`."""

    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.size = size


class Transport:
    """Sends to one server, over connections that stay open."""

    def __init__(self, credentials: MlflowHostCreds, seconds: float, workspace: str = "") -> None:
        self._credentials = credentials
        self._host = credentials.host.rstrip("/")
        self.seconds = seconds
        self._workspace = workspace
        self._session = self._open()
        self._headers: dict[str, str] = {}
        self._headers_until = -math.inf

    def _open(self) -> requests.Session:
        session = requests.Session()
        for scheme in ("http://", "https://"):
            session.mount(scheme, HTTPAdapter(pool_maxsize=MOST_CONNECTIONS))
        session.verify = self._credentials.verify
        session.cert = self._credentials.client_cert_path
        return session

    def send(self, producer: str, first: int, data: bytes) -> list[Refusal]:
        """Have the server apply frames from number `first` on; what it refuses comes back.

        Raises Away or TooLarge; the server may have applied them all the same, and knows it.
        """
        answer = self._call("POST", f"{PATH}?producer={producer}&first={first}", data=data)
        if answer.status_code == 413:
            raise TooLarge
        if answer.status_code != 200:
            raise Away(_said(answer))
        try:
            said = answer.json()
            int(said["last"])
            return [_refusal(entry) for entry in said["refused"]]
        except (ValueError, KeyError, TypeError, AttributeError):
            raise Away(_SOMETHING_ELSE) from None

    def append(self, run_id: str, path: str, offset: int, data: bytes) -> int:
        """Append to a file of a run, which must have `offset` bytes, or have the same bytes there; its size.

        Raises Away, TooLarge, AppendConflict or Refused.
        """
        query = urlencode({"run_id": run_id, "path": path, "offset": offset})
        answer = self._call("POST", f"{APPEND_PATH}?{query}", data=data)
        if answer.status_code == 413:
            raise TooLarge
        try:
            said = answer.json()
            if answer.status_code in (200, 409):
                size = int(said["size"])
            code, message = str(said.get("error_code", "")), str(said.get("message", ""))
        except (ValueError, KeyError, TypeError, AttributeError):
            raise Away(_said(answer)) from None
        if answer.status_code == 200:
            return size
        if answer.status_code == 409:
            raise AppendConflict(size)
        if answer.status_code in (400, 404) and code not in ("", _NO_ENDPOINT):
            raise Refused(code, message, answer.status_code == 404)
        raise Away(_said(answer))

    def ask(self, path: str, given: dict[str, str]) -> Any:
        """What the server answers to a GET of MLflow's API for one run, experiment or logged model, asked once.

        Raises Away, or the exception that mlflow's own client raises for an error that is the caller's.
        """
        answer = self._call("GET", f"/api/2.0/mlflow/{path}", params=given)
        try:
            said = answer.json()
        except ValueError:
            said = None
        # `runs/get` answers a `run`. The page where a hotel's network asks for a name may be JSON, too.
        asked_for = path.split("s/")[0].removeprefix("logged-")
        known = isinstance(said, dict) and (answer.status_code != 200 or asked_for in said)
        if not known:
            raise Away(_SOMETHING_ELSE)
        if answer.status_code == 200:
            return said
        asked_wrongly = 400 <= answer.status_code < 500 and answer.status_code not in (401, 403, 429)
        if asked_wrongly and said.get("error_code", _NO_ENDPOINT) != _NO_ENDPOINT:
            verify_rest_response(answer, path)
        raise Away(_said(answer))

    def reach(self) -> None:
        """Raise Away unless the server answers."""
        self.ask("experiments/get", {"experiment_id": "0"})

    def pause(self) -> None:
        """This process is about to be forked."""

    def resume(self) -> None:
        """It was."""

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def request(
        self, method: str, path: str, headers: dict[str, str], seconds: float | None = None, **given: Any
    ) -> requests.Response:
        """Any request, once, with more headers; `seconds` is how long nothing may come. Raises Away for no answer."""
        # The key that is sent with frames names those, and is kept for a while.
        more = {"Idempotency-Key": None, **headers}
        return self._call(method, path, more, seconds, **given)

    def foreign(self, method: str, url: str, headers: dict[str, str], **given: Any) -> requests.Response:
        """A request to another host, which gets none of the credentials. Raises Away for no answer."""
        try:
            return requests.request(
                method, url, headers=headers, auth=_anonymous, timeout=self.seconds, **given
            )
        except SourceUnreadable:
            raise
        except Exception as error:
            raise Away(_reason(error)) from None

    def check_workspace(self) -> None:
        """Raise MlflowException where the server has no such workspace: that is no outage. Raises Away, too."""
        if not self._workspace:
            return
        answer = self._call("GET", f"/api/3.0/mlflow/workspaces/{self._workspace}")
        try:
            said = answer.json()
        except ValueError:
            return
        if answer.status_code == 404 and said.get("error_code") == _ABSENT:
            raise MlflowException(
                f"Invalid tracking URI '{self._host}/{self._workspace}': {said.get('message')}",
                error_code=RESOURCE_DOES_NOT_EXIST,
            )

    def _call(
        self,
        method: str,
        path: str,
        more: dict[str, Any] | None = None,
        seconds: float | None = None,
        **given: Any,
    ) -> requests.Response:
        try:
            return self._session.request(
                method,
                self._host + path,
                headers={**self._current_headers(), **(more or {})},
                auth=self._auth(),
                timeout=seconds or self.seconds,
                **given,
            )
        except SourceUnreadable:
            raise
        except Exception as error:  # of requests, urllib3, and of plugins that authenticate
            raise Away(_reason(error)) from None
        except BaseException:
            # A KeyboardInterrupt may leave a lock of the connections' pool taken, for ever.
            self._session = self._open()
            raise

    def _current_headers(self) -> dict[str, str]:
        # mlflow's way of finding them takes 4 ms, as it looks for modules that are not installed.
        now = time.monotonic()
        if now > self._headers_until:
            self._headers = {**resolve_request_headers(), "Content-Type": "application/octet-stream"}
            if self._workspace:
                self._headers[WORKSPACE] = self._workspace
            self._headers_until = now + HEADER_SECONDS
        return self._headers

    def _auth(self) -> Any:
        """As mlflow's `http_request` does it."""
        credentials = self._credentials
        if credentials.aws_sigv4:
            from requests_auth_aws_sigv4 import AWSSigV4

            return AWSSigV4("execute-api")
        if credentials.auth:
            return fetch_auth(credentials.auth)
        if credentials.username and credentials.password:
            return credentials.username, credentials.password
        if credentials.token:
            return _Bearer(credentials.token)
        return None


def _anonymous(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """No credentials; given this way, also none of a `.netrc`."""
    return request


class _Bearer(AuthBase):
    """A token; given this way, no password of a `.netrc` takes its place."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


def _refusal(entry: dict[str, Any]) -> Refusal:
    return Refusal(**{field: entry.get(field, False) for field in Refusal._fields})


def _said(answer: requests.Response) -> str:
    """What an error says, in a line."""
    if answer.status_code in (401, 403):
        return f"it refuses the user name, password or token (status {answer.status_code})"
    try:
        body = answer.json()
        if body["error_code"] == _NO_ENDPOINT:
            return "it is no Runyard server, or one that is too old"
        return f"status {answer.status_code}: {body['message']}"
    except (ValueError, KeyError, TypeError):
        return f"status {answer.status_code}"


def _reason(error: Exception) -> str:
    text = str(error)
    for known, said in (
        ("Connection refused", "connection refused"),
        ("timed out", "no answer in time"),
        ("Connection aborted", "the connection was cut"),
        ("Name or service not known", "unknown host"),
        ("Temporary failure in name resolution", "unknown host"),
    ):
        if known in text:
            return said
    return text.splitlines()[0][:200] if text else type(error).__name__
