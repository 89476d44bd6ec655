from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from runyard.job_entities import COMPLETED, FAILED, RUNNING, JobReport, NodeState, RankState
from runyard.jobs.entities import Command, CommandJob
from runyard.jobs.snapshot import Blobs, collect, encode, keep
from runyard.jobs.spec import load_job_text
from runyard.jobs_api.asked import Asked, new_job
from runyard.store.jobs import changing, creating
from runyard.store.store import Store
from runyard.studio_api.app import build_studio_api
from tests.studio_api.asgi import Client

PLAIN = "name: hello\ncommand: echo hello\n"
TWO_NODES = """\
name: two
command: python train.py
distribution: {type: pytorch, process_count_per_instance: 2}
resources: {instance_count: 2}
"""


@pytest.fixture
def client(store: Store) -> Client:
    return Client(build_studio_api(store, lambda: ("local", "big")))


def create(client: Client, text: str, **more: Any) -> dict[str, Any]:
    answer = client.post("/jobs", {"text": text, **more})
    assert answer.status == 200, answer.body
    job: dict[str, Any] = answer.json()
    return job


def refused(client: Client, text: str, **more: Any) -> list[dict[str, Any]]:
    """What is wrong with a text, as both routes tell it."""
    answer = client.post("/jobs", {"text": text, **more})
    assert (answer.status, answer.json()["error_code"]) == (400, "INVALID_PARAMETER_VALUE")
    problems: list[dict[str, Any]] = answer.json()["problems"]
    assert client.post("/job-check", {"text": text, **more}).json() == {"problems": problems, "warnings": []}
    return problems


def report(store: Store, name: str, state: str | None, **more: Any) -> None:
    store.write(lambda tx: changing.claim(tx, name, "runner"))
    store.write(lambda tx: changing.report(tx, "runner", [JobReport(name, state, **more)]))


def kept(store: Store, folder: Path, **files: bytes) -> str:
    """Keep code; the digest of its snapshot."""
    folder.mkdir()
    for name, content in files.items():
        (folder / name.replace("_", ".")).write_bytes(content)
    snapshot, blobs = collect(folder), Blobs(store.folder / "snapshots")
    keep(folder, snapshot, blobs)
    blobs.put(snapshot.digest, BytesIO(encode(snapshot)))
    return snapshot.digest


def has_code(store: Store, client: Client, digest: str, name: str = "first") -> None:
    """A job that was submitted by the command line, with code from a folder."""
    task = Command(command="python train.py", code="/home/ada/src")
    job = CommandJob(name=name, task=task, experiment_name="digits")
    new = new_job(Asked(job, digest, "command: python train.py\ncode: ./src\n", "ada"), ("local",), False)
    store.write(lambda tx: creating.create(tx, new))


def test_a_text_becomes_a_queued_job(client: Client) -> None:
    job = create(client, PLAIN + "display_name: Hello\n", experiment="digits")
    assert (job["name"], job["state"], job["type"], job["compute"]) == ("hello", "Queued", "command", "local")
    assert (job["display_name"], job["experiment_name"]) == ("Hello", "digits")
    assert job["source"] == PLAIN + "display_name: Hello\n"
    assert [event["state"] for event in job["events"]] == ["Queued"]
    assert (job["nodes"], job["snapshot"], job["parent"]) == ([], None, None)
    assert client.get("/jobs/hello").json() == job


def test_what_the_text_says_of_its_experiment_and_compute_counts(client: Client) -> None:
    text = "command: ls\nexperiment_name: own\ncompute: azureml:big\n"
    job = create(client, text, experiment="digits")
    assert (job["experiment_name"], job["compute"], job["message"]) == ("own", "big", "")
    assert create(client, "command: ls\n")["experiment_name"] == "Default"
    elsewhere = create(client, "command: ls\ncompute: gpu-cluster\n")
    assert elsewhere["compute"] == "local"
    assert "There is no compute 'gpu-cluster' here" in elsewhere["message"]


