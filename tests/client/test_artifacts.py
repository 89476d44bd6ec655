"""Artifacts behind `runyard://`: whole, checked, resumed where a connection was cut, and within their folder."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from mlflow.exceptions import MlflowException
from runyard_mlflow.artifacts.names import artifact_folder, artifact_path, destination, files_below

from tests.client.cutter import Cutter
from tests.client.objects import SIGNED, Objects, Signing
from tests.client.proxy import Proxy
from tests.client.scripts import Script, run_script
from tests.faults.server import Server
from tests.faults.wire import Connection, encode_request

pytestmark = pytest.mark.faults

MEBIBYTE = 1024 * 1024


@pytest.fixture
def cutter(server: Server) -> Iterator[Cutter]:
    with Cutter(server.address) as started:
        yield started


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Many small files, and a large one, in nested folders."""
    root = tmp_path / "folder"
    for number in range(100):
        path = root / f"sub-{number % 7}" / "deeper" / f"file {number} é%.bin"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(os.urandom(number * 100))
    (root / "medium").write_bytes(os.urandom(3 * MEBIBYTE))
    (root / "large").write_bytes(os.urandom(40 * MEBIBYTE + 1))
    return root


def contents(root: Path) -> dict[str, str]:
    """The digest of each file of a folder, by its path there."""
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in root.rglob("*")
        if path.is_file()
    }


def stored(server: Server, run_id: str) -> Path:
    """Where a server keeps the artifacts of a run."""
    return server.folder / "artifacts" / "0" / run_id / "artifacts"


UP_AND_DOWN = """
    run_id = client.create_run("0").info.run_id
    client.log_artifacts(run_id, os.environ["FOLDER"], "logged")
    say(run_id)
    sys.stdin.readline()
    os.mkdir(os.environ["TO"])
    say(client.download_artifacts(run_id, "logged", os.environ["TO"]))
"""


def test_a_folder_comes_back_and_is_not_sent_twice(
    server: Server, cutter: Cutter, spool: Path, folder: Path, tmp_path: Path
) -> None:
    code = """
        run_id = client.create_run("0").info.run_id
        client.log_artifacts(run_id, os.environ["FOLDER"], "logged")
        say(run_id, client.get_run(run_id).info.artifact_uri)
        sys.stdin.readline()
        client.log_artifacts(run_id, os.environ["FOLDER"], "logged")
        say("again")
        sys.stdin.readline()
        os.mkdir(os.environ["TO"])
        say(client.download_artifacts(run_id, "logged", os.environ["TO"]))
        say(sorted((each.path, each.is_dir, each.file_size) for each in client.list_artifacts(run_id, "logged")))
        say(client.list_artifacts(run_id, "logged/large"), len(client.list_artifacts(run_id, "logged/sub-0/")))
        say(os.path.getsize(client.download_artifacts(run_id, "logged/medium")))
        address = client.get_run(run_id).info.artifact_uri
        say(os.path.getsize(mlflow.artifacts.download_artifacts(artifact_uri=f"{address}/logged/medium")))
        client.log_text(run_id, "text", "a/b.txt")
        client.log_dict(run_id, {"a": 1}, "a/b.json")
        say(mlflow.artifacts.load_text(f"runs:/{run_id}/a/b.txt"), mlflow.artifacts.load_dict(f"{address}/a/b.json"))
    """
    address = f"runyard://{cutter.address}"
    script = Script(address, spool, code, FOLDER=str(folder), TO=str(tmp_path / "to"))
    run_id, location = script.hear().split()
    assert location == f"{address}/0/{run_id}/artifacts"
    assert contents(stored(server, run_id) / "logged") == contents(folder)
    sent = cutter.up
    script.tell()
    assert script.hear() == "again"
    # The small files, and questions about the others.
    assert cutter.up - sent < 2 * MEBIBYTE < sent
    script.tell()
    said, errors = script.end()
    assert errors == ""
    root, listed, of_file, size, size_again, text, *_ = said.splitlines()
    assert contents(Path(root)) == contents(folder)
    assert "('logged/medium', False, 3145728)" in listed and "('logged/sub-0', True, None)" in listed
    assert (of_file, size, size_again) == ("[] 1", str(3 * MEBIBYTE), str(3 * MEBIBYTE))
    assert text == "text {'a': 1}"
    assert not list(Path(root).rglob(".runyard-*"))


