"""The endpoints of MLflow's workspaces: there is one, `default`, and everything belongs to it."""

from __future__ import annotations

from runyard.entities import Entity
from runyard.errors import InvalidState, NotFound
from runyard.http.codec import encode
from runyard.http.request import Request
from runyard.http.response import Response
from runyard.http.router import Route

DEFAULT = "default"
# The header that selects a workspace, in lower case as ASGI has it.
HEADER = "x-mlflow-workspace"


class Workspace(Entity):
    name: str


class WorkspaceAnswer(Entity):
    workspace: Workspace


class Workspaces(Entity):
    workspaces: list[Workspace]


def check_workspace(name: str | None) -> None:
    """Accept an absent, empty or `default` workspace; raises NotFound for any other."""
    if name is not None and name.strip() not in ("", DEFAULT):
        raise NotFound(f"No workspace with name '{name.strip()}' exists; this server has one, '{DEFAULT}'.")


async def list_all(request: Request) -> Response:
    """The one workspace."""
    return encode(request, Workspaces([Workspace(DEFAULT)]))


async def get(request: Request) -> Response:
    """The one workspace, by its name."""
    check_workspace(request.values["workspace_name"])
    return encode(request, WorkspaceAnswer(Workspace(DEFAULT)))


async def refuse(request: Request) -> Response:
    """Workspaces are neither made, changed nor removed."""
    if "workspace_name" in request.values:
        check_workspace(request.values["workspace_name"])
    raise InvalidState(f"This server has one workspace, '{DEFAULT}', which can't be changed or added to.")


ROUTES = [
    Route("GET", "/3.0/mlflow/workspaces", list_all, "read"),
    Route("POST", "/3.0/mlflow/workspaces", refuse, "write"),
    Route("GET", "/3.0/mlflow/workspaces/{workspace_name}", get, "read"),
    Route("PATCH", "/3.0/mlflow/workspaces/{workspace_name}", refuse, "write"),
    Route("DELETE", "/3.0/mlflow/workspaces/{workspace_name}", refuse, "write"),
]
