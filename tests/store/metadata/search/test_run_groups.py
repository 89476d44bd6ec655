from __future__ import annotations

import math
import statistics

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from runyard.errors import InvalidParameter
from runyard.store.metadata.search.run_groups import Figures, RunGroup, group_runs
from runyard.store.metadata.search.tree import Name
from runyard.store.metadata.session import Session
from tests.store.metadata.search.samples import SampleRun, SampleSeries, metric, write

LOSS = Name("metric", "loss")


def grouped(session: Session, by: str, *metrics: Name, filter: str = "") -> dict[str | None, RunGroup]:
    return {group.value: group for group in group_runs(session, ["1", "2"], by, metrics, filter)}


def sample(number: int, lr: str | None, loss: float | None, **changes: object) -> SampleRun:
    params = {} if lr is None else {"lr": lr}
    metrics = {} if loss is None else {"loss": metric(loss)}
    return SampleRun(f"r{number}", params=params, metrics=metrics, **changes)  # type: ignore[arg-type]


def test_runs_without_the_parameter_are_a_group_of_their_own(session: Session) -> None:
    write(
        session,
        [
            sample(0, "0.1", 1.0),
            sample(1, "0.1", 4.0),
            sample(2, "", None, experiment=2),
            sample(3, None, 7.0),
            sample(4, "0.1", 9.0, stage="deleted"),
            sample(5, "0.1", 9.0, experiment=3),
        ],
    )
    groups = grouped(session, "params.lr", LOSS)
    assert {value: group.runs for value, group in groups.items()} == {"0.1": 2, "": 1, None: 1}
    assert groups["0.1"].figures == {0: Figures(2, 2.5, math.sqrt(4.5), 1.0, 4.0)}
    assert groups[""].figures == {}
    assert groups[None].figures == {0: Figures(1, 7.0, None, 7.0, 7.0)}


def test_values_that_are_not_finite_are_left_out_and_counted(session: Session) -> None:
    losses = [1.0, math.nan, math.inf, -math.inf, 3.0, None]
    write(session, [sample(number, "a", loss) for number, loss in enumerate(losses)])
    figures = grouped(session, "params.lr", LOSS)["a"].figures[0]
    assert figures == Figures(2, 2.0, math.sqrt(2.0), 1.0, 3.0, 3)
    write(session, [sample(0, "a", math.nan)])
    assert grouped(session, "params.lr", LOSS)["a"].figures == {0: Figures(0, not_finite=1)}


def test_the_largest_numbers_break_nothing(session: Session) -> None:
    largest = 1.7976931348623157e308
    write(
        session, [sample(number, "a", loss) for number, loss in enumerate([largest, largest, -largest, 1.0])]
    )
    figures = grouped(session, "params.lr", LOSS)["a"].figures[0]
    assert (figures.count, figures.min, figures.max, figures.not_finite) == (4, -largest, largest, 0)


def test_figures_of_the_least_and_the_greatest_value_of_each_run(session: Session) -> None:
    series = [SampleSeries(2.0, 1.0, 8.0, 3), SampleSeries(5.0, 3.0, 9.0, 2)]
    runs = [SampleRun(f"r{n}", tags={"team": "x"}, metrics={"loss": each}) for n, each in enumerate(series)]
    write(session, runs)
    names = [Name("metric", "loss", "max"), Name("metric", "loss", "min"), Name("metric", "none")]
    figures = grouped(session, "tags.team", *names)["x"].figures
    assert {place: each.mean for place, each in figures.items()} == {0: 8.5, 1: 2.0}


@given(
    runs=st.lists(
        st.tuples(st.sampled_from([None, "a", "b"]), st.floats(1e9, 1e9 + 1) | st.floats(-1, 1)), max_size=20
    )
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_figures_are_those_of_the_groups_own_runs(
    shared_session: Session, runs: list[tuple[str | None, float]]
) -> None:
    write(shared_session, [sample(number, *run) for number, run in enumerate(runs)])
    groups = grouped(shared_session, "params.lr", LOSS)
    assert set(groups) == {lr for lr, _ in runs}
    for lr, group in groups.items():
        values = [loss for each, loss in runs if each == lr]
        figures = group.figures[0]
        assert (group.runs, figures.count, figures.min, figures.max) == (
            len(values),
            len(values),
            min(values),
            max(values),
        )
        assert figures.mean == pytest.approx(statistics.fmean(values), rel=1e-12, abs=1e-12)
        if len(values) == 1:
            assert figures.std is None
        else:
            assert figures.std == pytest.approx(statistics.stdev(values), rel=1e-6, abs=1e-6)


def test_filters_and_fields(session: Session) -> None:
    write(
        session,
        [sample(0, "a", 1.0, status="FAILED"), sample(1, "a", 2.0), sample(2, "b", 3.0, experiment=2)],
    )
    assert {
        v: g.runs for v, g in grouped(session, "attributes.status", filter="params.lr = 'a'").items()
    } == {
        "FAILED": 1,
        "FINISHED": 1,
    }
    by_experiment = grouped(session, "attributes.experiment_name")
    assert {v: g.runs for v, g in by_experiment.items()} == {"experiment 1": 2, "experiment 2": 1}
    for by in ("metrics.loss", "attributes.start_time"):
        with pytest.raises(InvalidParameter, match="'by'"):
            group_runs(session, ["1"], by)
    assert group_runs(session, [], "params.lr") == []
