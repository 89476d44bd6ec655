"""The promises of "Log metrics, parameters, and files with MLflow", snippet by snippet, each read back.

The page is Microsoft's, for Azure Machine Learning; these are its calls, made to Runyard. Left out is only what needs
an Azure account: configuring the client for a workspace, and submitting a job to the cloud. What a job's script
does is run as a process that is given the run to log to.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import mlflow
from checks import client, equal, history, new_run, since, true, unique, values, version


def check_interactive_training() -> None:
    name = unique("mlflow-experiment")
    mlflow.set_experiment(name)
    mlflow_run = mlflow.start_run()
    mlflow.log_metric("mymetric", 1)
    mlflow.end_run()
    found = mlflow.get_run(mlflow_run.info.run_id)
    equal((found.data.metrics, found.info.status), ({"mymetric": 1.0}, "FINISHED"))
    equal(client().get_experiment(found.info.experiment_id).name, name)


def check_a_run_starts_by_itself() -> None:
    equal(mlflow.active_run(), None)
    mlflow.log_metric("mymetric", 1)
    run = mlflow.active_run()
    true(run is not None, "active_run() retrieves the run in use")
    equal(mlflow.get_run(run.info.run_id).data.metrics, {"mymetric": 1.0})


def check_context_manager() -> None:
    with mlflow.start_run() as run:
        mlflow.log_metric("mymetric", 1)
        mlflow.log_metric("anothermetric", 1)
    found = mlflow.get_run(run.info.run_id)
    equal((found.data.metrics, found.info.status), ({"mymetric": 1.0, "anothermetric": 1.0}, "FINISHED"))


def check_run_name() -> None:
    with mlflow.start_run(run_name="iris-classifier-random-forest") as run:
        mlflow.log_metric("mymetric", 1)
        mlflow.log_metric("anothermetric", 1)
    equal(mlflow.get_run(run.info.run_id).info.run_name, "iris-classifier-random-forest")


def check_training_with_jobs() -> None:
    """A job's script starts no run: the one of the job is given to it."""
    job = new_run(run_name="job")
    script = (
        "import mlflow\n"
        "mlflow.autolog()\n"
        "mlflow.log_metric('mymetric', 1)\n"
        "mlflow.log_metric('anothermetric', 1)\n"
    )
    equal(_script(script, MLFLOW_RUN_ID=job).returncode, 0)
    found = mlflow.get_run(job)
    equal((found.data.metrics, found.info.status), ({"mymetric": 1.0, "anothermetric": 1.0}, "FINISHED"))
    equal(len(client().search_runs([found.info.experiment_id])), 1, "runs in the experiment")


def _script(text: str, **environment: str) -> "subprocess.CompletedProcess[bytes]":
    variables = {**os.environ, "MLFLOW_EXPERIMENT_ID": os.environ["CHECK_EXPERIMENT_ID"], **environment}
    return subprocess.run([sys.executable, "-c", text], env=variables, check=False)


def check_one_parameter() -> None:
    with mlflow.start_run() as run:
        mlflow.log_param("num_epochs", 20)
    equal(mlflow.get_run(run.info.run_id).data.params, {"num_epochs": "20"})


def check_many_parameters() -> None:
    params = {"num_epochs": 20, "dropout_rate": 0.6, "objective": "binary_crossentropy"}
    with mlflow.start_run() as run:
        mlflow.log_params(params)
    equal(mlflow.get_run(run.info.run_id).data.params, {key: str(value) for key, value in params.items()})


def check_numeric_types() -> None:
    with mlflow.start_run() as run:
        mlflow.log_metric("my_metric", 1)
        equal(mlflow.get_run(run.info.run_id).data.metrics, {"my_metric": 1.0}, "at once upon return")
        mlflow.log_metric("my_metric", 1, step=1)
        mlflow.log_metric("my_metric", 0)
        mlflow.log_metric("a boolean", True)
    equal([point.step for point in history(run.info.run_id, "my_metric")], [0, 1, 0])
    equal(values(run.info.run_id, "my_metric"), [1.0, 1.0, 0.0])
    equal(values(run.info.run_id, "a boolean"), [1.0])


@since("2.12")
def check_asynchronous_by_a_call() -> None:
    mlflow.config.enable_async_logging()
    try:
        with mlflow.start_run() as run:
            for step in range(100):
                mlflow.log_metric("metric1", step, step=step)
    finally:
        mlflow.config.enable_async_logging(False)
    equal(values(run.info.run_id, "metric1"), [float(step) for step in range(100)])


