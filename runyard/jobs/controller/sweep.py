"""One sweep: begins trials, stops bad ones, and says which is the best."""

from __future__ import annotations

import copy
import json
import math
import time
from pathlib import Path

from runyard.job_entities import COMPLETED, RUNNING, JobInfo
from runyard.jobs.controller.answers import Point
from runyard.jobs.controller.children import Controller, ControllerOrder
from runyard.jobs.controller.sampling import Sampler
from runyard.jobs.controller.space import Sampled, names, text_of, values_of
from runyard.jobs.controller.termination import due, verdict
from runyard.jobs.entities import SEARCH_SPACE_PREFIX, CommandJob, SweepJob, decode

# Of a trial: what was sampled for it, so that a controller that begins anew can tell the sampler.
SAMPLED_PROPERTY = "runyard.sampled"
NUMBER_TAG = "runyard.trial"
STOPPED_TAG = "runyard.stopped_early"
# How the message of a trial begins that was.
STOPPED_EARLY = "Stopped early"
# Seconds between two looks at the values of running trials.
JUDGE_SECONDS = 0.5


class Sweep(Controller):
    """Trials are the children `NAME_0`, `NAME_1`, …"""

    def __init__(self, folder: Path, order: ControllerOrder, job: SweepJob) -> None:
        super().__init__(folder, order)
        self.job = job
        self._metric = job.objective.primary_metric
        self._minimizes = job.objective.goal == "minimize"
        self._most: float = job.max_total_trials
        self._sampled: dict[int, Sampled] = {}
        # Values of trials that have ended, by number; None where there is none.
        self._told: dict[int, float | None] = {}
        # Those whose value this job's run has.
        self._logged: set[int] = set()
        self._has_begun = False
        self._judged: dict[str, int] = {}
        self._judged_at = 0.0
        self._histories: dict[str, list[float]] = {}

    def control(self) -> tuple[str, str]:
        """Run the trials."""
        self._sampler = Sampler(self.job, self.name)
        self._most = min(self._most, self._sampler.most)
        self.log.info("The sweep has at most %s trials, by %s.", self._most, self._sampler.kind)
        self.say(RUNNING)
        self._resume()
        self._has_begun = True
        is_over = False
        while True:
            trials = self._trials()
            self._take_ended(trials)
            running = [job for job in trials.values() if not job.is_final]
            if not is_over and self.is_over_time():
                is_over = True
                self.log.info("%s", self._limit())
            if is_over:
                for job in running:
                    self.cancel(job, self._limit())
            else:
                self._begin_trials(set(trials), len(running))
                self._stop_bad(running)
            if (is_over or len(self._told) >= self._most) and not running:
                return self._result(is_over)
            self.pause()

    def settle(self) -> None:
        """Tell of the trials that ended with the sweep."""
        if self._has_begun:
            self._take_ended(self._trials())

    def _limit(self) -> str:
        return f"The sweep ran for longer than its limit of {self.job.timeout:g} seconds."

    def _trials(self) -> dict[int, JobInfo]:
        found = {}
        for name, job in self.children().items():
            number = name.removeprefix(f"{self.name}_")
            # Others may have begun jobs below this one, too.
            if number.isdecimal() and name == self._name_of(int(number)):
                found[int(number)] = job
        return dict(sorted(found.items()))

    def _name_of(self, number: int) -> str:
        return f"{self.name}_{number}"

    def _resume(self) -> None:
        """Tell the sampler of the trials of an earlier process."""
        self._logged = {point.step for point in self.points(self.name, self._metric)}
        trials = self._trials()
        for number, job in trials.items():
            self._adopt(number, job)
        if trials:
            self.log.info("%d trials were begun before.", len(trials))

    def _adopt(self, number: int, job: JobInfo) -> None:
        self._sampled[number] = sampled_of(self.job_of(job.name))
        self._sampler.adopt(number, self._sampled[number])

    def _values(self, number: int) -> dict[str, str]:
        values = values_of(self.job.search_space, self._sampled[number])
        return {name: text_of(value) for name, value in values.items()}

    # Trials that begin

    def _begin_trials(self, begun: set[int], running: int) -> None:
        """As many as there is room for; each number once."""
        room = (self.job.max_concurrent_trials or self._most) - running
        number = 0
        while room > 0 and number < self._most:
            if number not in begun:
                self._begin_trial(number)
                room -= 1
            number += 1

    def _begin_trial(self, number: int) -> None:
        if number not in self._sampled:
            self._sampled[number] = self._sampler.choose(number)
        values = self._values(number)
        begun = self.begin(self._trial(number, values), self.order.info.snapshot)
        if sampled_of(begun) != self._sampled[number]:
            # It was begun before, and lies in the trash.
            self._sampler.tell(number, None)
            self._adopt(number, begun)
        self.log.info("Trial %d begins: %s.", number, json.dumps(values))

    def _trial(self, number: int, values: dict[str, str]) -> CommandJob:
        # Empty where another choice was made: a shell would stumble over the expression.
        properties = {
            f"{SEARCH_SPACE_PREFIX}{name}": values.get(name, "") for name in names(self.job.search_space)
        }
        properties[SAMPLED_PROPERTY] = json.dumps(self._sampled[number])
        return CommandJob(
            task=copy.deepcopy(self.job.trial),
            name=self._name_of(number),
            display_name=f"{self.order.info.display_name} trial {number}",
            compute=self.order.info.compute,
            inputs=self.job.inputs,
            outputs=self.job.outputs,
            timeout=self.job.trial_timeout,
            tags={NUMBER_TAG: str(number)},
            properties=properties,
        )

    # Trials that have ended

    def _take_ended(self, trials: dict[int, JobInfo]) -> None:
        """Tell the sampler first, then the studio: what it shows of the best one takes all into account."""
        ended = [number for number, job in trials.items() if job.is_final and number not in self._told]
        for number in ended:
            self._take(number, trials[number])
        for number in ended:
            self._show(number)

    def _take(self, number: int, job: JobInfo) -> None:
        points = self.points(job.name, self._metric)
        self._histories[job.name] = finite(points)
        last = float(points[-1].value) if points else math.nan
        value = last if job.state == COMPLETED and math.isfinite(last) else None
        said = job.state if value is None else f"{job.state}, {self._metric} {value:g}"
        self.log.info("Trial %d is %s. %s", number, said, job.message)
        if job.state == COMPLETED and value is None:
            self.log.warning("Trial %d has logged no '%s': it counts as failed.", number, self._metric)
        self._told[number] = value
        # One that was stopped early has told something, too.
        early = job.message.startswith(STOPPED_EARLY) and math.isfinite(last)
        self._sampler.tell(number, last if early and value is None else value)

    def _show(self, number: int) -> None:
        if number in self._logged:
            return
        self._name_values(number)
        value, best = self._told[number], self._best()
        if value is None or best is None:
            return
        self.log_metrics(number, {self._metric: value, f"best_{self._metric}": best[1]})
        self.note(
            self.name, {"runyard.best_trial": self._name_of(best[0]), "runyard.best_value": repr(best[1])}
        )
        self._logged.add(number)

    def _name_values(self, number: int) -> None:
        """As parameters of the trial's run, but for those that the script has logged by itself."""
        name = self._name_of(number)
        there = {param.key for param in self.data(name).params}
        values = {key: value for key, value in self._values(number).items() if key not in there}
        if values:
            self.note(name, params=values)

    def _best(self) -> tuple[int, float] | None:
        found = [(number, value) for number, value in self._told.items() if value is not None]
        sign = 1.0 if self._minimizes else -1.0
        return min(found, key=lambda each: (sign * each[1], each[0]), default=None)

    # Trials that are to end

    def _stop_bad(self, running: list[JobInfo]) -> None:
        rule = self.job.early_termination
        if rule is None or time.monotonic() - self._judged_at < JUDGE_SECONDS:
            return
        self._judged_at = time.monotonic()
        going = [job for job in running if job.state == RUNNING]
        for job in going:
            self._histories[job.name] = finite(self.points(job.name, self._metric))
        for job in going:
            interval = due(rule, len(self._histories[job.name]), self._judged.get(job.name, 0))
            if not interval:
                continue
            self._judged[job.name] = interval
            why = verdict(rule, self._minimizes, job.name, interval, self._histories)
            if why:
                self.log.info("%s is stopped at interval %d by %s", job.name, interval, why)
                self.note(job.name, {STOPPED_TAG: why})
                self.cancel(job, f"{STOPPED_EARLY} at interval {interval} by {why}")

    def _result(self, is_over: bool) -> tuple[str, str]:
        best = self._best()
        if best is not None:
            self.log.info("The best of %d trials is %d: %g.", len(self._told), *best)
            return "", ""
        if is_over:
            return "timeout", f"{self._limit()} No trial had completed."
        return "trials", f"None of {len(self._told)} trials completed with the metric '{self._metric}'."


def sampled_of(trial: JobInfo) -> Sampled:
    """What was sampled for a trial that has begun."""
    sampled: Sampled = json.loads(decode(bytes(trial.job)).properties[SAMPLED_PROPERTY])
    return sampled


def finite(points: list[Point]) -> list[float]:
    """The values that can be compared."""
    return [value for value in (float(point.value) for point in points) if math.isfinite(value)]
