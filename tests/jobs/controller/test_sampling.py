"""The values of trials, and which trials are stopped early."""

from __future__ import annotations

import math
from statistics import mean, stdev
from typing import Any

import pytest

from runyard.errors import InvalidParameter
from runyard.jobs.controller.sampling import Sampler
from runyard.jobs.controller.space import Sampled, grid_size, text_of, values_of
from runyard.jobs.controller.termination import due, verdict
from runyard.jobs.entities import Command, Distributed, EarlyTermination, Objective, Sampling, SweepJob

LINE = {"x": Distributed(type="uniform", min_value=-10, max_value=10)}


def sampler(sampling: Sampling, space: dict[str, Distributed], name: str = "s") -> Sampler:
    job = SweepJob(
        trial=Command(command="x"),
        sampling_algorithm=sampling,
        search_space=space,
        objective=Objective(primary_metric="m", goal="minimize"),
    )
    return Sampler(job, name)


def drawn(dimension: Distributed, count: int = 300, kind: Any = "random", rule: Any = None) -> list[Any]:
    space = {"x": dimension}
    made = sampler(Sampling(type=kind, seed=1, rule=rule), space)
    return [values_of(space, made.choose(number))["x"] for number in range(count)]


@pytest.mark.parametrize(("kind", "rule"), [("random", None), ("random", "sobol"), ("bayesian", None)])
def test_each_kind_of_dimension_has_its_values(kind: Any, rule: Any) -> None:
    count = 100 if (kind, rule) == ("random", None) else 40

    def some(dimension: Distributed) -> list[Any]:
        return drawn(dimension, count, kind, rule)

    values = some(Distributed(type="uniform", min_value=2, max_value=4))
    assert 2 <= min(values) < 2.4 and 3.6 < max(values) <= 4
    values = some(Distributed(type="loguniform", min_value=-3, max_value=2))
    assert math.exp(-3) <= min(values) and max(values) <= math.exp(2)
    assert abs(mean(map(math.log, values)) + 0.5) < 1
    assert set(some(Distributed(type="quniform", min_value=0, max_value=10, q=2.5))) == {0, 2.5, 5, 7.5, 10}
    assert set(some(Distributed(type="qloguniform", min_value=0, max_value=2, q=1))) <= {1, 2, 3, 4, 5, 6, 7}
    values = some(Distributed(type="normal", mu=10, sigma=2))
    assert abs(mean(values) - 10) < 1 and 1 < stdev(values) < 3
    values = some(Distributed(type="lognormal", mu=0, sigma=1))
    assert min(values) > 0 and abs(mean(map(math.log, values))) < 0.5
    assert all(value % 0.5 == 0 for value in some(Distributed(type="qnormal", mu=0, sigma=1, q=0.5)))
    assert all(value % 1 == 0 for value in some(Distributed(type="qlognormal", mu=1, sigma=1, q=1)))
    assert set(some(Distributed(type="randint", upper=3))) == {0, 1, 2}
    assert set(some(Distributed(type="choice", values=["a", 1]))) == {"a", 1}


def test_quantized_values_are_what_a_person_would_write() -> None:
    assert set(map(text_of, drawn(Distributed(type="quniform", min_value=0, max_value=0.3, q=0.1)))) == {
        "0.0", "0.1", "0.2", "0.3"
    }  # fmt: skip
    # A script may read it as an integer.
    assert text_of(drawn(Distributed(type="quniform", min_value=16, max_value=16.1, q=8))[0]) == "16"


def test_a_sobol_sequence_fills_the_space_evenly() -> None:
    values = sorted(drawn(Distributed(type="uniform", min_value=0, max_value=1), 64, "random", "sobol"))
    # Each eighth has its eight points, but for where the first of 64 begins.
    counts = [sum(low / 8 <= value < (low + 1) / 8 for value in values) for low in range(8)]
    assert counts == [8] * 8


@pytest.mark.parametrize("rule", [None, "sobol"])
@pytest.mark.parametrize("seed", [None, 3])
def test_a_sampler_that_begins_anew_goes_on(rule: Any, seed: int | None) -> None:
    sampling = Sampling(type="random", rule=rule, seed=seed)
    first = sampler(sampling, LINE)
    values = [first.choose(number)["x"] for number in range(8)]
    assert len(set(values)) == 8
    again = sampler(sampling, LINE)
    for number in range(7):
        again.adopt(number, {"x": values[number]})
    assert again.choose(7)["x"] == values[7]
    other = sampler(sampling, LINE, "other").choose(0)["x"]
    assert (other == values[0]) == (seed is not None)


