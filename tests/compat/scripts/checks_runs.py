"""Runs through the fluent API and the client."""

import os
import subprocess
import sys
import time

import mlflow
from checks import before, client, equal, new_run, refused, since, true, unique
from mlflow.entities import Run, RunStatus, ViewType

FULL_ID = "0123456789abcdef0123456789abcdef"


def experiment() -> str:
    return os.environ["CHECK_EXPERIMENT_ID"]


def check_start_and_end() -> None:
    started = mlflow.start_run()
    run_id = started.info.run_id
    equal(client().get_run(run_id).info.status, "RUNNING")
    equal(client().get_run(run_id).info.end_time, None)
    mlflow.log_metric("mymetric", 1)
    mlflow.end_run()
    info = client().get_run(run_id).info
    equal(info.status, "FINISHED")
    true(info.end_time >= info.start_time > 1_600_000_000_000, "times in milliseconds")
    equal(info.experiment_id, experiment())
    equal(info.lifecycle_stage, "active")
    true(info.artifact_uri, "an artifact_uri")


def check_end_with_a_status() -> None:
    for status in ("FAILED", "KILLED", "FINISHED"):
        with mlflow.start_run() as run:
            pass
        client().set_terminated(run.info.run_id, status)
        equal(client().get_run(run.info.run_id).info.status, status)


def check_context_manager() -> None:
    with mlflow.start_run() as run:
        mlflow.log_metric("mymetric", 1)
        mlflow.log_metric("anothermetric", 1)
    found = client().get_run(run.info.run_id)
    equal(found.info.status, "FINISHED")
    equal(found.data.metrics, {"mymetric": 1.0, "anothermetric": 1.0})


def check_exception_makes_the_run_failed() -> None:
    try:
        with mlflow.start_run() as run:
            raise ZeroDivisionError
    except ZeroDivisionError:
        pass
    equal(client().get_run(run.info.run_id).info.status, "FAILED")
    true(client().get_run(run.info.run_id).info.end_time, "a failed run has an end_time")


def check_implicit_run() -> None:
    equal(mlflow.active_run(), None)
    mlflow.log_metric("m", 2.5)
    active = mlflow.active_run()
    true(active is not None, "logging starts a run")
    mlflow.end_run()
    equal(client().get_run(active.info.run_id).data.metrics, {"m": 2.5})


def check_run_name() -> None:
    with mlflow.start_run(run_name="iris-classifier-random-forest") as run:
        pass
    found = client().get_run(run.info.run_id)
    equal(found.info.run_name, "iris-classifier-random-forest")
    equal(found.data.tags["mlflow.runName"], "iris-classifier-random-forest")


def check_run_name_is_made_up() -> None:
    names = {client().get_run(new_run()).info.run_name for _ in range(5)}
    true(all(names), "every run has a name")
    true(len(names) > 1, "names vary")
    name = next(iter(names))
    equal(len(name.split("-")), 3, f"words in {name!r}")


def check_rename_by_update_and_by_tag() -> None:
    run_id = new_run(run_name="first")
    client().update_run(run_id, name="second")
    equal(client().get_run(run_id).info.run_name, "second")
    equal(client().get_run(run_id).data.tags["mlflow.runName"], "second")
    client().set_tag(run_id, "mlflow.runName", "third")
    equal(client().get_run(run_id).info.run_name, "third")


def check_update_status() -> None:
    run_id = new_run()
    client().update_run(run_id, status="SCHEDULED")
    equal(client().get_run(run_id).info.status, "SCHEDULED")
    equal(client().get_run(run_id).info.end_time, None)
    client().update_run(run_id, status="RUNNING")
    equal(client().get_run(run_id).info.status, "RUNNING")


def check_nested_runs() -> None:
    with mlflow.start_run() as parent:
        with mlflow.start_run(nested=True) as child:
            with mlflow.start_run(nested=True) as grandchild:
                mlflow.log_metric("depth", 2)
        mlflow.log_metric("depth", 0)
    ids = [run.info.run_id for run in (parent, child, grandchild)]
    tags = [client().get_run(run_id).data.tags.get("mlflow.parentRunId") for run_id in ids]
    equal(tags, [None, ids[0], ids[1]])
    children = client().search_runs([experiment()], f"tags.mlflow.parentRunId = '{ids[0]}'")
    equal([run.info.run_id for run in children], [ids[1]])
    equal(client().get_run(ids[0]).data.metrics, {"depth": 0.0})


