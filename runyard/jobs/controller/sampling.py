"""Chooses what is sampled for each trial: with Optuna, by the sampler that a sweep names.

Random, Sobol and grid sampling depend on the seed and the trial's number alone. Bayesian sampling depends on the
trials before: a controller that begins anew has to be told of them.
"""

from __future__ import annotations

import hashlib
import math
import warnings

import optuna
from optuna.trial import TrialState

from runyard.jobs.controller.space import Sampled, check, dimensions, grid_place, grid_size
from runyard.jobs.entities import Distributed, SweepJob

# Ends of the unit interval have no value in a normal distribution.
_NEAR_ZERO = 1e-9


class Sampler:
    """Trials are named by their numbers, from 0 on. Raises InvalidParameter for a space that can't be sampled."""

    def __init__(self, job: SweepJob, name: str) -> None:
        """`name` stands for the seed where there is none: the same again after a restart, another one elsewhere."""
        check(job.search_space)
        self._space = job.search_space
        algorithm = job.sampling_algorithm
        self.kind: str = "sobol" if algorithm.rule == "sobol" else algorithm.type
        self._seed = name if algorithm.seed is None else str(algorithm.seed)
        self._distributions = {
            key: _distribution(dimension, self.kind == "sobol") for key, dimension in dimensions(self._space)
        }
        self.most: float = grid_size(self._space) if self.kind == "grid" else math.inf
        self._study = self._new_study(job)
        self._sequence: list[Sampled] = []
        # Trials that have not ended, and their numbers in the study.
        self._open: dict[int, int] = {}

    def _new_study(self, job: SweepJob) -> optuna.Study:
        optuna.logging.set_verbosity(optuna.logging.ERROR)
        study = optuna.create_study(direction=job.objective.goal)
        if self.kind == "sobol":
            study.sampler = _quietly(optuna.samplers.QMCSampler, scramble=True, seed=_mixed(self._seed))
            # The sequence begins after one trial, which tells it the dimensions.
            first = optuna.samplers.RandomSampler(seed=0)
            apart = optuna.create_study(sampler=first).ask(self._distributions)
            study.add_trial(self._trial(apart.params, TrialState.COMPLETE, 0.0))
        return study

    def choose(self, number: int) -> Sampled:
        """What is sampled for a trial that is new."""
        if self.kind == "grid":
            return grid_place(self._space, number)
        if self.kind == "sobol":
            while len(self._sequence) <= number:
                self._sequence.append(self._study.ask(self._distributions).params)
            return self._sequence[number]
        # One for each trial: it does not matter how often one was asked before.
        seed = _mixed(f"{self._seed}/{number}")
        if self.kind == "random":
            self._study.sampler = optuna.samplers.RandomSampler(seed=seed)
            return self._study.ask(self._distributions).params
        self._study.sampler = _quietly(optuna.samplers.TPESampler, seed=seed, constant_liar=True)
        trial = self._study.ask(self._distributions)
        self._open[number] = trial.number
        return trial.params

    def adopt(self, number: int, sampled: Sampled) -> None:
        """A trial was begun before, by another process."""
        if self.kind == "bayesian":
            self._study.add_trial(self._trial(sampled, TrialState.RUNNING))
            self._open[number] = len(self._study.trials) - 1

    def tell(self, number: int, value: float | None) -> None:
        """How a trial ended: its value, or None where it has none."""
        place = self._open.pop(number, None)
        if place is None:
            return
        if value is None:
            self._study.tell(place, state=TrialState.FAIL)
        else:
            self._study.tell(place, value)

    def _trial(
        self, sampled: Sampled, state: TrialState, value: float | None = None
    ) -> optuna.trial.FrozenTrial:
        return optuna.trial.create_trial(
            state=state, params=sampled, distributions=self._distributions, value=value
        )


def _mixed(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")


def _quietly(
    kind: type[optuna.samplers.TPESampler] | type[optuna.samplers.QMCSampler], **options: int | bool
) -> optuna.samplers.BaseSampler:
    with warnings.catch_warnings():
        # Some of what it is made of is marked as experimental.
        warnings.simplefilter("ignore")
        return kind(**options)  # type: ignore[arg-type]  # each has these options


def _distribution(dimension: Distributed, in_order: bool) -> optuna.distributions.BaseDistribution:
    low, high = dimension.min_value or 0.0, dimension.max_value or 0.0
    if dimension.type == "choice":
        count = len(dimension.values or [])
        if in_order:
            # A sequence has no categories.
            return optuna.distributions.IntDistribution(0, count - 1)
        return optuna.distributions.CategoricalDistribution(range(count))
    if dimension.type == "randint":
        return optuna.distributions.IntDistribution(0, (dimension.upper or 1) - 1)
    if "uniform" in dimension.type:
        # Of loguniform, the bounds are exponents, and so is what is sampled.
        return optuna.distributions.FloatDistribution(low, high)
    return optuna.distributions.FloatDistribution(_NEAR_ZERO, 1.0 - _NEAR_ZERO)