def test_connections_are_cut_in_the_middle(
    server: Server, cutter: Cutter, spool: Path, folder: Path, tmp_path: Path
) -> None:
    cutter.up_cuts = [100_000, 10 * MEBIBYTE, 20 * MEBIBYTE]
    script = Script(
        f"runyard://{cutter.address}", spool, UP_AND_DOWN, FOLDER=str(folder), TO=str(tmp_path / "to")
    )
    run_id = script.hear()
    assert contents(stored(server, run_id) / "logged") == contents(folder)
    cutter.down_cuts = [cutter.down + size for size in (10_000, 5 * MEBIBYTE, 20 * MEBIBYTE)]
    before = cutter.down
    script.tell()
    root, *_ = script.end()[0].splitlines()
    assert contents(Path(root)) == contents(folder)
    assert cutter.cuts == 6
    # What had come was kept: at most what was on its way on each of eight connections came twice.
    assert cutter.down - before < 55 * MEBIBYTE


def test_two_gigabytes_over_a_connection_that_is_cut_ten_times(
    server: Server, cutter: Cutter, spool: Path, tmp_path: Path
) -> None:
    code = """
        import filecmp, resource
        def memory():
            return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        path, to = os.environ["FILE"], os.environ["TO"]
        with open(path, "wb") as file:
            # Something in each mebibyte, and holes in between.
            for place in range(2048):
                file.seek(place * 1048576)
                file.write(os.urandom(64))
            file.truncate(2048 * 1048576)
        run_id = client.create_run("0").info.run_id
        before = memory()
        client.log_artifact(run_id, path)
        client.download_artifacts(run_id, "large", to)
        say(filecmp.cmp(path, os.path.join(to, "large"), shallow=False), memory() - before)
    """
    (tmp_path / "to").mkdir()
    for cuts in (cutter.up_cuts, cutter.down_cuts):
        cuts += [int(1024 * MEBIBYTE * part) for part in (0.1, 0.6, 1.0, 1.5, 1.9)]
    said, _ = run_script(
        f"runyard://{cutter.address}", spool, code, FILE=str(tmp_path / "large"), TO=str(tmp_path / "to")
    )
    same, grown = said[0].split()
    assert same == "True"
    # Mebibytes: a few pieces of one on each of its threads, far from the file's 2,048.
    assert int(grown) < 150
    assert cutter.cuts == 10
    # Tests leave their folders for a while.
    for path in (tmp_path / "large", tmp_path / "to" / "large", *server.folder.rglob("large")):
        path.unlink()


def test_a_file_that_is_damaged_on_its_way_does_not_come(
    server: Server, proxy: Proxy, spool: Path, tmp_path: Path
) -> None:
    code = """
        run_id = client.create_run("0").info.run_id
        client.log_text(run_id, "what was logged", "a.txt")
        say(run_id)
        sys.stdin.readline()
        try:
            client.download_artifacts(run_id, "a.txt", os.environ["TO"])
        except mlflow.exceptions.MlflowException:
            say("raised")
        say(os.listdir(os.environ["TO"]))
    """

    class Damaging(Proxy):
        def _pass_on(self, request, body):  # type: ignore[no-untyped-def]
            status, answer, headers = super()._pass_on(request, body)
            return status, answer.replace(b"what", b"that"), headers

    (tmp_path / "to").mkdir()
    with Damaging(server.address) as damaging:
        script = Script(f"runyard://{damaging.address}", spool, code, TO=str(tmp_path / "to"))
        script.hear()
        script.tell()
        said, errors = script.end()
    assert said.splitlines()[:2] == ["raised", "[]"]
    assert "another checksum" in errors


def test_links_lead_nowhere_out_of_the_folder(server: Server, spool: Path, tmp_path: Path) -> None:
    outside, root = tmp_path / "outside", tmp_path / "folder"
    for each in (outside, root):
        each.mkdir()
    (outside / "secret").write_text("secret")
    (root / "real").write_text("real")
    (root / "inside").symlink_to(root / "real")
    (root / "relative").symlink_to("real")
    (root / "out").symlink_to(outside / "secret")
    (root / "folder-out").symlink_to(outside)
    (root / "loop").symlink_to(root)
    (root / "gone").symlink_to(root / "nothing")
    os.mkfifo(root / "pipe")
    code = """
        run_id = client.create_run("0").info.run_id
        client.log_artifacts(run_id, os.environ["FOLDER"])
        # Who names a link, means what it leads to.
        client.log_artifact(run_id, os.environ["FOLDER"] + "/out", "named")
        say(run_id)
    """
    address = server.address.replace("http://", "runyard://")
    said, errors = run_script(address, spool, code, FOLDER=str(root))
    found = stored(server, said[0])
    texts = {
        each.relative_to(found).as_posix(): each.read_text() for each in found.rglob("*") if each.is_file()
    }
    assert texts == {"real": "real", "inside": "real", "relative": "real", "named/out": "secret"}
    assert sorted(line.split()[0].rpartition("/")[2] for line in errors.splitlines()) == [
        "gone",
        "out",
        "pipe",
    ]


