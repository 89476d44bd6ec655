"""The path table of MLflow's API: every endpoint under /api and /ajax-api."""

from __future__ import annotations

from collections.abc import Iterator

from runyard.http.router import Route
from runyard.mlflow_api import (
    artifact_append,
    artifact_archive,
    artifacts,
    experiments,
    history,
    inputs,
    logged_models,
    metrics,
    model_versions,
    registered_models,
    runs,
    spool,
    workspaces,
)

MODULES = (
    experiments,
    runs,
    metrics,
    history,
    inputs,
    artifacts,
    artifact_append,
    artifact_archive,
    logged_models,
    registered_models,
    model_versions,
    spool,
    workspaces,
)
PREFIXES = ("/api", "/ajax-api")


def _expand() -> Iterator[Route]:
    for module in MODULES:
        for method, path, handler, permission in module.ROUTES:
            if path[1:2].isdigit():
                for prefix in PREFIXES:
                    yield Route(method, prefix + path, handler, permission)
            else:
                # Paths that stand at the root, such as /get-artifact.
                yield Route(method, path, handler, permission)


ROUTES = list(_expand())
# The hottest writes, by the exact bytes of their path.
DIRECT = {
    f"{prefix}{path}".encode(): prepare
    for module in (runs, metrics)
    for path, prepare in module.DIRECT.items()
    for prefix in PREFIXES
}
