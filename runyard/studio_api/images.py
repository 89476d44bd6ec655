"""The images of a run over its steps, and the pictures and tables among its files."""

from __future__ import annotations

from functools import partial

from fastapi import APIRouter

from runyard.errors import ArtifactNotFound, InvalidParameter
from runyard.store.artifacts.interface import ArtifactStore
from runyard.store.artifacts.locations import location_key
from runyard.store.artifacts.owners import run_location
from runyard.store.artifacts.paths import artifact_key, join_keys
from runyard.store.metadata.run_data import get_tag
from runyard.store.metadata.session import Session
from runyard.studio_api import image_models, logged_images
from runyard.studio_api.permissions import needs
from runyard.studio_api.reader import Reader

# An image and its small variant are two.
MOST_SERIES_FILES = 20_000
# More than those of series, which lie among the others.
MOST_FILES = 40_000
MOST_FIGURES = 1_000
MOST_TABLES = 200


def image_routes(reader: Reader) -> APIRouter:
    """Routes that list pictures and tables; their bytes come from /get-artifact."""
    router = APIRouter(tags=["images"])

    @router.get("/runs/{run_id}/images", response_model=image_models.ImageListing, **needs("read"))
    async def list_images(run_id: str) -> image_models.ImageListing:
        """The images that were logged with a key and a step."""
        location = await reader.read(run_location, run_id)
        return await reader.call(partial(_images, reader.store.artifacts, location))

    @router.get("/runs/{run_id}/figures", response_model=image_models.FigureListing, **needs("read"))
    async def list_figures(run_id: str) -> image_models.FigureListing:
        """Pictures that lie as plain files anywhere among the run's artifacts, and logged tables."""
        location, tables = await reader.read(_place, run_id)
        return await reader.call(partial(_figures, reader.store.artifacts, location, tables))

    return router


def _images(artifacts: ArtifactStore, location: str) -> image_models.ImageListing:
    found, more = logged_images.image_series(artifacts, location_key(location), MOST_SERIES_FILES)
    series = [
        image_models.ImageSeries(
            key=key,
            steps=[each.step for each in pictures],
            times=[each.time for each in pictures],
            paths=[each.path for each in pictures],
            thumbnails=[each.thumbnail for each in pictures],
        )
        for key, pictures in found.items()
    ]
    return image_models.ImageListing(series=series, more=more)


def _place(session: Session, run_id: str) -> tuple[str, list[str]]:
    """Where a run's artifacts lie, and the paths of its tables; raises RunNotFound."""
    location = run_location(session, run_id)
    return location, logged_images.table_paths(get_tag(session, run_id, logged_images.TABLES_TAG))


def _figures(artifacts: ArtifactStore, location: str, tables: list[str]) -> image_models.FigureListing:
    root = location_key(location)
    found = logged_images.figures(artifacts, root, MOST_FILES, MOST_FIGURES)
    return image_models.FigureListing(
        figures=[
            image_models.Figure(path=file.path, size=file.size, kind=kind) for file, kind in found.figures
        ],
        tables=[
            image_models.LoggedTable(path=path, size=_size(artifacts, root, path))
            for path in tables[:MOST_TABLES]
        ],
        more=found.more or len(tables) > MOST_TABLES,
    )


def _size(artifacts: ArtifactStore, root: str, path: str) -> int | None:
    try:
        file = artifacts.open(join_keys(root, artifact_key(path)))
    except (ArtifactNotFound, InvalidParameter):
        return None
    try:
        return file.size
    finally:
        file.close()
