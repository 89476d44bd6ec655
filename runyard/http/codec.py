"""Decodes requests into msgspec structs and encodes answers: JSON, or msgpack when the client says so."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar, get_type_hints

import msgspec

from runyard.errors import BadRequest, InvalidParameter, MissingParameter
from runyard.http.request import Request
from runyard.http.response import Response, json_response, msgpack_response
from runyard.store.metadata.session import Session

T = TypeVar("T", bound=msgspec.Struct)
U = TypeVar("U", bound=msgspec.Struct)
_MSGPACK_TYPES = ("application/msgpack", "application/x-msgpack", "application/vnd.msgpack")


async def decode(request: Request, kind: type[T]) -> T:
    """The request's fields as a `kind`: from the query string of a GET, else from the body.

    A DELETE may carry them in either. Raises BadRequest, or InvalidParameter that names the field.
    """
    if request.method == "GET":
        return _from_query(request, kind)
    body = await request.body()
    if not body:
        return _from_query(request, kind)
    return decode_body(body, request.header("content-type") or "", kind)


def decode_direct(body: bytes, content_type: str, kind: type[T]) -> T:
    """The fields of a POST whose URL has no query; all are None where it has no body either."""
    return decode_body(body, content_type, kind) if body else kind()


def decode_body(body: bytes, content_type: str, kind: type[T]) -> T:
    """Decode a JSON or msgpack body."""
    try:
        if _is_msgpack(content_type):
            decoded: T = _unpacker(kind).decode(body)
        else:
            decoded = _decoder(kind).decode(body)
        return decoded
    except msgspec.ValidationError as error:
        raise _invalid(error) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return _lenient(body, kind, error)


def _is_msgpack(content_type: str) -> bool:
    return content_type.split(";")[0].strip().lower() in _MSGPACK_TYPES


def decode_first(body: bytes, content_type: str, usual: type[U], kind: type[T]) -> U | T:
    """Decode a body as `usual`, which is stricter and quicker, or else as `kind`, whose errors count."""
    if not _is_msgpack(content_type):
        try:
            decoded: U = _decoder(usual).decode(body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            pass
        else:
            return decoded
    return decode_body(body, content_type, kind)


def _lenient(body: bytes, kind: type[T], error: Exception) -> T:
    """Python's own json module writes NaN and Infinity bare, which strict JSON forbids: take these too."""
    if b"NaN" not in body and b"Infinity" not in body:
        raise BadRequest(f"The body is not valid JSON: {error}.") from None
    try:
        value = json.loads(body)
        return msgspec.convert(value, kind, strict=False)
    except msgspec.ValidationError as invalid:
        raise _invalid(invalid) from None
    except (ValueError, RecursionError):
        raise BadRequest(f"The body is not valid JSON: {error}.") from None


@lru_cache(maxsize=256)
def _decoder(kind: type[msgspec.Struct]) -> msgspec.json.Decoder[Any]:
    # Protobuf's JSON spells 64-bit integers as text, and clients do both: not strict.
    return msgspec.json.Decoder(kind, strict=False)


@lru_cache(maxsize=256)
def _unpacker(kind: type[msgspec.Struct]) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(kind, strict=False)


@lru_cache(maxsize=256)
def _list_fields(kind: type[msgspec.Struct]) -> frozenset[str]:
    hints = get_type_hints(kind)
    return frozenset(name for name, hint in hints.items() if "list[" in str(hint))


def _from_query(request: Request, kind: type[T]) -> T:
    lists = _list_fields(kind)
    values: dict[str, Any] = {
        name: given if name in lists else given[-1] for name, given in request.query.items()
    }
    try:
        return msgspec.convert(values, kind, strict=False)
    except msgspec.ValidationError as error:
        raise _invalid(error) from None


def _invalid(error: msgspec.ValidationError) -> InvalidParameter:
    """Name the field and the rule in MLflow's words."""
    message = str(error)
    rule, _, path = message.partition(" - at `$")
    path = path.rstrip("`").lstrip(".")
    if rule.startswith("Object missing required field"):
        field = rule.split("`")[1]
        return MissingParameter(f"{path}.{field}" if path else field)
    return InvalidParameter(f"Invalid value for parameter '{path or 'body'}': {rule.lower()}.")


def encode(request: Request, value: Any) -> Response:
    """Answer `value` in the format that the client accepts; JSON unless it names msgpack."""
    return msgpack_response(value) if wants_msgpack(request) else json_response(value)


def wants_msgpack(request: Request) -> bool:
    """Whether the client names msgpack among what it accepts."""
    accept = request.header("accept")
    return accept is not None and "msgpack" in accept


async def read_and_encode(request: Request, function: Callable[[Session], Any]) -> Response:
    """Answer what `function(session)` gives; it is called and encoded on a reader thread.

    So the event loop never waits for a long answer to be encoded.
    """
    return await request.read(lambda session: encode(request, function(session)))