@since("2.12")
def check_asynchronous_by_the_environment() -> None:
    script = (
        "import mlflow\n"
        "with mlflow.start_run():\n"
        "    for step in range(100):\n"
        "        mlflow.log_metric('metric1', step, step=step)\n"
    )
    equal(_script(script, MLFLOW_ENABLE_ASYNC_LOGGING="True").returncode, 0)
    (run,) = client().search_runs([os.environ["CHECK_EXPERIMENT_ID"]])
    equal(values(run.info.run_id, "metric1"), [float(step) for step in range(100)])


def check_asynchronous_keeps_order_and_the_time_of_the_call() -> None:
    before = int(time.time() * 1000)
    with mlflow.start_run() as run:
        operations = [
            mlflow.log_metric("metric1", 9.42 + step, step=step, synchronous=False) for step in range(100)
        ]
        called = int(time.time() * 1000)
        for operation in operations:
            operation.wait()
    points = history(run.info.run_id, "metric1")
    equal([point.value for point in points], [9.42 + step for step in range(100)])
    true(
        all(before <= point.timestamp <= called for point in points), "the timestamps are those of the calls"
    )


def check_waiting_for_a_value() -> None:
    with mlflow.start_run() as run:
        run_operation = mlflow.log_metric("metric1", 9.42, synchronous=False)
        run_operation.wait()
        equal(mlflow.get_run(run.info.run_id).data.metrics, {"metric1": 9.42})


def check_asynchronous_batch() -> None:
    from mlflow.entities import Metric

    with mlflow.start_run() as current_run:
        mlflow_client = mlflow.tracking.MlflowClient()
        metrics = {"metric-0": 3.14, "metric-1": 6.28}
        timestamp = int(time.time() * 1000)
        metrics_arr = [Metric(key, value, timestamp, 0) for key, value in metrics.items()]
        run_operation = mlflow_client.log_batch(
            run_id=current_run.info.run_id,
            metrics=metrics_arr,
            synchronous=False,
        )
        run_operation.wait()
        equal(mlflow.get_run(current_run.info.run_id).data.metrics, metrics)
    equal(history(current_run.info.run_id, "metric-0")[0].timestamp, timestamp)


@since("2.22")
def check_all_is_persisted_when_the_job_is_completed() -> None:
    """The script ends its run: when Python itself ends it, the stock client's threads are gone before."""
    job = new_run(run_name="job")
    script = (
        "import mlflow\n"
        "for step in range(500):\n"
        "    mlflow.log_metric('m', 500 - step, step=step, synchronous=False)\n"
        "mlflow.end_run()\n"
    )
    equal(_script(script, MLFLOW_RUN_ID=job).returncode, 0)
    equal(mlflow.get_run(job).info.status, "FINISHED")
    equal(values(job, "m"), [float(500 - step) for step in range(500)])
    equal(mlflow.get_run(job).data.metrics, {"m": 1.0})


def check_curve() -> None:
    from mlflow.entities import Metric
    from mlflow.tracking import MlflowClient

    list_to_log = [1, 2, 3, 2, 1, 2, 3, 2, 1]
    mlflow.start_run()
    client = MlflowClient()
    client.log_batch(
        mlflow.active_run().info.run_id,
        metrics=[
            Metric(key="sample_list", value=val, timestamp=int(time.time() * 1000), step=0)
            for val in list_to_log
        ],
    )
    run_id = mlflow.active_run().info.run_id
    equal(values(run_id, "sample_list"), [float(value) for value in list_to_log])
    equal(mlflow.get_run(run_id).data.metrics, {"sample_list": 1.0})


def check_images() -> None:
    import numpy
    from matplotlib import pyplot
    from PIL import Image

    img = numpy.arange(48, dtype=numpy.uint8).reshape(4, 4, 3)
    fig, axes = pyplot.subplots()
    axes.plot([1, 2, 3, 2, 1])
    with mlflow.start_run() as run:
        mlflow.log_image(img, "figure.png")
        mlflow.log_image(Image.fromarray(img), "image.png")
        mlflow.log_figure(fig, "plot.png")
    pyplot.close(fig)
    with tempfile.TemporaryDirectory() as folder:
        for name in ("figure.png", "image.png"):
            with Image.open(client().download_artifacts(run.info.run_id, name, folder)) as image:
                true((numpy.asarray(image) == img).all(), f"the pixels of {name}")
        with Image.open(client().download_artifacts(run.info.run_id, "plot.png", folder)) as image:
            equal(image.format, "PNG")


