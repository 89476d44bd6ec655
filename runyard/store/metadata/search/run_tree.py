"""Runs as trees: conditions over the tag with which MLflow's clients name a run's parent.

A client can set the tag to anything, also so that runs are each other's ancestors. Such a circle has no top, and
its runs would be nowhere in a tree. Its links to a run that was created later, or to the run itself, count for
nothing: every circle has one.
"""

from __future__ import annotations

PARENT_TAG = "mlflow.parentRunId"


def has_parent(child: str, where: str) -> str:
    """True when the run of the alias `child` has a parent for which `where` holds; the parent is `r` there."""
    return (
        f"EXISTS (SELECT 1 FROM run_tag pt WHERE pt.run_id = {child}.id AND pt.key = '{PARENT_TAG}' "
        f"AND EXISTS (SELECT 1 FROM run r WHERE r.run_id = pt.value AND {_counts('pt.run_id', 'r.id')} AND {where}))"
    )


def is_child(child: str) -> str:
    """True when the link of the run to its parent counts."""
    return has_parent(child, "1 = 1")


def children_count(parents: str, where: str) -> str:
    """The SELECT of (id of a parent, number of its children `r` for which `where` holds), without zeros.

    `parents` are the ids as SQL.
    """
    # The index holds the first 64 characters; CROSS JOIN keeps SQLite from starting with the runs.
    return (
        f"SELECT p.id, COUNT(*) FROM run p CROSS JOIN run_tag pt ON pt.key = '{PARENT_TAG}' "
        "AND substr(pt.value, 1, 64) = substr(p.run_id, 1, 64) AND pt.value = p.run_id "
        f"CROSS JOIN run r ON r.id = pt.run_id WHERE p.id IN ({parents}) AND {_counts('r.id', 'p.id')} "
        f"AND {where} GROUP BY p.id"
    )


def _counts(child: str, parent: str) -> str:
    """Whether the link from a child to its parent, both ids, is a part of the tree."""
    ancestors = (
        f"WITH RECURSIVE up(id) AS (SELECT {parent} UNION SELECT ancestor.id FROM up "
        f"JOIN run_tag link ON link.run_id = up.id AND link.key = '{PARENT_TAG}' "
        "JOIN run ancestor ON ancestor.run_id = link.value) SELECT id FROM up"
    )
    return f"({parent} < {child} OR {child} NOT IN ({ancestors}))"
