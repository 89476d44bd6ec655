"""Drives the studio in a real browser against a live server; scenarios/ holds what is done and seen there."""

from __future__ import annotations

import base64
import socket
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.e2e.studio import START, create_run, finished_run, log, picture, play, points, put_artifact
from tests.faults.server import Server

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]


def test_an_empty_workspace_says_how_to_log_a_first_run_and_shows_it(server: Server) -> None:
    play("firstStart", {"address": server.address}, {"log": lambda: _first_run(server.address)})


def _first_run(address: str) -> None:
    log(address, create_run(address, "first-run"), metrics=points("loss", [0.5]))


def test_runs_are_listed_sorted_searched_and_filtered(many_runs: Server) -> None:
    play("list", {"address": many_runs.address})


def test_columns_and_experiments_are_chosen(many_runs: Server) -> None:
    play("columns", {"address": many_runs.address})


def test_checked_runs_are_compared(many_runs: Server) -> None:
    play("compare", {"address": many_runs.address})


def test_a_page_of_an_older_studio_loads_the_newer_one(many_runs: Server) -> None:
    play("upgraded", {"address": many_runs.address})


def test_views_are_saved_and_shared(many_runs: Server) -> None:
    play("views", {"address": many_runs.address})


def test_the_keyboard_leads_through_the_list(many_runs: Server) -> None:
    play("keyboard", {"address": many_runs.address})


def test_name_description_and_tags_are_edited(server: Server) -> None:
    play("edit", {"address": server.address, "run": finished_run(server.address)})


def test_runs_are_deleted_and_restored(server: Server) -> None:
    for number, name in enumerate(("first", "second", "third")):
        create_run(server.address, name, start=START + number)
    play("trash", {"address": server.address})


def test_runs_are_archived_and_had_back(server: Server) -> None:
    names = ("first", "second", "third")
    ids = [create_run(server.address, name, start=START + number) for number, name in enumerate(names)]
    play("archive", {"address": server.address, "third": ids[2]})


def test_charts_grow_while_a_script_logs(server: Server) -> None:
    script = Path(__file__).with_name("log_until_told.py")
    command = [sys.executable, str(script), server.address]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as logging:
        assert logging.stdin is not None and logging.stdout is not None
        given = {"address": server.address, "run": logging.stdout.readline().strip()}
        try:
            play("live", given, {"finish": lambda: _finish(logging)})
        finally:
            logging.kill()


def _finish(logging: subprocess.Popen[str]) -> None:
    assert logging.stdin is not None
    logging.stdin.close()
    assert logging.wait(60) == 0


def test_files_are_listed_previewed_and_downloaded(server: Server, tmp_path: Path) -> None:
    run = finished_run(server.address)
    weights = bytes(range(256)) * 300
    files = {
        "notes.txt": "\n".join(f"line {n}: größe" for n in range(3000)).encode(),
        "plots/picture.png": picture(),
        "deep/er/weights.bin": weights,
        "western.txt": "Größe in Metern".encode("cp1252"),
    }
    for path, content in files.items():
        put_artifact(server.address, run, path, content)
    given = {"address": server.address, "run": run, "weights": base64.b64encode(weights).decode()}
    play("outputs", {**given, "all": str(tmp_path / "all.zip"), "folder": str(tmp_path / "folder.zip")})
    assert unpacked(tmp_path / "all.zip") == files
    assert unpacked(tmp_path / "folder.zip") == {"er/weights.bin": weights}


def test_logs_are_followed(server: Server) -> None:
    run = create_run(server.address, "a job")
    lines = [f"line {n}" for n in range(3000)]
    text = "\n".join([*lines, " 50%|##  |\r100%|####|", "\x1b[31mwarning\x1b[0m: hot", ""])
    put_artifact(server.address, run, "user_logs/std_log.txt", text.encode())
    big = "\n".join(f"big line {n}" for n in range(100_000)).encode()
    put_artifact(server.address, run, "big.log", big)
    written = [text]

    def write() -> None:
        written.append(f"the newest line{'' if len(written) == 1 else ' but one'}\n")
        put_artifact(server.address, run, "user_logs/std_log.txt", "".join(written).encode())

    play("logs", {"address": server.address, "run": run}, {"write": write})


@pytest.mark.parametrize("scenario", ["links", "overview", "together", "save", "dark", "unknown"])
def test_a_finished_run(one_run: tuple[str, str], scenario: str) -> None:
    address, run = one_run
    play(scenario, {"address": address, "run": run})


def test_a_restarted_server_is_noticed_and_nothing_is_missed(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
    with Server(tmp_path / "data", "--port", port) as server:
        run = finished_run(server.address)

        def start() -> None:
            server.start()
            log(
                server.address,
                run,
                metrics=[{"key": "loss", "value": 0.1, "step": 9, "timestamp": 1_700_000_009_000}],
            )

        actions = {"stop": lambda: _stop(server), "start": start}
        play("restart", {"address": server.address, "run": run}, actions)


def _stop(server: Server) -> None:
    server.stop()


def test_extremes_are_shown_as_quietly_as_anything_else(server: Server) -> None:
    many, odd = create_run(server.address, "many"), create_run(server.address, "n" * 250)
    for start in range(0, 10_000, 1000):
        metrics = [
            point for n in range(start, start + 1000) for point in points(f"metric-{n:05d}", [float(n)])
        ]
        log(server.address, many, metrics=metrics)
    log(server.address, odd, metrics=points("nothing", ["NaN", "NaN", "Infinity"]) + points("one", [1.0]))
    log(
        server.address,
        odd,
        metrics=points("m" * 250, [1.0, 2.0]),
        params=[{"key": "p" * 250, "value": "v" * 4000}],
    )
    play("extremes", {"address": server.address, "many": many, "odd": odd})


def unpacked(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
