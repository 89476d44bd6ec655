"""Builds the studio's API."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from runyard.errors import EndpointNotFound, FilterError, InvalidParameter, RunyardError
from runyard.jobs.spec import JobFileError
from runyard.jobs.spec.mapping import LOCAL
from runyard.store.store import Store
from runyard.studio_api import models
from runyard.studio_api.archiving import archive_routes
from runyard.studio_api.artifact_lines import line_routes
from runyard.studio_api.artifacts import artifact_routes
from runyard.studio_api.children import child_routes
from runyard.studio_api.compare import compare_routes
from runyard.studio_api.editing import editing_routes
from runyard.studio_api.experiments import experiment_routes
from runyard.studio_api.filters import filter_routes
from runyard.studio_api.groups import group_routes
from runyard.studio_api.images import image_routes
from runyard.studio_api.job_code import code_routes
from runyard.studio_api.job_creation import Computes, job_creation_routes, problems
from runyard.studio_api.jobs import job_routes
from runyard.studio_api.lineage import lineage_routes
from runyard.studio_api.metrics import metric_routes
from runyard.studio_api.plots import plot_routes
from runyard.studio_api.purging import purge_routes
from runyard.studio_api.reader import Reader
from runyard.studio_api.registry import registry_routes
from runyard.studio_api.runs import run_routes
from runyard.studio_api.series import series_routes
from runyard.studio_api.sizes import size_routes
from runyard.studio_api.tagging import tagging_routes
from runyard.studio_api.trash import trash_routes
from runyard.studio_api.views import view_routes

_ERRORS: dict[int | str, dict[str, Any]] = {
    "4XX": {"model": models.Error, "description": "The request can't be answered; retrying it is of no use."},
    "5XX": {"model": models.Error, "description": "The server failed; retrying may help."},
}


def build_studio_api(store: Store, computes: Computes = lambda: (LOCAL,)) -> FastAPI:
    """An ASGI app to be mounted; the paths that it sees are relative to its mount.

    `computes()` are the names of those that jobs can be sent to.
    """
    app = FastAPI(
        title="Runyard studio API",
        version="1",
        docs_url=None,
        redoc_url=None,
        responses=_ERRORS,
        # Operation ids become names in the generated types.
        generate_unique_id_function=lambda route: route.name,
    )
    reader = Reader(store)
    for routes in (
        experiment_routes,
        trash_routes,
        purge_routes,
        size_routes,
        editing_routes,
        tagging_routes,
        archive_routes,
        run_routes,
        child_routes,
        lineage_routes,
        group_routes,
        compare_routes,
        plot_routes,
        metric_routes,
        filter_routes,
        series_routes,
        artifact_routes,
        image_routes,
        line_routes,
        view_routes,
        registry_routes,
        job_routes,
        code_routes,
    ):
        app.include_router(routes(reader))
    app.include_router(job_creation_routes(reader, computes))
    app.add_exception_handler(RunyardError, _told)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    return app


async def _told(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RunyardError)
    if isinstance(error, JobFileError):
        return _answer(error, problems=problems(error.problems))
    if isinstance(error, FilterError) and error.position is not None:
        return _answer(error, models.Place(position=error.position, length=error.length, reason=error.reason))
    return _answer(error)


async def _invalid(request: Request, error: Exception) -> JSONResponse:
    """Name the first field that breaks a rule, as the MLflow API does."""
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    name = ".".join(str(part) for part in first["loc"][1:]) or "body"
    return _answer(InvalidParameter(f"Invalid value for parameter '{name}': {first['msg']}."))


async def _http(request: Request, error: Exception) -> JSONResponse:
    """Starlette's own errors: no such path, or a method that it does not answer."""
    assert isinstance(error, HTTPException)
    told: RunyardError = EndpointNotFound(request.method, request.url.path)
    if error.status_code != 404:
        told = RunyardError(str(error.detail))
        told.status, told.error_code = error.status_code, "BAD_REQUEST"
    return _answer(told)


def _answer(
    error: RunyardError, place: models.Place | None = None, problems: Sequence[models.JobProblem] = ()
) -> JSONResponse:
    body = models.Error(
        error_code=error.error_code, message=error.message, place=place, problems=list(problems)
    )
    return JSONResponse(body.model_dump(), error.status)
