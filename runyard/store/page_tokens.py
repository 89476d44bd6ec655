"""Opaque page tokens: what a listing needs to go on, bound to the request that it belongs to.

A token carries a checksum of the request, so that one of another listing is refused instead of giving odd pages.
It is no secret and grants nothing.
"""

from __future__ import annotations

import base64
import binascii
from hashlib import blake2b

import msgspec

from runyard.errors import InvalidParameter

_CHECK_BYTES = 6
Position = list[int | str | float | None]


def make_token(request: object, position: Position) -> str:
    """A token for going on at `position` in the listing that `request` (any JSON value) describes."""
    body = msgspec.msgpack.encode(position)
    return base64.urlsafe_b64encode(_check(request, body) + body).decode().rstrip("=")


def read_token(request: object, token: str) -> Position:
    """The position in a token; raises InvalidParameter for one that was not made for `request`."""
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        body = raw[_CHECK_BYTES:]
        if raw[:_CHECK_BYTES] != _check(request, body):
            raise ValueError
        return msgspec.msgpack.decode(body, type=Position)
    except (ValueError, binascii.Error, msgspec.DecodeError):
        raise InvalidParameter(
            "Invalid value for parameter 'page_token': it was not given by the previous page of this request."
        ) from None


def _check(request: object, body: bytes) -> bytes:
    return blake2b(msgspec.msgpack.encode(request) + body, digest_size=_CHECK_BYTES).digest()
