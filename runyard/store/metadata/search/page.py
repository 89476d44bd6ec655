"""Pages of answers: their limits, and the tokens that lead to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

import msgspec

from runyard.errors import InvalidParameter
from runyard.store.metadata.search.ordering import Place, SortKey
from runyard.store.page_tokens import Number, make_token, read_token

# The last two are the studio's own: parts of what is active; see archive.py.
ViewType = Literal["ACTIVE_ONLY", "DELETED_ONLY", "ALL", "UNARCHIVED", "ARCHIVED"]
STAGES: dict[ViewType, tuple[str, ...]] = {
    "ACTIVE_ONLY": ("active",),
    "DELETED_ONLY": ("deleted",),
    "ALL": ("active", "deleted"),
    "UNARCHIVED": ("active",),
    "ARCHIVED": ("active",),
}
_Rank = Annotated[int, msgspec.Meta(ge=0, le=2)]
_Value = Number | str | float | None


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


def encode_token(query: object, last: Sequence[Place]) -> str:
    """The token of the page behind `last`; `query` is all that decides which rows come, and in which order."""
    return make_token(query, last)


def decode_token(token: str | None, query: object, keys: Sequence[SortKey]) -> list[Place] | None:
    """The place that a token names; None without one.

    Raises InvalidParameter for a token of another query, and for what was never a token.
    """
    places = read_token(query, token, list[tuple[_Rank, _Value]])
    if places is not None and not _fits(places, keys):
        raise InvalidParameter("Invalid value for parameter 'page_token': it is damaged.")
    return places


def _fits(places: Sequence[Place], keys: Sequence[SortKey]) -> bool:
    return len(places) == len(keys) and all(
        rank == 0 or key.rank is not None for (rank, _), key in zip(places, keys, strict=True)
    )
