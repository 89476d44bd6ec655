"""The grammar of filters and orders over runs with ties, NaN and missing values; pages; experiments."""

from typing import Any

import pytest

from tests.compat.servers import Server
from tests.differential.both import Answers, Both

RUNS: tuple[tuple[str, dict[str, Any], dict[str, str], dict[str, str]], ...] = (
    (
        "a",
        {"loss": 0.5, "with space": 1, "a/b": 2},
        {"lr": "0.1", "model": "Forest"},
        {"team": "vision", "n": "10"},
    ),
    (
        "b",
        {"loss": 0.25, "acc": -1},
        {"lr": "0.2", "model": "forest"},
        {"team": "audio", "odd key": "1", "n": "9"},
    ),
    ("c", {"loss": 0.5, "acc": 1e300}, {"lr": "0.1", "q": 'say "x"'}, {"team": "Vision"}),
    ("d", {"acc": 0}, {"model": "Tree's", "50%": "50% off_x"}, {"a.b": "dotted"}),
    ("e", {}, {"empty": ""}, {"team": "vision"}),
    ("f", {"loss": 2, "acc": 3}, {"lr": "1e-3"}, {"team": "ñandú"}),
)

FILTERS = (
    *("", "metrics.loss < 0.5", "metrics.loss <= 0.5", "metrics.loss > .3", "metric.loss >= 0.25"),
    *(
        "metrics.loss = 0.5",
        "metrics.loss != 0.5",
        "metrics.loss = 5e-1",
        "metrics.acc < 0",
        "metrics.acc = -1",
    ),
    *("metrics.acc > 1e299", "metrics.loss=0.5", "metrics . loss = 0.5", "metrics.`with space` = 1"),
    *('metrics."with space" = 1', "metrics.`a/b` = 2", "metrics.missing > 0"),
    *(
        "metrics.loss > 'x'",
        "metrics.loss LIKE '1'",
        "metrics.loss",
        "metrics.loss >",
        "metrics.loss > 0.1 AND",
    ),
    *("0.5 = metrics.loss"),
    *(
        "params.lr = '0.1'",
        'params.lr = "0.1"',
        "params.lr != '0.1'",
        "parameter.lr = '0.1'",
        "param.lr = '0.1'",
    ),
    *(
        "parameters.model LIKE 'For%'",
        "params.model LIKE '%est'",
        "params.model like 'f%'",
        "params.model ILIKE 'F%'",
    ),
    *(
        "params.model LIKE '_orest'",
        'params.model = "Tree\'s"',
        "params.q = 'say \"x\"'",
        "params.empty = ''",
    ),
    *(
        "params.`50%` = '50% off_x'",
        "params.`50%` LIKE '50\\%%'",
        "params.lr > '0'",
        "params.lr = 0.1",
        "params.lr",
    ),
    *(
        "params.lr IS NULL",
        "params.lr IS NOT NULL",
        "params.lr is not null and metrics.loss > 0",
        "params.lr = lr",
    ),
    *("tags.team = 'vision'", "tag.team = 'vision'", "tags.team != 'vision'", "tags.team ILIKE 'VISION'"),
    *("tags.team LIKE 'ñ%'", "tags.`odd key` = '1'", 'tags."odd key" = "1"', "tags.a.b = 'dotted'"),
    *(
        "tags.`a.b` = 'dotted'",
        "tags.n > '1'",
        "tags.team IS NULL",
        "tags.team IS NOT NULL",
        "tags.missing = 'x'",
    ),
    *(
        "tags.`mlflow.runName` = 'a'",
        "tags.mlflow.runName LIKE 'b'",
        "tags.team = ''",
        "tags.team NOT LIKE 'v%'",
    ),
    *(
        "attributes.status = 'RUNNING'",
        "status = 'FINISHED'",
        "attr.status != 'RUNNING'",
        "status = 'running'",
    ),
    *(
        "attribute.status LIKE 'F%'",
        "status IN ('FINISHED', 'FAILED')",
        "status NOT IN ('RUNNING')",
        "status = 'x'",
    ),
    *("run_name = 'c'", "attributes.run_name LIKE '%'", "attributes.`run name` = 'c'", "`Run name` = 'c'"),
    *("run_name != 'c'", "run_name ILIKE 'C'", "attributes.`run_name` = 'c'"),
    *(
        "start_time > 2000",
        "attributes.start_time <= 2000",
        "start_time = 3000",
        "start_time != 3000",
        "created > 2000",
    ),
    *("start_time > '2000'", "end_time < 9000", "end_time = 9000", "start_time LIKE '2'"),
    *(
        "user_id = 'ann'",
        "attributes.user_id LIKE 'a%'",
        "artifact_uri LIKE '%artifacts'",
        "artifact_uri = 'x'",
    ),
    *(
        "run_id = '{a}'",
        "attributes.run_id IN ('{a}', '{b}')",
        "run_id NOT IN ('{a}', '{b}')",
        "run_id != '{a}'",
    ),
    *(
        "run_id IN ('{a}')",
        "run_id IN ()",
        "run_id IN ('{a}',)",
        "run_id LIKE '%'",
        "run_id > 'a'",
        "run_id IN ('x'",
    ),
    *(
        "attributes.nonsense = 'x'",
        "nonsense.key = 'x'",
        "nonsense = 'x'",
        "lifecycle_stage = 'active'",
        "= 'x'",
    ),
    *(
        "metrics.loss = 0.5 AND params.lr = '0.1' and tags.team = 'vision'",
        "metrics.loss > 0 and metrics.loss < 1",
    ),
    *(
        "params.lr = '0.1';",
        "params.lr = '0.1' -- comment",
        "params.lr = '0.1",
        "params.'lr' = '0.1'",
        "AND",
        "()",
    ),
    *(
        "datasets.name = 'digits'",
        "dataset.digest = 'd1'",
        "dataset.context = 'train'",
        "datasets.name LIKE 'dig%'",
    ),
    *(
        "dataset.name IN ('digits', 'x')",
        "datasets.nonsense = 'x'",
        "dataset.name ILIKE 'DIGITS'",
        "dataset.name > 'x'",
    ),
    *(
        "metrics.loss > 0.3 AND metrics.acc < 5",
        "tags.team = 'vision' AND tags.n = '10'",
        "params.lr LIKE '0.%'",
    ),
)

