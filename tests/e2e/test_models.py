"""The pages of the model registry in a real browser; scenarios/models.mjs holds what is done and seen there."""

from __future__ import annotations

import json

import pytest

from tests.e2e.studio import finished_run, play, post, put_artifact
from tests.faults.server import Server

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]

NAME = "größe 50% ?#&"
# The first lines are as PyYAML folds them.
MLMODEL = """flavors:
  python_function:
    python_version: 3.11.7
  sklearn:
    sklearn_version: 1.9.1
mlflow_version: 3.17.2
saved_input_example_info:
  artifact_path: input_example.json
  type: dataframe
signature:
  inputs: '[{"type": "double", "name": "width", "required":
    true}]'
  outputs: '[{"type": "tensor", "tensor-spec": {"dtype": "int64", "shape": [-1]}}]'
"""


def register(address: str) -> None:
    """A model with two versions: files of the first lie elsewhere, those of the second in a run."""
    run = finished_run(address)
    files = {
        "MLmodel": MLMODEL,
        "input_example.json": json.dumps({"columns": ["width"], "data": [[1.5]]}),
        "requirements.txt": "scikit-learn==1.9.1",
        "weights.bin": "weights",
        "deep/notes.txt": "notes",
    }
    for path, content in files.items():
        put_artifact(address, run, f"model/{path}", content.encode())
    post(address, "registered-models/create", {"name": NAME})
    post(address, "model-versions/create", {"name": NAME, "source": "s3://bucket/model"})
    post(address, "model-versions/create", {"name": NAME, "source": f"runs:/{run}/model", "run_id": run})
    post(address, "registered-models/alias", {"name": NAME, "alias": "champion", "version": "1"})


def register_many(address: str) -> None:
    """120 models beside the one, of two teams."""
    for number in range(120):
        tags = [{"key": "team", "value": ("vision", "audio")[number % 2]}]
        post(address, "registered-models/create", {"name": f"model-{number:03d}", "tags": tags})
    register(address)


def test_models_are_listed_searched_and_sorted(server: Server) -> None:
    play("models", {"address": server.address}, {"register": lambda: register_many(server.address)})


def test_aliases_are_moved_and_their_history_is_shown(server: Server) -> None:
    register(server.address)
    alias = {"name": NAME, "alias": "champion", "version": "1"}

    def move() -> None:
        post(server.address, "registered-models/alias", alias)

    play("aliases", {"address": server.address}, {"move": move})


def test_a_version_shows_what_its_files_say(server: Server) -> None:
    register(server.address)
    play("modelVersion", {"address": server.address})
