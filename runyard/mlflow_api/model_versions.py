"""The endpoints of the versions of registered models."""

from __future__ import annotations

from runyard.entities import KeyValue
from runyard.http.codec import decode, encode
from runyard.http.request import Request
from runyard.http.response import Response
from runyard.http.router import Route
from runyard.mlflow_api import registry_wire as wire
from runyard.mlflow_api.fields import max_results, required
from runyard.mlflow_api.wire import Empty, pairs
from runyard.store.metadata.search import search_model_versions
from runyard.store.metadata.session import Session
from runyard.store.registry import reading, versions

DEFAULT_RESULTS = 200_000
MOST_RESULTS = 200_000


async def create(request: Request) -> Response:
    """Add a version to a registered model."""
    wanted = await decode(request, wire.CreateModelVersion)
    new = versions.NewVersion(
        name=required(wanted.name, "name"),
        source=required(wanted.source, "source"),
        run_id=wanted.run_id or "",
        run_link=wanted.run_link or "",
        description=wanted.description or "",
        tags=pairs(wanted.tags),
        model_id=wanted.model_id or "",
    )
    key = await request.write(lambda tx: versions.create(tx, new))
    return await _answer(request, key)


async def update(request: Request) -> Response:
    """Replace a version's description."""
    wanted = await decode(request, wire.UpdateModelVersion)
    name, version = _named(wanted)
    key = await request.write(lambda tx: versions.update(tx, name, version, wanted.description))
    return await _answer(request, key)


async def transition_stage(request: Request) -> Response:
    """Move a version to another stage."""
    wanted = await decode(request, wire.TransitionStage)
    name, version = _named(wanted)
    stage = required(wanted.stage, "stage")
    archive = bool(wanted.archive_existing_versions)
    key = await request.write(lambda tx: versions.transition(tx, name, version, stage, archive))
    return await _answer(request, key)


async def _answer(request: Request, key: int) -> Response:
    return encode(request, wire.VersionAnswer(await request.read(reading.version_of, key)))


async def delete(request: Request) -> Response:
    """Remove a version."""
    wanted = await decode(request, wire.NamedVersion)
    name, version = _named(wanted)
    await request.write(lambda tx: versions.delete(tx, name, version))
    return encode(request, Empty())


async def get(request: Request) -> Response:
    """One version."""
    wanted = await decode(request, wire.NamedVersion)
    found = await request.read(reading.get_version, *_named(wanted))
    return encode(request, wire.VersionAnswer(found))


async def get_download_uri(request: Request) -> Response:
    """Where a version's files lie."""
    wanted = await decode(request, wire.NamedVersion)
    found = await request.read(reading.get_download_uri, *_named(wanted))
    return encode(request, wire.DownloadUri(found))


async def search(request: Request) -> Response:
    """Find versions by MLflow's filter language; those of prompts only when the filter asks for them."""
    wanted = await decode(request, wire.Search)
    return encode(request, await request.read(_search, wanted))


def _search(session: Session, wanted: wire.Search) -> wire.Versions:
    with session.snapshot():
        page = search_model_versions(
            session,
            wanted.filter or "",
            wanted.order_by or [],
            max_results(wanted.max_results, DEFAULT_RESULTS, MOST_RESULTS),
            wanted.page_token or "",
        )
        return wire.Versions(reading.load_versions(session, page.ids), page.next_page_token)


async def set_tag(request: Request) -> Response:
    """Set a tag of a version."""
    wanted = await decode(request, wire.SetVersionTag)
    name, version = _named(wanted)
    tag = KeyValue(required(wanted.key, "key"), wanted.value or "")
    await request.write(lambda tx: versions.set_tag(tx, name, version, tag))
    return encode(request, Empty())


async def delete_tag(request: Request) -> Response:
    """Remove a tag of a version."""
    wanted = await decode(request, wire.DeleteVersionTag)
    name, version = _named(wanted)
    key = required(wanted.key, "key")
    await request.write(lambda tx: versions.delete_tag(tx, name, version, key))
    return encode(request, Empty())


def _named(
    wanted: wire.NamedVersion
    | wire.UpdateModelVersion
    | wire.TransitionStage
    | wire.SetVersionTag
    | wire.DeleteVersionTag,
) -> tuple[str, str]:
    return required(wanted.name, "name"), required(str(wanted.version), "version")


ROUTES = [
    Route("POST", "/2.0/mlflow/model-versions/create", create, "write"),
    Route("PATCH", "/2.0/mlflow/model-versions/update", update, "write"),
    Route("POST", "/2.0/mlflow/model-versions/transition-stage", transition_stage, "write"),
    Route("DELETE", "/2.0/mlflow/model-versions/delete", delete, "write"),
    Route("GET", "/2.0/mlflow/model-versions/get", get, "read"),
    Route("GET", "/2.0/mlflow/model-versions/get-download-uri", get_download_uri, "read"),
    Route("GET", "/2.0/mlflow/model-versions/search", search, "read"),
    Route("POST", "/2.0/mlflow/model-versions/set-tag", set_tag, "write"),
    Route("DELETE", "/2.0/mlflow/model-versions/delete-tag", delete_tag, "write"),
]
