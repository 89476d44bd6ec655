"""Files of a run: images, figures, text, tables, folders; listing, downloading and reading back."""

import json
import os
import tempfile
from pathlib import Path

import mlflow
from checks import client, equal, new_run, since, true
from mlflow.exceptions import MlflowException


def tree(run_id: str, path: str | None = None) -> dict[str, int | None]:
    """All paths of the run's artifacts: sizes of files (old clients say None of an empty one), None for folders."""
    found: dict[str, int | None] = {}
    for item in client().list_artifacts(run_id, path):
        found[item.path] = None if item.is_dir else item.file_size or 0
        if item.is_dir:
            found.update(tree(run_id, item.path))
    return found


def read(run_id: str, path: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return Path(client().download_artifacts(run_id, path, folder)).read_bytes()


def write(folder: Path, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


FILES = {
    "a.txt": b"a",
    "empty": b"",
    "deep/er/b.bin": bytes(range(256)) * 40,
    "deep/näme ü (1).txt": "ü".encode(),
}


def check_text_and_dict() -> None:
    with mlflow.start_run() as run:
        mlflow.log_text("text string ✓\n", "notes.txt")
        mlflow.log_dict({"a": [1, {"b": None}]}, "file.json")
        mlflow.log_dict({"a": [1, 2]}, "nested/file.yaml")
        mlflow.log_dict({"a": 1}, "no suffix")
    run_id = run.info.run_id
    equal(read(run_id, "notes.txt").decode(), "text string ✓\n")
    equal(json.loads(read(run_id, "file.json")), {"a": [1, {"b": None}]})
    equal(json.loads(read(run_id, "no suffix")), {"a": 1})
    equal(mlflow.artifacts.load_dict(f"runs:/{run_id}/file.json"), {"a": [1, {"b": None}]})
    equal(mlflow.artifacts.load_text(f"runs:/{run_id}/notes.txt"), "text string ✓\n")
    true(b"a:" in read(run_id, "nested/file.yaml"), "YAML by its suffix")


def check_one_file() -> None:
    with mlflow.start_run() as run, tempfile.TemporaryDirectory() as folder:
        write(Path(folder), {"file.pkl": b"\x80\x04."})
        mlflow.log_artifact(f"{folder}/file.pkl")
        mlflow.log_artifact(f"{folder}/file.pkl", artifact_path="some/folder")
    wanted = {"file.pkl": 3, "some": None, "some/folder": None, "some/folder/file.pkl": 3}
    equal(tree(run.info.run_id), wanted)
    equal(read(run.info.run_id, "some/folder/file.pkl"), b"\x80\x04.")


def check_folder() -> None:
    with mlflow.start_run() as run, tempfile.TemporaryDirectory() as folder:
        write(Path(folder), FILES)
        mlflow.log_artifacts(folder)
        mlflow.log_artifacts(folder, artifact_path="below")
    found = tree(run.info.run_id)
    for prefix in ("", "below/"):
        for name, content in FILES.items():
            equal(found[prefix + name], len(content), f"size of {prefix + name}")
            equal(read(run.info.run_id, prefix + name), content, prefix + name)
    folders = {path for path, size in found.items() if size is None}
    equal(folders, {"below", "below/deep", "below/deep/er", "deep", "deep/er"})


def check_listing() -> None:
    run_id = new_run()
    equal(client().list_artifacts(run_id), [])
    for name in ("b/2.txt", "b/1.txt", "a.txt", "c/x/y.txt"):
        client().log_text(run_id, "text", name)
    equal([item.path for item in client().list_artifacts(run_id)], ["a.txt", "b", "c"])
    equal([item.path for item in client().list_artifacts(run_id, "b")], ["b/1.txt", "b/2.txt"])
    equal(client().list_artifacts(run_id, "a.txt"), [], "a file has nothing below it")
    equal(client().list_artifacts(run_id, "missing"), [])


def check_paths_that_climb_are_refused() -> None:
    run_id = new_run()
    for path in ("../up.txt", "a/../../up.txt", "/absolute.txt"):
        try:
            client().log_text(run_id, "text", path)
        except Exception as error:  # some versions refuse in the client, others ask the server
            true(not isinstance(error, AssertionError), path)
        else:
            raise AssertionError(f"{path} was accepted")
    try:
        equal(client().list_artifacts(run_id, "../"), None)
    except (MlflowException, OSError) as error:  # an HTTPError of requests is an OSError
        refused = f"{getattr(error, 'error_code', '')} {error}"
        true("INVALID_PARAMETER_VALUE" in refused, f"a refusal in {refused}")
    equal(tree(run_id), {})


def check_overwriting() -> None:
    run_id = new_run()
    client().log_text(run_id, "the first, longer text", "notes.txt")
    client().log_text(run_id, "second", "notes.txt")
    equal(read(run_id, "notes.txt"), b"second")
    equal(tree(run_id), {"notes.txt": 6})


def check_download_of_all() -> None:
    run_id = new_run()
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), FILES)
        client().log_artifacts(run_id, folder)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(mlflow.artifacts.download_artifacts(run_id=run_id, dst_path=folder))
        for name, content in FILES.items():
            equal((root / name).read_bytes(), content, name)
    with tempfile.TemporaryDirectory() as folder:
        uri = f"runs:/{run_id}/deep"
        root = Path(mlflow.artifacts.download_artifacts(artifact_uri=uri, dst_path=folder))
        equal((root / "er" / "b.bin").read_bytes(), FILES["deep/er/b.bin"])


