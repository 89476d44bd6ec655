"""Calls the server over HTTP: for the command line, runners and supervisors. It is quick to import."""

from __future__ import annotations

import base64
import http.client
import math
import time
from collections.abc import Callable, Iterator, Mapping
from itertools import chain, repeat
from typing import IO, Any, TypeVar
from urllib.parse import quote, unquote, urlencode, urlsplit

import msgspec

from runyard.errors import InvalidParameter, RunyardError

CONNECT_SECONDS = 10.0
PAUSES = (0.1, 0.2, 0.5, 1.0, 2.0)
T = TypeVar("T")
Query = Mapping[str, str | int | list[str]]


class Away(Exception):
    """The server can't be reached, or can't answer now: the same call may succeed later."""


class Refused(RunyardError):
    """The server does not take it, and would not later."""

    def __init__(self, status: int, error_code: str, message: str, body: Mapping[str, Any]) -> None:
        super().__init__(message)
        self.status, self.error_code, self.body = status, error_code, body


class Link:
    """One connection, used by one thread at a time. `address` is asked for anew when the server was away."""

    def __init__(self, address: str | Callable[[], str], token: str = "", seconds: float = 60.0) -> None:
        self._address = address if callable(address) else lambda: address
        self._token = token
        self._seconds = seconds
        self._connection: http.client.HTTPConnection | None = None
        self._base = ""
        self._headers: dict[str, str] = {}

    def get(self, path: str, kind: type[T], query: Query | None = None) -> T:
        """Read an answer; raises Away and Refused."""
        return msgspec.json.decode(self.send("GET", path, query=query), type=kind)

    def post(self, path: str, body: object, kind: type[T], seconds: float = 0.0) -> T:
        """Post JSON and read the answer, for which it may take `seconds` longer than usual."""
        data = msgspec.json.encode(body)
        return msgspec.json.decode(self.send("POST", path, data, more_seconds=seconds), type=kind)

    def send(
        self,
        method: str,
        path: str,
        body: bytes | IO[bytes] | None = None,
        query: Query | None = None,
        headers: Mapping[str, str] | None = None,
        more_seconds: float = 0.0,
    ) -> bytes:
        """The answer's body; raises Away and Refused."""
        answer = self.open(method, path, body, query, headers, more_seconds)
        try:
            return answer.read()
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise Away(str(error)) from error

    def open(
        self,
        method: str,
        path: str,
        body: bytes | IO[bytes] | None = None,
        query: Query | None = None,
        headers: Mapping[str, str] | None = None,
        more_seconds: float = 0.0,
    ) -> http.client.HTTPResponse:
        """The answer, whose body is read by the caller, whole."""
        target = quote(path) + ("?" + urlencode(query, doseq=True) if query else "")
        try:
            answer = self._ask(method, target, body, headers or {}, more_seconds)
            if answer.status < 400:
                return answer
            text = answer.read()
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise Away(
                f"{self._base or self._address()} can't be reached: {error or type(error).__name__}"
            ) from error
        told = _told(text)
        message = str(told.get("message") or f"{method} {path} was answered with {answer.status}.")
        if answer.status >= 500 or answer.status in (408, 429):
            raise Away(message)
        raise Refused(answer.status, str(told.get("error_code", "")), message, told)

    def _ask(
        self,
        method: str,
        target: str,
        body: bytes | IO[bytes] | None,
        headers: Mapping[str, str],
        more: float,
    ) -> http.client.HTTPResponse:
        kept = self._connection is not None
        connection = self._connect()
        assert connection.sock is not None
        connection.sock.settimeout(self._seconds + more)
        whole = {**self._headers, **headers}
        if isinstance(body, bytes):
            whole.setdefault("content-type", "application/json")
        try:
            connection.request(method, self._base + target, body, whole)
            return connection.getresponse()
        except (OSError, http.client.HTTPException):
            self.close()
            # A server closes what was silent for long. What can't be told from a lost answer is asked again only
            # where nothing was sent, or where asking twice changes nothing.
            if kept and not hasattr(body, "read"):
                return self._ask(method, target, body, headers, more)
            raise

    def _connect(self) -> http.client.HTTPConnection:
        if self._connection is None:
            parts = urlsplit(self._address())
            kinds = {"http": http.client.HTTPConnection, "https": http.client.HTTPSConnection}
            if parts.scheme not in kinds or not parts.hostname:
                raise InvalidParameter(
                    f"'{self._address()}' is no address of a server: it must be as http://host:port."
                )
            self._base = parts.path.rstrip("/")
            self._headers = _credentials(parts.username, parts.password, self._token)
            connection = kinds[parts.scheme](parts.hostname, parts.port, timeout=CONNECT_SECONDS)
            connection.connect()
            self._connection = connection
        return self._connection

    def close(self) -> None:
        """Close the connection; the next call opens another one."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def __del__(self) -> None:
        self.close()


def patiently(
    call: Callable[[], T], ends: Callable[[], bool] = lambda: False, seconds: float = math.inf
) -> T:
    """Call again while the server is away; raises Away when it was for so many seconds, or when `ends` says so."""
    until = time.monotonic() + seconds
    for pause in pauses():
        try:
            return call()
        except Away:
            if ends() or time.monotonic() >= until:
                raise
            time.sleep(pause)
    raise AssertionError("pauses never end")


def pauses() -> Iterator[float]:
    """Seconds between attempts while the server is away: longer and longer, without an end."""
    return chain(PAUSES, repeat(PAUSES[-1]))


def _credentials(user: str | None, password: str | None, token: str) -> dict[str, str]:
    if token:
        return {"authorization": f"Bearer {token}"}
    if user:
        pair = f"{unquote(user)}:{unquote(password or '')}".encode()
        return {"authorization": "Basic " + base64.b64encode(pair).decode()}
    return {}


def _told(text: bytes) -> dict[str, Any]:
    try:
        found = msgspec.json.decode(text)
    except msgspec.DecodeError:
        return {}
    return found if isinstance(found, dict) else {}
