"""Routes that are not MLflow's: health, version, measures, the live stream."""

from __future__ import annotations

from runyard import __version__
from runyard.http.delivery import SCOPE_KEY
from runyard.http.request import Request
from runyard.http.response import Response, StreamingResponse, text_response
from runyard.http.router import Route


async def health(request: Request) -> Response:
    """OK as soon as the store is open."""
    return text_response("OK")


async def version(request: Request) -> Response:
    """The MLflow version whose API this is: clients compare it with theirs."""
    return text_response(MLFLOW_VERSION)


# MLflow's clients ask for the server's version to see which endpoints they may call.
MLFLOW_VERSION = "3.17.2"


async def runyard_version(request: Request) -> Response:
    """Runyard's own version."""
    return text_response(__version__)


async def measures(request: Request) -> Response:
    """Prometheus' text format."""
    context = request.context
    text = context.traffic.render(context.store, context.live.count())
    return text_response(text, 200, b"text/plain; version=0.0.4; charset=utf-8")


async def live(request: Request) -> Response:
    """Server-sent events of changes; see runyard/http/live.py."""
    streams = request.context.live
    query = request.query
    models = "1" in query.get("models", [])
    subscriber = streams.subscribe(query.get("run_id", []), query.get("experiment_id", []), models)
    delivery = request.scope.get(SCOPE_KEY)
    if delivery is not None:
        delivery.on_close = subscriber.leave
        delivery.finish()
    # Proxies must pass each event on at once.
    headers = [(b"cache-control", b"no-cache"), (b"x-accel-buffering", b"no")]
    return StreamingResponse(streams.stream(subscriber), b"text/event-stream", 200, headers)


ROUTES = [
    Route("GET", "/health", health, "none"),
    Route("GET", "/version", version, "none"),
    Route("GET", "/runyard/version", runyard_version, "none"),
    Route("GET", "/metrics", measures, "read"),
    Route("GET", "/live", live, "read"),
]