def check_download_of_what_is_not_there() -> None:
    run_id = new_run()
    try:
        read(run_id, "missing.txt")
    except (MlflowException, OSError):
        return
    raise AssertionError("a missing artifact was downloaded")


def check_large_file() -> None:
    block = os.urandom(1 << 20)
    with mlflow.start_run() as run, tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.bin"
        path.write_bytes(block * 48)
        mlflow.log_artifact(str(path))
        found = Path(client().download_artifacts(run.info.run_id, "large.bin", tempfile.mkdtemp(dir=folder)))
        true(found.read_bytes() == path.read_bytes(), "48 MiB are equal both ways")
    equal(tree(run.info.run_id), {"large.bin": 48 << 20})


def check_images() -> None:
    import numpy
    from PIL import Image

    array = numpy.zeros((8, 12, 3), dtype=numpy.uint8)
    array[2:4, :, 1] = 200
    with mlflow.start_run() as run:
        mlflow.log_image(array, "figure.png")
        mlflow.log_image(Image.fromarray(array), "folder/pil.png")
    run_id = run.info.run_id
    for path in ("figure.png", "folder/pil.png"):
        with tempfile.TemporaryDirectory() as folder:
            image = Image.open(client().download_artifacts(run_id, path, folder))
            true((numpy.asarray(image) == array).all(), f"the pixels of {path}")
    equal(mlflow.artifacts.load_image(f"runs:/{run_id}/figure.png").size, (12, 8))


@since("2.14")
def check_images_of_steps() -> None:
    import numpy

    with mlflow.start_run() as run:
        for step in range(3):
            mlflow.log_image(numpy.full((4, 4, 3), step, dtype=numpy.uint8), key="sample", step=step)
        mlflow.flush_artifact_async_logging() if hasattr(mlflow, "flush_artifact_async_logging") else None
    names = [item.path for item in client().list_artifacts(run.info.run_id, "images")]
    equal(len([name for name in names if name.endswith(".png")]), 3, f"pictures in {names}")
    equal(len([name for name in names if name.endswith(".webp")]), 3, f"small pictures in {names}")
    equal(client().get_run(run.info.run_id).data.tags["mlflow.loggedImages"], "True")


def check_figures() -> None:
    from matplotlib.figure import Figure
    from PIL import Image

    figure = Figure()
    figure.subplots().plot([1, 3, 2])
    with mlflow.start_run() as run:
        mlflow.log_figure(figure, "figure.png")
        mlflow.log_figure(figure, "nested/figure.svg")
    with tempfile.TemporaryDirectory() as folder:
        equal(Image.open(client().download_artifacts(run.info.run_id, "figure.png", folder)).format, "PNG")
    true(b"<svg" in read(run.info.run_id, "nested/figure.svg"), "an SVG by its suffix")


def check_tables() -> None:
    with mlflow.start_run() as run:
        mlflow.log_table({"question": ["a", "b"], "score": [1, 2]}, "table.json")
        mlflow.log_table({"question": ["c"], "score": [3]}, "table.json")
    frame = mlflow.load_table("table.json", run_ids=[run.info.run_id])
    equal(list(frame["question"]), ["a", "b", "c"])
    equal([int(score) for score in frame["score"]], [1, 2, 3])
    tag = json.loads(client().get_run(run.info.run_id).data.tags["mlflow.loggedArtifacts"])
    equal(tag, [{"path": "table.json", "type": "table"}])


def check_names_with_odd_characters() -> None:
    run_id = new_run()
    for name in ("with space.txt", "plus+and&.txt", "ключ.txt", "a=b;c.txt", "comma,.txt", "tilde~'q'.txt"):
        client().log_text(run_id, name, f"odd/{name}")
        equal(read(run_id, f"odd/{name}").decode(), name)
    equal(len(client().list_artifacts(run_id, "odd")), 6)


def check_artifacts_outlive_deletion_and_restoring() -> None:
    run_id = new_run()
    client().log_text(run_id, "kept", "notes.txt")
    client().delete_run(run_id)
    client().restore_run(run_id)
    equal(read(run_id, "notes.txt"), b"kept")


def check_artifact_uri_of_the_active_run() -> None:
    with mlflow.start_run() as run:
        mlflow.log_text("x", "a/b.txt")
        uri = mlflow.get_artifact_uri("a/b.txt")
        true(uri.endswith("/a/b.txt"), uri)
        equal(mlflow.artifacts.load_text(uri), "x")
    equal([item.path for item in client().list_artifacts(run.info.run_id, "a")], ["a/b.txt"])
