"""The model registry: registered models, their aliases and versions, and what the versions' files say."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query

from runyard.entities import KeyValue
from runyard.errors import ModelVersionNotFound, RunyardError
from runyard.store.artifacts.owners import version_location
from runyard.store.registry import models as registered
from runyard.store.registry import versions
from runyard.store.transaction import Transaction
from runyard.studio_api import registry_models as wire
from runyard.studio_api import registry_reading
from runyard.studio_api.artifact_models import ArtifactFolder
from runyard.studio_api.artifacts import artifact_folder
from runyard.studio_api.mlmodel import no_model_files, read_model_files
from runyard.studio_api.permissions import needs
from runyard.studio_api.reader import Reader

MAX_SEARCH_CHARACTERS = 500


def registry_routes(reader: Reader) -> APIRouter:
    """Routes below /models."""
    router = APIRouter(tags=["models"])
    _model_routes(router, reader)
    _version_routes(router, reader)
    return router


def _model_routes(router: APIRouter, reader: Reader) -> None:
    @router.get("/models", response_model=wire.ModelPage, **needs("read"))
    async def list_models(
        filter: Annotated[str, Query(description="an expression in the registry's filter language")] = "",
        search: Annotated[str, Query(description="text in the name", max_length=MAX_SEARCH_CHARACTERS)] = "",
        sort: wire.SortKey = "name",
        descending: bool = False,
        max_results: Annotated[int, Query(ge=1, le=1000)] = 100,
        page_token: str | None = None,
    ) -> wire.ModelPage:
        """Registered models; prompts come only when the filter asks for them."""
        return await reader.read(
            registry_reading.model_page, filter, search, sort, descending, max_results, page_token
        )

    @router.get("/models/{name}", response_model=wire.ModelDetail, **needs("read"))
    async def get_model(name: str) -> wire.ModelDetail:
        """One registered model, with what its aliases named when."""
        return await reader.read(registry_reading.model_detail, name)

    @router.patch("/models/{name}", response_model=wire.ModelDetail, **needs("write"))
    async def change_model(name: str, change: wire.EntryChange) -> wire.ModelDetail:
        """Change a model in all that is given or not at all; answers the model."""
        await reader.write(partial(_change_model, name=name, change=change))
        return await reader.read(registry_reading.model_detail, name)

    @router.delete("/models/{name}", status_code=204, **needs("write"))
    async def delete_model(name: str) -> None:
        """Delete a model with its versions, tags, aliases and their history; runs and files stay."""
        await reader.write(lambda tx: registered.delete(tx, name))

    @router.put("/models/{name}/aliases/{alias}", response_model=wire.ModelDetail, **needs("write"))
    async def set_alias(name: str, alias: str, target: wire.AliasTarget) -> wire.ModelDetail:
        """Make an alias name a version, if it still names what the reader saw; answers the model."""
        await reader.write(lambda tx: registered.move_alias(tx, name, alias, target.version, target.held))
        return await reader.read(registry_reading.model_detail, name)

    @router.delete("/models/{name}/aliases/{alias}", status_code=204, **needs("write"))
    async def delete_alias(name: str, alias: str) -> None:
        """Remove an alias; one that is not there is fine."""
        await reader.write(lambda tx: registered.delete_alias(tx, name, alias))


def _version_routes(router: APIRouter, reader: Reader) -> None:
    @router.get("/models/{name}/versions", response_model=wire.VersionPage, **needs("read"))
    async def list_versions(
        name: str, max_results: Annotated[int, Query(ge=1, le=1000)] = 100, page_token: str | None = None
    ) -> wire.VersionPage:
        """The versions of a model, the newest first."""
        return await reader.read(registry_reading.version_page, name, max_results, page_token)

    @router.get("/models/{name}/versions/{version}", response_model=wire.VersionDetail, **needs("read"))
    async def get_version(name: str, version: str) -> wire.VersionDetail:
        """One version, with the logged model that it was made from."""
        return await reader.read(registry_reading.version_detail, name, version)

    @router.patch("/models/{name}/versions/{version}", response_model=wire.VersionDetail, **needs("write"))
    async def change_version(name: str, version: str, change: wire.EntryChange) -> wire.VersionDetail:
        """Change a version in all that is given or not at all; answers the version."""
        await reader.write(partial(_change_version, name=name, version=version, change=change))
        return await reader.read(registry_reading.version_detail, name, version)

    @router.delete("/models/{name}/versions/{version}", status_code=204, **needs("write"))
    async def delete_version(name: str, version: str) -> None:
        """Delete a version with its tags and the aliases that name it; its files stay."""
        await reader.write(lambda tx: versions.delete(tx, name, version))

    @router.get("/models/{name}/versions/{version}/files", response_model=wire.ModelFiles, **needs("read"))
    async def read_version_files(name: str, version: str) -> wire.ModelFiles:
        """What the version's own files say: signature, example, flavours, requirements."""
        try:
            location = await reader.read(version_location, name, version)
        except ModelVersionNotFound:
            raise
        except RunyardError as error:
            # The run whose files they are is unknown, or keeps them elsewhere.
            return no_model_files(error.message)
        return await reader.call(partial(read_model_files, reader.store.artifacts, location))

    @router.get("/models/{name}/versions/{version}/artifacts", response_model=ArtifactFolder, **needs("read"))
    async def list_version_artifacts(
        name: str,
        version: str,
        path: Annotated[str, Query(description="folder, from the version's root")] = "",
    ) -> ArtifactFolder:
        """One folder of a version's files; empty when there is none."""
        location = await reader.read(version_location, name, version)
        return await reader.call(partial(artifact_folder, reader.store.artifacts, location, path))


def _change_model(transaction: Transaction, name: str, change: wire.EntryChange) -> None:
    if change.description is not None:
        registered.update(transaction, name, change.description)
    _change_tags(
        change,
        lambda key: registered.delete_tag(transaction, name, key),
        lambda tag: registered.set_tag(transaction, name, tag),
    )


def _change_version(transaction: Transaction, name: str, version: str, change: wire.EntryChange) -> None:
    if change.description is not None:
        versions.update(transaction, name, version, change.description)
    _change_tags(
        change,
        lambda key: versions.delete_tag(transaction, name, version, key),
        lambda tag: versions.set_tag(transaction, name, version, tag),
    )


def _change_tags(
    change: wire.EntryChange, delete: Callable[[str], None], put: Callable[[KeyValue], None]
) -> None:
    for key in change.delete_tags:
        delete(key)
    for tag in change.set_tags:
        put(KeyValue(tag.key, tag.value))