@since("2.9")
def check_parent_run() -> None:
    with mlflow.start_run() as parent:
        with mlflow.start_run(nested=True) as child:
            pass
    equal(client().get_parent_run(child.info.run_id).info.run_id, parent.info.run_id)
    equal(client().get_parent_run(parent.info.run_id), None)


def check_resume() -> None:
    with mlflow.start_run() as run:
        mlflow.log_metric("m", 1)
    with mlflow.start_run(run_id=run.info.run_id):
        equal(client().get_run(run.info.run_id).info.status, "RUNNING")
        mlflow.log_metric("m", 2)
    equal(client().get_run(run.info.run_id).data.metrics, {"m": 2.0})
    equal(client().get_run(run.info.run_id).info.status, "FINISHED")


def check_description_and_tags_at_start() -> None:
    with mlflow.start_run(tags={"team": "vision"}, description="**why**") as run:
        pass
    tags = client().get_run(run.info.run_id).data.tags
    equal(tags["team"], "vision")
    equal(tags["mlflow.note.content"], "**why**")
    true(tags["mlflow.user"], "the client's own tags")
    true(tags["mlflow.source.name"], "the client's own tags")


def check_tags() -> None:
    run_id = new_run()
    client().set_tag(run_id, "plain", "value")
    client().set_tag(run_id, "plain", "other")
    client().set_tag(run_id, "number", 7)
    client().set_tag(run_id, "empty", "")
    client().set_tag(run_id, "naïve/ключ 1", "✓\nnext 🙂")
    tags = client().get_run(run_id).data.tags
    tags.pop("mlflow.runName")
    equal(tags, {"plain": "other", "number": "7", "empty": "", "naïve/ключ 1": "✓\nnext 🙂"})
    client().delete_tag(run_id, "plain")
    true("plain" not in client().get_run(run_id).data.tags, "a deleted tag is gone")
    refused(lambda: client().delete_tag(run_id, "plain"), "RESOURCE_DOES_NOT_EXIST", "plain")


def check_tag_limits() -> None:
    run_id = new_run()
    client().set_tag(run_id, "k" * 250, "v" * 5000)
    equal(client().get_run(run_id).data.tags["k" * 250], "v" * 5000)
    refused(lambda: client().set_tag(run_id, "k" * 251, "v"), "INVALID_PARAMETER_VALUE", "key", "250")
    refused(lambda: client().set_tag(run_id, "../up", "v"), "INVALID_PARAMETER_VALUE", "../up")


def check_many_tags_at_once() -> None:
    tags = {f"tag {index}": str(index) for index in range(250)}
    with mlflow.start_run() as run:
        mlflow.set_tags(tags)
    found = client().get_run(run.info.run_id).data.tags
    equal({key: found.get(key) for key in tags}, tags)


def check_delete_and_restore() -> None:
    run_id = new_run()
    client().log_metric(run_id, "m", 1.0)
    client().delete_run(run_id)
    equal(client().get_run(run_id).info.lifecycle_stage, "deleted")
    equal(client().search_runs([experiment()]), [])
    deleted = client().search_runs([experiment()], run_view_type=ViewType.DELETED_ONLY)
    equal([run.info.run_id for run in deleted], [run_id])
    equal(len(client().search_runs([experiment()], run_view_type=ViewType.ALL)), 1)
    client().restore_run(run_id)
    restored = client().get_run(run_id)
    equal(restored.info.lifecycle_stage, "active")
    equal(restored.data.metrics, {"m": 1.0})


def check_deleted_runs_take_nothing() -> None:
    run_id = new_run()
    client().delete_run(run_id)
    for call in (
        lambda: client().log_metric(run_id, "m", 1.0),
        lambda: client().log_param(run_id, "p", 1),
        lambda: client().set_tag(run_id, "t", "v"),
        lambda: client().log_batch(run_id, params=[mlflow.entities.Param("p", "1")]),
    ):
        refused(call, "INVALID_PARAMETER_VALUE", "active")
    client().restore_run(run_id)
    data = client().get_run(run_id).data
    equal((data.metrics, data.params), ({}, {}))


def check_finished_runs_take_more() -> None:
    run_id = new_run()
    client().set_terminated(run_id)
    client().log_metric(run_id, "m", 1.0)
    client().log_param(run_id, "p", "x")
    client().set_tag(run_id, "t", "y")
    found = client().get_run(run_id)
    equal((found.data.metrics, found.data.params, found.data.tags["t"]), ({"m": 1.0}, {"p": "x"}, "y"))
    equal(found.info.status, "FINISHED")


