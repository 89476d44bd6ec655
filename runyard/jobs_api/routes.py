"""The path table of jobs."""

from __future__ import annotations

from runyard.jobs_api import blobs, jobs, runners

ROUTES = [
    route._replace(path=prefix + route.path)
    for prefix in ("/api", "/ajax-api")
    for route in (*jobs.ROUTES, *runners.ROUTES, *blobs.ROUTES)
]
