"""Searching runs through the client: the grammar, ordering, and pages."""

import os
from typing import Any

import mlflow
from checks import client, equal, new_run, refused, since, true

NAN = float("nan")


def experiment() -> str:
    return os.environ["CHECK_EXPERIMENT_ID"]


def seeded() -> dict[str, str]:
    """Five runs, their ids by name; start times rise with the name, so the default order is e d c b a."""
    rows: list[tuple[str, dict[str, float], dict[str, str], dict[str, str]]] = [
        ("a", {"loss": 0.5, "with space": 1.0}, {"lr": "0.1", "model": "Forest"}, {"team": "vision"}),
        ("b", {"loss": 0.25}, {"lr": "0.2", "model": "forest"}, {"team": "audio", "odd key": "1"}),
        ("c", {"loss": 0.5}, {"lr": "0.1"}, {"team": "Vision"}),
        ("d", {"loss": NAN}, {"model": "Tree's"}, {}),
        ("e", {}, {}, {"team": "vision"}),
    ]
    ids = {}
    for index, (name, metrics, params, tags) in enumerate(rows):
        run_id = new_run(start_time=1000 * (index + 1), run_name=name, tags=tags)
        for key, value in metrics.items():
            client().log_metric(run_id, key, value)
        for key, text in params.items():
            client().log_param(run_id, key, text)
        ids[name] = run_id
    client().set_terminated(ids["a"], end_time=9000)
    client().set_terminated(ids["b"], status="FAILED", end_time=8000)
    return ids


def names(filter_string: str = "", **arguments: Any) -> str:
    found = client().search_runs([experiment()], filter_string, **arguments)
    return "".join(run.info.run_name for run in found)


def check_filters() -> None:
    ids = seeded()
    table = {
        "": "edcba",
        "metrics.loss < 0.5": "b",
        "metrics.loss <= 0.5": "cba",
        "metrics.loss > 0.3": "ca",
        "metric.loss >= 0.25": "cba",
        "metrics.loss = 0.5": "ca",
        "metrics.loss != 0.5 and metrics.loss < 100": "b",
        'metrics."with space" = 1': "a",
        "metrics.`with space` > 0": "a",
        "params.lr = '0.1'": "ca",
        "params.lr != '0.1'": "b",
        "parameters.model LIKE 'For%'": "a",
        "param.model ILIKE 'FOR%'": "ba",
        'params.model = "Tree\'s"': "d",
        "tags.team = 'vision'": "ea",
        "tag.team ILIKE 'VISION'": "eca",
        "tags.`odd key` = '1'": "b",
        "attributes.status = 'RUNNING'": "edc",
        "status = 'FAILED'": "b",
        "attr.status != 'RUNNING'": "ba",
        "run_name = 'c'": "c",
        "attributes.run_name LIKE '%'": "edcba",
        "attribute.start_time > 2000": "edc",
        "start_time <= 2000": "ba",
        "attributes.end_time < 9000": "b",
        f"run_id = '{ids['d']}'": "d",
        f"attributes.run_id IN ('{ids['d']}', '{ids['a']}')": "da",
        f"run_id NOT IN ('{ids['d']}', '{ids['a']}')": "ecb",
        "metrics.loss = 0.5 AND params.lr = '0.1' and tags.team = 'vision'": "a",
        "metrics.missing > 0": "",
    }
    wrong = {text: found for text, wanted in table.items() if (found := names(text)) != wanted}
    equal(wrong, {})


@since("3.0")
def check_null_filters() -> None:
    seeded()
    table = {
        "params.lr IS NULL": "ed",
        "params.lr IS NOT NULL": "cba",
        "tags.team IS NULL": "d",
        "tags.team IS NOT NULL": "ecba",
    }
    wrong = {text: found for text, wanted in table.items() if (found := names(text)) != wanted}
    equal(wrong, {})


def check_orders() -> None:
    seeded()
    table = {
        "metrics.loss ASC": "bcade",
        "metrics.loss DESC": "cabde",
        "metrics.loss": "bcade",
        "params.lr DESC": "bcaed",
        "params.lr": "cabed",
        "attributes.start_time ASC": "abcde",
        "run_name DESC": "edcba",
        "attributes.end_time ASC": "baedc",
    }
    wrong = {text: found for text, wanted in table.items() if (found := names(order_by=[text])) != wanted}
    equal(wrong, {})
    equal(names(order_by=["metrics.loss DESC", "run_name ASC"]), "acbde")
    equal(names(order_by=["params.lr ASC", "metrics.`with space` ASC"])[:2], "ac")


def check_bad_filters_are_refused() -> None:
    for text in (
        "metrics.loss",
        "metrics.loss >",
        "metrics.loss > 'text'",
        "params.lr > '1'",
        "params.lr = 1",
        "nonsense.key = 'x'",
        "attributes.nonsense = 'x'",
    ):
        refused(lambda text=text: names(text), "INVALID_PARAMETER_VALUE")
    refused(lambda: names(order_by=["nonsense.key"]), "INVALID_PARAMETER_VALUE")
    refused(lambda: names(max_results=50_001), "INVALID_PARAMETER_VALUE", "max_results")


def check_pages() -> None:
    ids = [new_run(start_time=1000) for _ in range(25)]
    found, token, sizes = [], None, []
    while True:
        page = client().search_runs([experiment()], max_results=10, page_token=token)
        sizes.append(len(page))
        found += [run.info.run_id for run in page]
        token = page.token
        if not token:
            break
    equal(found, sorted(ids), "25 runs of one start time, by run_id")
    equal(sizes, [10, 10, 5])


def check_several_experiments() -> None:
    first = new_run(start_time=1)
    other = client().create_experiment(f"other of {experiment()}")
    second = client().create_run(other, start_time=2).info.run_id
    found = client().search_runs([experiment(), other])
    equal([run.info.run_id for run in found], [second, first])
    equal(client().search_runs([]), [])


def check_data_frame() -> None:
    seeded()
    frame = mlflow.search_runs([experiment()], order_by=["start_time ASC"])
    equal(list(frame["metrics.loss"].fillna(-1)), [0.5, 0.25, 0.5, -1, -1])
    equal(list(frame["params.lr"].fillna("-")), ["0.1", "0.2", "0.1", "-", "-"])
    equal(list(frame["status"]), ["FINISHED", "FAILED", "RUNNING", "RUNNING", "RUNNING"])
    by_name = client().get_experiment(experiment()).name
    equal(len(mlflow.search_runs(experiment_names=[by_name])), 5)


def check_only_the_latest_value_is_searched() -> None:
    run_id = new_run(run_name="x")
    for step, value in enumerate((1.0, 5.0, 2.0)):
        client().log_metric(run_id, "m", value, step=step)
    equal((names("metrics.m = 2"), names("metrics.m = 5")), ("x", ""))
    true(names("metrics.m < 3") == "x", "the latest value is compared")