def test_a_grid_is_every_combination_once() -> None:
    inner = {"type": "choice", "values": [3, 4]}
    space = {
        "a": Distributed(type="choice", values=[1, 2, 3]),
        "b": Distributed(type="choice", values=[{"deep": 1, "layers": inner}, "y"]),
    }
    made = sampler(Sampling(type="grid"), space)
    assert made.most == grid_size(space) == 9
    values = [values_of(space, made.choose(number)) for number in range(9)]
    assert values[0] == {"a": 1, "deep": 1, "layers": 3, "b": {"deep": 1, "layers": 3}}
    assert [each["a"] for each in values] == [1, 1, 1, 2, 2, 2, 3, 3, 3]
    assert values[2] == {"a": 1, "b": "y"}
    assert len({(each["a"], text_of(each["b"])) for each in values}) == 9


@pytest.mark.parametrize("kind", ["random", "bayesian"])
def test_a_choice_may_bring_dimensions_of_its_own(kind: Any) -> None:
    inner = {"type": "uniform", "min_value": 1, "max_value": 2}
    space = {"model": Distributed(type="choice", values=[{"kind": "tree"}, {"kind": "net", "rate": inner}])}
    made = sampler(Sampling(type=kind, seed=1), space)
    values = [values_of(space, made.choose(number)) for number in range(20)]
    assert {each["kind"] for each in values} == {"tree", "net"}
    for each in values:
        assert ("rate" in each) == (each["kind"] == "net")
        assert 1 <= each.get("rate", 1) <= 2
        assert text_of(each["model"]).startswith('{"kind": "')


@pytest.mark.parametrize(
    ("kind", "dimension", "message"),
    [
        ("grid", Distributed(type="uniform", min_value=0, max_value=1), "search_space.x: a grid takes choice alone"),
        ("random", Distributed(type="normal", mu=0), "search_space.x: a dimension of type normal needs sigma."),
        ("random", Distributed(type="choice", values=[]), "search_space.x: a dimension of type choice needs values."),
        (
            "random",
            Distributed(type="choice", values=[{"y": {"type": "randint"}}]),
            r"search_space.x.values\[0\].y: a dimension of type randint needs upper.",
        ),
        (
            "random",
            Distributed(type="choice", values=[{"y": {"type": "randint", "upper": "a"}}]),
            "search_space.x.y: Expected `int",
        ),
    ],
)  # fmt: skip
def test_a_space_that_can_not_be_sampled(kind: Any, dimension: Distributed, message: str) -> None:
    with pytest.raises(InvalidParameter, match=message):
        sampler(Sampling(type=kind), {"x": dimension})


def searched(made: Sampler, known: dict[int, Sampled], count: int) -> list[float]:
    """Trials of the parabola around 3, two at a time."""
    for number in range(len(known), count):
        known[number] = made.choose(number)
        if number:
            made.tell(number - 1, (known[number - 1]["x"] - 3) ** 2)
    return [sampled["x"] for sampled in known.values()]


def test_bayesian_sampling_learns() -> None:
    values = searched(sampler(Sampling(type="bayesian", seed=2), LINE), {}, 60)
    assert abs(mean(values[-20:]) - 3) < 2


def test_bayesian_sampling_that_begins_anew_knows_what_was_tried() -> None:
    sampling = Sampling(type="bayesian", seed=2)
    whole = searched(sampler(sampling, LINE), {}, 30)
    known: dict[int, Sampled] = {}
    searched(sampler(sampling, LINE), known, 20)
    again = sampler(sampling, LINE)
    for number in known:
        again.adopt(number, known[number])
    # The last one runs on.
    for number in range(19):
        again.tell(number, (known[number]["x"] - 3) ** 2)
    assert searched(again, known, 30) == whole


def test_a_trial_without_a_value_is_no_good_one() -> None:
    made = sampler(Sampling(type="bayesian", seed=2), LINE)
    for number in range(12):
        made.choose(number)
        made.tell(number, None)
    assert -10 <= made.choose(12)["x"] <= 10


def test_when_a_trial_is_judged() -> None:
    rule = EarlyTermination(type="bandit", slack_amount=1, evaluation_interval=3, delay_evaluation=5)
    assert [due(rule, count, 0) for count in range(10)] == [0, 0, 0, 0, 0, 0, 6, 6, 6, 9]
    assert [due(rule, count, 6) for count in (6, 8, 9)] == [0, 0, 9]


def judge(rule: EarlyTermination, minimizes: bool, trial: str, **histories: list[float]) -> str:
    interval = len(histories[trial])
    return verdict(rule, minimizes, trial, interval, histories)


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
