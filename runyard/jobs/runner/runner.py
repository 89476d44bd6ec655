"""The runner: asks for jobs, begins them when there is room, and reports how they go."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
import time
from pathlib import Path
from typing import NamedTuple

from runyard.errors import RunyardError
from runyard.job_entities import HELD as HELD_STATES
from runyard.job_entities import JobInfo, JobReport
from runyard.jobs.alone import alone
from runyard.jobs.answers import Claimed, JobAnswer, Jobs, WorkAnswer
from runyard.jobs.entities import decode
from runyard.jobs.link import Away, Link
from runyard.jobs.nursery import Nursery
from runyard.jobs.runner.held import Held, Holding, Place, found_holdings
from runyard.jobs.runner.slots import Capacity, Need, Slots, need_of
from runyard.jobs.supervisor import order as files

log = logging.getLogger("runyard.jobs.runner")

LOOK_SECONDS, IDLE_SECONDS = 0.05, 0.5
BEAT_SECONDS = 2.0
WAIT_SECONDS = 20.0
MOST_QUEUED = 100
AGAIN_SECONDS = 1.0


class Taken(RunyardError):
    """Another process works in this folder."""


class Queued(NamedTuple):
    """A job that waits, and what it takes."""

    info: JobInfo
    need: Need


class Runner:
    """Works in a folder of its own, which no other process may use at the same time."""

    def __init__(self, place: Place, capacity: Capacity, computes: tuple[str, ...] = ("local",)) -> None:
        self._place = place
        self._folder = Path(place.folder)
        self._computes = computes
        self._slots = Slots(capacity)
        self._held: dict[str, Held] = {}
        self._queued: list[Queued] = []
        self._told: dict[str, str] = {}
        self._reports: dict[str, JobReport] = {}
        self._news = threading.Event()
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._answer: WorkAnswer | None = None
        self._said = 0.0
        self._link = Link(place.address, place.token)
        self._nursery = Nursery()

    def run(self) -> None:
        """Work until `stop`; raises Taken. Supervisors go on afterwards."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        (self._folder / "jobs").mkdir(exist_ok=True, mode=0o700)
        with alone(self._folder / "lock") as is_free:
            if not is_free:
                raise Taken(f"Another runner works in {self._folder}.")
            self._name = self._own_name()
            files.write(self._folder / files.SERVER, self._place.address.encode())
            self._find_held()
            asking = threading.Thread(target=self._ask, name="runyard-queue", daemon=True)
            asking.start()
            while not self._stopping.is_set():
                try:
                    self._turn()
                except Away as error:
                    log.info("The server is away: %s", error)
                    self._stopping.wait(AGAIN_SECONDS)
                except Exception:  # the runner's boundary: other jobs go on
                    log.exception("The runner failed; it goes on")
                    self._stopping.wait(AGAIN_SECONDS)
                self._news.wait(LOOK_SECONDS if self._held else IDLE_SECONDS)
                self._news.clear()
                self._nursery.look()
            self._nursery.close()

    def stop(self) -> None:
        """End soon."""
        self._stopping.set()
        self._news.set()

    def _own_name(self) -> str:
        path = self._folder / "name"
        if not path.exists():
            files.write(path, f"{socket.gethostname()}-{secrets.token_hex(3)}".encode())
        return path.read_text()

    def _find_held(self) -> None:
        for holding in found_holdings(self._folder):
            self._hold(Held(holding, self._place, self._nursery))

    def _new(self, info: JobInfo) -> Held:
        """A job that was claimed just now."""
        return Held(Holding(info, history=_history(info, self._name)), self._place, self._nursery)

    def _hold(self, held: Held) -> None:
        self._held[held.name] = held
        gpus = self._slots.take(held.name, need_of(held.job, self._slots.capacity))
        if gpus and not held.holding.gpus:
            held.holding.gpus = list(gpus)
        held.save()
        held.begin()

    # One turn

    def _turn(self) -> None:
        with self._lock:
            answer, self._answer = self._answer, None
        if answer is not None:
            # Once for each answer: jobs may wait for many turns.
            self._queued = [self._with_need(info) for info in answer.queued]
            for name in answer.cancel:
                self._cancel(name)
        for held in list(self._held.values()):
            held.look()
            if held.report is not None:
                self._reports[held.name], held.report = held.report, None
            if not held.computes:
                self._slots.give_back(held.name)
        self._place_jobs()
        if self._reports or time.monotonic() - self._said > BEAT_SECONDS:
            self._say()

    def _cancel(self, name: str) -> None:
        held = self._held.get(name)
        if held is not None:
            held.cancel()
        else:
            # Claimed, but never begun: its folder is lost.
            self._reports[name] = JobReport(name, "Canceled", "canceled", "Canceled before it began.")

    def _say(self) -> None:
        reports = [
            self._reports.get(name) or JobReport(name, retry=held.holding.retry)
            for name, held in self._held.items()
        ]
        reports += [report for name, report in self._reports.items() if name not in self._held]
        waiting = [{"name": name, "message": message} for name, message in self._told.items()]
        if not reports and not waiting:
            self._said = time.monotonic()
            return
        body = {"runner": self._name, "reports": reports, "waiting": waiting}
        answer = self._link.post("/api/2.0/runyard/jobs/work", body, WorkAnswer)
        self._said = time.monotonic()
        self._told.clear()
        for report in reports:
            if self._reports.get(report.name) is report:
                del self._reports[report.name]
        for name, held in list(self._held.items()):
            if held.has_ended and name not in self._reports and held.report is None:
                self._forget(held)
        for name in answer.gone:
            if (lost := self._held.get(name)) is not None:
                lost.abandon()

    def _forget(self, held: Held) -> None:
        del self._held[held.name]
        self._slots.give_back(held.name)
        held.remove()

    # The queue

    def _place_jobs(self) -> None:
        """Begin what there is room for, in the order in which it came."""
        ahead = ""
        left: list[Queued] = []
        for queued in self._queued:
            info, need = queued
            if info.compute not in self._computes or info.name in self._held:
                continue
            why = self._slots.why_never(need)
            if not why and not ahead:
                why = ahead = self._slots.why_not_now(need)
            elif not why:
                why = "Jobs before it wait, too. " + ahead
            if why:
                left.append(queued)
                if info.message != why:
                    info.message = why
                    self._told[info.name] = why
                continue
            self._begin(info)
        self._queued = left

    def _with_need(self, info: JobInfo) -> Queued:
        return Queued(info, need_of(decode(bytes(info.job)), self._slots.capacity))

    def _begin(self, info: JobInfo) -> None:
        body = {"runner": self._name, "name": info.name}
        answer = self._link.post("/api/2.0/runyard/jobs/claim", body, Claimed)
        if answer.claimed and answer.job is not None:
            log.info("%s begins.", info.name)
            self._hold(self._new(answer.job))

    def _ask(self) -> None:
        """Keep a request open that is answered when something comes into the queue."""
        link = Link(self._place.address, self._place.token)
        bell = -1
        self._ask_held(link)
        while not self._stopping.is_set():
            body = {
                "runner": self._name,
                "computes": self._computes,
                "bell": bell,
                "wait_seconds": WAIT_SECONDS,
                "most": MOST_QUEUED,
            }
            try:
                answer = link.post("/api/2.0/runyard/jobs/work", body, WorkAnswer, seconds=WAIT_SECONDS)
            except (Away, RunyardError) as error:
                log.info("The queue can't be read: %s", error)
                bell = -1
                self._stopping.wait(AGAIN_SECONDS)
                continue
            bell = answer.bell
            with self._lock:
                self._answer = answer
            self._news.set()

    def _ask_held(self, link: Link) -> None:
        """Begin what was claimed by a process of this runner that ended before it had written that down."""
        while not self._stopping.is_set():
            try:
                jobs = link.get(
                    "/api/2.0/runyard/jobs/list", Jobs, {"state": list(HELD_STATES), "max_results": 1000}
                )
                mine = [
                    job.name for job in jobs.jobs if job.runner == self._name and job.name not in self._held
                ]
                found = [
                    link.get("/api/2.0/runyard/jobs/get", JobAnswer, {"name": name}).job for name in mine
                ]
            except (Away, RunyardError):
                self._stopping.wait(AGAIN_SECONDS)
                continue
            for info in found:
                self._hold(self._new(info))
            return


def _history(info: JobInfo, runner: str) -> list[str]:
    """What the queue's log says."""
    lines = [f"{event.state}. {event.message}".rstrip() for event in info.events]
    waited = (time.time_ns() // 1_000_000 - info.created) / 1000
    return [
        *lines,
        f"Runner {runner} on {socket.gethostname()} (process {os.getpid()}) has begun it after {waited:.2f} s.",
    ]
