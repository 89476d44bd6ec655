"""The live stream: tells browsers which runs changed, by server-sent events.

`GET /live?run_id=…` or `?experiment_id=…` (both repeatable; none means every run) answers a stream of

    event: hello    data: {"server": "<id of this server process>"}
    event: change   data: {"runs": [{"run_id", "experiment_id", "kinds": [...], "metrics": [...]}]}

`GET /live?models=1` tells of the model registry instead, and of no runs:

    event: models   data: {"names": [registered models that changed]}

Changes are gathered for a quarter of a second, so a busy run costs a browser four events a second. A client that
reads too slowly gets one event with everything that changed meanwhile, never a backlog.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncGenerator, Sequence

import msgspec

from runyard.store.changes import Change

GATHER_SECONDS = 0.25
KEEP_ALIVE_SECONDS = 15.0
# Names told per run and event; who gets this many takes it that any series may have changed.
MAX_NAMES = 200


class ChangedRun(msgspec.Struct):
    """What changed of one run since the last event."""

    run_id: str
    experiment_id: str
    kinds: list[str]
    metrics: list[str]


class Subscriber:
    """One open stream: which runs it wants, and what it has not been told yet."""

    def __init__(self, run_ids: Sequence[str], experiment_ids: Sequence[str], models: bool = False) -> None:
        self._models = models
        self._names: set[str] = set()
        self.run_ids = frozenset(run_ids)
        self._experiment_ids = frozenset(experiment_ids)
        self._changed: dict[str, ChangedRun] = {}
        self.awake = asyncio.Event()
        self.left = False

    def leave(self) -> None:
        """The client closed the stream."""
        self.left = True
        self.awake.set()

    def offer(self, change: Change) -> None:
        """Keep a change that this stream wants."""
        if bool(change.model) != self._models:
            return
        if change.model:
            self._names.add(change.model)
            self.awake.set()
            return
        if not self._wants(change):
            return
        run = self._changed.get(change.run_id)
        if run is None:
            run = self._changed[change.run_id] = ChangedRun(change.run_id, change.experiment_id, [], [])
        if change.kind not in run.kinds:
            run.kinds.append(change.kind)
        for name in change.metrics:
            if len(run.metrics) < MAX_NAMES and name not in run.metrics:
                run.metrics.append(name)
        self.awake.set()

    def _wants(self, change: Change) -> bool:
        if not (self.run_ids or self._experiment_ids):
            return True
        return change.run_id in self.run_ids or change.experiment_id in self._experiment_ids

    def take(self) -> bytes:
        """An event of what changed since the last call; empty when nothing did."""
        changed, names = list(self._changed.values()), sorted(self._names)
        self._changed.clear()
        self._names.clear()
        self.awake.clear()
        if names:
            return _event("models", {"names": names})
        return _event("change", {"runs": changed}) if changed else b""


class Live:
    """The open streams of one event loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._subscribers: set[Subscriber] = set()
        self._closed = False
        self.server_id = secrets.token_hex(8)

    def publish(self, changes: list[Change]) -> None:
        """Take changes from any thread."""
        if self._subscribers and not self._closed:
            self._loop.call_soon_threadsafe(self._offer, changes)

    def _offer(self, changes: list[Change]) -> None:
        for subscriber in self._subscribers:
            for change in changes:
                subscriber.offer(change)

    def count(self) -> int:
        """Open streams."""
        return len(self._subscribers)

    def run_ids(self) -> frozenset[str]:
        """The runs that somebody looks at."""
        return frozenset().union(*(subscriber.run_ids for subscriber in self._subscribers))

    def subscribe(
        self, run_ids: Sequence[str], experiment_ids: Sequence[str], models: bool = False
    ) -> Subscriber:
        """Open a stream; `stream` closes it."""
        subscriber = Subscriber(run_ids, experiment_ids, models)
        self._subscribers.add(subscriber)
        return subscriber

    async def stream(self, subscriber: Subscriber) -> AsyncGenerator[bytes, None]:
        """The events for one client, until it leaves or the server stops."""
        try:
            yield _event("hello", {"server": self.server_id})
            while not (self._closed or subscriber.left):
                try:
                    await asyncio.wait_for(subscriber.awake.wait(), KEEP_ALIVE_SECONDS)
                except asyncio.TimeoutError:
                    yield b": keep-alive\n\n"
                    continue
                event = subscriber.take()
                if event:
                    yield event
                    await asyncio.sleep(GATHER_SECONDS)
        finally:
            self._subscribers.discard(subscriber)

    def close(self) -> None:
        """End all streams; call it on the event loop."""
        self._closed = True
        for subscriber in self._subscribers:
            subscriber.awake.set()


def _event(name: str, data: object) -> bytes:
    return b"event: " + name.encode() + b"\ndata: " + msgspec.json.encode(data) + b"\n\n"
