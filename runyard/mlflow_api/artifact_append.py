"""The endpoint by which logs grow: what a process prints is added to a run's file while it runs."""

from __future__ import annotations

import asyncio
from functools import partial

from runyard.entities import Entity
from runyard.errors import BodyTooLarge, Gap, InvalidParameter
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

# Bytes of one request: memory holds them, and other writers of the file wait meanwhile.
MOST_BYTES = 8 * 1024 * 1024


class Appended(Entity):
    """The size of the file in bytes."""

    size: int


async def append(request: Request) -> Response:
    """Make the body the bytes of a run's file from `offset` on, as far as the file does not have them yet.

    Sending again changes nothing. 409 says, with the file's size, that bytes before these are missing.
    """
    path = artifact_key(query_parameter(request, "path"))
    offset = _offset(query_parameter(request, "offset"))
    length = content_length(request)
    if length is not None and length > MOST_BYTES:
        raise _too_large(length)
    location = await request.read(active_run_location, query_parameter(request, "run_id"))
    key = join_keys(location_key(location), path)
    body = await request.body()
    if len(body) > MOST_BYTES:
        raise _too_large(len(body))
    store = request.store
    write = partial(store.artifacts.append, key, offset, body)
    try:
        size = await asyncio.get_running_loop().run_in_executor(store.artifact_threads, write)
    except Gap as gap:
        said = {"error_code": gap.error_code, "message": gap.message, "size": gap.size}
        return json_response(said, gap.status)
    announce(store, key)
    return encode(request, Appended(size))


def _offset(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise InvalidParameter(
            "Invalid value for parameter 'offset': it must be an integer from 0 on, in bytes."
        )
    return int(text)


def _too_large(size: int) -> BodyTooLarge:
    return BodyTooLarge(f"The body has {size} bytes, and at most {MOST_BYTES} are added at once.")


ROUTES = [Route("POST", "/2.0/runyard/append", append, "write")]
