"""The endpoints of runs, their parameters and tags."""

from __future__ import annotations

import uuid
from functools import partial
from itertools import chain

from runyard import rules
from runyard.entities import KeyValue, Run
from runyard.errors import InvalidParameter, MissingParameter
from runyard.http.codec import decode, decode_direct, encode, read_and_encode, wants_msgpack
from runyard.http.direct import Prepare, Prepared
from runyard.http.request import Request
from runyard.http.response import Response, json_body
from runyard.http.router import Route
from runyard.mlflow_api import wire
from runyard.mlflow_api.fields import (
    max_results,
    milliseconds,
    required,
    run_id_of,
    status,
    view_type,
)
from runyard.store.metadata import run_data, run_json, runs
from runyard.store.metadata.run_texts import RunTexts
from runyard.store.metadata.search import search_runs
from runyard.store.metadata.session import Session
from runyard.store.operation import Batch, Created, is_short
from runyard.store.transaction import Transaction

DEFAULT_RESULTS = 1000
MOST_RESULTS = 50_000
DEFAULT_EXPERIMENT = "0"


class Creation:
    """The creation of one run, and its answer: a retry finds the run of the first attempt, as it is now."""

    def __init__(self, new: runs.NewRun) -> None:
        self._new = new
        self.run: Run | None = None

    def record(self) -> Created | None:
        """What the journal is to hold, if it is short enough."""
        return self if is_short(self._new.tags) else None

    def work(self, transaction: Transaction) -> str:
        """Create the run; done at most once."""
        self.run = runs.insert(transaction, self._new)
        return self._new.run_id

    def ready(self) -> bytes | None:
        """The answer, if this request created the run."""
        return None if self.run is None else json_body(wire.RunAnswer(self.run))

    def read(self, session: Session, run_id: str) -> bytes:
        """The answer for a run that exists."""
        return json_body(wire.RunAnswer(run_data.get(session, run_id)))


async def create(request: Request) -> Response:
    """Create a run; a retry of the same request finds the run that the first one made."""
    creation = _creation(await decode(request, wire.CreateRun))
    run_id = await request.write(creation.work, guarded=False, record=creation.record())
    run = creation.run
    if run is None:
        run = await request.read(run_data.get, run_id)
    return encode(request, wire.RunAnswer(run))


def prepare_create(body: bytes, content_type: str) -> Prepared:
    """Decode and check a create request."""
    creation = _creation(decode_direct(body, content_type, wire.CreateRun))
    return Prepared(creation.work, guarded=False, record=creation.record(), answer=creation)


def _creation(wanted: wire.CreateRun) -> Creation:
    return Creation(new_run(wanted, uuid.uuid4().hex))


def new_run(wanted: wire.CreateRun, run_id: str) -> runs.NewRun:
    """What a request says of a run that it creates, checked."""
    tags = wire.pairs(wanted.tags)
    for tag in tags:
        tag.value = rules.kept_tag(tag.key, tag.value)
    name = wanted.run_name or ""
    rules.check_length(name, "run_name", rules.MAX_TAG_VALUE)
    rules.check_text(name, "run_name")
    rules.check_text(wanted.user_id or "", "user_id")
    return runs.NewRun(
        run_id=run_id,
        experiment_id=wanted.experiment_id or DEFAULT_EXPERIMENT,
        name=name,
        user_id=wanted.user_id or "",
        start_time=milliseconds(wanted.start_time, "start_time"),
        tags=tags,
    )


async def get(request: Request) -> Response:
    """One run with its latest metrics, parameters and tags."""
    wanted = await decode(request, wire.NamedRun)
    run_id = run_id_of(wanted)
    texts = _texts(request)

    def answer(session: Session) -> wire.RunAnswer:
        if texts is None:
            return wire.RunAnswer(run_data.get(session, run_id))
        return wire.RunAnswer(run_json.get(session, texts, run_id))

    return await read_and_encode(request, answer)


async def update(request: Request) -> Response:
    """Change a run's status, end time or name."""
    wanted = await decode(request, wire.UpdateRun)
    await request.write(update_of(wanted).work)
    return encode(request, wire.RunInfoAnswer(await request.read(run_data.get_info, run_id_of(wanted))))


def update_of(wanted: wire.UpdateRun) -> Prepared:
    """The write that changes a run, checked."""
    run_id = run_id_of(wanted)
    change = runs.RunUpdate(
        status(wanted.status), milliseconds(wanted.end_time, "end_time"), wanted.run_name or None
    )
    if change.name is not None:
        rules.check_length(change.name, "run_name", rules.MAX_TAG_VALUE)
        rules.check_text(change.name, "run_name")
    return Prepared(lambda tx: runs.update(tx, run_id, change), guarded=True)


async def delete(request: Request) -> Response:
    """Move a run to the trash."""
    run_id = run_id_of(await decode(request, wire.NamedRun))
    await request.write(lambda tx: runs.delete(tx, run_id))
    return encode(request, wire.Empty())


async def restore(request: Request) -> Response:
    """Take a run out of the trash."""
    run_id = run_id_of(await decode(request, wire.NamedRun))
    await request.write(lambda tx: runs.restore(tx, run_id))
    return encode(request, wire.Empty())


