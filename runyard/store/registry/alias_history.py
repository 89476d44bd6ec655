"""What each alias of a registered model named, and when.

Each change of an alias adds a row in the transaction that makes it, whoever makes it. A model's history keeps its
place when the model is renamed, and goes with the model when that is deleted.
"""

from __future__ import annotations

from typing import NamedTuple

from runyard.store.metadata.session import Session
from runyard.store.transaction import Transaction


class AliasSpan(NamedTuple):
    """An alias named a version from `start` to `end`; None for an unknown start, and for an end that is not yet."""

    alias: str
    version: int
    start: int | None
    end: int | None


def record(transaction: Transaction, model: int, alias: str, version: int | None) -> None:
    """Note that an alias names a version from now on, or none; call it before the alias itself is changed.

    An alias that names it already, or that is not there to be removed, has not changed.
    """
    row = transaction.session.one(
        "SELECT version FROM registered_model_alias WHERE model_id = ? AND alias = ?", (model, alias)
    )
    if (row[0] if row else None) == version:
        return
    transaction.session.run(
        "INSERT INTO alias_change (model_id, alias, version, time) VALUES (?, ?, ?, ?)",
        (model, alias, version, transaction.now),
    )


def record_lost_version(transaction: Transaction, model: int, version: int) -> None:
    """Note that the aliases of a version name none from now on; call it before they are removed."""
    transaction.session.run(
        "INSERT INTO alias_change (model_id, alias, time) "
        "SELECT model_id, alias, ? FROM registered_model_alias WHERE model_id = ? AND version = ? ORDER BY alias",
        (transaction.now, model, version),
    )


def alias_spans(session: Session, model: int, most: int) -> tuple[list[AliasSpan], bool]:
    """The spans of a model's aliases in the order of their starts, and whether older ones were left out.

    At most `most` changes are read, the newest.
    """
    rows = session.all(
        "SELECT alias, version, time FROM alias_change WHERE model_id = ? ORDER BY id DESC LIMIT ?",
        (model, most + 1),
    )
    spans: list[AliasSpan] = []
    # Read from the newest on: each change ends when the next one of its alias begins.
    next_time: dict[str, int | None] = {}
    for alias, version, time in rows[:most]:
        if version is not None:
            spans.append(AliasSpan(alias, version, time, next_time.get(alias)))
        next_time[alias] = time
    return spans[::-1], len(rows) > most
