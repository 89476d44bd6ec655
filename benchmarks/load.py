"""The load generator: closed loops over keep-alive connections, in a process of its own.

One connection is a blocking socket in a tight loop; several are asyncio protocols on uvloop. Nothing is
built, encoded or decoded while the clock runs except what an operation needs from an answer of its own.
"""

import asyncio
import gc
import multiprocessing
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

import uvloop

from benchmarks.wire import Connection, RequestFailed, Response, ResponseReader, checked

Script = Generator[bytes, bytes, None]
"""An operation of several requests: yields request bytes and is sent the body of each answer."""

Operation = bytes | Script
"""What is timed as one: the bytes of one request, or a script of several."""

T = TypeVar("T")


@dataclass(frozen=True)
class Plan:
    """What to send.

    `build` runs in the generator's process, before the clock starts, and gives each connection its
    operations. The first `warmup` operations of each connection are sent before the clock starts too.
    The clock stops after `seconds`, or when a connection has nothing left to send.
    """

    port: int
    build: Callable[[], Sequence[Iterator[Operation]]]
    seconds: float
    warmup: int = 0


@dataclass
class Outcome:
    """`rate` is operations per second within the window; `latencies` are seconds, in order of completion."""

    rate: float
    completed: int
    elapsed: float
    latencies: list[float] = field(default_factory=list)


def _perform(connection: Connection, operation: Operation) -> None:
    if isinstance(operation, bytes):
        checked(connection.exchange(operation))
        return
    request = next(operation, None)
    while request is not None:
        body = checked(connection.exchange(request))
        try:
            request = operation.send(body)
        except StopIteration:
            return


def _drive_one(plan: Plan, operations: Iterator[Operation]) -> Outcome:
    latencies: list[float] = []
    clock = time.perf_counter
    with Connection(plan.port) as connection:
        for _ in range(plan.warmup):
            _perform(connection, next(operations))
        began = now = clock()
        deadline = began + plan.seconds
        for operation in operations:
            _perform(connection, operation)
            before, now = now, clock()
            latencies.append(now - before)
            if now >= deadline:
                break
    return Outcome(len(latencies) / (now - began), len(latencies), now - began, latencies)


class _Window:
    """When the clock runs: from the last connection's warm-up on, for so many seconds.

    Connections that are warm go on sending until the others are, so the load is steady when the clock starts.
    """

    def __init__(self, cold: int, seconds: float) -> None:
        self._cold = cold
        self._seconds = seconds
        self.began = float("inf")
        self.deadline = float("inf")
        if not cold:
            self._begin(time.perf_counter())

    def connection_is_warm(self, now: float) -> None:
        self._cold -= 1
        if not self._cold:
            self._begin(now)

    def _begin(self, now: float) -> None:
        self.began = now
        self.deadline = now + self._seconds


class _Sender(asyncio.Protocol):
    """One connection of several: sends its next operation as soon as the last one is answered."""

    def __init__(self, operations: Iterator[Operation], warmup: int, window: _Window) -> None:
        self._operations = operations
        self._warmup = warmup
        self._window = window
        self._reader = ResponseReader()
        self._script: Script | None = None
        self._transport: asyncio.Transport | None = None
        self._began = 0.0
        self._finished: asyncio.Future[None] | None = None
        self.completions: list[tuple[float, float]] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's own class is no subclass of asyncio.Transport, but has its methods.
        self._transport = transport  # type: ignore[assignment]

    def connection_lost(self, exc: Exception | None) -> None:
        self._fail(exc or RequestFailed("the server closed the connection"))

    def run(self) -> "asyncio.Future[None]":
        """Start sending; the future resolves at the window's end, or when nothing is left to send."""
        self._finished = asyncio.get_running_loop().create_future()
        self._next_operation(time.perf_counter())
        return self._finished

    def data_received(self, data: bytes) -> None:
        response = self._reader.feed(data)
        if response is None:
            return
        try:
            self._answered(response)
        except Exception as problem:  # a failed operation ends the whole plan, in `run`'s caller
            self._fail(problem)

    def _answered(self, response: Response) -> None:
        body = checked(response)
        if self._script is not None:
            try:
                self._write(self._script.send(body))
                return
            except StopIteration:
                self._script = None
        now = time.perf_counter()
        self.completions.append((now, now - self._began))
        if len(self.completions) == self._warmup:
            self._window.connection_is_warm(now)
        if now < self._window.deadline:
            self._next_operation(now)
        else:
            self._finish()

    def _next_operation(self, now: float) -> None:
        self._began = now
        operation = next(self._operations, None)
        if operation is None:
            self._finish()
        elif isinstance(operation, bytes):
            self._write(operation)
        else:
            self._script = operation
            self._write(next(operation))

    def _write(self, request: bytes) -> None:
        assert self._transport is not None
        self._transport.write(request)

    def _finish(self) -> None:
        if self._finished is not None and not self._finished.done():
            self._finished.set_result(None)

    def _fail(self, problem: Exception) -> None:
        if self._finished is not None and not self._finished.done():
            self._finished.set_exception(problem)


async def _drive_many(plan: Plan, connections: Sequence[Iterator[Operation]]) -> Outcome:
    loop = asyncio.get_running_loop()
    window = _Window(len(connections) if plan.warmup else 0, plan.seconds)
    senders = [_Sender(operations, plan.warmup, window) for operations in connections]
    # asyncio and uvloop set TCP_NODELAY on every TCP connection of their own accord.
    opened = [
        await loop.create_connection(partial(_itself, sender), "127.0.0.1", plan.port) for sender in senders
    ]
    await asyncio.gather(*(sender.run() for sender in senders))
    for transport, _ in opened:
        transport.close()
    return _count(sorted(c for sender in senders for c in sender.completions), window)


def _itself(sender: _Sender) -> _Sender:
    return sender


def _count(completions: list[tuple[float, float]], window: _Window) -> Outcome:
    """Operations that were answered inside of the window count; the stragglers after it only have a latency."""
    timed = [(at, latency) for at, latency in completions if at > window.began]
    if not timed:
        raise RequestFailed("nothing was answered after the warm-up")
    inside = sum(1 for at, _ in timed if at <= window.deadline)
    elapsed = min(timed[-1][0], window.deadline) - window.began
    return Outcome(inside / elapsed, inside, elapsed, [latency for _, latency in timed])


def drive(plan: Plan) -> Outcome:
    """Run a plan in this process."""
    connections = plan.build()
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        if len(connections) == 1:
            return _drive_one(plan, connections[0])
        loop = uvloop.new_event_loop()
        try:
            return loop.run_until_complete(_drive_many(plan, connections))
        finally:
            loop.close()
    finally:
        gc.enable()
        gc.unfreeze()


class LoadProcess:
    """The generator's process: `run` executes a function there and waits for what it returns."""

    def __init__(self) -> None:
        self._pool = ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"))

    def run(self, function: Callable[..., T], *arguments: object) -> T:
        return self._pool.submit(function, *arguments).result()

    def close(self) -> None:
        self._pool.shutdown()
