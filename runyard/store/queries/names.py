"""Names of metrics, parameters and tags, looked up on demand.

Distinct names are found by hopping through an index from one name to the next greater one, so the cost follows
the number of names and not the number of runs that carry them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Literal

from runyard.errors import InvalidParameter
from runyard.store.metadata.search.patterns import check_regular_expression, compiled
from runyard.store.metadata.session import Session

Test = Callable[[str], bool]

_FIRST_METRIC = "SELECT min(name) FROM series WHERE experiment_id = :experiment"
_NEXT_METRIC = f"{_FIRST_METRIC} AND name > :after"
_SOME_METRICS = (
    "SELECT name FROM series WHERE run_id = :run AND name NOT LIKE 'system/%' ORDER BY name LIMIT :limit"
)
_NEWEST_RUNS = 30
# Names of each run that decide which are the commonest.
NAMES_PER_RUN = 50


def metric_names(
    session: Session, experiments: Sequence[int], wanted: Test, limit: int
) -> tuple[list[str], bool]:
    """Names, by name, of metrics in these experiments that are wanted, and whether there are more."""
    with session.snapshot():
        names = {
            name
            for experiment in experiments
            for name in _first(_metrics_of(session, experiment), wanted, limit + 1)
        }
    return sorted(names)[:limit], len(names) > limit


def key_names(
    session: Session, table: Literal["param", "run_tag"], wanted: Test, limit: int
) -> tuple[list[str], bool]:
    """Names, by name, of parameters or tags of any run that are wanted, and whether there are more."""
    with session.snapshot():
        names = _first(_keys(session, table), wanted, limit + 1)
    return names[:limit], len(names) > limit


def name_test(text: str, pattern: str) -> Test:
    """True for names that contain a text and match a regular expression, both whatever their case.

    Raises InvalidParameter for a pattern that is no regular expression (RE2's, which can't be made slow).
    """
    wanted = text.casefold()
    if not pattern:
        return lambda name: wanted in name.casefold()
    try:
        check_regular_expression(pattern)
    except ValueError as error:
        raise InvalidParameter(f"Invalid value for parameter 'regex': {error}.") from None
    expression = compiled(f"(?i){pattern}")
    return lambda name: wanted in name.casefold() and expression.search(name) is not None


def common_metrics(session: Session, experiments: Sequence[int], limit: int) -> list[str]:
    """The metrics that most of the newest runs of these experiments (none: of all) have, the commonest first.

    Measurements of the machine (`system/…`) are left out. Looks at a bounded number of runs and names of each.
    """
    with session.snapshot():
        scopes: list[int | None] = [*experiments] or [None]
        runs = [run for scope in scopes for run in _newest(session, scope)]
        return commonest_metrics(session, runs, limit)


def commonest_metrics(session: Session, runs: Sequence[int], limit: int) -> list[str]:
    """The metrics that most of these runs (row ids) have, the commonest first, without measurements of the machine."""
    counts = Counter(
        name for run in runs for (name,) in session.all(_SOME_METRICS, {"run": run, "limit": NAMES_PER_RUN})
    )
    return sorted(counts, key=lambda name: (-counts[name], name))[:limit]


def _newest(session: Session, experiment: int | None) -> list[int]:
    where = "" if experiment is None else "experiment_id = :experiment AND"
    sql = f"SELECT id FROM run WHERE {where} lifecycle_stage = 'active' ORDER BY start_time DESC LIMIT :limit"
    return [row[0] for row in session.all(sql, {"experiment": experiment, "limit": _NEWEST_RUNS})]


def _first(names: Iterator[str], wanted: Test, limit: int) -> list[str]:
    found = []
    for name in names:
        if wanted(name):
            found.append(name)
            if len(found) == limit:
                break
    return found


def _metrics_of(session: Session, experiment: int) -> Iterator[str]:
    row = session.one(_FIRST_METRIC, {"experiment": experiment})
    while row and row[0] is not None:
        yield row[0]
        row = session.one(_NEXT_METRIC, {"experiment": experiment, "after": row[0]})


def _keys(session: Session, table: str) -> Iterator[str]:
    following = f'SELECT min("key") FROM {table} WHERE "key" > :after'
    # The empty string is no name, so all names are greater.
    row = session.one(following, {"after": ""})
    while row and row[0] is not None:
        yield row[0]
        row = session.one(following, {"after": row[0]})
