"""The tree of errors, as its docstring draws it, and MLflow's codes."""

from __future__ import annotations

import inspect
import re

from runyard import errors


def test_the_docstring_draws_every_class_under_its_parent() -> None:
    assert errors.__doc__ is not None
    drawn: dict[str, str] = {}
    parents: dict[int, str] = {}
    for line in errors.__doc__.splitlines():
        found = re.match(r"    ([│ ]*)(?:[├└]── )?([A-Z]\w+)(?: |$)", line)
        if found is None:
            continue
        depth = line.index(found[2]) // 4
        drawn[found[2]] = parents.get(depth - 1, "Exception")
        parents[depth] = found[2]
    classes = {
        name: kind.__bases__[0].__name__
        for name, kind in inspect.getmembers(errors, inspect.isclass)
        if issubclass(kind, errors.RunyardError)
    }
    assert drawn == classes


def test_only_the_servers_own_failures_are_5xx() -> None:
    """MLflow's clients retry a 5xx for minutes, so no permanent error may be one."""
    failing = {"RunyardError", "Unavailable", "StorageFull", "CorruptData"}
    for name, kind in inspect.getmembers(errors, inspect.isclass):
        if issubclass(kind, errors.RunyardError):
            assert (kind.status >= 500) == (name in failing), name
