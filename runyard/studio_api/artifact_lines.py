"""Line numbers and text search in a run's file of any size; its bytes come from /get-artifact, by ranges.

A request works for a second at most and says how far it came: a page that was closed simply does not ask again.
The search is for plain text. A regular expression that backtracks without end would hold up the whole server, so the
studio runs those in a worker of the browser.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Annotated, TypeVar

from fastapi import APIRouter, Query

from runyard.errors import InvalidParameter
from runyard.store.artifacts.interface import ArtifactFile
from runyard.store.artifacts.lines import LineIndexes, Place, search
from runyard.store.artifacts.locations import location_key
from runyard.store.artifacts.owners import run_location
from runyard.store.artifacts.paths import artifact_key, join_keys
from runyard.store.page_tokens import Number, Whole, make_token, read_token
from runyard.studio_api import artifact_models as models
from runyard.studio_api.permissions import needs
from runyard.studio_api.reader import Reader

T = TypeVar("T")
SECONDS = 1.0
MOST_LINES = 10_000
Path = Annotated[str, Query(description="of a file, from the run's artifact root")]


def line_routes(reader: Reader) -> APIRouter:
    """Routes that tell of lines."""
    router = APIRouter(tags=["artifacts"])
    indexes = LineIndexes()

    async def with_file(run_id: str, path: str, use: Callable[[str, ArtifactFile], T]) -> T:
        key = join_keys(location_key(await reader.read(run_location, run_id)), artifact_key(path))

        def opened() -> T:
            file = reader.store.artifacts.open(key)
            try:
                return use(key, file)
            finally:
                file.close()

        return await reader.on_files(opened)

    @router.get("/runs/{run_id}/artifact-lines", response_model=models.ArtifactLines, **needs("read"))
    async def artifact_lines(run_id: str, path: Path) -> models.ArtifactLines:
        """How many newlines stand before each block of a file, from which any line's number and place follow."""
        return await with_file(run_id, path, partial(_count, indexes))

    @router.get("/runs/{run_id}/artifact-search", response_model=models.LinesFound, **needs("read"))
    async def search_artifact(
        run_id: str,
        path: Path,
        text: Annotated[str, Query(min_length=1, max_length=1000)],
        case: Annotated[bool, Query(description="whether case counts; without, for ASCII only")] = False,
        limit: Annotated[int, Query(ge=0, le=MOST_LINES)] = MOST_LINES,
        page_token: str | None = None,
    ) -> models.LinesFound:
        """The lines of a file that hold a text; a long file is answered in parts."""
        if "\n" in text:
            raise InvalidParameter("Invalid value for parameter 'text': it must not hold a line break.")
        return await with_file(run_id, path, partial(_search, text, case, limit, page_token))

    return router


def _count(indexes: LineIndexes, key: str, file: ArtifactFile) -> models.ArtifactLines:
    index = indexes.of(key, file)
    complete = index.advance(file, SECONDS)
    return models.ArtifactLines(
        size=index.size,
        etag=index.etag,
        complete=complete,
        counted=index.counted,
        lines=index.lines,
        block_bytes=index.block_bytes,
        before=list(index.before) if complete else [],
    )


def _search(
    text: str, case: bool, limit: int, token: str | None, key: str, file: ArtifactFile
) -> models.LinesFound:
    # A file that was written anew meanwhile is another one, of which the token knows nothing; one that grew is not.
    asked = [key, file.identity, text, case]
    last = read_token(asked, token, tuple[Whole, Whole, Number])
    place = Place(*last) if last else Place()
    found = search(file, text.encode(), not case, place, limit, SECONDS)
    following = (
        make_token(asked, [place.offset, place.line, place.found]) if place.offset < file.size else None
    )
    return models.LinesFound(
        lines=[line + 1 for line in found.lines],
        count=found.count,
        searched=place.offset,
        size=file.size,
        next_page_token=following,
    )
