"""Write docs/reference/protocol.md: every endpoint of MLflow's API that Runyard answers, from the path table."""

from __future__ import annotations

from pathlib import Path

from runyard.http import pages
from runyard.http.router import Route
from runyard.mlflow_api.routes import MODULES

TARGET = Path(__file__).resolve().parent.parent / "docs/reference/protocol.md"

HEADER = """# Protocol coverage

<!-- Written by scripts/write_protocol_page.py from the path table. -->

Runyard answers the REST API of MLflow 3.17, for clients from 2.8 on (`tests/compat` runs 2.8, 2.22 and the newest).
Each path below stands under `/api` and `/ajax-api`; paths marked *root* stand as they are. Addresses of Azure's form,
`/mlflow/v1.0/subscriptions/…/workspaces/…/api/…`, mean the same. Requests and answers are JSON; a client that sends
`Content-Type: application/msgpack`, or accepts it, gets msgpack of the same structures on the same paths.

Errors are `{"error_code": …, "message": …}` with MLflow's codes and statuses; the message names the field and the rule.
Unknown paths answer 404 `ENDPOINT_NOT_FOUND`. How answers differ from `mlflow server`, and why, is listed in
[differences](differences.md); filters are described in [search](search.md), the registry in [registry](registry.md).

"""

TITLES = {
    "experiments": "Experiments",
    "runs": "Runs, parameters, tags",
    "metrics": "Logging metrics",
    "history": "Reading metrics",
    "inputs": "Datasets, inputs and outputs",
    "artifacts": "Artifacts",
    "artifact_append": "Artifacts that grow (Runyard's own)",
    "artifact_archive": "Artifacts, many at once (Runyard's own)",
    "logged_models": "Logged models",
    "registered_models": "Registered models",
    "model_versions": "Model versions",
    "spool": "The client plugin's spool (Runyard's own)",
    "workspaces": "Workspaces",
}

FOOTER = """## Not part of it

These answer 404 `ENDPOINT_NOT_FOUND`, which MLflow's clients understand:

| part of MLflow | endpoints |
|---|---|
| traces and assessments | `2.0` and `3.0/mlflow/traces…`, `/v1/traces` |
| evaluation datasets, scorers, label schemas, review queues | `3.0/mlflow/datasets…`, `3.0/mlflow/scorers…` |
| AI gateway, MCP servers, server-side jobs, issues, budgets, guardrails | `gateway…`, `3.0/mlflow/…` |
| webhooks | `2.0/mlflow/webhooks…` |
| users and permissions of the basic-auth app | `2.0/mlflow/users…`, `…/permissions…` |
| GraphQL, which only MLflow's own pages use | `/graphql` |

Prompts work: they are registered models with a tag.

## What only a plugin can promise

The stock client sends what is logged with `synchronous=False` from ten threads, over connections that overtake each
other. Runyard keeps every point, and orders a history by timestamp, then step, then arrival. So points of different
milliseconds or different steps are always in order; points of one series with the same millisecond *and* the same step
come in the order in which they reached the server, which ten threads may have changed. Set
`MLFLOW_ASYNC_LOGGING_THREADPOOL_SIZE=1` to have one sender, or log with steps.

Points that wait in a client's memory when its process is killed were never sent, and no server can have them.
"""


def rows(routes: list[Route], root: bool) -> str:
    """Table rows of some routes."""
    lines = []
    for method, path, handler, permission in routes:
        meaning = (handler.__doc__ or "").strip().split("\n")[0]
        mark = " *root*" if root or not path[1:2].isdigit() else ""
        shown = path.replace(":path}", "}")
        lines.append(f"| {method} | `{shown}`{mark} | {meaning} | {permission} |\n")
    return "".join(lines)


def render() -> str:
    """The whole page."""
    parts = [HEADER]
    head = "| method | path | what it does | needs |\n|---|---|---|---|\n"
    for module in MODULES:
        title = TITLES[module.__name__.rsplit(".", 1)[1]]
        parts.append(f"## {title}\n\n{head}{rows([Route(*route) for route in module.ROUTES], root=False)}\n")
    parts.append(f"## Runyard's own\n\n{head}{rows(pages.ROUTES, root=True)}\n")
    return "".join([*parts, FOOTER])


if __name__ == "__main__":
    TARGET.write_text(render(), encoding="utf-8")
