"""Names of metrics and parameters, looked up on demand.

Distinct names are found by hopping through an index from one name to the next greater one, so the cost follows
the number of names and not the number of runs that carry them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from runyard.store.metadata.session import Session

_FIRST_METRIC = "SELECT min(name) FROM series WHERE experiment_id = :experiment"
_NEXT_METRIC = f"{_FIRST_METRIC} AND name > :after"
_NEXT_PARAM = 'SELECT min("key") FROM param WHERE "key" > :after'


def metric_names(
    session: Session, experiments: Sequence[int], text: str, limit: int
) -> tuple[list[str], bool]:
    """Names, by name, of metrics in these experiments that contain `text`, and whether there are more."""
    with session.snapshot():
        names = {
            name
            for experiment in experiments
            for name in _first(_metrics_of(session, experiment), text, limit + 1)
        }
    return sorted(names)[:limit], len(names) > limit


def param_names(session: Session, text: str, limit: int) -> tuple[list[str], bool]:
    """Names, by name, of parameters of any run that contain `text`, and whether there are more."""
    with session.snapshot():
        names = _first(_params(session), text, limit + 1)
    return names[:limit], len(names) > limit


def _first(names: Iterator[str], text: str, limit: int) -> list[str]:
    wanted = text.casefold()
    found = []
    for name in names:
        if wanted in name.casefold():
            found.append(name)
            if len(found) == limit:
                break
    return found


def _metrics_of(session: Session, experiment: int) -> Iterator[str]:
    row = session.one(_FIRST_METRIC, {"experiment": experiment})
    while row and row[0] is not None:
        yield row[0]
        row = session.one(_NEXT_METRIC, {"experiment": experiment, "after": row[0]})


def _params(session: Session) -> Iterator[str]:
    # The empty string is no name, so all names are greater.
    row = session.one(_NEXT_PARAM, {"after": ""})
    while row and row[0] is not None:
        yield row[0]
        row = session.one(_NEXT_PARAM, {"after": row[0]})