# What only Runyard understands (D-05), with what it finds.
MORE_FILTERS = {
    " ": "fedcba",
    "metrics.a/b = 2": "a",
    "metrics.loss IS NULL": "ed",
    "metrics.loss IN (1, 2)": "f",
    "metrics.loss BETWEEN 1 AND 2": "f",
    "tags.team NOT LIKE 'v%'": "fcb",
    "status IN ('FINISHED', 'FAILED')": "ba",
    "status NOT IN ('RUNNING')": "ba",
    "run_name IN ('a', 'b')": "ba",
    "end_time IS NULL": "fedc",
    "params.lr = '0.1' OR params.lr = '0.2'": "cba",
    "NOT (params.lr = '0.1' OR params.lr = '0.2') AND params.lr IS NOT NULL": "f",
    "params.model REGEXP '^[Ff]or'": "ba",
}

ORDERS: tuple[list[str], ...] = (
    *(
        [""],
        ["metrics.loss"],
        ["metrics.loss ASC"],
        ["metrics.loss DESC"],
        ["metrics.loss desc"],
        ["metric.acc DESC"],
    ),
    *(
        ["metrics.`with space`"],
        ['metrics."with space" DESC'],
        ["metrics.missing"],
        ["metrics.loss", "run_name DESC"],
    ),
    *(["params.lr"], ["params.lr DESC"], ["param.model ASC"], ["parameters.missing DESC"], ["tags.team"]),
    *(["tag.team DESC"], ["tags.`odd key`"], ["tags.`mlflow.runName` DESC"], ["attributes.start_time ASC"]),
    *(["start_time"], ["start_time DESC"], ["end_time"], ["attribute.end_time DESC"], ["status", "run_name"]),
    *(
        ["run_name"],
        ["attributes.run_name DESC"],
        ["`Run name` DESC"],
        ["attributes.`Start Time`"],
        ["Created DESC"],
    ),
    *(
        ["user_id"],
        ["attributes.artifact_uri"],
        ["lifecycle_stage"],
        ["experiment_id"],
        ["duration"],
        ["run_id, x"],
    ),
    *(
        ["nonsense.key"],
        ["attributes.nonsense"],
        ["metrics.loss SIDEWAYS"],
        ["metrics.loss ASC DESC"],
        ["metrics"],
    ),
    *(
        ["metrics.loss ASC", "metrics.loss DESC"],
        ["start_time", "start_time"],
        ["dataset.name"],
        ["metrics.a/b DESC"],
    ),
)


