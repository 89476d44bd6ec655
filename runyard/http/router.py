"""Finds a route: an exact path in a dict, or a pattern with `{name}` parts."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable
from typing import NamedTuple

from runyard.errors import EndpointNotFound, MethodNotAllowed
from runyard.http.request import Request
from runyard.http.response import Response

Handler = Callable[[Request], Awaitable[Response]]
# Tracking addresses of Azure's workspaces: /mlflow/v1.0/subscriptions/…/workspaces/…/api/2.0/mlflow/…
AZURE_PREFIX = "/mlflow/v"
PERMISSIONS = ("none", "read", "write", "admin")


class Route(NamedTuple):
    """One entry of a path table.

    `path` may have parts `{name}` (one segment) and, at its end, `{name:path}` (the rest, slashes included).
    `permission` is what the caller needs: one of PERMISSIONS.
    """

    method: str
    path: str
    handler: Handler
    permission: str


class Router:
    """All routes of the server, fixed when it is built."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self.routes = list(routes)
        self._exact: dict[str, dict[str, Route]] = {}
        self._patterns: list[tuple[re.Pattern[str], dict[str, Route]]] = []
        patterns: dict[str, dict[str, Route]] = {}
        for route in self.routes:
            table = patterns if "{" in route.path else self._exact
            methods = table.setdefault(route.path, {})
            if route.method in methods:
                raise ValueError(f"two handlers for {route.method} {route.path}")
            methods[route.method] = route
        # Longer literals first, so that `/logged-models/search` is never taken for a model's id.
        for path in sorted(patterns, key=lambda path: (path.count("{"), -len(path))):
            self._patterns.append((_compile(path), patterns[path]))

    def find(self, method: str, path: str) -> tuple[Route, dict[str, str]]:
        """The route and the values of its open parts; raises EndpointNotFound or MethodNotAllowed."""
        if path.startswith(AZURE_PREFIX):
            path = path[max(path.find("/api/"), 0) :]
        methods = self._exact.get(path)
        values: dict[str, str] = {}
        if methods is None or (method not in methods and not (method == "HEAD" and "GET" in methods)):
            for pattern, candidates in self._patterns:
                match = pattern.fullmatch(path)
                if match is not None and (method in candidates or methods is None):
                    methods, values = candidates, match.groupdict()
                    break
        if methods is None:
            raise EndpointNotFound(method, path)
        route = methods.get(method) or (methods.get("GET") if method == "HEAD" else None)
        if route is None:
            raise MethodNotAllowed(method, path, list(methods))
        return route, values


def _compile(path: str) -> re.Pattern[str]:
    pattern = re.escape(path).replace(r"\{", "{").replace(r"\}", "}")
    pattern = re.sub(r"\{(\w+):path\}", r"(?P<\1>.*)", pattern)
    return re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", pattern), re.DOTALL)
