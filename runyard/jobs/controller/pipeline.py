"""One pipeline: begins each step when what it needs is there."""

from __future__ import annotations

from pathlib import Path

from runyard.job_entities import COMPLETED, RUNNING, JobInfo
from runyard.jobs.controller import bindings
from runyard.jobs.controller.children import Controller, ControllerOrder
from runyard.jobs.controller.reuse import reuse_key
from runyard.jobs.entities import SNAPSHOT_PROPERTY, CommandJob, Job, PipelineJob, SweepJob
from runyard.jobs.link import Refused
from runyard.jobs.spec.checks import needs, sorted_steps
from runyard.jobs.supervisor.keeper import Failed

REUSE_TAG = "runyard.reuse_key"
STEP_TAG = "runyard.step"
# Of a pipeline's run: which job stands for a step, and where an output lies.
REUSED_TAG, OUTPUT_TAG = "runyard.reused.", "runyard.output."


class Pipeline(Controller):
    """Steps are the children `NAME_STEP`; one that is unchanged may be a job of an earlier pipeline."""

    def __init__(self, folder: Path, order: ControllerOrder, job: PipelineJob) -> None:
        super().__init__(folder, order)
        self.job = job
        # The job that stands for each step.
        self._jobs: dict[str, JobInfo] = {}
        # Steps that can't run any more, and those that need not.
        self._left_out: set[str] = set()
        self._reused: set[str] = set()

    def control(self) -> tuple[str, str]:
        """Run the steps."""
        bindings.check(self.job)
        self.say(RUNNING)
        # What an earlier process of this controller has found.
        noted = self.tags(self.name)
        end = ""
        while True:
            self._look()
            end = end or self._why_end()
            if end:
                self._end(end)
            for step in sorted_steps(self.job):
                if step not in self._jobs and step not in self._left_out:
                    self._consider(step, noted)
            if all(step in self._left_out or self._is_final(step) for step in self.job.jobs):
                return self._result()
            self.pause()

    def settle(self) -> None:
        """Tell of the steps that ended with the pipeline."""
        self._look()

    def _look(self) -> None:
        children = self.children()
        for step in self.job.jobs:
            if (child := children.get(f"{self.name}_{step}")) is not None:
                self._see(step, child)

    def _see(self, step: str, child: JobInfo) -> None:
        before = self._jobs.get(step)
        self._jobs[step] = child
        if before is None or before.state != child.state:
            self.log.info("Step '%s' is %s. %s", step, child.state, child.message)

    def _is_final(self, step: str) -> bool:
        return step in self._jobs and self._jobs[step].is_final

    def _has_failed(self, step: str) -> bool:
        return self._is_final(step) and self._jobs[step].state != COMPLETED

    # Beginning

    def _consider(self, step: str, noted: dict[str, str]) -> None:
        """Begin a step whose needs are there; leave it out when one can't come any more."""
        waits = False
        for need in sorted(needs(self.job, step)):
            if need in self._left_out or self._has_failed(need):
                self.log.info("Step '%s' is left out: it needs '%s'.", step, need)
                self._left_out.add(step)
                return
            waits = waits or not self._is_final(need)
        if not waits:
            self._begin(step, noted)

    def _begin(self, step: str, noted: dict[str, str]) -> None:
        job = self._settled(bindings.resolved(self.job, step, self._place_of))
        key = reuse_key(job)
        if self._take_earlier(step, job, key, noted):
            return
        job.name = f"{self.name}_{step}"
        job.display_name = job.display_name or step
        job.tags |= {STEP_TAG: step, REUSE_TAG: key}
        try:
            self._see(step, self.begin(job, job.properties.get(SNAPSHOT_PROPERTY)))
        except Refused as error:
            raise Failed("pipeline", f"The step '{step}' can't be begun: {error.message}") from error

    def _settled(self, job: Job) -> Job:
        """What holds for the whole pipeline holds for the step."""
        settings = self.job.settings
        job.compute = job.compute or settings.default_compute or self.order.info.compute
        if isinstance(job, PipelineJob):
            job.settings.force_rerun |= settings.force_rerun
        return job

    def _place_of(self, step: str, name: str) -> str:
        """Where the output of a step lies that has completed."""
        job, kind = self._jobs[step], self.job.jobs[step]
        if isinstance(kind, CommandJob) or name in bindings.DEFAULT_OUTPUTS:
            return f"azureml://jobs/{job.name}/outputs/{name}"
        tags = self.tags(job.name)
        if isinstance(kind, SweepJob):
            return f"azureml://jobs/{tags['runyard.best_trial']}/outputs/{name}"
        place = tags.get(f"{OUTPUT_TAG}{name}")
        if place is None:
            raise Failed("pipeline", f"The pipeline '{job.name}' has no output '{name}'.")
        return place

    # Steps that are unchanged

    def _take_earlier(self, step: str, job: Job, key: str, noted: dict[str, str]) -> bool:
        """Use a job that has done the same before, unless the pipeline is to run anew."""
        if self.job.settings.force_rerun or (isinstance(job, PipelineJob) and job.settings.force_rerun):
            return False
        candidates = [noted.get(f"{REUSED_TAG}{step}"), *self._candidates(step, key, noted)]
        for name in filter(None, candidates):
            if (found := self._completed(name)) is not None:
                self.note(self.name, {f"{REUSED_TAG}{step}": name})
                self.log.info("Step '%s' is unchanged: the outputs of the job '%s' are used.", step, name)
                self._jobs[step] = found
                self._reused.add(step)
                return True
        return False

    def _candidates(self, step: str, key: str, noted: dict[str, str]) -> list[str]:
        if f"{REUSED_TAG}{step}" in noted:
            return []
        return self.find(f"tags.`{REUSE_TAG}` = '{key}' AND attributes.status = 'FINISHED'")

    def _completed(self, name: str) -> JobInfo | None:
        try:
            found = self.job_of(name)
        except Refused:
            return None
        return found if found.state == COMPLETED else None

    # Ending

    def _why_end(self) -> str:
        """Why all is to end before its time; empty while it is not."""
        if self.is_over_time():
            return self._limit()
        failed = next((step for step in self.job.jobs if self._has_failed(step)), None)
        if failed is not None and not self.job.settings.continue_on_step_failure:
            return f"Canceled, as the step '{failed}' has failed."
        return ""

    def _limit(self) -> str:
        return f"The pipeline ran for longer than its limit of {self.job.timeout:g} seconds."

    def _end(self, why: str) -> None:
        """End the steps that run, and leave out the others."""
        for step in self.job.jobs:
            if step in self._jobs:
                self.cancel(self._jobs[step], why)
            elif step not in self._left_out:
                self.log.info("Step '%s' is left out. %s", step, why)
                self._left_out.add(step)

    def _result(self) -> tuple[str, str]:
        self._note_outputs()
        failed = [step for step in self.job.jobs if self._has_failed(step)]
        left = [step for step in self.job.jobs if step in self._left_out]
        self.log.info(
            "%d steps completed, %d of them earlier; failed: %s; left out: %s.",
            len(self._jobs) - len(failed),
            len(self._reused),
            ", ".join(failed) or "none",
            ", ".join(left) or "none",
        )
        if not failed and not left:
            return "", ""
        if self.is_over_time():
            return "timeout", self._limit()
        message = f"Of {len(self.job.jobs)} steps failed: {', '.join(failed)}"
        return "steps", message + (f"; left out: {', '.join(left)}." if left else ".")

    def _note_outputs(self) -> None:
        """Where the pipeline's own outputs are."""
        for step, kind in self.job.jobs.items():
            if not self._is_final(step) or self._has_failed(step):
                continue
            for name, output in kind.outputs.items():
                if (bound := bindings.bound_output(output)) is not None:
                    self.note(self.name, {f"{OUTPUT_TAG}{bound}": self._place_of(step, name)})
