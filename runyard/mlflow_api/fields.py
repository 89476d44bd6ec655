"""Checks that many requests share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from runyard.entities import RUN_STATUSES
from runyard.errors import InvalidParameter, MissingParameter
from runyard.http.request import Request
from runyard.store.metadata.search import ViewType

VIEWS: tuple[ViewType, ...] = ("ACTIVE_ONLY", "DELETED_ONLY", "ALL")


class NamesRun(Protocol):
    """A request that names a run; clients before MLflow 1.0 say run_uuid."""

    run_id: str | None
    run_uuid: str | None


def run_id_of(wanted: NamesRun) -> str:
    """The id of the run that a request names."""
    return required(wanted.run_id or wanted.run_uuid, "run_id")


def required(value: str | None, field: str) -> str:
    """`value`, which must be there and not empty."""
    if not value:
        raise MissingParameter(field)
    return value


def query_parameter(request: Request, *names: str) -> str:
    """The query parameter of the first of `names` that is given."""
    for name in names:
        given = request.query.get(name)
        if given and given[-1]:
            return given[-1]
    raise MissingParameter(names[0])


def choice(value: str | int | None, field: str, names: Sequence[str]) -> str | None:
    """An enumeration's value, given as its name or its number from 1 on; None when absent."""
    if value is None:
        return None
    if isinstance(value, int) and 1 <= value <= len(names):
        return names[value - 1]
    if value not in names:
        raise InvalidParameter(
            f"Invalid value '{value}' for parameter '{field}': it must be one of {', '.join(names)}."
        )
    return str(value)


def status(value: str | int | None) -> str | None:
    """A run's status; None when absent."""
    return choice(value, "status", RUN_STATUSES)


def view_type(value: str | int | None, field: str = "run_view_type") -> ViewType:
    """Which of active and deleted entities are asked for."""
    chosen = choice(value, field, VIEWS) or VIEWS[0]
    return next(view for view in VIEWS if view == chosen)


def max_results(value: int | None, default: int, most: int) -> int:
    """How many results are asked for, at most `most`."""
    if value is None:
        return default
    if not 1 <= value <= most:
        raise InvalidParameter(
            f"Invalid value {value} for parameter 'max_results': it must be at least 1 and at most {most}."
        )
    return value


def milliseconds(value: int | None, field: str) -> int | None:
    """A time in milliseconds since 1970 that fits 64 bits; None when absent."""
    if value is not None and not 0 <= value < 2**63:
        raise InvalidParameter(
            f"Invalid value {value} for parameter '{field}': it must be a time in milliseconds, at least 0."
        )
    return value
