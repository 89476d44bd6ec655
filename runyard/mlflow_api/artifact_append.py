"""Appends to a file of a run: logs, while they are written."""

from __future__ import annotations

import asyncio
from functools import partial

from runyard.entities import Entity
from runyard.errors import AppendConflict, BodyTooLarge, InvalidParameter
from runyard.http.codec import encode
from runyard.http.request import Request
from runyard.http.response import Response, json_response
from runyard.http.router import Route
from runyard.mlflow_api.artifact_announce import announce
from runyard.mlflow_api.artifact_files import content_length
from runyard.mlflow_api.fields import query_parameter
from runyard.store.artifacts.locations import location_key
from runyard.store.artifacts.owners import active_run_location
from runyard.store.artifacts.paths import artifact_key, join_keys

# Bytes of one request: it is held in memory, so that it is appended whole or not at all.
MOST_BYTES = 8 * 1024 * 1024


class Appended(Entity):
    """The size of the file in bytes."""

    size: int


async def append(request: Request) -> Response:
    """Append the body, of at most 8 MiB, to a file of a run, whose size must be `offset`; a retry adds nothing."""
    run_id = query_parameter(request, "run_id", "run_uuid")
    path = artifact_key(query_parameter(request, "path"))
    offset = _offset(query_parameter(request, "offset"))
    _check_size(content_length(request) or 0)
    location = await request.read(active_run_location, run_id)
    key = join_keys(location_key(location), path)
    data = await request.body()
    _check_size(len(data))
    store = request.store
    work = partial(store.artifacts.append, key, offset, data)
    try:
        size = await asyncio.get_running_loop().run_in_executor(store.artifact_threads, work)
    except AppendConflict as error:
        body = {"error_code": error.error_code, "message": error.message, "size": error.size}
        return json_response(body, error.status)
    announce(store, key)
    return encode(request, Appended(size))


def _offset(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or int(text) >= 2**62:
        raise InvalidParameter("Invalid value for parameter 'offset': it must be an integer from 0 on.")
    return int(text)


def _check_size(size: int) -> None:
    if size > MOST_BYTES:
        raise BodyTooLarge(f"The body has {size} bytes, and at most {MOST_BYTES} are appended at once.")


ROUTES = [Route("POST", "/2.0/runyard/append", append, "write")]
