"""The endpoints of logged models, which MLflow 3 makes for every `log_model`."""

from __future__ import annotations

from runyard.errors import InvalidParameter, MissingParameter
from runyard.http.codec import decode, encode
from runyard.http.request import Request
from runyard.http.response import Response
from runyard.http.router import Route
from runyard.mlflow_api import logged_model_wire as wire
from runyard.mlflow_api.fields import max_results, required
from runyard.mlflow_api.wire import Empty, pairs
from runyard.store.metadata import logged_model_data, logged_models
from runyard.store.metadata.logged_model_entities import WIRE_STATUSES
from runyard.store.metadata.search import MetricDataset, ModelOrder, search_logged_models
from runyard.store.metadata.session import Session

DEFAULT_RESULTS = 50
MOST_RESULTS = 50_000


async def create(request: Request) -> Response:
    """Create a pending model; its files come next, then its final status."""
    new = new_model(await decode(request, wire.CreateLoggedModel))
    model_id = await request.write(lambda tx: logged_models.create(tx, new))
    return await _answer(request, model_id)


def new_model(wanted: wire.CreateLoggedModel) -> logged_models.NewLoggedModel:
    """What is asked for."""
    return logged_models.NewLoggedModel(
        experiment_id=required(wanted.experiment_id, "experiment_id"),
        name=wanted.name or "",
        model_type=wanted.model_type or "",
        source_run_id=wanted.source_run_id or "",
        params=pairs(wanted.params),
        tags=pairs(wanted.tags),
    )


async def get(request: Request) -> Response:
    """One logged model."""
    wanted = await decode(request, wire.GetLoggedModel)
    found = await request.read(logged_model_data.get, request.values["model_id"], wanted.allow_deleted)
    return encode(request, wire.LoggedModelAnswer(found))


async def finalize(request: Request) -> Response:
    """Set the status of a model whose files have come, or failed to."""
    wanted = await decode(request, wire.FinalizeLoggedModel)
    model_id = request.values["model_id"]
    if wanted.model_id and wanted.model_id != model_id:
        raise InvalidParameter(
            f"Invalid value '{wanted.model_id}' for parameter 'model_id': the path names '{model_id}'."
        )
    status = status_of(wanted)
    await request.write(lambda tx: logged_models.finalize(tx, model_id, status))
    return await _answer(request, model_id)


async def _answer(request: Request, model_id: str) -> Response:
    found = await request.read(logged_model_data.get, model_id, allow_deleted=True)
    return encode(request, wire.LoggedModelAnswer(found))


def status_of(wanted: wire.FinalizeLoggedModel) -> str:
    """A status given as the protocol's name, its short name, or its number."""
    given = required(None if wanted.status is None else str(wanted.status), "status")
    for number, (status, name) in enumerate(WIRE_STATUSES.items()):
        if given in (status, name, str(number)):
            return status
    raise InvalidParameter(
        f"Invalid value '{given}' for parameter 'status': it must be one of {', '.join(WIRE_STATUSES.values())}."
    )


async def delete(request: Request) -> Response:
    """Move a logged model to the trash."""
    model_id = request.values["model_id"]
    await request.write(lambda tx: logged_models.delete(tx, model_id))
    return encode(request, Empty())


async def log_params(request: Request) -> Response:
    """Add parameters to a logged model."""
    wanted = await decode(request, wire.LogModelParams)
    model_id, params = request.values["model_id"], pairs(wanted.params)
    await request.write(lambda tx: logged_models.log_params(tx, model_id, params))
    return encode(request, Empty())


async def set_tags(request: Request) -> Response:
    """Set tags of a logged model."""
    wanted = await decode(request, wire.SetModelTags)
    model_id, tags = request.values["model_id"], pairs(wanted.tags)
    await request.write(lambda tx: logged_models.set_tags(tx, model_id, tags))
    return encode(request, Empty())


async def delete_tag(request: Request) -> Response:
    """Remove a tag of a logged model."""
    model_id, key = request.values["model_id"], request.values["tag_key"]
    await request.write(lambda tx: logged_models.delete_tag(tx, model_id, key))
    return encode(request, Empty())


async def search(request: Request) -> Response:
    """Find logged models by MLflow's filter language; `datasets` narrows the metrics that filters look at."""
    wanted = await decode(request, wire.SearchLoggedModels)
    if wanted.experiment_ids is None:
        raise MissingParameter("experiment_ids")
    return encode(request, await request.read(_search, wanted))


def _search(session: Session, wanted: wire.SearchLoggedModels) -> wire.LoggedModels:
    with session.snapshot():
        page = search_logged_models(
            session,
            wanted.experiment_ids or [],
            wanted.filter or "",
            [MetricDataset(given.dataset_name, given.dataset_digest) for given in wanted.datasets or ()],
            [_order(given) for given in wanted.order_by or ()],
            # MLflow takes 0 for absent here.
            max_results(wanted.max_results or None, DEFAULT_RESULTS, MOST_RESULTS),
            wanted.page_token or "",
        )
        return wire.LoggedModels(logged_model_data.load(session, page.ids), page.next_page_token)


def _order(given: wire.OrderWanted) -> ModelOrder:
    return ModelOrder(given.field_name, given.ascending, given.dataset_name, given.dataset_digest)


ROUTES = [
    Route("POST", "/2.0/mlflow/logged-models", create, "write"),
    Route("POST", "/2.0/mlflow/logged-models/search", search, "read"),
    Route("GET", "/2.0/mlflow/logged-models/{model_id}", get, "read"),
    Route("PATCH", "/2.0/mlflow/logged-models/{model_id}", finalize, "write"),
    Route("DELETE", "/2.0/mlflow/logged-models/{model_id}", delete, "write"),
    Route("POST", "/2.0/mlflow/logged-models/{model_id}/params", log_params, "write"),
    Route("PATCH", "/2.0/mlflow/logged-models/{model_id}/tags", set_tags, "write"),
    # A tag's key may hold slashes.
    Route("DELETE", "/2.0/mlflow/logged-models/{model_id}/tags/{tag_key:path}", delete_tag, "write"),
]
