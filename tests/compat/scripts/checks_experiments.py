"""Experiments through the client."""

import os
import subprocess
import sys
import threading

import mlflow
from checks import client, equal, refused, since, true, unique, version
from mlflow.entities import ViewType


def check_set_experiment_creates_and_finds() -> None:
    name = unique("set")
    created = mlflow.set_experiment(name)
    equal(created.name, name)
    equal(mlflow.set_experiment(name).experiment_id, created.experiment_id, "the id at the second call")
    equal(mlflow.set_experiment(experiment_id=created.experiment_id).name, name)
    equal(client().get_experiment_by_name(name).experiment_id, created.experiment_id)


def check_set_experiment_from_many_threads_makes_one() -> None:
    name = unique("race")
    gate = threading.Barrier(8)
    found: list[str] = []
    failed: list[BaseException] = []

    def enter() -> None:
        gate.wait()
        try:
            found.append(mlflow.set_experiment(name).experiment_id)
        except BaseException as error:  # reported by the main thread
            failed.append(error)

    threads = [threading.Thread(target=enter) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if version() >= (2, 22):  # clients before 2.22 do not look again when another was faster
        equal(failed, [])
    true(
        all(getattr(error, "error_code", None) == "RESOURCE_ALREADY_EXISTS" for error in failed),
        f"failed: {failed}",
    )
    equal(len(set(found)), 1, "different experiments of one name")


@since("2.22")
def check_set_experiment_from_processes_makes_one() -> None:
    script = "import mlflow, sys; print(mlflow.set_experiment(sys.argv[1]).experiment_id)"
    command = [sys.executable, "-c", script, unique("processes")]
    # Two processes begin seconds apart or at once, as the machine likes: both ways must end in one experiment.
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    found = {process.communicate()[0].strip() for process in started}
    equal([process.returncode for process in started], [0, 0])
    equal(len(found), 1, "different experiments of one name")


def check_default_experiment_is_there() -> None:
    default = client().get_experiment("0")
    equal(default.name, "Default")
    equal(default.lifecycle_stage, "active")


def check_unknown_experiment() -> None:
    equal(client().get_experiment_by_name(unique("unknown")), None)
    refused(lambda: client().get_experiment("123456789"), "RESOURCE_DOES_NOT_EXIST", "123456789")


def check_names_are_unique_and_case_sensitive() -> None:
    name = unique("Case")
    first = client().create_experiment(name)
    refused(lambda: client().create_experiment(name), "RESOURCE_ALREADY_EXISTS", name)
    true(client().create_experiment(name.lower()) != first, "names differ by case alone")


def check_names_take_any_text_of_500_characters() -> None:
    for name in (unique("naïve опыт 实验 🧪 'quoted' \"twice\" /a/b"), unique("").ljust(500, "x")):
        created = client().create_experiment(name)
        equal(client().get_experiment(created).name, name)
        equal(client().get_experiment_by_name(name).experiment_id, created)


def check_bad_names_are_refused() -> None:
    refused(lambda: client().create_experiment(""), "INVALID_PARAMETER_VALUE", "name")


@since("2.20")
def check_long_names_are_refused() -> None:
    refused(lambda: client().create_experiment("x" * 501), "INVALID_PARAMETER_VALUE", "500")


def check_create_with_tags() -> None:
    created = client().create_experiment(unique("tags"), tags={"team": "vision", "empty": ""})
    client().set_experiment_tag(created, "team", "audio")
    client().set_experiment_tag(created, "note", "several\nlines ✓")
    wanted = {"team": "audio", "empty": "", "note": "several\nlines ✓"}
    kept = client().get_experiment(created).tags
    equal({key: kept.get(key) for key in wanted}, wanted)


@since("3.2")
def check_delete_experiment_tag() -> None:
    created = client().create_experiment(unique("tag"), tags={"a": "1", "b": "2"})
    client().delete_experiment_tag(created, "a")
    equal(client().get_experiment(created).tags, {"b": "2"})
    refused(lambda: client().delete_experiment_tag(created, "a"), "RESOURCE_DOES_NOT_EXIST", "a")


def check_rename() -> None:
    old, new, other = unique("old"), unique("new"), unique("other")
    created = client().create_experiment(old)
    client().create_experiment(other)
    client().rename_experiment(created, new)
    equal(client().get_experiment(created).name, new)
    equal(client().get_experiment_by_name(old), None)
    refused(lambda: client().rename_experiment(created, other), "RESOURCE_ALREADY_EXISTS")


def check_delete_and_restore() -> None:
    name = unique("deleted")
    created = client().create_experiment(name)
    run = client().create_run(created).info.run_id
    client().delete_experiment(created)
    equal(client().get_experiment(created).lifecycle_stage, "deleted")
    equal(client().get_run(run).info.lifecycle_stage, "deleted", "a run of a deleted experiment")
    equal(client().get_experiment_by_name(name).lifecycle_stage, "deleted")
    refused(lambda: client().create_run(created), "INVALID_PARAMETER_VALUE")
    refused(lambda: client().create_experiment(name), "RESOURCE_ALREADY_EXISTS")
    refused(lambda: mlflow.set_experiment(name), "INVALID_PARAMETER_VALUE", "deleted")
    client().restore_experiment(created)
    equal(client().get_experiment(created).lifecycle_stage, "active")
    equal(client().get_run(run).info.lifecycle_stage, "active", "a run of a restored experiment")


def check_times() -> None:
    created = client().create_experiment(unique("times"))
    before = client().get_experiment(created)
    true(before.creation_time > 1_600_000_000_000, "creation_time is in milliseconds")
    client().rename_experiment(created, unique("later"))
    after = client().get_experiment(created)
    equal(after.creation_time, before.creation_time)
    true(after.last_update_time >= before.last_update_time, "last_update_time never goes back")


def check_search_experiments() -> None:
    prefix = unique("search")
    ids = [client().create_experiment(f"{prefix}-{index}", tags={"index": str(index)}) for index in range(5)]
    client().delete_experiment(ids[4])

    def names(**arguments: object) -> list[str]:
        arguments.setdefault("filter_string", f"name LIKE '{prefix}%'")
        return [found.name[len(prefix) + 1 :] for found in client().search_experiments(**arguments)]

    equal(names(), ["3", "2", "1", "0"], "newest first")
    equal(names(order_by=["name ASC"]), ["0", "1", "2", "3"])
    equal(names(order_by=["experiment_id DESC"])[0], "3")
    equal(names(view_type=ViewType.ALL, order_by=["name"]), ["0", "1", "2", "3", "4"])
    equal(names(view_type=ViewType.DELETED_ONLY), ["4"])
    upper = prefix.upper()
    equal(len(names(filter_string=f"name ILIKE '{upper}%'")), 4)
    equal(names(filter_string=f"name LIKE '{prefix}%' AND tags.index = '2'"), ["2"])
    equal(
        names(filter_string=f"name LIKE '{prefix}%' AND tag.index != '2'", order_by=["name"]), ["0", "1", "3"]
    )
    equal(names(filter_string=f"attribute.name = '{prefix}-1'"), ["1"])


def check_search_experiments_in_pages() -> None:
    prefix = unique("pages")
    for index in range(7):
        client().create_experiment(f"{prefix}-{index}")
    found, token = [], None
    while True:
        page = client().search_experiments(
            filter_string=f"name LIKE '{prefix}%'", max_results=3, order_by=["name ASC"], page_token=token
        )
        true(len(page) <= 3, "a page is never longer than max_results")
        found += [experiment.name for experiment in page]
        token = page.token
        if not token:
            break
    equal(found, [f"{prefix}-{index}" for index in range(7)])


def check_environment_names_the_experiment() -> None:
    name = unique("environment")
    environment = {**os.environ, "MLFLOW_EXPERIMENT_NAME": name}
    environment.pop("MLFLOW_EXPERIMENT_ID", None)
    script = "import mlflow; mlflow.log_metric('m', 1.0)"
    equal(subprocess.run([sys.executable, "-c", script], env=environment, check=False).returncode, 0)
    experiment = client().get_experiment_by_name(name)
    runs = client().search_runs([experiment.experiment_id])
    equal([run.data.metrics for run in runs], [{"m": 1.0}])
    equal(runs[0].info.status, "FINISHED")
