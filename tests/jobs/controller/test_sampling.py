"""The values of trials, and which trials are stopped early."""

from __future__ import annotations

import math
from statistics import mean, stdev
from typing import Any

import pytest

from runyard.jobs.controller.sampling import Sampler
from runyard.jobs.controller.termination import due, verdict
from runyard.jobs.entities import Command, Distributed, EarlyTermination, Objective, Sampling, SweepJob


def sampler(sampling: Sampling, space: dict[str, Distributed], name: str = "s") -> Sampler:
    job = SweepJob(
        trial=Command(command="x"),
        sampling_algorithm=sampling,
        search_space=space,
        objective=Objective(primary_metric="m", goal="minimize"),
    )
    return Sampler(job, name)


def drawn(dimension: Distributed, count: int = 300) -> list[Any]:
    made = sampler(Sampling(type="random", seed=1), {"x": dimension})
    return [made.values(number)["x"] for number in range(count)]


def test_each_kind_of_dimension_has_its_values() -> None:
    values = drawn(Distributed(type="uniform", min_value=2, max_value=4))
    assert 2 <= min(values) < 2.1 and 3.9 < max(values) <= 4
    values = drawn(Distributed(type="loguniform", min_value=-3, max_value=2))
    assert math.exp(-3) <= min(values) and max(values) <= math.exp(2)
    assert abs(mean(map(math.log, values)) + 0.5) < 0.3
    values = drawn(Distributed(type="quniform", min_value=0, max_value=10, q=2.5))
    assert set(values) == {0.0, 2.5, 5.0, 7.5, 10.0}
    values = drawn(Distributed(type="qloguniform", min_value=0, max_value=2, q=1))
    assert set(values) == {1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0}
    values = drawn(Distributed(type="normal", mu=10, sigma=2))
    assert abs(mean(values) - 10) < 0.5 and abs(stdev(values) - 2) < 0.4
    values = drawn(Distributed(type="lognormal", mu=0, sigma=1))
    assert min(values) > 0 and abs(mean(map(math.log, values))) < 0.3
    assert all(value % 0.5 == 0 for value in drawn(Distributed(type="qnormal", mu=0, sigma=1, q=0.5)))
    assert all(value % 1 == 0 for value in drawn(Distributed(type="qlognormal", mu=1, sigma=1, q=1)))
    assert set(drawn(Distributed(type="randint", upper=3))) == {0, 1, 2}
    assert set(drawn(Distributed(type="choice", values=["a", 1]))) == {"a", 1}


@pytest.mark.parametrize("rule", [None, "sobol"])
@pytest.mark.parametrize("seed", [None, 3])
def test_a_sampler_that_begins_anew_goes_on(rule: Any, seed: int | None) -> None:
    space = {"x": Distributed(type="uniform", min_value=0, max_value=1)}
    sampling = Sampling(type="random", rule=rule, seed=seed)
    first = sampler(sampling, space)
    values = [first.values(number)["x"] for number in range(8)]
    assert len(set(values)) == 8
    assert sampler(sampling, space).values(7)["x"] == values[7]
    if seed is None:
        assert sampler(sampling, space, "other").values(0)["x"] != values[0]


def test_a_grid_is_every_combination_once() -> None:
    space = {
        "a": Distributed(type="choice", values=[1, 2, 3]),
        "b": Distributed(type="choice", values=[{"deep": 1, "wide": "x"}, "y"]),
    }
    made = sampler(Sampling(type="grid"), space)
    assert made.most == 6
    values = [made.values(number) for number in range(6)]
    assert values[0] == {"a": 1, "deep": 1, "wide": "x", "b": '{"deep": 1, "wide": "x"}'}
    assert len({(each["a"], each["b"]) for each in values}) == 6


def test_bayesian_sampling_learns() -> None:
    space = {"x": Distributed(type="uniform", min_value=-10, max_value=10)}
    made = sampler(Sampling(type="bayesian", seed=2), space)
    values = []
    for number in range(60):
        values.append(made.values(number)["x"])
        made.tell(number, (values[-1] - 3) ** 2)
    assert abs(mean(values[-20:]) - 3) < 2


def test_when_a_trial_is_judged() -> None:
    rule = EarlyTermination(type="bandit", slack_amount=1, evaluation_interval=3, delay_evaluation=5)
    assert [due(rule, count, 0) for count in range(10)] == [0, 0, 0, 0, 0, 0, 6, 6, 6, 9]
    assert [due(rule, count, 6) for count in (6, 8, 9)] == [0, 0, 9]


def judge(rule: EarlyTermination, minimizes: bool, trial: str, **histories: list[float]) -> str:
    interval = len(histories[trial])
    return verdict(rule, minimizes, trial, interval, histories, list(histories))


def test_bandit() -> None:
    amount = EarlyTermination(type="bandit", slack_amount=0.2)
    assert judge(amount, False, "a", a=[0.5, 0.75], b=[0.9]) == ""
    assert judge(amount, False, "a", a=[0.5, 0.6], b=[0.9]).startswith(
        "bandit: its best value, 0.6, is beyond 0.7;"
    )
    assert judge(amount, True, "a", a=[0.9, 0.5], b=[0.4]) == ""
    assert judge(amount, True, "a", a=[0.9], b=[0.4]).startswith(
        "bandit: its best value, 0.9, is beyond 0.6;"
    )
    factor = EarlyTermination(type="bandit", slack_factor=0.25)
    assert judge(factor, False, "a", a=[0.79], b=[1.0]) != ""
    assert judge(factor, False, "a", a=[0.81], b=[1.0]) == ""
    assert judge(factor, True, "a", a=[1.26], b=[1.0]) != ""
    assert judge(factor, True, "a", a=[1.24], b=[1.0]) == ""
    # What others reached later does not count yet.
    assert judge(factor, False, "a", a=[0.5], b=[0.5, 9.0]) == ""
    assert judge(factor, False, "a", a=[0.5]) == ""


def test_median_stopping() -> None:
    rule = EarlyTermination(type="median_stopping")
    assert judge(rule, False, "a", a=[0.1, 0.1], b=[0.5, 0.7], c=[0.6, 0.6]).startswith(
        "median_stopping: its best value, 0.1"
    )
    assert judge(rule, False, "c", a=[0.1, 0.1], b=[0.5, 0.7], c=[0.6, 0.6]) == ""
    assert judge(rule, True, "b", a=[0.1, 0.1], b=[0.8, 0.7], c=[0.6, 0.6]) != ""


def test_truncation_selection() -> None:
    rule = EarlyTermination(type="truncation_selection", truncation_percentage=50)
    histories = {"a": [0.1], "b": [0.2], "c": [0.3], "d": [0.4]}
    assert [bool(judge(rule, False, name, **histories)) for name in histories] == [True, True, False, False]
    assert [bool(judge(rule, True, name, **histories)) for name in histories] == [False, False, True, True]
