"""Parameters: any type, kept as text, never changed."""

import mlflow
from checks import client, equal, new_run, refused, since
from mlflow.entities import Param


def check_any_type_becomes_text() -> None:
    params = {
        "int": 20,
        "float": 0.6,
        "text": "binary_crossentropy",
        "none": None,
        "empty": "",
        "dict": {"a": [1, 2], "b": None},
        "list": [1, "two"],
        "bool": True,
        "lines": "one\ntwo\r\n\ttabbed",
        "beyond the BMP": "naïve ключ 参数 🧪",
    }
    with mlflow.start_run() as run:
        for key, value in params.items():
            mlflow.log_param(key, value)
    equal(client().get_run(run.info.run_id).data.params, {key: str(value) for key, value in params.items()})


def check_a_dictionary_at_once() -> None:
    with mlflow.start_run() as run:
        mlflow.log_params({"num_epochs": 20, "dropout_rate": 0.6, "objective": "binary_crossentropy"})
    wanted = {"num_epochs": "20", "dropout_rate": "0.6", "objective": "binary_crossentropy"}
    equal(client().get_run(run.info.run_id).data.params, wanted)


def check_more_than_a_batch_at_once() -> None:
    params = {f"p{index:03}": index for index in range(250)}
    with mlflow.start_run() as run:
        mlflow.log_params(params)
    kept = client().get_run(run.info.run_id).data.params
    equal(kept, {key: str(value) for key, value in params.items()})


def check_a_param_never_changes() -> None:
    run_id = new_run()
    client().log_param(run_id, "p", 1)
    client().log_param(run_id, "p", 1)
    refused(lambda: client().log_param(run_id, "p", 2), "INVALID_PARAMETER_VALUE", "p", "1", "2")
    refused(lambda: client().log_batch(run_id, params=[Param("p", "3")]), "INVALID_PARAMETER_VALUE", "p")
    client().log_batch(run_id, params=[Param("p", "1"), Param("q", "new")])
    equal(client().get_run(run_id).data.params, {"p": "1", "q": "new"})


def check_a_conflict_leaves_nothing_of_the_batch() -> None:
    run_id = new_run()
    client().log_param(run_id, "p", 1)
    batch = [Param("new", "1"), Param("p", "2")]
    metrics = [mlflow.entities.Metric("m", 1.0, 1, 0)]
    refused(lambda: client().log_batch(run_id, params=batch, metrics=metrics), "INVALID_PARAMETER_VALUE")
    data = client().get_run(run_id).data
    equal((data.params, data.metrics), ({"p": "1"}, {}))


def check_one_key_twice_in_a_batch() -> None:
    run_id = new_run()
    for second in ("1", "2"):
        batch = [Param("p", "1"), Param("p", second)]
        refused(lambda batch=batch: client().log_batch(run_id, params=batch), "INVALID_PARAMETER_VALUE", "p")
    equal(client().get_run(run_id).data.params, {})


def check_longest_key_and_value() -> None:
    run_id = new_run()
    client().log_param(run_id, "k" * 250, "v" * 6000)
    equal(client().get_run(run_id).data.params, {"k" * 250: "v" * 6000})
    refused(lambda: client().log_param(run_id, "k" * 251, "v"), "INVALID_PARAMETER_VALUE", "key", "250")


def check_longer_values_are_cut_by_the_client() -> None:
    with mlflow.start_run() as run:
        mlflow.log_param("long", "v" * 6001)
    equal(client().get_run(run.info.run_id).data.params, {"long": "v" * 6000})


def check_keys() -> None:
    run_id = new_run()
    good = ["a/b", "a.b", "a-b", "a_b", "a b", "ключ", "é", "0"]
    for key in good:
        client().log_param(run_id, key, "v")
    equal(sorted(client().get_run(run_id).data.params), sorted(good))
    for key in ("a(b", "a@b", "a%b", "a+b", "a,b", "../b", "/b", "a//b", "a/../b", ".", "a/"):
        refused(lambda key=key: client().log_param(run_id, key, "v"), "INVALID_PARAMETER_VALUE", key)
    refused(lambda: client().log_param(run_id, "a\nb", "v"), "INVALID_PARAMETER_VALUE", "key")
    equal(sorted(client().get_run(run_id).data.params), sorted(good))


@since("2.16")
def check_keys_with_a_colon() -> None:
    run_id = new_run()
    client().log_param(run_id, "a:b", "v")
    equal(client().get_run(run_id).data.params, {"a:b": "v"})