@pytest.fixture(scope="module")
def seeded(servers: tuple[Server, Server]) -> Both:
    """Both servers with the six runs, whose ids are remembered by their names."""
    both = Both(*servers)
    both.new_experiment()
    for index, (name, metrics, params, tags) in enumerate(RUNS):
        both.new_run(
            name, start_time=1000 * (index + 1), run_name=name, user_id="ann" if index % 2 else "bob"
        )
        points = [{"key": key, "value": value, "timestamp": 1, "step": 0} for key, value in metrics.items()]
        batch = {"metrics": points, "params": _pairs(params), "tags": _pairs(tags)}
        both.same("POST", "runs/log-batch", {"run_id": "{" + name + "}", **batch})
    both.same("POST", "runs/update", {"run_id": "{a}", "status": "FINISHED", "end_time": 9000})
    both.same("POST", "runs/update", {"run_id": "{b}", "status": "FAILED", "end_time": 8000})
    dataset = {"name": "digits", "digest": "d1", "source_type": "local", "source": "s"}
    context = [{"key": "mlflow.data.context", "value": "train"}]
    both.same(
        "POST", "runs/log-inputs", {"run_id": "{a}", "datasets": [{"dataset": dataset, "tags": context}]}
    )
    assert not both.found, both.found
    return both


@pytest.fixture
def searching(seeded: Both) -> Both:
    seeded.found.clear()
    return seeded


def _pairs(values: dict[str, str]) -> list[dict[str, str]]:
    return [{"key": key, "value": value} for key, value in values.items()]


def _names(answers: Answers) -> list[str]:
    """What each server found: the names of the runs in their order, or the error's status and code."""
    found = []
    for answer in answers:
        runs = answer.body.get("runs", []) if answer.status == 200 else []
        names = "".join(run["info"]["run_name"] for run in runs)
        found.append(names if answer.status == 200 else f"{answer.status} {answer.error_code}")
    return found


def _none(wrong: dict[str, str]) -> None:
    if wrong:
        pytest.fail("\n".join(f"{text}\n    {answers}" for text, answers in wrong.items()), pytrace=False)


def _search(both: Both, body: dict[str, Any]) -> list[str]:
    return _names(both.ask("POST", "runs/search", {"experiment_ids": ["{experiment}"], **body}))


def test_filters(searching: Both) -> None:
    wrong = {}
    for text in FILTERS:
        mlflow, runyard = _search(searching, {"filter": text})
        if mlflow != runyard:
            wrong[text] = f"MLflow {mlflow!r}, Runyard {runyard!r}"
    _none(wrong)


def test_more_filters(searching: Both) -> None:
    for text, wanted in MORE_FILTERS.items():
        assert _search(searching, {"filter": text}) == ["400 INVALID_PARAMETER_VALUE", wanted], text


def test_more_orders(searching: Both) -> None:
    more = {"`Run name` DESC": "fedcba", "duration": "bafedc", "metrics.a/b DESC": "afedcb"}
    for text, wanted in more.items():
        assert _search(searching, {"order_by": [text]}) == ["400 INVALID_PARAMETER_VALUE", wanted], text


def test_orders(searching: Both) -> None:
    wrong = {}
    for order in ORDERS:
        mlflow, runyard = _search(searching, {"order_by": order})
        if mlflow != runyard:
            wrong[str(order)] = f"MLflow {mlflow!r}, Runyard {runyard!r}"
    _none(wrong)


def test_whole_answer(searching: Both) -> None:
    searching.same("POST", "runs/search", {"experiment_ids": ["{experiment}"]})
    searching.same(
        "POST", "runs/search", {"experiment_ids": ["{experiment}"], "filter": "run_name = 'nobody'"}
    )
    searching.same("POST", "runs/search", {"experiment_ids": []})
    searching.same("POST", "runs/search", {})
    searching.same("POST", "runs/search", {"experiment_ids": ["987654"]})
    _none({found: "" for found in searching.found})


def test_limits(searching: Both) -> None:
    for size in (0, 1, 5, 6, 7, 50_000, 50_001, -1, "x"):
        searching.same("POST", "runs/search", {"experiment_ids": ["{experiment}"], "max_results": size})
    searching.same("POST", "runs/search", {"experiment_ids": ["{experiment}"], "page_token": "invented"})
    for view in ("ACTIVE_ONLY", "DELETED_ONLY", "ALL", "NONSENSE", 1, 99):
        body = {"experiment_ids": ["{experiment}"], "run_view_type": view}
        searching.same("POST", "runs/search", body, allow=("D-10",))
    _none({found: "" for found in searching.found})


@pytest.mark.parametrize("size", [1, 2, 4, 6])
def test_pages(searching: Both, size: int) -> None:
    body: dict[str, Any] = {
        "experiment_ids": ["{experiment}"],
        "max_results": size,
        "order_by": ["metrics.loss DESC"],
    }
    seen = ["", ""]
    for _ in range(10):
        answers = searching.ask("POST", "runs/search", body)
        seen = [names + more for names, more in zip(seen, _names(answers), strict=True)]
        tokens = [answer.body.get("next_page_token") for answer in answers]
        assert bool(tokens[0]) == bool(tokens[1]), f"after {seen} the tokens are {tokens}"
        if not tokens[0]:
            break
        searching.remember("page", (tokens[0], tokens[1]))
        body["page_token"] = "{page}"
    assert seen[0] == seen[1]
    assert sorted(seen[1]) == sorted(name for name, *_ in RUNS)