def test_a_name_is_taken_once(client: Client) -> None:
    create(client, PLAIN)
    answer = client.post("/jobs", {"text": PLAIN})
    assert (answer.status, answer.json()["error_code"]) == (400, "RESOURCE_ALREADY_EXISTS")
    assert "'hello'" in answer.json()["message"]


def test_all_that_is_wrong_is_told_with_its_place(client: Client) -> None:
    problems = refused(client, "command: ls\ndisplay_nam: x\nresources:\n  instance_count: none\n")
    places = [(each["line"], each["column"], each["field"]) for each in problems]
    assert places == [(2, 1, "display_nam"), (4, 19, "resources.instance_count")]
    assert "display_name" in problems[0]["message"]
    assert refused(client, "command: [\n")[0]["line"] == 2
    assert client.get("/job-queue").json()["jobs"] == []


def test_what_means_something_else_here_is_a_warning(client: Client) -> None:
    text = "command: ls\ncode: azureml:src:1\n"
    answer = client.post("/job-check", {"text": text}).json()
    assert answer["problems"] == []
    assert [(each["line"], each["field"]) for each in answer["warnings"]] == [(2, "code")]


@pytest.mark.parametrize("path", ["./src", "/etc", "~/src"])
def test_a_page_reads_no_local_code(client: Client, path: str) -> None:
    [problem] = refused(client, f"command: ls\ncode: {path}\n")
    assert (problem["line"], problem["field"]) == (2, "code")
    assert problem["message"].startswith(f"'{path}' is a local path, which a page can't read.")
    assert "runyard job create -f" in problem["message"]


