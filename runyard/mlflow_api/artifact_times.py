"""When a file was logged that a client sends late, because it could not reach the server."""

from __future__ import annotations

import asyncio
import time
from functools import partial

from runyard.errors import InvalidParameter
from runyard.http.request import Request

AGE = "runyard-age"


async def logged_at(request: Request, key: str) -> int | None:
    """The time of the call that logged the file, in nanoseconds since 1970; None for one that is logged now.

    The client says how many milliseconds ago it was, so that its clock need not agree with this one. Raises
    Superseded when `key` was written since, before any of the body is taken.
    """
    age = request.header(AGE)
    if age is None:
        return None
    if not (age.isascii() and age.isdigit() and len(age) <= 15):
        raise InvalidParameter(f"Invalid Runyard-Age {age!r}: it must be a number of milliseconds.")
    logged = max(0, time.time_ns() - int(age) * 1_000_000)
    check = partial(request.store.artifacts.check_newest, key, logged)
    await asyncio.get_running_loop().run_in_executor(request.store.artifact_threads, check)
    return logged