def check_unknown_runs() -> None:
    for call in (
        lambda: client().get_run(FULL_ID),
        lambda: client().log_metric(FULL_ID, "m", 1.0),
        lambda: client().log_param(FULL_ID, "p", 1),
        lambda: client().set_tag(FULL_ID, "t", "v"),
        lambda: client().delete_run(FULL_ID),
        lambda: client().set_terminated(FULL_ID),
    ):
        refused(call, "RESOURCE_DOES_NOT_EXIST", FULL_ID)


def check_create_in_an_unknown_experiment() -> None:
    refused(lambda: client().create_run("987654321"), "RESOURCE_DOES_NOT_EXIST", "987654321")


def check_start_time_is_kept() -> None:
    run_id = new_run(start_time=1_234_567_890_123)
    equal(client().get_run(run_id).info.start_time, 1_234_567_890_123)
    client().set_terminated(run_id, end_time=1_234_567_890_456)
    equal(client().get_run(run_id).info.end_time, 1_234_567_890_456)


def check_run_environment_of_a_job() -> None:
    """A process that is given MLFLOW_RUN_ID logs to that run, and ends it."""
    run_id = new_run(run_name="the job")
    name = client().get_experiment(experiment()).name
    environment = {**os.environ, "MLFLOW_RUN_ID": run_id, "MLFLOW_EXPERIMENT_NAME": name}
    environment.pop("MLFLOW_EXPERIMENT_ID", None)
    script = "import mlflow; mlflow.log_metric('mymetric', 1); mlflow.log_metric('anothermetric', 1)"
    equal(subprocess.run([sys.executable, "-c", script], env=environment, check=False).returncode, 0)
    found = client().get_run(run_id)
    equal(found.data.metrics, {"mymetric": 1.0, "anothermetric": 1.0})
    equal(found.info.status, "FINISHED")
    equal(found.info.run_name, "the job")
    equal(len(client().search_runs([experiment()])), 1)


def check_status_words_of_a_run() -> None:
    for status in RunStatus.all_status():
        word = RunStatus.to_string(status)
        run_id = new_run()
        client().update_run(run_id, status=word)
        equal(client().get_run(run_id).info.status, word)


def check_get_run_is_equal_to_the_created_one() -> None:
    created = client().create_run(experiment(), tags={"a": "b"}, run_name=unique("same"))
    found = client().get_run(created.info.run_id)
    true(isinstance(found, Run), "a Run")
    for field in ("run_id", "run_name", "experiment_id", "user_id", "start_time", "artifact_uri", "status"):
        equal(getattr(found.info, field), getattr(created.info, field), field)
    equal(found.data.tags, created.data.tags)


def check_dataset_inputs() -> None:
    import numpy

    dataset = mlflow.data.from_numpy(numpy.arange(12.0).reshape(4, 3), targets=numpy.arange(4), name="digits")
    with mlflow.start_run() as run:
        mlflow.log_input(dataset, context="training")
        mlflow.log_input(dataset, context="training")
    inputs = client().get_run(run.info.run_id).inputs.dataset_inputs
    equal(len(inputs), 1, "the same dataset twice is one input")
    equal((inputs[0].dataset.name, inputs[0].dataset.digest), ("digits", dataset.digest))
    equal(inputs[0].dataset.source_type, dataset.source._get_source_type())
    true(inputs[0].dataset.schema, "a schema")
    true(inputs[0].dataset.profile, "a profile")
    equal({tag.key: tag.value for tag in inputs[0].tags}, {"mlflow.data.context": "training"})
    for filter_string in (
        "dataset.name = 'digits'",
        f"datasets.digest = '{dataset.digest}'",
        "dataset.context = 'training'",
    ):
        found = client().search_runs([experiment()], filter_string)
        equal([one.info.run_id for one in found], [run.info.run_id], filter_string)
    equal(client().search_runs([experiment()], "dataset.name = 'other'"), [])


@before("3.0")
def check_dataset_without_a_context() -> None:
    import numpy

    with mlflow.start_run() as run:
        mlflow.log_input(mlflow.data.from_numpy(numpy.zeros((2, 2)), name="plain"))
    (found,) = client().get_run(run.info.run_id).inputs.dataset_inputs
    equal(found.tags, [])


def check_runs_of_one_millisecond_have_an_order() -> None:
    started = int(time.time() * 1000)
    ids = sorted(new_run(start_time=started) for _ in range(5))
    found = [run.info.run_id for run in client().search_runs([experiment()])]
    equal(found, ids, "equal start times are ordered by run_id")
