"""The endpoints of experiments."""

from __future__ import annotations

from runyard import rules
from runyard.entities import KeyValue
from runyard.http.codec import decode, encode
from runyard.http.request import Request
from runyard.http.response import Response
from runyard.http.router import Route
from runyard.mlflow_api import wire
from runyard.mlflow_api.fields import max_results, required, view_type
from runyard.store.artifacts.locations import validate_location
from runyard.store.metadata import experiments
from runyard.store.metadata.search import search_experiments
from runyard.store.metadata.session import Session

DEFAULT_RESULTS = 1000
MOST_RESULTS = 50_000


async def create(request: Request) -> Response:
    """Create an experiment; its name must be free, also in the trash."""
    wanted = await decode(request, wire.CreateExperiment)
    name = rules.check_experiment_name(wanted.name)
    location = wanted.artifact_location or None
    if location is not None:
        validate_location(location)
    tags = wire.pairs(wanted.tags)
    for tag in tags:
        rules.check_experiment_tag(tag.key, tag.value)
    created = await request.write(lambda tx: experiments.create(tx, name, location, tags))
    return encode(request, wire.ExperimentId(created))


async def get(request: Request) -> Response:
    """One experiment by its id."""
    wanted = await decode(request, wire.GetExperiment)
    experiment_id = required(wanted.experiment_id, "experiment_id")
    found = await request.read(experiments.get, experiment_id)
    return encode(request, wire.ExperimentAnswer(found))


async def get_by_name(request: Request) -> Response:
    """One experiment by its name."""
    wanted = await decode(request, wire.GetExperimentByName)
    name = required(wanted.experiment_name, "experiment_name")
    found = await request.read(experiments.get_by_name, name)
    return encode(request, wire.ExperimentAnswer(found))


async def update(request: Request) -> Response:
    """Rename an experiment."""
    wanted = await decode(request, wire.UpdateExperiment)
    experiment_id = required(wanted.experiment_id, "experiment_id")
    name = rules.check_experiment_name(required(wanted.new_name, "new_name"))
    await request.write(lambda tx: experiments.rename(tx, experiment_id, name))
    return encode(request, wire.Empty())


async def delete(request: Request) -> Response:
    """Move an experiment to the trash."""
    wanted = await decode(request, wire.GetExperiment)
    experiment_id = required(wanted.experiment_id, "experiment_id")
    await request.write(lambda tx: experiments.delete(tx, experiment_id))
    return encode(request, wire.Empty())


async def restore(request: Request) -> Response:
    """Take an experiment out of the trash."""
    wanted = await decode(request, wire.GetExperiment)
    experiment_id = required(wanted.experiment_id, "experiment_id")
    await request.write(lambda tx: experiments.restore(tx, experiment_id))
    return encode(request, wire.Empty())


async def set_tag(request: Request) -> Response:
    """Set a tag of an experiment."""
    wanted = await decode(request, wire.SetExperimentTag)
    experiment_id = required(wanted.experiment_id, "experiment_id")
    tag = KeyValue(required(wanted.key, "key"), wanted.value or "")
    rules.check_experiment_tag(tag.key, tag.value)
    await request.write(lambda tx: experiments.set_tag(tx, experiment_id, tag))
    return encode(request, wire.Empty())


async def delete_tag(request: Request) -> Response:
    """Remove a tag of an experiment."""
    wanted = await decode(request, wire.DeleteExperimentTag)
    experiment_id = required(wanted.experiment_id, "experiment_id")
    key = required(wanted.key, "key")
    await request.write(lambda tx: experiments.delete_tag(tx, experiment_id, key))
    return encode(request, wire.Empty())


async def search(request: Request) -> Response:
    """Find experiments by MLflow's filter language."""
    wanted = await decode(request, wire.SearchExperiments)
    found = await request.read(_search, wanted)
    return encode(request, found)


def _search(session: Session, wanted: wire.SearchExperiments) -> wire.Experiments:
    with session.snapshot():
        page = search_experiments(
            session,
            wanted.filter or "",
            wanted.order_by or [],
            view_type(wanted.view_type, "view_type"),
            max_results(wanted.max_results, DEFAULT_RESULTS, MOST_RESULTS),
            wanted.page_token or "",
        )
        return wire.Experiments(experiments.load(session, page.ids), page.next_page_token)


ROUTES = [
    Route("POST", "/2.0/mlflow/experiments/create", create, "write"),
    Route("GET", "/2.0/mlflow/experiments/get", get, "read"),
    Route("GET", "/2.0/mlflow/experiments/get-by-name", get_by_name, "read"),
    Route("POST", "/2.0/mlflow/experiments/update", update, "write"),
    Route("POST", "/2.0/mlflow/experiments/delete", delete, "write"),
    Route("POST", "/2.0/mlflow/experiments/restore", restore, "write"),
    Route("POST", "/2.0/mlflow/experiments/set-experiment-tag", set_tag, "write"),
    Route("POST", "/2.0/mlflow/experiments/delete-experiment-tag", delete_tag, "write"),
    Route("POST", "/2.0/mlflow/experiments/search", search, "read"),
    Route("GET", "/2.0/mlflow/experiments/search", search, "read"),
    # MLflow 1.x, and Azure's REST examples still.
    Route("GET", "/2.0/mlflow/experiments/list", search, "read"),
]
