"""Chooses the values of trials: with Optuna, by the sampler that a sweep names.

Random and grid sampling give the same values for the same trial again, so that a controller that begins anew goes on.
"""

from __future__ import annotations

import json
import math
import warnings
import zlib
from collections.abc import Mapping
from itertools import product
from statistics import NormalDist
from typing import Any

import optuna

from runyard.jobs.entities import Distributed, SweepJob

# Ends of the unit interval have no value in a normal distribution.
_NEAR_ZERO = 1e-9

Values = dict[str, Any]


class Sampler:
    """The values of each trial, by number from 0 on."""

    def __init__(self, job: SweepJob, name: str) -> None:
        self._space = job.search_space
        self._kind = job.sampling_algorithm.type
        optuna.logging.set_verbosity(optuna.logging.ERROR)
        direction = "minimize" if job.objective.goal == "minimize" else "maximize"
        self._study = optuna.create_study(direction=direction, sampler=_sampler(job, name))
        self._asked: dict[int, optuna.trial.Trial] = {}
        self._next = 0

    @property
    def most(self) -> float:
        """How many trials there are: infinitely many, but of a grid."""
        if self._kind != "grid":
            return math.inf
        return math.prod(len(dimension.values or []) for dimension in self._space.values())

    def values(self, number: int) -> Values:
        """The values of a trial. Those before it are sampled, too, where its values depend on them."""
        if self._kind == "grid":
            combinations = product(*(dimension.values or [] for dimension in self._space.values()))
            for index, combination in enumerate(combinations):
                if index == number:
                    return _flat(dict(zip(self._space, combination, strict=True)))
            raise IndexError(number)
        while self._next <= number:
            trial = self._study.ask({name: _distribution(each) for name, each in self._space.items()})
            self._asked[self._next] = trial
            self._next += 1
        params = self._asked[number].params
        return _flat({name: value_of(self._space[name], params[name]) for name in self._space})

    def tell(self, number: int, value: float | None) -> None:
        """How a trial ended: its value, or None where it has none."""
        trial = self._asked.pop(number, None)
        if trial is None:
            return
        if value is None or math.isnan(value):
            self._study.tell(trial, state=optuna.trial.TrialState.FAIL)
        else:
            self._study.tell(trial, value)


def _sampler(job: SweepJob, name: str) -> optuna.samplers.BaseSampler:
    algorithm = job.sampling_algorithm
    # The same again after a restart, and another one for another sweep.
    seed = zlib.crc32(name.encode()) if algorithm.seed is None else algorithm.seed
    with warnings.catch_warnings():
        # Both are marked as experimental.
        warnings.simplefilter("ignore", optuna.exceptions.ExperimentalWarning)
        if algorithm.type == "bayesian":
            # Trials run at the same time, and are not to be alike.
            return optuna.samplers.TPESampler(seed=seed, constant_liar=True)
        if algorithm.rule == "sobol":
            return optuna.samplers.QMCSampler(qmc_type="sobol", scramble=True, seed=seed)
    return optuna.samplers.RandomSampler(seed=seed)


def _distribution(dimension: Distributed) -> optuna.distributions.BaseDistribution:
    low, high = dimension.min_value or 0.0, dimension.max_value or 0.0
    if dimension.type == "choice":
        return optuna.distributions.CategoricalDistribution(range(len(dimension.values or [])))
    if dimension.type in ("uniform", "quniform"):
        return optuna.distributions.FloatDistribution(low, high)
    if dimension.type in ("loguniform", "qloguniform"):
        # The bounds are exponents.
        return optuna.distributions.FloatDistribution(math.exp(low), math.exp(high), log=True)
    if dimension.type == "randint":
        return optuna.distributions.IntDistribution(0, (dimension.upper or 1) - 1)
    return optuna.distributions.FloatDistribution(_NEAR_ZERO, 1.0 - _NEAR_ZERO)


def value_of(dimension: Distributed, sampled: Any) -> Any:
    """What a trial gets for what was sampled."""
    if dimension.type == "choice":
        return (dimension.values or [])[sampled]
    if dimension.type in ("normal", "lognormal", "qnormal", "qlognormal"):
        mu, sigma = dimension.mu or 0.0, dimension.sigma or 0.0
        sampled = NormalDist(mu, sigma).inv_cdf(sampled) if sigma > 0 else mu
        if "log" in dimension.type:
            sampled = math.exp(sampled)
    if dimension.type.startswith("q") and dimension.q:
        return round(sampled / dimension.q) * dimension.q
    return sampled


def _flat(values: Mapping[str, Any]) -> Values:
    """With the names inside of values that are mappings beside them."""
    found: Values = {}
    for name, value in values.items():
        if isinstance(value, dict):
            found |= {str(inner): each for inner, each in value.items()}
            found[name] = json.dumps(value)
        else:
            found[name] = value
    return found
