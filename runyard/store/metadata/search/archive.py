"""Archived runs: put aside by a tag, and otherwise like any other run."""

from __future__ import annotations

from runyard.store.metadata.search.page import ViewType
from runyard.store.metadata.search.tree import And, Comparison, Name, Not, Tree, conjuncts
from runyard.store.metadata.session import Session

# Set by the studio, and by scripts as any tag is; a run with another value is not archived.
ARCHIVED_TAG = "runyard.archived"
_VALUE = "true"
_ARCHIVED = Comparison(Name("tag", ARCHIVED_TAG), "=", _VALUE)


def in_view(session: Session, tree: Tree | None, view: ViewType) -> Tree | None:
    """The filter with what the view demands beside the stage; the archived runs' tag can be where a search starts."""
    if view == "ARCHIVED":
        return And((_ARCHIVED, *conjuncts(tree)))
    # To ask every run costs as much as sorting them all, and many workspaces archive none.
    if view == "UNARCHIVED" and _any_archived(session):
        return And((*conjuncts(tree), Not(_ARCHIVED)))
    return tree


def _any_archived(session: Session) -> bool:
    sql = "SELECT 1 FROM run_tag WHERE key = ? AND substr(value, 1, 64) = ? LIMIT 1"
    return session.one(sql, (ARCHIVED_TAG, _VALUE)) is not None
