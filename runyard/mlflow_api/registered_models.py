"""The endpoints of registered models, their tags and aliases."""

from __future__ import annotations

from runyard.entities import KeyValue
from runyard.http.codec import decode, encode
from runyard.http.request import Request
from runyard.http.response import Response
from runyard.http.router import Route
from runyard.mlflow_api import registry_wire as wire
from runyard.mlflow_api.fields import max_results, required
from runyard.mlflow_api.wire import Empty, pairs
from runyard.store.metadata.search import search_registered_models
from runyard.store.metadata.session import Session
from runyard.store.registry import models, reading

DEFAULT_RESULTS = 100
MOST_RESULTS = 1000


async def create(request: Request) -> Response:
    """Create a registered model; its name must be free."""
    wanted = await decode(request, wire.CreateRegisteredModel)
    name = required(wanted.name, "name")
    tags = pairs(wanted.tags)
    key = await request.write(lambda tx: models.create(tx, name, wanted.description, tags))
    return await _answer(request, key)


async def rename(request: Request) -> Response:
    """Give a registered model another name."""
    wanted = await decode(request, wire.RenameRegisteredModel)
    name, new_name = required(wanted.name, "name"), required(wanted.new_name, "new_name")
    key = await request.write(lambda tx: models.rename(tx, name, new_name))
    return await _answer(request, key)


async def update(request: Request) -> Response:
    """Replace a registered model's description."""
    wanted = await decode(request, wire.UpdateRegisteredModel)
    name = required(wanted.name, "name")
    key = await request.write(lambda tx: models.update(tx, name, wanted.description))
    return await _answer(request, key)


async def _answer(request: Request, key: int) -> Response:
    return encode(request, wire.ModelAnswer(await request.read(reading.model_of, key)))


async def delete(request: Request) -> Response:
    """Remove a registered model with its versions."""
    wanted = await decode(request, wire.NamedModel)
    name = required(wanted.name, "name")
    await request.write(lambda tx: models.delete(tx, name))
    return encode(request, Empty())


async def get(request: Request) -> Response:
    """One registered model."""
    wanted = await decode(request, wire.NamedModel)
    found = await request.read(reading.get_model, required(wanted.name, "name"))
    return encode(request, wire.ModelAnswer(found))


async def search(request: Request) -> Response:
    """Find registered models by MLflow's filter language; prompts only when the filter asks for them."""
    wanted = await decode(request, wire.Search)
    return encode(request, await request.read(_search, wanted))


def _search(session: Session, wanted: wire.Search) -> wire.Models:
    with session.snapshot():
        page = search_registered_models(
            session,
            wanted.filter or "",
            wanted.order_by or [],
            max_results(wanted.max_results, DEFAULT_RESULTS, MOST_RESULTS),
            wanted.page_token or "",
        )
        return wire.Models(reading.load_models(session, page.ids), page.next_page_token)


async def get_latest_versions(request: Request) -> Response:
    """The newest version of each stage, or of the stages that are named."""
    wanted = await decode(request, wire.GetLatestVersions)
    name = required(wanted.name, "name")
    found = await request.read(reading.get_latest_versions, name, wanted.stages or [])
    return encode(request, wire.Versions(found))


async def set_tag(request: Request) -> Response:
    """Set a tag of a registered model."""
    wanted = await decode(request, wire.SetModelTag)
    name = required(wanted.name, "name")
    tag = KeyValue(required(wanted.key, "key"), wanted.value or "")
    await request.write(lambda tx: models.set_tag(tx, name, tag))
    return encode(request, Empty())


async def delete_tag(request: Request) -> Response:
    """Remove a tag of a registered model."""
    wanted = await decode(request, wire.DeleteModelTag)
    name, key = required(wanted.name, "name"), required(wanted.key, "key")
    await request.write(lambda tx: models.delete_tag(tx, name, key))
    return encode(request, Empty())


async def set_alias(request: Request) -> Response:
    """Make an alias name a version."""
    wanted = await decode(request, wire.SetAlias)
    name, alias = required(wanted.name, "name"), required(wanted.alias, "alias")
    await request.write(lambda tx: models.set_alias(tx, name, alias, wanted.version))
    return encode(request, Empty())


async def delete_alias(request: Request) -> Response:
    """Remove an alias."""
    wanted = await decode(request, wire.NamedAlias)
    name, alias = required(wanted.name, "name"), required(wanted.alias, "alias")
    await request.write(lambda tx: models.delete_alias(tx, name, alias))
    return encode(request, Empty())


async def get_by_alias(request: Request) -> Response:
    """The version that an alias names."""
    wanted = await decode(request, wire.NamedAlias)
    name, alias = required(wanted.name, "name"), required(wanted.alias, "alias")
    found = await request.read(reading.get_version_by_alias, name, alias)
    return encode(request, wire.VersionAnswer(found))


ROUTES = [
    Route("POST", "/2.0/mlflow/registered-models/create", create, "write"),
    Route("POST", "/2.0/mlflow/registered-models/rename", rename, "write"),
    Route("PATCH", "/2.0/mlflow/registered-models/update", update, "write"),
    Route("DELETE", "/2.0/mlflow/registered-models/delete", delete, "write"),
    Route("GET", "/2.0/mlflow/registered-models/get", get, "read"),
    Route("GET", "/2.0/mlflow/registered-models/search", search, "read"),
    Route("GET", "/2.0/mlflow/registered-models/get-latest-versions", get_latest_versions, "read"),
    Route("POST", "/2.0/mlflow/registered-models/get-latest-versions", get_latest_versions, "read"),
    Route("POST", "/2.0/mlflow/registered-models/set-tag", set_tag, "write"),
    Route("DELETE", "/2.0/mlflow/registered-models/delete-tag", delete_tag, "write"),
    Route("POST", "/2.0/mlflow/registered-models/alias", set_alias, "write"),
    Route("DELETE", "/2.0/mlflow/registered-models/alias", delete_alias, "write"),
    Route("GET", "/2.0/mlflow/registered-models/alias", get_by_alias, "read"),
]
