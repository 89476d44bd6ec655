"""Submits jobs to a server and watches them: what the command line does, for programs.

import runyard.jobs

job = runyard.jobs.submit("job.yml", overrides=["inputs.lr=0.1"])
runyard.jobs.stream(job.name)
"""

from __future__ import annotations

import getpass
import logging
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeVar

from runyard.errors import InvalidParameter
from runyard.job_entities import JobInfo
from runyard.jobs import entities
from runyard.jobs.answers import Digests, JobAnswer, Jobs, Listing
from runyard.jobs.link import Link, Refused, patiently
from runyard.jobs.supervisor.artifacts import download as fetch_artifacts
from runyard.settings import given_address, given_token

if TYPE_CHECKING:
    from runyard.jobs.snapshot import Snapshot

T = TypeVar("T")
log = logging.getLogger("runyard.jobs")

DEFAULT_ADDRESS = "http://127.0.0.1:5000"
ARCHIVED_TAG = "runyard.archived"
# Seconds between two looks at a job, and how long one waits for a server that is away.
LOOK_SECONDS = 0.2
AWAY_SECONDS = 600.0


def address_of(server: str | None) -> str:
    """The server that is meant: `server`, else MLFLOW_TRACKING_URI where it names one, else this machine's."""
    address = server or given_address() or DEFAULT_ADDRESS
    for scheme, real in (
        ("runyard+https://", "https://"),
        ("runyard+http://", "http://"),
        ("runyard://", "http://"),
    ):
        if address.startswith(scheme):
            address = real + address.removeprefix(scheme)
    if not address.startswith(("http://", "https://")):
        raise InvalidParameter(
            f"'{address}' is no server that takes jobs: give --server http://host:port, or start `runyard server`."
        )
    return address.rstrip("/")


