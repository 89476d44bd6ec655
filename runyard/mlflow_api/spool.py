"""Takes what a client wrote into its spool: frames of a producer, each applied exactly once."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import groupby

from runyard import rules
from runyard.entities import Entity
from runyard.errors import BadRequest, InvalidParameter, NotFound, RunNotFound, RunyardError
from runyard.http.codec import encode
from runyard.http.request import Request
from runyard.http.response import Response
from runyard.http.router import Route
from runyard.mlflow_api.fields import query_parameter
from runyard.mlflow_api.frames import Called, Column, Points, Step, read_frames, split
from runyard.mlflow_api.spooled_requests import REQUESTS
from runyard.store import producers
from runyard.store.apply import run_work
from runyard.store.metrics.appender import SeriesPoints
from runyard.store.producers import Range, Refused
from runyard.store.transaction import Transaction

_PRODUCER = re.compile(r"[0-9a-f]{32}\Z")
JSON = "application/json"
# Bytes that are read at once, where a thread's turn would take longer than the reading.
SHORT = 16 * 1024


class Taken(Entity):
    """The number of the last frame that was sent, and which of them were refused."""

    last: int
    refused: list[Refused]


async def take(request: Request) -> Response:
    """Apply frames that are not applied yet, in their order, in one transaction."""
    producer = query_parameter(request, "producer")
    if not _PRODUCER.match(producer):
        raise InvalidParameter(
            "Invalid value for parameter 'producer': it must be 32 hexadecimal digits in lower case."
        )
    first = _first(query_parameter(request, "first"))
    payload = await request.body()
    if not payload:
        raise BadRequest("The body holds no frame.")
    if len(payload) <= SHORT:
        frames = Frames(producer, first, payload)
    else:
        loop = asyncio.get_running_loop()
        frames = await loop.run_in_executor(request.store.readers, Frames, producer, first, payload)
    refused = await request.context.ingest.submit(frames.apply, True, None)
    return encode(request, Taken(frames.last, refused))


class Frames:
    """Consecutive frames of a producer, and what they say; raises BadRequest where they can't be read."""

    def __init__(self, producer: str, first: int, payload: bytes) -> None:
        self._producer = producer
        self._first = first
        self._frames = split(payload)
        self.last = first + len(self._frames) - 1
        self._whole = [(first, self.last)]
        # Before the writer's turn: nearly always all of them are new.
        self._steps = read_frames(self._frames, first, self._whole)

    def apply(self, transaction: Transaction) -> list[Refused]:
        """Do what those say that are not applied yet; what was refused of all of them."""
        first, last = self._first, self.last
        applied = producers.load(transaction.session, self._producer)
        missing = applied.missing(first, last)
        refused = applied.refused_between(first, last)
        if missing:
            new = self._steps if missing == self._whole else read_frames(self._frames, first, missing)
            refused += apply_steps(transaction, new, partial(read_frames, self._frames, first))
            applied.settle(first, last, refused)
            producers.store(transaction.session, self._producer, applied, transaction.now)
        return refused


def _first(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) < 2**62:
        raise InvalidParameter("Invalid value for parameter 'first': it must be an integer from 1 on.")
    return int(text)


Read = Callable[[Sequence[Range]], list[Step]]


def apply_steps(transaction: Transaction, steps: Sequence[Step], read: Read) -> list[Refused]:
    """Do what frames say; a frame that breaks a rule is left out as a whole and told.

    `read` reads frames of some numbers again.
    """
    refused: list[Refused] = []
    for step in steps:
        if isinstance(step, Called):
            refused += _call(transaction, step)
            continue
        broken = _broken(step, read)
        refused += broken
        for each in _without(step, broken, read) if broken else [step]:
            refused += _log_points(transaction, each)
    return sorted(refused, key=lambda refusal: refusal.first)


def _broken(points: Points, read: Read) -> list[Refused]:
    """Frames with a point that breaks a rule."""
    suspects: set[int] = set()
    for (_, name), column in points.columns.items():
        if _error_of(name, column) is not None:
            suspects.update(column.frames)
    found: list[Refused] = []
    for number in sorted(suspects):
        for alone in read([(number, number)]):
            assert isinstance(alone, Points)
            for (run_id, name), column in alone.columns.items():
                error = _error_of(name, column)
                if error is not None:
                    _add(found, _refusal(number, number, run_id, error))
                    break
    return found


def _error_of(name: str, column: Column) -> RunyardError | None:
    try:
        _check(name, column)
    except RunyardError as error:
        return error
    return None


def _add(found: list[Refused], refusal: Refused) -> None:
    """Add a refusal to those before: to the last one, where it says the same of the frame before."""
    before = found[-1] if found else None
    if before is not None and (before.last + 1, before.run_id, before.message) == (
        refusal.first,
        refusal.run_id,
        refusal.message,
    ):
        before.last = refusal.last
    else:
        found.append(refusal)


def _without(points: Points, broken: Sequence[Refused], read: Read) -> list[Points]:
    """The same, read again without those frames."""
    left_out = {number for refusal in broken for number in range(refusal.first, refusal.last + 1)}
    numbers = {number for column in points.columns.values() for number in column.frames} - left_out
    found = read([(number, number) for number in sorted(numbers)])
    return [step for step in found if isinstance(step, Points)]


def _log_points(transaction: Transaction, points: Points) -> Iterator[Refused]:
    for run_id, columns in groupby(points.columns.items(), key=lambda entry: entry[0][0]):
        try:
            run = transaction.runs.active(run_id)
        except RunyardError as error:
            for _, column in columns:
                yield from _refusals(column.frames, run_id, error)
            continue
        batch = [
            SeriesPoints(name, column.steps, column.times, column.values) for (_, name), column in columns
        ]
        transaction.metrics.append(run.key, run.run_id, run.experiment_id, batch)


def _check(name: str, column: Column) -> None:
    rules.check_key(name, "key")
    if min(column.times) < 0:
        raise InvalidParameter(
            f"Invalid value for parameter 'timestamp' of metric '{name}': it must be an integer from 0 to "
            f"{2**63 - 1}."
        )


def _refusals(frames: Sequence[int], run_id: str, error: RunyardError) -> Iterator[Refused]:
    """One entry for each range of consecutive frames."""
    for _, stretch in groupby(enumerate(frames), key=lambda entry: entry[1] - entry[0]):
        numbers = [number for _, number in stretch]
        yield _refusal(numbers[0], numbers[-1], run_id, error)


def _call(transaction: Transaction, called: Called) -> Iterator[Refused]:
    run_id = ""
    try:
        prepare = REQUESTS.get(called.path)
        if prepare is None:
            # A newer server may know it: the client keeps it until then.
            error = NotFound(f"This server knows no requests of '{called.path}' in frames: upgrade runyard.")
            yield _refusal(called.frame, called.frame, "", error, again=True)
            return
        run_id, prepared = prepare(called.body)
        run_work(transaction, prepared.work, prepared.guarded)
    except RunyardError as error:
        yield _refusal(called.frame, called.frame, run_id, error)


def _refusal(first: int, last: int, run_id: str, error: RunyardError, again: bool = False) -> Refused:
    again = again or isinstance(error, RunNotFound)
    return Refused(first, last, run_id, error.error_code, error.message, again)


ROUTES = [Route("POST", "/2.0/runyard/spool", take, "write")]
