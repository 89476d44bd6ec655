"""The artifact trees of runs."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query

from runyard.store.artifacts.interface import ArtifactStore, Entry
from runyard.store.artifacts.locations import location_key
from runyard.store.artifacts.owners import run_location
from runyard.store.artifacts.paths import folder_key, join_keys
from runyard.store.artifacts.walk import walk
from runyard.store.metadata.session import Session
from runyard.store.page_tokens import make_token, read_token
from runyard.studio_api import artifact_models as models
from runyard.studio_api.permissions import needs
from runyard.studio_api.reader import Reader

# Entries of a folder on a page: a tree that shows more at once helps nobody.
MOST_ENTRIES = 2_000
# Files of each run that a search for paths looks at.
MOST_FILES = 50_000
MOST_RUNS = 100


def artifact_routes(reader: Reader) -> APIRouter:
    """Routes that list artifacts; their bytes come from /get-artifact."""
    router = APIRouter(tags=["artifacts"])

    @router.get("/runs/{run_id}/artifacts", response_model=models.ArtifactFolder, **needs("read"))
    async def list_artifacts(
        run_id: str,
        path: Annotated[str, Query(description="folder, from the run's artifact root")] = "",
        page_token: str | None = None,
    ) -> models.ArtifactFolder:
        """A page of one folder of a run's artifacts; empty when there is none."""
        location = await reader.read(run_location, run_id)
        return await reader.on_files(
            partial(artifact_folder, reader.store.artifacts, location, path, page_token)
        )

    @router.get("/artifact-paths", response_model=models.ArtifactPaths, **needs("read"))
    async def artifact_paths(
        run_id: Annotated[list[str], Query(min_length=1, max_length=MOST_RUNS)],
        search: Annotated[str, Query(description="text that the path contains, in any case")] = "",
        limit: Annotated[int, Query(ge=1, le=2000)] = 500,
    ) -> models.ArtifactPaths:
        """Files of the runs, in all their folders."""
        locations = await reader.read(_locations, run_id)
        return await reader.on_files(partial(_paths, reader.store.artifacts, locations, search, limit))

    return router


def _locations(session: Session, run_ids: list[str]) -> list[str]:
    return [run_location(session, run_id) for run_id in run_ids]


def artifact_folder(
    artifacts: ArtifactStore, location: str, path: str, token: str | None = None
) -> models.ArtifactFolder:
    """A page of one folder below a location in this server's store; empty when there is none."""
    folder = folder_key(path)
    listing: list[str] = [location, folder]
    last = read_token(listing, token, tuple[str])
    after = last[0] if last else ""
    found = artifacts.list(join_keys(location_key(location), folder), after, MOST_ENTRIES + 1)
    page, more = found[:MOST_ENTRIES], len(found) > MOST_ENTRIES
    return models.ArtifactFolder(
        path=folder,
        entries=sorted((_entry(folder, entry) for entry in page), key=lambda entry: not entry.is_dir),
        more=more,
        next_page_token=make_token(listing, [page[-1].name]) if more else None,
    )


def _entry(folder: str, entry: Entry) -> models.ArtifactEntry:
    size = None if entry.is_folder else entry.size
    return models.ArtifactEntry(path=join_keys(folder, entry.name), is_dir=entry.is_folder, size=size)


def _paths(artifacts: ArtifactStore, locations: list[str], search: str, limit: int) -> models.ArtifactPaths:
    wanted = search.casefold()
    found: dict[str, models.ArtifactPath] = {}
    more = False
    for place, location in enumerate(locations):
        for number, (path, size) in enumerate(walk(artifacts, location_key(location))):
            if number == MOST_FILES:
                more = True
                break
            if wanted not in path.casefold():
                continue
            found.setdefault(path, models.ArtifactPath(path=path, size=size, runs=[])).runs.append(place)
    ordered = sorted(found.values(), key=lambda each: (-len(each.runs), each.path))
    return models.ArtifactPaths(paths=ordered[:limit], more=more or len(ordered) > limit)
