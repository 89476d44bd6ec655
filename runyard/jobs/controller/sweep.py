"""One sweep: begins trials, stops bad ones, and says which is the best."""

from __future__ import annotations

import copy
import json
import math
import time
from pathlib import Path
from typing import Any

from runyard.job_entities import COMPLETED, RUNNING, JobInfo
from runyard.jobs.controller.children import LOOK_SECONDS, Controller, ControllerOrder
from runyard.jobs.controller.sampling import Sampler
from runyard.jobs.controller.termination import due, verdict
from runyard.jobs.entities import CommandJob, SweepJob
from runyard.jobs.supervisor import order as files

SPACE = "runyard.search_space."
NUMBER_TAG = "runyard.trial"
STOPPED_TAG = "runyard.stopped_early"
TOLD = "told.json"


class Sweep(Controller):
    """Trials are the children `NAME_0`, `NAME_1`, …"""

    def __init__(self, folder: Path, order: ControllerOrder, job: SweepJob) -> None:
        super().__init__(folder, order)
        self.job = job
        self._sampler = Sampler(job, order.name)
        self._most = min(job.max_total_trials, self._sampler.most)
        self._minimizes = job.objective.goal == "minimize"
        # Values of trials that have ended, by number; None where there is none. Kept, as each is logged once.
        self._told: dict[int, float | None] = {}
        self._judged: dict[str, int] = {}
        self._histories: dict[str, list[float]] = {}

    def control(self) -> tuple[str, str]:
        """Run the trials."""
        self._read_told()
        self.log.info("The sweep has at most %s trials, by %s.", self._most, self.job.sampling_algorithm.type)
        self.say(RUNNING)
        began = self.order.info.started or self.order.info.created
        over = False
        begun: set[int] = set()
        while True:
            children = {self._number(job): job for job in self.children().values()}
            begun |= set(children)
            for number in sorted(children):
                if children[number].is_final and number not in self._told:
                    self._ended(number, children[number])
            running = [job for job in children.values() if not job.is_final]
            if (
                self.job.timeout is not None
                and time.time() * 1000 - began > self.job.timeout * 1000
                and not over
            ):
                over = True
                self.log.info("The sweep ran for longer than its limit of %g seconds.", self.job.timeout)
                for job in running:
                    self.cancel(job.name)
            if not over:
                self._begin_trials(begun, len(running))
                self._stop_bad(children, running)
            if (over or len(begun) >= self._most) and not running and begun <= set(self._told):
                return self._result(over)
            self.check_stop()
            time.sleep(LOOK_SECONDS)

    def stop_reason(self) -> tuple[str, str]:
        """The server cancels the trials, too; the sweep ends after them."""
        self.stop.clear()
        self.end_children()
        return super().stop_reason()

    def _number(self, job: JobInfo) -> int:
        return int(job.name.removeprefix(f"{self.name}_"))

    def _begin_trials(self, begun: set[int], running: int) -> None:
        room = (self.job.max_concurrent_trials or self._most) - running
        number = 0
        while room > 0 and len(begun) < self._most:
            while number in begun:
                number += 1
            values = self._sampler.values(number)
            self.begin(self._trial(number, values), self.order.info.snapshot)
            self.log.info("Trial %d begins: %s.", number, json.dumps(values))
            begun.add(number)
            room -= 1

    def _trial(self, number: int, values: dict[str, Any]) -> CommandJob:
        return CommandJob(
            task=copy.deepcopy(self.job.trial),
            name=f"{self.name}_{number}",
            display_name=f"{self.order.info.display_name} trial {number}",
            compute=self.order.info.compute,
            inputs=self.job.inputs,
            outputs=self.job.outputs,
            timeout=self.job.trial_timeout,
            tags={NUMBER_TAG: str(number)},
            properties={f"{SPACE}{name}": str(value) for name, value in values.items()},
        )

    # Trials that have ended

    def _ended(self, number: int, job: JobInfo) -> None:
        """Tell the sampler and the studio."""
        metric = self.job.objective.primary_metric
        values = self.history(job.name, metric)
        value = values[-1] if values and not math.isnan(values[-1]) else None
        if job.state == COMPLETED and value is None:
            self.log.warning("Trial %d has logged no '%s': it counts for nothing.", number, metric)
        self._name_values(number, job)
        self._sampler.values(number)
        self._sampler.tell(number, value)
        self._histories[job.name] = values
        counts = job.state == COMPLETED and value is not None
        self._told[number] = value if counts else None
        self.log.info(
            "Trial %d is %s%s.", number, job.state, "" if value is None else f", {metric} {value:g}"
        )
        if counts and value is not None:
            best = self._best()
            assert best is not None
            self.log_metrics(number, {metric: value, f"best_{metric}": best[1]})
            self.note(
                self.name,
                {"runyard.best_trial": f"{self.name}_{best[0]}", "runyard.best_value": f"{best[1]!r}"},
            )
        files.write(self.folder / TOLD, {str(key): each for key, each in self._told.items()})

    def _name_values(self, number: int, job: JobInfo) -> None:
        """As parameters of the trial's run, unless the script has logged them by itself."""
        there = {param["key"] for param in self.data(job.name).params}
        values = {
            name: str(value) for name, value in self._sampler.values(number).items() if name not in there
        }
        if values:
            self.note(job.name, params=values)

    def _best(self) -> tuple[int, float] | None:
        found = [(number, value) for number, value in self._told.items() if value is not None]
        sign = 1.0 if self._minimizes else -1.0
        return min(found, key=lambda each: (sign * each[1], each[0]), default=None)

    def _read_told(self) -> None:
        path = self.folder / TOLD
        if path.exists():
            self._told = {int(number): value for number, value in json.loads(path.read_bytes()).items()}
            for number in sorted(self._told):
                self._sampler.values(number)
                self._sampler.tell(number, self._told[number])

    # Trials that are to end

    def _stop_bad(self, children: dict[int, JobInfo], running: list[JobInfo]) -> None:
        rule = self.job.early_termination
        if rule is None:
            return
        metric = self.job.objective.primary_metric
        going = [job for job in running if job.state == RUNNING]
        for job in going:
            self._histories[job.name] = self.history(job.name, metric)
        names = [job.name for job in going]
        for job in going:
            values = self._histories[job.name]
            interval = due(rule, len(values), self._judged.get(job.name, 0))
            if not interval:
                continue
            self._judged[job.name] = interval
            why = verdict(rule, self._minimizes, job.name, interval, self._histories, names)
            if why:
                self.log.info("Trial %d is stopped at interval %d by %s", self._number(job), interval, why)
                self.note(job.name, {STOPPED_TAG: why})
                self.cancel(job.name)

    def _result(self, over: bool) -> tuple[str, str]:
        best = self._best()
        if best is None:
            metric = self.job.objective.primary_metric
            return "trials", f"None of {len(self._told)} trials completed with the metric '{metric}'."
        self.log.info("The best of %d trials is %d: %g.", len(self._told), *best)
        return "", ""
