"""Views of the demo's runs, saved as anybody saves one in the studio."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen

Query = Sequence[tuple[str, str]]

ACCURACY, LOSS = "metrics.validation/accuracy", "metrics.validation/loss"
PARAMS = ("params.learning_rate", "params.optimizer", "params.hidden", "params.batch_size")

# What the address says of plots: kind, number, and columns by letters, capitals for logarithmic axes.
PLOTS = (
    "parallel*1*Aparams.learning_rate*Aparams.weight_decay*aparams.hidden*aparams.batch_size*aparams.optimizer"
    f"*a{ACCURACY}*c{ACCURACY}*w2",
    f"scatter*2*Xparams.learning_rate*y{ACCURACY}*cparams.optimizer",
    f"box*3*y{ACCURACY}*gparams.optimizer",
)


def save_views(address: str) -> str:
    """Save views of the newest sweep and search; the link to the sweep's curves by learning rate."""
    experiments = {row["name"]: row["experiment_id"] for row in _ask(f"{address}/experiments")["experiments"]}
    columns = [("col", column) for column in ("name", "status", "duration", ACCURACY, LOSS, *PARAMS)]
    columns.append(("width", f"160~{ACCURACY}"))

    sweep = _newest(address, "attributes.run_name = 'sweep'", 1)
    tree = [*columns, ("nested", "1"), *(("open", f"r{run}") for run in sweep)]
    _open_with(address, experiments["digits"], _save(address, "jobs", "Sweep", tree))

    best = [*columns, ("sort", f"-{ACCURACY}")]
    _open_with(address, experiments["digits-search"], _save(address, "jobs", "Most accurate first", best))

    trials = _newest(address, "tags.stage = 'search'", 100)
    plots = [*(("run", run) for run in trials), ("tab", "plots"), *(("plot", plot) for plot in PLOTS)]
    _save(address, "compare", "Hyperparameters", plots)

    runs = _newest(address, "tags.stage = 'sweep'", 9)
    curves = [*(("run", run) for run in runs), ("group", "params.learning_rate~mean~minmax")]
    view = _save(address, "compare", "Learning rates", curves)
    return f"{address.removesuffix('/studio-api')}/compare?{urlencode([*curves, ('view', view)])}"


def _newest(address: str, condition: str, number: int) -> list[str]:
    runs = _ask(f"{address}/runs?{urlencode({'filter': condition, 'max_results': number})}")["runs"]
    return [run["run_id"] for run in runs]


def _save(address: str, page: str, name: str, query: Query) -> str:
    """Save a view, or change the one of that name, as after a second demo in one folder; its id."""
    known = {
        view["name"]: view["view_id"]
        for view in _ask(f"{address}/views?{urlencode({'page': page})}")["views"]
    }
    if name in known:
        return str(_ask(f"{address}/views/{known[name]}", "PATCH", {"query": urlencode(query)})["view_id"])
    return str(
        _ask(f"{address}/views", "POST", {"page": page, "name": name, "query": urlencode(query)})["view_id"]
    )


def _open_with(address: str, experiment: str, view: str) -> None:
    """Make a view the one that an experiment's list opens with."""
    _ask(f"{address}/experiments/{experiment}/default-view", "PUT", {"view_id": view})


def _ask(url: str, method: str = "GET", body: dict[str, Any] | None = None) -> Any:
    content = None if body is None else json.dumps(body).encode()
    request = Request(url, content, {"content-type": "application/json"}, method=method)
    with urlopen(request, timeout=30) as answer:
        return json.loads(answer.read() or b"null")