EXPERIMENT_FILTERS = (
    *("name LIKE '{prefix}%'", "name ILIKE '{prefix}%'", "attribute.name = '{prefix}a'", "name != 'Default'"),
    *("name LIKE '{prefix}%' AND tag.k != '1'"),
    *(
        "name LIKE '{prefix}%' AND tags.k LIKE '%'",
        "tags.`k` ILIKE '1' AND name LIKE '{prefix}%'",
        "name > 'a'",
    ),
    *(
        "name LIKE '{prefix}%' AND creation_time > 0",
        "name LIKE '{prefix}%' AND last_update_time < 5",
        "name = 5",
    ),
    *(
        "name LIKE '{prefix}%' AND creation_time != 0",
        "nonsense = 'x'",
        "attributes.x = 'y'",
        "tags.k",
        "metrics.m = 1",
    ),
    *(
        "name LIKE '{prefix}%' AND tags.k IS NULL",
        "name LIKE '{prefix}%' AND tags.k IS NOT NULL",
        "name IN ('a')",
    ),
    *("name = '{prefix}a' OR name = '{prefix}b'", "experiment_id = '0'", "name = '{prefix}a"),
)
EXPERIMENT_ORDERS: tuple[list[str], ...] = (
    *(
        ["name"],
        ["name DESC"],
        ["experiment_id"],
        ["experiment_id DESC"],
        ["creation_time ASC"],
        ["attribute.name"],
    ),
    *(["last_update_time DESC", "name"], ["nonsense"], ["name SIDEWAYS"], ["metrics.m"]),
)


@pytest.fixture(scope="module")
def experiments(servers: tuple[Server, Server]) -> Both:
    both = Both(*servers)
    both.remember("prefix", ("sx-", "sx-"))
    for name, tags in (("a", {"k": "1"}), ("b", {"k": "2"}), ("c", {}), ("d", {"k": "1"})):
        both.same(
            "POST",
            "experiments/create",
            {"name": "{prefix}" + name, "tags": _pairs(tags)},
            remember={"e": "experiment_id"},
        )
    both.same("POST", "experiments/delete", {"experiment_id": "{e}"})
    assert not both.found, both.found
    return both


def _experiments(answers: Answers) -> list[str]:
    found = []
    for answer in answers:
        rows = answer.body.get("experiments", []) if answer.status == 200 else []
        names = [row["name"] for row in rows if row["name"].startswith("sx-")]
        found.append(" ".join(names) if answer.status == 200 else f"{answer.status} {answer.error_code}")
    return found


def test_experiments(experiments: Both) -> None:
    wrong = {}
    like = "name LIKE '{prefix}%'"
    bodies: list[dict[str, Any]] = [{"filter": text} for text in EXPERIMENT_FILTERS]
    bodies += [{"order_by": order, "filter": like} for order in EXPERIMENT_ORDERS]
    bodies += [{"view_type": view, "filter": like} for view in ("ALL", "DELETED_ONLY", "ACTIVE_ONLY")]
    bodies += [{"max_results": size, "filter": like} for size in (0, 1, -1, 50_001)]
    for body in bodies:
        mlflow, runyard = _experiments(
            experiments.ask("POST", "experiments/search", {"max_results": 1000, **body})
        )
        if mlflow != runyard:
            wrong[str(body)] = f"MLflow {mlflow!r}, Runyard {runyard!r}"
    _none(wrong)


def test_more_of_experiments(experiments: Both) -> None:
    """D-05."""
    like = "name LIKE '{prefix}%'"
    more: dict[str, tuple[dict[str, Any], str]] = {
        "a pattern that begins anywhere": (
            {"filter": "attributes.name LIKE '%x-%' AND tags.k = '1'"},
            "sx-a",
        ),
        "a list": ({"filter": "name IN ('{prefix}a')"}, "sx-a"),
        "one or the other": ({"filter": "name = '{prefix}a' OR name = '{prefix}b'"}, "sx-b sx-a"),
        "order by a tag": ({"filter": like, "order_by": ["tags.k"]}, "sx-a sx-b sx-c"),
    }
    for what, (body, wanted) in more.items():
        answers = experiments.ask("POST", "experiments/search", {"max_results": 100, **body})
        assert _experiments(answers) == ["400 INVALID_PARAMETER_VALUE", wanted], what
