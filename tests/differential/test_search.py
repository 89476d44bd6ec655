"""The grammar of filters and orders over runs with ties, NaN and missing values; pages; experiments."""

from typing import Any

import pytest

from tests.compat.servers import Server
from tests.differential.both import Answers, Both
from tests.differential.search_cases import (
    EXPERIMENT_FILTERS,
    EXPERIMENT_ORDERS,
    FILTERS,
    MORE_FILTERS,
    MORE_ORDERS,
    ORDERS,
    RUNS,
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
    for text, wanted in MORE_ORDERS.items():
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
