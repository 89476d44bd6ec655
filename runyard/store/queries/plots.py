"""Reads what plots over many runs show: values by column, and which columns there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from runyard.entities import wire_value
from runyard.store.metadata.run_data import find_many
from runyard.store.metadata.session import Session, in_list
from runyard.store.queries.comparison import Compared
from runyard.store.queries.run_rows import ListedRun, Number, listed

# Runs whose metrics are counted. Each may have ten thousand names, and all of them have to be looked at.
MOST_COUNTED = 100


@dataclass
class MetricValues:
    """A metric of each run; None where a run has not logged it."""

    name: str
    latest: list[Number | None]
    min: list[Number | None]
    max: list[Number | None]


@dataclass
class Columns:
    """Runs in the order asked, unknown ones left out; names in the order asked."""

    runs: list[ListedRun]
    params: list[Compared[str]]
    metrics: list[MetricValues]


@dataclass
class Uses:
    """Names with the number of runs that have them, and of parameters the number of their values."""

    params: list[tuple[str, int, int]] = field(default_factory=list)
    metrics: list[tuple[str, int]] = field(default_factory=list)
    counted: int = 0
    more: bool = False


def columns(
    session: Session, run_ids: Sequence[str], params: Sequence[str], metrics: Sequence[str]
) -> Columns:
    """The asked parameters and metrics of these runs."""
    with session.snapshot():
        places = {key: place for place, key in enumerate(find_many(session, run_ids).values())}
        return Columns(
            runs=listed(session, list(places)),
            params=_params(session, places, list(dict.fromkeys(params))),
            metrics=_metrics(session, places, list(dict.fromkeys(metrics))),
        )


def _params(session: Session, places: dict[int, int], names: Sequence[str]) -> list[Compared[str]]:
    found = {name: Compared[str](name, [None] * len(places)) for name in names}
    if places and found:
        where, values = _of(places, "key", names)
        for key, name, value in session.iterate(f"SELECT run_id, key, value FROM param {where}", values):
            found[name].values[places[key]] = value
    return list(found.values())


def _metrics(session: Session, places: dict[int, int], names: Sequence[str]) -> list[MetricValues]:
    number = len(places)
    found = {name: MetricValues(name, [None] * number, [None] * number, [None] * number) for name in names}
    if places and found:
        where, values = _of(places, "name", names)
        rows = session.iterate(
            f"SELECT run_id, name, latest_value, latest_nan, min_value, max_value FROM series {where}", values
        )
        for key, name, latest, nan, least, greatest in rows:
            column, place = found[name], places[key]
            column.latest[place] = wire_value(latest, nan)
            column.min[place] = None if least is None else wire_value(least)
            column.max[place] = None if greatest is None else wire_value(greatest)
    return list(found.values())


def _of(places: dict[int, int], name_column: str, names: Sequence[str]) -> tuple[str, dict[str, object]]:
    runs, keys = in_list(list(places), "run")
    marks, chosen = in_list(names, "name")
    return f"WHERE run_id IN ({runs}) AND {name_column} IN ({marks})", keys | chosen


def uses(session: Session, run_ids: Sequence[str], limit: int) -> Uses:
    """At most `limit` parameters and metrics each that these runs have.

    Of more than MOST_COUNTED runs, metrics are counted in so many that are spread evenly over them.
    """
    with session.snapshot():
        keys = list(find_many(session, run_ids).values())
        if not keys:
            return Uses()
        marks, values = in_list(keys, "run")
        params = session.all(
            f"""
            SELECT key, count(*), count(DISTINCT value) AS different FROM param WHERE run_id IN ({marks})
            GROUP BY key ORDER BY different > 1 DESC, key LIMIT :limit
            """,
            {**values, "limit": limit + 1},
        )
        counted = _spread(keys)
        marks, values = in_list(counted, "run")
        metrics = session.all(
            f"""
            SELECT name, count(*) AS runs FROM series WHERE run_id IN ({marks})
            GROUP BY name ORDER BY name LIKE 'system/%', runs DESC, name LIMIT :limit
            """,
            {**values, "limit": limit + 1},
        )
    return Uses(
        params=[(name, runs, different) for name, runs, different in params[:limit]],
        metrics=[(name, runs) for name, runs in metrics[:limit]],
        counted=len(counted),
        more=max(len(params), len(metrics)) > limit,
    )


def _spread(keys: Sequence[int]) -> list[int]:
    """All keys, or MOST_COUNTED of them at even distances."""
    number = min(len(keys), MOST_COUNTED)
    return [keys[place * len(keys) // number] for place in range(number)]
