"""Opaque page tokens: what a listing needs to go on, bound to the request that it belongs to.

A token names the place of the last row where it can, not a number of rows to skip: rows that come or go between two
requests neither repeat an answer nor hide one. It carries a checksum of the request, so that one of another listing is
refused instead of giving odd pages. The checksum is no secret and grants nothing: who computes one gets no further
than the shape that the listing expects.
"""

from __future__ import annotations

import base64
import binascii
from hashlib import blake2b
from typing import Annotated, TypeVar

import msgspec

from runyard.errors import InvalidParameter

Shape = TypeVar("Shape")
# The numbers of shapes: what the database takes, and row ids, counts and offsets, which are not negative.
Number = Annotated[int, msgspec.Meta(ge=-(2**63), le=2**63 - 1)]
Whole = Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]

_CHECK_BYTES = 8


def make_token(request: object, position: object) -> str:
    """A token for going on at `position` in the listing that `request` (any JSON value) describes."""
    body = msgspec.msgpack.encode(position)
    return base64.urlsafe_b64encode(_check(request, body) + body).decode().rstrip("=")


def read_token(request: object, token: str | None, shape: type[Shape]) -> Shape | None:
    """The position in a token; None without one.

    Raises InvalidParameter for a token that was not made for `request`, and for a position of another shape.
    """
    if not token:
        return None
    try:
        raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
        body = raw[_CHECK_BYTES:]
        if raw[:_CHECK_BYTES] != _check(request, body):
            raise ValueError
        return msgspec.msgpack.decode(body, type=shape)
    except (ValueError, binascii.Error, msgspec.DecodeError):
        raise InvalidParameter(
            "Invalid value for parameter 'page_token': it was not given by the previous page of this request. "
            "All other parameters must be those of the request that answered it."
        ) from None


def _check(request: object, body: bytes) -> bytes:
    return blake2b(msgspec.msgpack.encode(request) + body, digest_size=_CHECK_BYTES).digest()
