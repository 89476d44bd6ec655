"""What pages of the studio show, kept under names for everybody who uses the workspace."""

from __future__ import annotations

import secrets
from typing import NamedTuple

from runyard import rules
from runyard.entities import KeyValue
from runyard.errors import AlreadyExists, InvalidParameter, InvalidState, NotFound
from runyard.store.metadata import experiments
from runyard.store.metadata.session import Row, Session
from runyard.store.transaction import Transaction

MAX_NAME = 200
# A query names runs, columns and charts: some hundred bytes each.
MAX_QUERY = 50_000
# Of an experiment; clients see and may set it, too.
DEFAULT_TAG = "runyard.defaultView"
_COLUMNS = "id, page, name, query, updated"


class SavedView(NamedTuple):
    """`query` is that of the page's address, without the question mark; `updated` is in milliseconds since 1970."""

    id: str
    page: str
    name: str
    query: str
    updated: int


def list_views(session: Session, page: str) -> list[SavedView]:
    """The views of a page, by name."""
    rows = session.iterate(
        f"SELECT {_COLUMNS} FROM saved_view WHERE page = :page ORDER BY lower(name), name", {"page": page}
    )
    return [_view(row) for row in rows]


def create(transaction: Transaction, page: str, name: str, query: str) -> SavedView:
    """Save a view; raises InvalidParameter, or AlreadyExists when the page has one of that name."""
    view = SavedView(secrets.token_hex(6), page, _name(name), _query(query), transaction.now)
    _check_free(transaction.session, view)
    transaction.session.run(f"INSERT INTO saved_view ({_COLUMNS}) VALUES (?, ?, ?, ?, ?)", view)
    return view


def change(
    transaction: Transaction, view_id: str, name: str | None, query: str | None, held: str | None = None
) -> SavedView:
    """Give a view another name or content; raises NotFound, and what `create` raises.

    `held` is the query that a reader saw it hold: raises InvalidState where it holds another one by now.
    """
    before = _get(transaction.session, view_id)
    if held is not None and before.query != held:
        raise InvalidState(
            f"The view '{before.name}' holds something else by now: somebody else changed it. Look again."
        )
    view = before._replace(
        name=before.name if name is None else _name(name),
        query=before.query if query is None else _query(query),
        updated=transaction.now,
    )
    _check_free(transaction.session, view)
    transaction.session.run(
        "UPDATE saved_view SET name = ?, query = ?, updated = ? WHERE id = ?",
        (view.name, view.query, view.updated, view_id),
    )
    return view


def delete(transaction: Transaction, view_id: str) -> None:
    """Forget a view; raises NotFound."""
    _get(transaction.session, view_id)
    transaction.session.run("DELETE FROM saved_view WHERE id = ?", (view_id,))


def set_default(transaction: Transaction, experiment_id: str, view_id: str | None) -> None:
    """Open an experiment's list of runs with a view of it, or with the built-in one; raises NotFound."""
    if view_id is not None:
        view = _get(transaction.session, view_id)
        if view.page != "jobs":
            raise InvalidParameter("Invalid value for parameter 'view_id': it is no view of a list of runs.")
        experiments.set_tag(transaction, experiment_id, KeyValue(DEFAULT_TAG, view_id))
    elif any(tag.key == DEFAULT_TAG for tag in experiments.get(transaction.session, experiment_id).tags):
        experiments.delete_tag(transaction, experiment_id, DEFAULT_TAG)


def _get(session: Session, view_id: str) -> SavedView:
    row = session.one(f"SELECT {_COLUMNS} FROM saved_view WHERE id = ?", (view_id,))
    if row is None:
        raise NotFound(f"There is no saved view with id '{view_id}'; it may have been deleted.")
    return _view(row)


def _view(row: Row) -> SavedView:
    return SavedView(*row)


def _name(name: str) -> str:
    name = name.strip()
    if not name:
        raise InvalidParameter("Invalid value for parameter 'name': it is empty.")
    rules.check_length(name, "name", MAX_NAME)
    rules.check_text(name, "name")
    return name


def _query(query: str) -> str:
    rules.check_length(query, "query", MAX_QUERY)
    rules.check_text(query, "query")
    return query


def _check_free(session: Session, view: SavedView) -> None:
    row = session.one("SELECT id FROM saved_view WHERE page = ? AND name = ?", (view.page, view.name))
    if row is not None and row[0] != view.id:
        raise AlreadyExists(f"There is a view with the name '{view.name}' already.")
