"""Takes what a client wrote into its spool: frames of a producer, each applied exactly once."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from runyard import rules
from runyard.entities import Entity
from runyard.errors import BadRequest, InvalidParameter, NotFound, RunNotFound, RunyardError
from runyard.http.codec import decode_body, encode
from runyard.http.direct import Prepared
from runyard.http.request import Request
from runyard.http.response import Response
from runyard.http.router import Route
from runyard.mlflow_api import logged_model_wire, wire
from runyard.mlflow_api.fields import query_parameter, run_id_of
from runyard.mlflow_api.frames import Called, Column, Points, Step, read_frames, split
from runyard.mlflow_api.inputs import inputs_of, outputs_of
from runyard.mlflow_api.metrics import prepare_batch
from runyard.mlflow_api.runs import new_run, tag_removal, update_of
from runyard.store import producers
from runyard.store.apply import run_work
from runyard.store.metadata import experiments, runs
from runyard.store.metrics.appender import SeriesPoints
from runyard.store.producers import Refused
from runyard.store.transaction import Transaction

_PRODUCER = re.compile(r"[0-9a-f]{32}\Z")
JSON = "application/json"
# Bytes that are read at once, where a thread's turn would take longer than the reading.
SHORT = 16 * 1024


class Taken(Entity):
    """The number of the last frame that was sent, and which of them were refused."""

    last: int
    refused: list[Refused]


class CreateSpooled(wire.CreateRun):
    """A new run, whose id its client chose."""

    run_id: str | None = None
    run_uuid: str | None = None
    # In place of an id: created where there is none of that name.
    experiment_name: str | None = None


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
            refused += apply_steps(transaction, new)
            applied.settle(first, last, refused)
            producers.store(transaction.session, self._producer, applied, transaction.now)
        return refused


def _first(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) < 2**62:
        raise InvalidParameter("Invalid value for parameter 'first': it must be an integer from 1 on.")
    return int(text)


def apply_steps(transaction: Transaction, steps: Sequence[Step]) -> list[Refused]:
    """Do what frames say; what breaks a rule is left out and told."""
    refused: list[Refused] = []
    for step in steps:
        refused += _log_points(transaction, step) if isinstance(step, Points) else _call(transaction, step)
    return refused


def _log_points(transaction: Transaction, points: Points) -> Iterator[Refused]:
    for run_id, columns in groupby(points.columns.items(), key=lambda entry: entry[0][0]):
        batch = []
        try:
            run = transaction.runs.active(run_id)
        except RunyardError as error:
            for _, column in columns:
                yield from _refusals(column.frames, run_id, error)
            continue
        for (_, name), column in columns:
            try:
                batch.append(_series(name, column))
            except RunyardError as error:
                yield from _refusals(column.frames, run_id, error)
        if batch:
            transaction.metrics.append(run.key, run.run_id, run.experiment_id, batch)


def _series(name: str, column: Column) -> SeriesPoints:
    rules.check_key(name, "key")
    if min(column.times) < 0:
        raise InvalidParameter(
            f"Invalid value for parameter 'timestamp' of metric '{name}': it must be an integer from 0 on."
        )
    return SeriesPoints(name, column.steps, column.times, column.values)


def _refusals(frames: Sequence[int], run_id: str, error: RunyardError) -> Iterator[Refused]:
    """One entry for each range of consecutive frames."""
    for _, stretch in groupby(enumerate(frames), key=lambda entry: entry[1] - entry[0]):
        numbers = [number for _, number in stretch]
        yield _refusal(numbers[0], numbers[-1], run_id, error)


def _call(transaction: Transaction, called: Called) -> Iterator[Refused]:
    run_id = ""
    try:
        prepare = _REQUESTS.get(called.path)
        if prepare is None:
            raise NotFound(f"Frames can't hold requests of '{called.path}'.")
        run_id, prepared = prepare(called.body)
        run_work(transaction, prepared.work, prepared.guarded)
    except RunyardError as error:
        yield _refusal(called.frame, called.frame, run_id, error)


def _refusal(first: int, last: int, run_id: str, error: RunyardError) -> Refused:
    return Refused(first, last, run_id, error.error_code, error.message, isinstance(error, RunNotFound))


def _create(body: bytes) -> tuple[str, Prepared]:
    wanted = decode_body(body, JSON, CreateSpooled)
    run_id = run_id_of(wanted)
    if not rules.RUN_ID.match(run_id):
        raise InvalidParameter(f"Invalid value '{run_id[:60]}' for parameter 'run_id'.")
    new = new_run(wanted, run_id)
    name = wanted.experiment_name
    if name is not None:
        rules.check_experiment_name(name)

    def work(transaction: Transaction) -> None:
        try:
            transaction.runs.get(run_id)
            return
        except RunNotFound:
            pass
        experiment = new.experiment_id if name is None else experiments.ensure(transaction, name)
        runs.insert(transaction, new._replace(experiment_id=experiment))

    return run_id, Prepared(work, guarded=True)


Prepare = Callable[[bytes], tuple[str, Prepared]]


def _batch(body: bytes) -> tuple[str, Prepared]:
    return run_id_of(decode_body(body, JSON, wire.NamedRun)), prepare_batch(body, JSON)


def _update(body: bytes) -> tuple[str, Prepared]:
    wanted = decode_body(body, JSON, wire.UpdateRun)
    return run_id_of(wanted), update_of(wanted)


def _delete_tag(body: bytes) -> tuple[str, Prepared]:
    wanted = decode_body(body, JSON, wire.DeleteTag)
    return run_id_of(wanted), tag_removal(wanted)


def _inputs(body: bytes) -> tuple[str, Prepared]:
    wanted = decode_body(body, JSON, logged_model_wire.LogInputs)
    return wanted.run_id or "", inputs_of(wanted)


def _outputs(body: bytes) -> tuple[str, Prepared]:
    wanted = decode_body(body, JSON, logged_model_wire.LogOutputs)
    return wanted.run_id or "", outputs_of(wanted)


_REQUESTS: dict[str, Prepare] = {
    "runs/create": _create,
    "runs/update": _update,
    "runs/log-batch": _batch,
    "runs/delete-tag": _delete_tag,
    "runs/log-inputs": _inputs,
    "runs/outputs": _outputs,
}

ROUTES = [Route("POST", "/2.0/runyard/spool", take, "write")]