def check_files() -> None:
    dictionary = {"classes": ["setosa", "virginica"], "count": 2}
    with mlflow.start_run() as run, tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "below" / "deeper").mkdir(parents=True)
        (Path(folder) / "file.pkl").write_bytes(b"pickled")
        (Path(folder) / "below" / "deeper" / "leaf.txt").write_text("leaf")
        mlflow.log_text("text string", "notes.txt")
        mlflow.log_dict(dictionary, "file.yaml")
        mlflow.log_dict(dictionary, "file.json")
        mlflow.log_artifact(f"{folder}/file.pkl")
        mlflow.log_artifact(f"{folder}/file.pkl", artifact_path="a folder")
        mlflow.log_artifacts(f"{folder}/below")
    listed = {item.path: item.is_dir for item in client().list_artifacts(run.info.run_id)}
    wanted = {"notes.txt": False, "file.yaml": False, "file.json": False, "file.pkl": False}
    equal(listed, {**wanted, "a folder": True, "deeper": True}, "the root folder is not included")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(client().download_artifacts(run.info.run_id, "", folder))
        equal((root / "notes.txt").read_text(), "text string")
        equal((root / "a folder" / "file.pkl").read_bytes(), b"pickled")
        equal((root / "deeper" / "leaf.txt").read_text(), "leaf")
        true("setosa" in (root / "file.yaml").read_text(), "YAML")


def check_model() -> None:
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression().fit([[0.0], [1.0], [2.0], [3.0]], [0, 0, 1, 1])
    place = {"name": "model"} if version() >= (3, 0) else {"artifact_path": "model"}
    with mlflow.start_run() as run:
        mlflow.sklearn.log_model(model, **place, pip_requirements=["scikit-learn"])
    registered = mlflow.register_model(f"runs:/{run.info.run_id}/model", unique("registered"))
    for uri in (f"runs:/{run.info.run_id}/model", f"models:/{registered.name}/{registered.version}"):
        equal(mlflow.sklearn.load_model(uri).predict([[0.0], [3.0]]).tolist(), [0, 1], uri)


def check_automatic_logging() -> None:
    _trained_with("mlflow.autolog()", has_model=True)


def check_automatic_logging_without_models() -> None:
    _trained_with("mlflow.autolog(log_models=False)", has_model=False)


def _trained_with(autolog: str, has_model: bool) -> None:
    """Train in a process of its own: what autologging has changed in a library stays changed."""
    script = (
        f"import mlflow\n{autolog}\n"
        "from sklearn.linear_model import LogisticRegression\n"
        "LogisticRegression(C=0.5).fit([[0.0], [1.0], [2.0], [3.0]], [0, 0, 1, 1])\n"
    )
    equal(_script(script).returncode, 0)
    (found,) = client().search_runs([os.environ["CHECK_EXPERIMENT_ID"]])
    equal((found.info.status, found.data.params["C"]), ("FINISHED", "0.5"))
    true("training_accuracy_score" in found.data.metrics, f"metrics {found.data.metrics}")
    equal(_has_model(found.info.run_id), has_model, f"a model with {autolog}")


def _has_model(run_id: str) -> bool:
    try:
        mlflow.sklearn.load_model(f"runs:/{run_id}/model")
    except (mlflow.MlflowException, OSError):
        return False
    return True


def check_viewing_a_run() -> None:
    with mlflow.start_run(tags={"team": "vision"}) as run:
        mlflow.log_param("p", "x")
        for value in (1, 2, 3, 4):
            mlflow.log_metric("iteration", value)
    run = mlflow.get_run(run_id=run.info.run_id)
    metrics = run.data.metrics
    params = run.data.params
    tags = run.data.tags
    equal(metrics["iteration"], 4.0)
    equal((params, tags["team"]), ({"p": "x"}, "vision"))
    equal(values(run.info.run_id, "iteration"), [1.0, 2.0, 3.0, 4.0])


@since("3.0")
def check_viewing_artifacts() -> None:
    import xgboost

    mlflow.xgboost.autolog(log_models=False)
    try:
        data = xgboost.DMatrix([[0.0], [1.0], [2.0], [3.0]], [0, 0, 1, 1])
        with mlflow.start_run() as run:
            xgboost.train({"objective": "binary:logistic", "min_child_weight": 0, "nthread": 1}, data, 3)
    finally:
        mlflow.xgboost.autolog(disable=True)
    client = mlflow.tracking.MlflowClient()
    names = [item.path for item in client.list_artifacts(run.info.run_id)]
    true("feature_importance_weight.png" in names, f"artifacts {names}")
    file_path = client.download_artifacts(run.info.run_id, path="feature_importance_weight.png")
    true(Path(file_path).read_bytes().startswith(b"\x89PNG"), "a PNG")