class Client:
    """Calls of one server; raises Away when it can't be reached, Refused for what it does not take."""

    def __init__(self, server: str | None = None) -> None:
        self.address = address_of(server)
        self._link = Link(self.address, given_token())

    def page(self, name: str) -> str:
        """The job's page in the studio."""
        return f"{self.address}/jobs/{name}"

    def submit(self, job: entities.Job, source: str = "") -> JobInfo:
        """Snapshot the code, upload what of it is new, and queue the job."""
        snapshot = None
        if isinstance(job, entities.CommandJob):
            snapshot = self._snapshot(job.task)
        elif isinstance(job, entities.SweepJob):
            snapshot = self._snapshot(job.trial)
        else:
            self._snapshot_steps(job)
        body = {"job": job, "snapshot": snapshot, "source": source, "user": _user()}
        return self._link.post("/api/2.0/runyard/jobs/create", body, JobAnswer).job

    def _snapshot_steps(self, pipeline: entities.PipelineJob) -> None:
        """The code of each step is uploaded now; the step keeps its digest."""
        for step in pipeline.jobs.values():
            if isinstance(step, entities.PipelineJob):
                self._snapshot_steps(step)
                continue
            task = step.task if isinstance(step, entities.CommandJob) else step.trial
            digest = self._snapshot(task)
            if digest is not None:
                step.properties[entities.SNAPSHOT_PROPERTY] = digest

    def _snapshot(self, task: entities.Command) -> str | None:
        from runyard.jobs.snapshot import collect, from_git

        if task.code is None:
            return None
        if not _is_address(task.code):
            return self._upload(Path(task.code), collect(Path(task.code)))
        with tempfile.TemporaryDirectory() as folder:
            code = from_git(task.code, None, Path(folder), sys.stderr.buffer)
            return self._upload(code, collect(code))

    def _upload(self, code: Path, snapshot: Snapshot) -> str:
        """Upload files that the server does not have, then the list of them; its digest."""
        from runyard.jobs.snapshot import encode

        names = [entry.sha256 for entry in snapshot.entries]
        wanted = [*dict.fromkeys(names), snapshot.digest]
        answer = self._link.post("/api/2.0/runyard/snapshots/missing", {"digests": wanted}, Digests)
        missing = set(answer.digests)
        root = code if code.is_dir() else code.parent
        for entry in snapshot.entries:
            if entry.sha256 in missing:
                with (root / entry.path).open("rb") as file:
                    self._put(entry.sha256, file, entry.size)
                missing.discard(entry.sha256)
        if snapshot.digest in missing:
            self._put(snapshot.digest, encode(snapshot))
        return snapshot.digest

    def _put(self, digest: str, body: bytes | BinaryIO, size: int | None = None) -> None:
        headers = {"content-type": "application/octet-stream"}
        if size is not None:
            headers["content-length"] = str(size)
        self._link.send("PUT", f"/api/2.0/runyard/blobs/{digest}", body, headers=headers, more_seconds=600.0)

    def get(self, name: str) -> JobInfo:
        """A job with its file and the states that it passed."""
        return self._link.get("/api/2.0/runyard/jobs/get", JobAnswer, {"name": name}).job

    def listed(
        self, states: Sequence[str] = (), experiment: str = "", parent: str = "", most: int = 100
    ) -> Iterator[JobInfo]:
        """Jobs, the newest first."""
        token = ""
        while True:
            query: dict[str, str | int | list[str]] = {"state": list(states), "max_results": min(most, 1000)}
            query |= {"experiment": experiment, "parent": parent, "page_token": token}
            page = self._link.get("/api/2.0/runyard/jobs/list", Jobs, query)
            yield from page.jobs[:most]
            most -= len(page.jobs)
            token = page.next_page_token
            if not token or most <= 0:
                return

    def cancel(self, name: str) -> JobInfo:
        """Ask for a job's end."""
        return self._link.post("/api/2.0/runyard/jobs/cancel", {"name": name}, JobAnswer).job

    def archive(self, name: str) -> None:
        """Leave a job out of lists."""
        body = {"run_id": self.get(name).name, "key": ARCHIVED_TAG, "value": "true"}
        self._link.post("/api/2.0/mlflow/runs/set-tag", body, dict)

    def restore(self, name: str) -> None:
        """Show an archived job in lists again."""
        body = {"run_id": self.get(name).name, "key": ARCHIVED_TAG}
        try:
            self._link.post("/api/2.0/mlflow/runs/delete-tag", body, dict)
        except Refused as error:
            if error.status != 404:
                raise

    def download(self, name: str, folder: Path, output: str | None = None) -> int:
        """Fetch artifacts into `folder/artifacts`, and outputs into `folder/named-outputs`; how many files."""
        self.get(name)
        if output is not None:
            return fetch_artifacts(
                self._link, name, f"named-outputs/{output}", folder / "named-outputs" / output
            )
        count = fetch_artifacts(self._link, name, "", folder / "artifacts")
        named = folder / "artifacts" / "named-outputs"
        if named.is_dir() and not (folder / "named-outputs").exists():
            named.rename(folder / "named-outputs")
        return count

    def wait(self, name: str, seconds: float | None = None) -> JobInfo:
        """Wait until a job has ended; raises TimeoutError."""
        until = None if seconds is None else time.monotonic() + seconds
        while True:
            job = self._patient(lambda: self.get(name))
            if job.is_final:
                return job
            if until is not None and time.monotonic() >= until:
                raise TimeoutError(f"The job '{name}' is {job.state} after {seconds} seconds.")
            time.sleep(LOOK_SECONDS)

    def stream(
        self,
        name: str,
        write: Callable[[str, bytes], object],
        all_logs: bool = False,
        say: Callable[[str], object] = print,
    ) -> JobInfo:
        """Give `write(file, bytes)` the output of the job's first process, or of all, until the job has ended.

        `say` is told of the states that it passes.
        """
        seen: dict[str, int] = {}
        told = 0
        while True:
            # The state first: what is written after the end is missed otherwise.
            job = self._patient(lambda: self.get(name))
            for event in job.events[told:]:
                say(f"{event.state}{': ' if event.message else ''}{event.message}")
            told = len(job.events)
            for path in self._patient(partial(self._logs, job, all_logs)):
                self._follow(name, path, seen, write)
            if job.is_final:
                return job
            time.sleep(LOOK_SECONDS)

    def _logs(self, job: JobInfo, all_logs: bool) -> list[str]:
        folders = [f"retry_{job.retry:03}/" if job.retry else ""]
        if len(job.nodes) > 1:
            folders = [f"{folders[0]}node_{index}/" for index in range(len(job.nodes) if all_logs else 1)]
        found = []
        for folder in folders:
            query: dict[str, str | int | list[str]] = {"run_id": job.name, "path": f"{folder}user_logs"}
            listing = self._link.get("/api/2.0/mlflow/artifacts/list", Listing, query)
            names = sorted(entry.path for entry in listing.files if not entry.is_dir)
            found += names if all_logs else names[:1]
        return found

    def _follow(
        self, name: str, path: str, seen: dict[str, int], write: Callable[[str, bytes], object]
    ) -> None:
        def read() -> bytes:
            headers = {"range": f"bytes={seen.get(path, 0)}-{seen.get(path, 0) + 1024 * 1024 - 1}"}
            query: dict[str, str | int | list[str]] = {"run_uuid": name, "path": path}
            try:
                return self._link.send("GET", "/get-artifact", query=query, headers=headers)
            except Refused as error:
                if error.status in (404, 416):
                    return b""
                raise

        while data := self._patient(read):
            write(path, data)
            seen[path] = seen.get(path, 0) + len(data)

    def _patient(self, call: Callable[[], T]) -> T:
        return patiently(call, seconds=AWAY_SECONDS)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container's user may have no name
        return ""


def _is_address(code: str) -> bool:
    return "://" in code or code.startswith(("git@", "git+"))
