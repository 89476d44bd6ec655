"""One pipeline: begins each step when what it needs is there."""

from __future__ import annotations

import copy
import hashlib
import json
import time
from pathlib import Path
from typing import Any

import msgspec

from runyard.job_entities import COMPLETED, RUNNING, JobInfo
from runyard.jobs.controller.children import LOOK_SECONDS, Controller, ControllerOrder
from runyard.jobs.entities import CommandJob, Input, Job, PipelineJob, SweepJob
from runyard.jobs.spec.checks import needs, sorted_steps
from runyard.jobs.spec.expressions import whole_name
from runyard.jobs.supervisor.keeper import Failed

# Of a step: the digest of its code.
SNAPSHOT_PROPERTY = "runyard.snapshot"
REUSE_TAG = "runyard.reuse_key"
STEP_TAG = "runyard.step"


class Pipeline(Controller):
    """Steps are the children `NAME_STEP`; one that is unchanged may be a job of an earlier pipeline."""

    def __init__(self, folder: Path, order: ControllerOrder, job: PipelineJob) -> None:
        super().__init__(folder, order)
        self.job = job
        # The job that stands for each step; steps that can't run any more.
        self._jobs: dict[str, JobInfo] = {}
        self._keys: dict[str, str] = {}
        self._skipped: set[str] = set()
        self._reused: set[str] = set()

    def control(self) -> tuple[str, str]:
        """Run the steps."""
        self.say(RUNNING)
        # What an earlier process of this controller has found.
        noted = self.tags(self.name)
        while True:
            children = self.children()
            for step in self.job.jobs:
                if (child := children.get(f"{self.name}_{step}")) is not None:
                    self._see(step, child)
            for step in sorted_steps(self.job):
                if step not in self._jobs and step not in self._skipped:
                    self._consider(step, noted)
            failed = [step for step, job in self._jobs.items() if job.is_final and job.state != COMPLETED]
            if failed and not self.job.settings.continue_on_step_failure:
                self.log.info("'%s' has failed: the others are ended.", failed[0])
                self.end_children()
                self._skipped |= set(self.job.jobs) - set(self._jobs)
            if all(step in self._skipped or self._is_final(step) for step in self.job.jobs):
                return self._result()
            self.check_stop()
            time.sleep(LOOK_SECONDS)

    def stop_reason(self) -> tuple[str, str]:
        """The server cancels the steps, too; the pipeline ends after them."""
        self.stop.clear()
        self.end_children()
        return super().stop_reason()

    def _is_final(self, step: str) -> bool:
        return step in self._jobs and self._jobs[step].is_final

    def _see(self, step: str, child: JobInfo) -> None:
        before = self._jobs.get(step)
        self._jobs[step] = child
        if before is None or before.state != child.state:
            self.log.info("Step '%s' is %s. %s", step, child.state, child.message)

    def _consider(self, step: str, noted: dict[str, str]) -> None:
        """Begin a step whose needs are there; leave it out when one can't come any more."""
        waits = False
        for need in sorted(needs(self.job, step)):
            job = self._jobs.get(need)
            if need in self._skipped or (job is not None and job.is_final and job.state != COMPLETED):
                self.log.info("Step '%s' is left out: it needs '%s'.", step, need)
                self._skipped.add(step)
                return
            waits = waits or job is None or job.state != COMPLETED
        if waits:
            return
        job_of_step = self._resolved(step)
        self._keys[step] = self._key(step, job_of_step)
        if self._take_earlier(step, noted):
            return
        job_of_step.name = f"{self.name}_{step}"
        job_of_step.display_name = job_of_step.display_name or step
        job_of_step.tags |= {STEP_TAG: step, REUSE_TAG: self._keys[step]}
        default = self.job.settings.default_compute or self.order.info.compute
        job_of_step.compute = job_of_step.compute or default
        self._see(step, self.begin(job_of_step, job_of_step.properties.get(SNAPSHOT_PROPERTY)))

    # Bindings

    def _resolved(self, step: str) -> Job:
        """The step's job, whose inputs are values and places."""
        job = copy.deepcopy(self.job.jobs[step])
        for name, given in job.inputs.items():
            if given.binding is not None:
                job.inputs[name] = self._bound(step, name, given)
        for output in job.outputs.values():
            # It is the pipeline's, which finds it by the step.
            output.binding = None
        return job

    def _bound(self, step: str, name: str, given: Input) -> Input:
        parts = (whole_name(given.binding or "") or "").split(".")
        if parts[:2] == ["parent", "inputs"] and parts[2] in self.job.inputs:
            found = copy.deepcopy(self.job.inputs[parts[2]])
        elif parts[3:4] == ["inputs"]:
            found = self._resolved(parts[2]).inputs[parts[4]]
        else:
            found = Input(type=given.type, path=self._output(parts[2], parts[4]))
        if found.type != "literal":
            found.mode = given.mode or found.mode
        return found

    def _output(self, step: str, name: str) -> str:
        """Where the output of a step lies that has completed."""
        job = self._jobs[step]
        kind = self.job.jobs[step]
        if isinstance(kind, CommandJob):
            return f"azureml://jobs/{job.name}/outputs/{name}"
        tags = self.tags(job.name)
        if isinstance(kind, SweepJob):
            return f"azureml://jobs/{tags['runyard.best_trial']}/outputs/{name}"
        place = tags.get(f"runyard.output.{name}")
        if place is None:
            raise Failed("pipeline", f"The pipeline '{job.name}' has no output '{name}'.")
        return place

    # Steps that are unchanged

    def _key(self, step: str, job: Job) -> str:
        """What a step is and reads: the same key promises the same outputs."""
        inputs: dict[str, Any] = {}
        for name, given in job.inputs.items():
            parts = (whole_name(self.job.jobs[step].inputs[name].binding or "") or "").split(".")
            if parts[:2] == ["parent", "jobs"] and parts[3:4] == ["outputs"]:
                inputs[name] = [self._key_of(parts[2]), parts[4]]
            else:
                inputs[name] = [msgspec.to_builtins(given), _version(given.path)]
        content = msgspec.to_builtins(job)
        told: dict[str, Any] = {
            "inputs": inputs,
            "outputs": sorted(job.outputs),
            "snapshot": job.properties.get(SNAPSHOT_PROPERTY),
            "job": {name: value for name, value in content.items() if name not in _NAMES},
        }
        task = told["job"].get("task") or told["job"].get("trial")
        if isinstance(task, dict):
            # Where the code was; what it is is the snapshot.
            task.pop("code", None)
        return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()

    def _key_of(self, step: str) -> str:
        """The key of a step that has begun: another process of this controller may have begun it."""
        if step not in self._keys:
            name = self._jobs[step].name
            self._keys[step] = self.tags(name).get(REUSE_TAG, name)
        return self._keys[step]

    def _take_earlier(self, step: str, noted: dict[str, str]) -> bool:
        """Use a job that has done the same before, unless the pipeline is to run anew."""
        name = noted.get(f"runyard.reused.{step}")
        if name is None:
            if self.job.settings.force_rerun:
                return False
            found = self.find(f"tags.`{REUSE_TAG}` = '{self._keys[step]}' AND attributes.status = 'FINISHED'")
            if not found:
                return False
            name = found[0]
            self.note(self.name, {f"runyard.reused.{step}": name})
        self.log.info("Step '%s' is unchanged: the outputs of the job '%s' are used.", step, name)
        self._jobs[step] = JobInfo(
            name=name,
            type="",
            state=COMPLETED,
            experiment_id="",
            experiment_name="",
            display_name=step,
            created=0,
        )
        self._reused.add(step)
        return True

    def _result(self) -> tuple[str, str]:
        self._note_outputs()
        failed = [step for step, job in self._jobs.items() if job.state != COMPLETED]
        left = sorted(self._skipped)
        self.log.info(
            "%d steps completed, %d of them earlier; failed: %s; left out: %s.",
            len(self._jobs) - len(failed),
            len(self._reused),
            ", ".join(failed) or "none",
            ", ".join(left) or "none",
        )
        if not failed and not left:
            return "", ""
        message = f"Of {len(self.job.jobs)} steps failed: {', '.join(failed)}"
        return "steps", message + (f"; left out: {', '.join(left)}." if left else ".")

    def _note_outputs(self) -> None:
        """Where the pipeline's own outputs are."""
        for step, kind in self.job.jobs.items():
            if step not in self._jobs or self._jobs[step].state != COMPLETED:
                continue
            for name, output in kind.outputs.items():
                parts = (whole_name(output.binding or "") or "").split(".")
                if parts[:2] == ["parent", "outputs"]:
                    self.note(self.name, {f"runyard.output.{parts[2]}": self._output(step, name)})


# Of a job, what does not change what it does.
_NAMES = {
    "name",
    "display_name",
    "experiment_name",
    "description",
    "tags",
    "properties",
    "inputs",
    "parent_job_name",
    "services",
    "identity",
    "queue_settings",
    "compute",
    "timeout",
    "retries",
}


def _version(path: str | None) -> list[Any]:
    """What tells the content of a local path from another one that lies there later."""
    if path is None or "://" in path or not Path(path).exists():
        return []
    place = Path(path)
    found = sorted(place.rglob("*")) if place.is_dir() else [place]
    return [
        [str(each.relative_to(place)), each.stat().st_size, each.stat().st_mtime_ns]
        for each in found[:10_000]
        if each.is_file()
    ]