@pytest.mark.parametrize(
    ("given", "folder"), [(None, ""), ("a/b", "a/b"), ("a\\b\\c", "a/b/c"), ("a b/é", "a b/é")]
)
def test_separators_are_those_of_artifacts(given: str | None, folder: str) -> None:
    assert artifact_folder(given) == folder


@pytest.mark.parametrize(
    "given", ["/a", "..", "a/../b", "a/..", "./a", "a//b", "..\\a", "C:\\a", "c:/a", "a\0b"]
)
def test_a_path_that_leads_elsewhere_is_refused(given: str) -> None:
    with pytest.raises(MlflowException, match="artifact path"):
        artifact_folder(given)
    with pytest.raises(MlflowException, match="leads out of the folder"):
        destination(Path("/to"), given)
    with pytest.raises(MlflowException, match="backslash"):
        artifact_path("a", "b\\c")


def test_files_are_found_with_slashes(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "c").write_text("1")
    assert [(file.path, file.size) for file in files_below(tmp_path, "to")] == [("to/a/b/c", 1)]


def test_a_server_that_names_files_outside_writes_none(server: Server, spool: Path, tmp_path: Path) -> None:
    code = """
        run_id = client.create_run("0").info.run_id
        for _ in range(5):
            try:
                client.download_artifacts(run_id, "", os.environ["TO"])
            except Exception as error:
                say("raised")
    """
    names = ["../evil", "/etc/evil", "..\\evil", "C:evil", "a/../../evil"]
    named: list[str] = []

    class Hostile(Proxy):
        def _pass_on(self, request, body):  # type: ignore[no-untyped-def]
            if "mlflow-artifacts/artifacts?" in request.path:
                named.append(names[len(named)])
                said = {"files": [{"path": named[-1], "is_dir": False, "file_size": 4}]}
                return 200, json.dumps(said).encode(), [("Content-Type", "application/json")]
            if "mlflow-artifacts/artifacts/" in request.path:
                return 200, b"evil", []
            return super()._pass_on(request, body)

    to = tmp_path / "inner" / "to"
    to.mkdir(parents=True)
    with Hostile(server.address) as hostile:
        said, _ = run_script(f"runyard://{hostile.address}", spool, code, TO=str(to))
    assert said == ["raised"] * 5
    assert named == names
    assert [path for path in (tmp_path / "inner").rglob("*") if path.is_file()] == []
    assert not Path("/etc/evil").exists()


def test_parts_go_to_an_object_store_without_credentials(server: Server, spool: Path, tmp_path: Path) -> None:
    content = os.urandom(50 * MEBIBYTE)
    (tmp_path / "large").write_bytes(content)
    (tmp_path / "to").mkdir()
    code = """
        run_id = client.create_run("0").info.run_id
        client.log_artifact(run_id, os.environ["FILE"], "models")
        # The object store's file is not this server's, of which the first part comes.
        say(run_id)
        sys.stdin.readline()
        say(client.download_artifacts(run_id, "models/large", os.environ["TO"]))
    """
    with Objects() as objects, Signing(server.address, objects) as front:
        objects.cuts = 2
        script = Script(
            f"runyard://{front.address}",
            spool,
            code,
            FILE=str(tmp_path / "large"),
            TO=str(tmp_path / "to"),
            MLFLOW_TRACKING_USERNAME="user",
            MLFLOW_TRACKING_PASSWORD="secret",
        )
        run_id = script.hear()
        key = f"0/{run_id}/artifacts/models/large"
        assert objects.kept[f"/{key}"] == content
        # As such a server would, it passes on the beginning of the file.
        with Connection(server.address) as connection:
            sent = encode_request("PUT", f"/api/2.0/mlflow-artifacts/artifacts/{key}", content)
            assert connection.send(sent).status == 200
        objects.cuts = 2
        script.tell()
        path, *_ = script.end()[0].splitlines()
        assert Path(path).read_bytes() == content
    assert [method for method, _ in objects.seen].count("PUT") == 4 + 2
    assert [method for method, _ in objects.seen].count("GET") == 3 + 2
    for _, headers in objects.seen:
        assert "Authorization" not in headers
        assert headers.items() >= SIGNED.items()
