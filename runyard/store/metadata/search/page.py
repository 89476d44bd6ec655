"""Pages of answers: their limits, and the tokens that lead to the next.

A token names the place of the last row, not a number of rows to skip: rows that come or go between two requests
neither repeat an answer nor hide one.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from runyard.errors import InvalidParameter
from runyard.store.metadata.search.ordering import Place, SortKey
from runyard.store.metadata.search.values import INT64

# The last two are the studio's own: parts of what is active; see archive.py.
ViewType = Literal["ACTIVE_ONLY", "DELETED_ONLY", "ALL", "UNARCHIVED", "ARCHIVED"]
STAGES: dict[ViewType, tuple[str, ...]] = {
    "ACTIVE_ONLY": ("active",),
    "DELETED_ONLY": ("deleted",),
    "ALL": ("active", "deleted"),
    "UNARCHIVED": ("active",),
    "ARCHIVED": ("active",),
}
_DIGEST_BYTES = 8


@dataclass(frozen=True)
class Page:
    """Primary keys in order, and the token of the next page when there is one."""

    ids: list[int]
    next_page_token: str | None = None


def check_max_results(max_results: int, most: int) -> None:
    """Raise InvalidParameter for a page size that isn't allowed; the sentences are MLflow's."""
    start = f"Invalid value {max_results} for parameter 'max_results' supplied. It must be"
    if max_results < 1:
        raise InvalidParameter(f"{start} a positive integer")
    if max_results > most:
        raise InvalidParameter(f"{start} at most {most}")


def fingerprint(*query: object) -> bytes:
    """What a token is bound to: everything that decides which rows come, and in which order."""
    return hashlib.blake2b(json.dumps(query).encode(), digest_size=_DIGEST_BYTES).digest()


def encode_token(query: bytes, last: Sequence[Place]) -> str:
    """The token of the page behind `last`."""
    payload = json.dumps(last, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(_digest(query, payload) + payload).decode()


def decode_token(token: str | None, query: bytes, keys: Sequence[SortKey]) -> list[Place] | None:
    """The place that a token names; None without one.

    Raises InvalidParameter for a token of another query, and for what was never a token.
    """
    if not token:
        return None
    try:
        decoded = base64.b64decode(token.encode("ascii"), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise InvalidParameter("Invalid value for parameter 'page_token': it is not a page token") from None
    digest, payload = decoded[:_DIGEST_BYTES], decoded[_DIGEST_BYTES:]
    if digest != _digest(query, payload):
        raise InvalidParameter(
            "Invalid value for parameter 'page_token': it does not belong to this search. The filter, the order, "
            "the view and the experiments must be those of the request that answered it"
        )
    return _places(json.loads(payload), keys)


def _digest(query: bytes, payload: bytes) -> bytes:
    return hashlib.blake2b(payload, key=query, digest_size=_DIGEST_BYTES).digest()


def _places(entries: object, keys: Sequence[SortKey]) -> list[Place]:
    # The digest is no secret: who computes one still gets no further than this.
    if not isinstance(entries, list) or len(entries) != len(keys):
        raise InvalidParameter("Invalid value for parameter 'page_token': it is damaged")
    return [_place(entry, key) for entry, key in zip(entries, keys, strict=True)]


def _place(entry: object, key: SortKey) -> Place:
    if isinstance(entry, list) and len(entry) == 2:
        rank, value = entry
        fits = not isinstance(value, int) or value in INT64
        if (
            rank in (0, 1, 2)
            and (key.rank or rank == 0)
            and isinstance(value, (str, int, float, type(None)))
            and fits
        ):
            return int(rank), value
    raise InvalidParameter("Invalid value for parameter 'page_token': it is damaged")