async def search(request: Request) -> Response:
    """Find runs by MLflow's filter language and Runyard's extensions of it."""
    wanted = await decode(request, wire.SearchRuns)
    texts = _texts(request)
    return await read_and_encode(request, lambda session: _search(session, wanted, texts))


def _texts(request: Request) -> RunTexts | None:
    """The texts of runs, for an answer in JSON."""
    return None if wants_msgpack(request) else request.store.run_texts


def _search(session: Session, wanted: wire.SearchRuns, texts: RunTexts | None) -> wire.Runs:
    with session.snapshot():
        page = search_runs(
            session,
            wanted.experiment_ids or [],
            wanted.filter or "",
            wanted.order_by or [],
            view_type(wanted.run_view_type),
            max_results(wanted.max_results, DEFAULT_RESULTS, MOST_RESULTS),
            wanted.page_token or "",
        )
        if texts is None or wanted.metadata_only:
            return wire.Runs(run_data.load(session, page.ids, wanted.metadata_only), page.next_page_token)
        return wire.Runs(run_json.load(session, texts, page.ids), page.next_page_token)


async def set_tag(request: Request) -> Response:
    """Set a tag of a run."""
    return await write_prepared(request, prepare_logged(_tag(await decode(request, wire.SetTag))))


def prepare_tag(body: bytes, content_type: str) -> Prepared:
    """Decode and check a set-tag request."""
    return prepare_logged(_tag(decode_direct(body, content_type, wire.SetTag)))


def _tag(wanted: wire.SetTag) -> Batch:
    run_id = run_id_of(wanted)
    key = required(wanted.key, "key")
    return Batch(run_id, [], [], [KeyValue(key, rules.kept_tag(key, wanted.value or ""))])


async def delete_tag(request: Request) -> Response:
    """Remove a tag of a run."""
    await request.write(tag_removal(await decode(request, wire.DeleteTag)).work)
    return encode(request, wire.Empty())


def tag_removal(wanted: wire.DeleteTag) -> Prepared:
    """The write that removes a tag of a run."""
    run_id, key = run_id_of(wanted), required(wanted.key, "key")
    return Prepared(lambda tx: runs.delete_tag(tx, run_id, key), guarded=True)


async def log_param(request: Request) -> Response:
    """Log a parameter of a run, which never changes afterwards."""
    return await write_prepared(request, prepare_logged(_param(await decode(request, wire.LogParam))))


def prepare_param(body: bytes, content_type: str) -> Prepared:
    """Decode and check a log-parameter request."""
    return prepare_logged(_param(decode_direct(body, content_type, wire.LogParam)))


def _param(wanted: wire.LogParam) -> Batch:
    run_id = run_id_of(wanted)
    key = required(wanted.key, "key")
    if wanted.value is None:
        raise MissingParameter("value")
    return Batch(run_id, [], [KeyValue(key, rules.kept_param(key, wanted.value))], [])


def prepare_logged(batch: Batch) -> Prepared:
    """The write that logs a checked batch."""
    is_empty = not (batch.metrics or batch.params or batch.tags)
    record = None if is_empty or not is_short(chain(batch.params, batch.tags)) else batch
    return Prepared(partial(runs.log_batch, batch=batch), guarded=False, record=record)


async def write_prepared(request: Request, prepared: Prepared) -> Response:
    """Do a write that connections take directly, for a request that came through ASGI."""
    await request.write(prepared.work, prepared.guarded, prepared.record)
    return encode(request, wire.Empty())


def check_batch(params: list[KeyValue], tags: list[KeyValue]) -> None:
    """Check the parameters and tags of one batch, and cut values that are too long."""
    for index, param in enumerate(params):
        param.value = rules.kept_param(param.key, param.value, f"params[{index}].key")
    for index, tag in enumerate(tags):
        tag.value = rules.kept_tag(tag.key, tag.value, f"tags[{index}].key")
    seen: set[str] = set()
    for param in params:
        if param.key in seen:
            raise InvalidParameter(
                f"Invalid value for parameter 'params': the key '{param.key}' stands in it more than once."
            )
        seen.add(param.key)


ROUTES = [
    Route("POST", "/2.0/mlflow/runs/create", create, "write"),
    Route("GET", "/2.0/mlflow/runs/get", get, "read"),
    Route("POST", "/2.0/mlflow/runs/update", update, "write"),
    Route("POST", "/2.0/mlflow/runs/delete", delete, "write"),
    Route("POST", "/2.0/mlflow/runs/restore", restore, "write"),
    Route("POST", "/2.0/mlflow/runs/search", search, "read"),
    Route("POST", "/2.0/mlflow/runs/set-tag", set_tag, "write"),
    Route("POST", "/2.0/mlflow/runs/delete-tag", delete_tag, "write"),
    Route("POST", "/2.0/mlflow/runs/log-parameter", log_param, "write"),
]

# What these routes do, for connections that need no ASGI request (runyard/http/direct.py).
DIRECT: dict[str, Prepare] = {
    "/2.0/mlflow/runs/create": prepare_create,
    "/2.0/mlflow/runs/set-tag": prepare_tag,
    "/2.0/mlflow/runs/log-parameter": prepare_param,
}
