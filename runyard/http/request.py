"""One HTTP request, and how handlers reach the store with it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from hashlib import sha256
from typing import Any, Concatenate, ParamSpec, TypeVar
from urllib.parse import parse_qs

from runyard.errors import BadRequest, BodyTooLarge
from runyard.http.context import Context
from runyard.http.delivery import SCOPE_KEY, Delivery
from runyard.store.metadata.session import Session
from runyard.store.operation import Record
from runyard.store.receipts import SIZE, Receipt
from runyard.store.store import Store
from runyard.store.transaction import Transaction

P = ParamSpec("P")
T = TypeVar("T")
Scope = Mapping[str, Any]
Receive = Callable[[], Any]


class Disconnected(Exception):
    """The client went away before it had sent the whole body; nobody is left to answer."""


class Request:
    """What a handler gets.

    `values` holds the parts of the path that a route leaves open, percent-decoded once.
    """

    __slots__ = ("_body", "_headers", "_query", "_receive", "context", "scope", "values")

    def __init__(self, scope: Scope, receive: Receive, context: Context) -> None:
        self.scope = scope
        self.context = context
        self.values: dict[str, str] = {}
        self._receive = receive
        self._body: bytes | None = None
        self._headers: dict[bytes, bytes] | None = None
        self._query: dict[str, list[str]] | None = None

    @property
    def method(self) -> str:
        """GET, POST, …"""
        method: str = self.scope["method"]
        return method

    @property
    def path(self) -> str:
        """The path, percent-decoded once."""
        path: str = self.scope["path"]
        return path

    @property
    def store(self) -> Store:
        """The open store."""
        return self.context.store

    @property
    def query(self) -> dict[str, list[str]]:
        """The query string's parameters."""
        if self._query is None:
            try:
                text = self.scope["query_string"].decode("ascii")
                self._query = parse_qs(text, keep_blank_values=True, errors="strict", max_num_fields=10_000)
            except ValueError as error:
                raise BadRequest(f"The query string can't be decoded: {error}.") from None
        return self._query

    def header(self, name: str) -> str | None:
        """The header of this name (lower case), or None; the last one where a client repeats it."""
        if self._headers is None:
            self._headers = dict(self.scope["headers"])
        value = self._headers.get(name.encode("latin-1"))
        return None if value is None else value.decode("latin-1")

    async def stream(self) -> AsyncIterator[bytes]:
        """The body as it arrives; raises Disconnected when the client leaves before its end."""
        while True:
            message = await self._receive()
            if message["type"] == "http.disconnect":
                raise Disconnected
            if message["body"]:
                yield message["body"]
            if not message.get("more_body", False):
                return

    async def body(self) -> bytes:
        """The whole body; raises BodyTooLarge above the setting `max_body_bytes`."""
        if self._body is None:
            encoding = self.header("content-encoding")
            if encoding not in (None, "", "identity"):
                # Unpacking would let a small body become a large one.
                raise BadRequest(
                    f"Bodies with Content-Encoding '{encoding}' are not taken: send it as it is."
                )
            limit = self.context.settings.max_body_bytes
            length = self.header("content-length")
            if length is not None and length.isdigit() and int(length) > limit:
                raise BodyTooLarge(f"The body has {length} bytes, and at most {limit} are taken.")
            message = await self._receive()
            if message["type"] == "http.request" and not message.get("more_body", False):
                self._body = message["body"]
            else:
                self._body = await self._collect(message, limit)
        return self._body

    async def _collect(self, message: Mapping[str, Any], limit: int) -> bytes:
        pieces = []
        size = 0
        while True:
            if message["type"] == "http.disconnect":
                raise Disconnected
            pieces.append(message["body"])
            size += len(message["body"])
            if size > limit:
                raise BodyTooLarge(f"The body is larger than {limit} bytes.")
            if not message.get("more_body", False):
                return b"".join(pieces)
            message = await self._receive()

    async def read(
        self, function: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Call `function(session, ...)` on a reader thread."""
        store = self.context.store
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(store.readers, lambda: function(store.session(), *args, **kwargs))

    async def write(
        self, work: Callable[[Transaction], T], guarded: bool = True, record: Record | None = None
    ) -> T:
        """Do `work(transaction)` on the writer's thread and wait until it is durable; see Operation.

        A repeated request is recognised: `work` is not done again, and the first result comes back.
        """
        result: T = await self.context.ingest.submit(work, guarded, self._receipt(), record)
        return result

    def _receipt(self) -> Receipt | None:
        key = self.header("idempotency-key")
        delivery: Delivery | None = self.scope.get(SCOPE_KEY)
        if key is None and delivery is None:
            return None
        call = f"{self.method} {self.path}".encode("utf-8", "surrogatepass")
        return make_receipt(call, self._body or b"", None if key is None else key.encode("latin-1"), delivery)


def make_receipt(call: bytes, body: bytes, key: bytes | None, delivery: Delivery | None) -> Receipt:
    """The receipt of a request: by its `Idempotency-Key` when it has one, else by its body."""
    # Processors have instructions for SHA-256: of a large batch it costs a third of BLAKE2's time.
    digest = sha256(body if key is None else key)
    digest.update((b"\0body\0" if key is None else b"\0key\0") + call)
    receipt = Receipt(digest.digest()[:SIZE], named=key is not None)
    if delivery is not None:
        delivery.attach(receipt)
    return receipt
