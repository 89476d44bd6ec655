"""The artifact tree of a run."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query

from runyard.store.artifacts.interface import ArtifactStore
from runyard.store.artifacts.locations import location_key
from runyard.store.artifacts.owners import run_location
from runyard.store.artifacts.paths import folder_key, join_keys
from runyard.studio_api import models
from runyard.studio_api.permissions import needs
from runyard.studio_api.reader import Reader

# A tree that shows more of one folder helps nobody.
MOST_ENTRIES = 2_000


def artifact_routes(reader: Reader) -> APIRouter:
    """Routes that list artifacts; their bytes come from /get-artifact."""
    router = APIRouter(tags=["artifacts"])

    @router.get("/runs/{run_id}/artifacts", response_model=models.ArtifactFolder, **needs("read"))
    async def list_artifacts(
        run_id: str, path: Annotated[str, Query(description="folder, from the run's artifact root")] = ""
    ) -> models.ArtifactFolder:
        """One folder of a run's artifacts; empty when there is none."""
        location = await reader.read(run_location, run_id)
        return await reader.call(partial(artifact_folder, reader.store.artifacts, location, path))

    return router


def artifact_folder(artifacts: ArtifactStore, location: str, path: str) -> models.ArtifactFolder:
    """One folder below a location in this server's store; empty when there is none."""
    folder = folder_key(path)
    found = artifacts.list(join_keys(location_key(location), folder), limit=MOST_ENTRIES + 1)
    entries = [
        models.ArtifactEntry(
            path=join_keys(folder, entry.name),
            is_dir=entry.is_folder,
            size=None if entry.is_folder else entry.size,
        )
        for entry in found[:MOST_ENTRIES]
    ]
    entries.sort(key=lambda entry: not entry.is_dir)
    return models.ArtifactFolder(path=folder, entries=entries, more=len(found) > MOST_ENTRIES)