def test_a_page_reads_no_files_of_the_server(client: Client, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("token")
    for text in (
        f"environment: {{requirements: {secret}}}",
        f"environment: file:{secret}",
        f"environment: {{conda_file: {secret}}}",
        f"environment: {{build: {{path: {tmp_path}}}}}",
    ):
        [problem, *_] = refused(client, f"command: ls\n{text}\n")
        assert "is a local path" in problem["message"]
        assert "token" not in problem["message"]


def test_data_may_lie_where_the_job_runs(client: Client) -> None:
    text = "command: ls ${{inputs.data}}\ninputs:\n  data: {path: /data/digits}\n"
    create(client, text)
    [problem] = refused(client, text.replace("/data", "./data"))
    assert (problem["line"], problem["field"]) == (3, "inputs.data.path")


def test_a_clone_has_the_code_of_its_original(store: Store, client: Client, tmp_path: Path) -> None:
    digest = kept(store, tmp_path / "src", train_py=b"print(1)\n")
    has_code(store, client, digest)
    clone = create(client, "command: python train.py --more\ncode: ./src\n", from_job="first")
    assert clone["snapshot"] == digest
    assert client.get(f"/jobs/{clone['name']}/code").json()["digest"] == digest
    # What the text does not ask for, the job does not have.
    assert create(client, "command: ls\n", from_job="first")["snapshot"] is None
    again = create(client, "command: ls\ncode: ./src\n", from_job=clone["name"])
    assert again["snapshot"] == digest


def test_a_clone_of_a_job_without_code_has_none(client: Client) -> None:
    create(client, PLAIN)
    [problem] = refused(client, "command: ls\ncode: ./src\n", from_job="hello")
    assert problem["field"] == "code"
    answer = client.post("/jobs", {"text": PLAIN, "from_job": "unknown"})
    assert answer.status == 404


SWEEP = """\
type: sweep
trial: {command: 'python train.py ${{search_space.lr}}', code: ./src}
sampling_algorithm: grid
search_space: {lr: {type: choice, values: [0.1, 0.2]}}
objective: {primary_metric: loss, goal: minimize}
limits: {max_total_trials: 2}
"""


def test_the_code_of_a_sweep_is_that_of_its_trials(store: Store, client: Client, tmp_path: Path) -> None:
    digest = kept(store, tmp_path / "src", train_py=b"print(1)\n")
    job = load_job_text(SWEEP, tmp_path).job
    job.name = "sweep"
    new = new_job(Asked(job, digest, SWEEP, ""), ("local",), False)
    store.write(lambda tx: creating.create(tx, new))
    clone = create(client, SWEEP.replace("0.2", "0.3"), from_job="sweep")
    assert (clone["type"], clone["snapshot"]) == ("sweep", digest)


def test_code_in_git_is_fetched(client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fetched(url: str, ref: str | None, into: Path, log: object) -> Path:
        assert (url, ref) == ("https://example.org/code.git#main", None)
        (into / "train.py").write_text("print(2)\n")
        return into

    monkeypatch.setattr("runyard.studio_api.job_text.from_git", fetched)
    text = "command: python train.py\ncode: https://example.org/code.git#main\n"
    first = create(client, text)
    assert [each["path"] for each in client.get(f"/jobs/{first['name']}/code").json()["files"]] == [
        "train.py"
    ]
    # A branch may have moved since: a clone has what its original had.
    monkeypatch.setattr("runyard.studio_api.job_text.from_git", lambda *_: pytest.fail("fetched again"))
    assert create(client, text, from_job=first["name"])["snapshot"] == first["snapshot"]


def test_a_repository_that_is_not_there_is_told(client: Client) -> None:
    answer = client.post("/jobs", {"text": "command: ls\ncode: git://127.0.0.1:1/none.git\n"})
    assert answer.status == 400, answer.body
    assert client.get("/job-queue").json()["jobs"] == []


def test_the_code_of_a_job_can_be_read(store: Store, client: Client, tmp_path: Path) -> None:
    long = "é" * 600_000
    digest = kept(
        store,
        tmp_path / "src",
        train_py="print('ü')\n".encode(),
        data_bin=b"\x00\x01",
        latin_txt=b"\xe9\n",
        long_txt=b"x" + long.encode(),
    )
    has_code(store, client, digest)
    code = client.get("/jobs/first/code").json()
    assert [each["path"] for each in code["files"]] == ["data.bin", "latin.txt", "long.txt", "train.py"]
    assert code["files"][0] == {"path": "data.bin", "size": 2, "executable": False}
    text = client.get("/jobs/first/code/train.py").json()
    assert text == {"path": "train.py", "size": 12, "text": "print('ü')\n", "more": False}
    assert client.get("/jobs/first/code/data.bin").json()["text"] is None
    assert client.get("/jobs/first/code/latin.txt").json()["text"] is None
    cut = client.get("/jobs/first/code/long.txt").json()
    assert (cut["size"], cut["more"]) == (1_200_001, True)
    assert ("x" + long).startswith(cut["text"])
    assert len(cut["text"].encode()) in (1024 * 1024 - 1, 1024 * 1024)
    for path in ("none.py", "../first", digest):
        assert client.get(f"/jobs/first/code/{path}").status == 404


def test_a_job_without_code_has_no_files(client: Client) -> None:
    create(client, PLAIN)
    assert client.get("/jobs/hello/code").json() == {"digest": None, "files": []}
    assert client.get("/jobs/hello/code/train.py").status == 404


def test_nodes_and_ranks_have_their_logs(store: Store, client: Client) -> None:
    create(client, TWO_NODES)
    nodes = [
        NodeState(
            node,
            RUNNING,
            "host",
            100 + node,
            [RankState(2 * node + local, local, pid=7, started=5) for local in (0, 1)],
        )
        for node in (0, 1)
    ]
    nodes[1].ranks[1].exit_code = 3
    report(store, "two", RUNNING, nodes=nodes)
    job = client.get("/jobs/two").json()
    assert (job["state"], job["runner"]) == ("Running", "runner")
    assert job["started"] is not None
    assert [event["state"] for event in job["events"]] == ["Queued", "Starting", "Running"]
    ranks = [rank for node in job["nodes"] for rank in node["ranks"]]
    assert [(rank["rank"], rank["exit_code"]) for rank in ranks] == [(0, None), (1, None), (2, None), (3, 3)]
    assert ranks[0]["log"] == "node_0/user_logs/std_log_process_00.txt"
    assert ranks[3]["log"] == "node_1/user_logs/std_log_process_03.txt"
    assert job["nodes"][1]["host"] == "host"


def test_a_single_process_has_one_log_for_each_try(store: Store, client: Client) -> None:
    create(client, PLAIN)
    report(store, "hello", RUNNING, nodes=[NodeState(0, RUNNING, ranks=[RankState(0, 0)])], retry=1)
    [node] = client.get("/jobs/hello").json()["nodes"]
    assert node["ranks"][0]["log"] == "retry_001/user_logs/std_log.txt"


def test_the_queue_says_what_waits_and_why(store: Store, client: Client) -> None:
    for name in ("a", "b", "c", "d"):
        create(client, f"name: {name}\ncommand: ls\n")
    create(client, "name: e\ncommand: ls\ncompute: big\n")
    report(store, "a", RUNNING)
    report(store, "c", FAILED, reason="exit_code", message="Rank 0 ended with exit code 1.")
    store.write(lambda tx: changing.explain(tx, [("b", "It needs 4 processors, and 2 of 4 are free: a.")]))
    queue = client.get("/job-queue").json()
    shown = [(each["name"], each["state"], each["position"]) for each in queue["jobs"]]
    assert shown == [("a", "Running", None), ("b", "Queued", 1), ("d", "Queued", 2), ("e", "Queued", 1)]
    assert queue["jobs"][1]["message"] == "It needs 4 processors, and 2 of 4 are free: a."
    assert (queue["counts"], queue["more"]) == ({"Queued": 3, "Running": 1}, False)


def test_a_queued_job_is_canceled_at_once_and_a_running_one_on_request(store: Store, client: Client) -> None:
    create(client, PLAIN)
    job = client.post("/jobs/hello/cancel", {}).json()
    assert (job["state"], job["reason"]) == ("Canceled", "canceled")
    assert job["ended"] is not None
    create(client, "name: other\ncommand: ls\n")
    report(store, "other", RUNNING)
    assert client.post("/jobs/other/cancel", {}).json()["state"] == "CancelRequested"
    report(store, "other", COMPLETED)
    assert client.post("/jobs/other/cancel", {}).json()["state"] == "Completed"


def test_there_is_no_job_of_another_name(client: Client) -> None:
    for answer in (
        client.get("/jobs/none"),
        client.get("/jobs/none/code"),
        client.post("/jobs/none/cancel", {}),
    ):
        assert (answer.status, answer.json()["error_code"]) == (404, "RESOURCE_DOES_NOT_EXIST")


def test_runs_tell_the_state_of_their_job(store: Store, filled: Store, client: Client) -> None:
    create(client, PLAIN)
    report(store, "hello", "Preparing")
    assert client.get("/runs/hello").json()["job_state"] == "Preparing"
    assert client.get("/runs/a").json()["job_state"] is None
    rows = client.get("/runs", max_results=10).json()["runs"]
    assert {row["run_id"]: row["job_state"] for row in rows}["hello"] == "Preparing"


def test_a_job_without_a_file_gets_one(store: Store, client: Client, tmp_path: Path) -> None:
    digest = kept(store, tmp_path / "src", train_py=b"print(1)\n")
    job = CommandJob(name="trial", task=Command(command="python train.py"), experiment_name="digits")
    new = new_job(Asked(job, digest, "", ""), ("local",), False)
    store.write(lambda tx: creating.create(tx, new))
    shown = client.get("/jobs/trial").json()
    assert (shown["is_written"], shown["source"]) == (
        False,
        "experiment_name: digits\ncommand: python train.py\ncode: .\n",
    )
    clone = create(client, shown["source"], from_job="trial")
    assert (clone["snapshot"], clone["is_written"]) == (digest, True)
