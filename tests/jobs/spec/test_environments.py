"""Environments of job files: what is read in, so that it means the same on every machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from runyard.jobs.entities import Environment
from runyard.jobs.spec.mapping import EnvironmentNotMapped, map_environment
from tests.jobs.spec.reading import command, load, problems


def environment(text: str, folder: Path | None = None) -> Environment:
    found = command(f"command: a\nenvironment: {text}", folder).task.environment
    assert found is not None
    return found


@pytest.mark.parametrize(
    "reference",
    [
        "current",
        "azureml:ours:3",
        "azureml:ours@latest",
        "azureml://registries/azureml/environments/sklearn-1.5/versions/3",
    ],
)
def test_references_are_kept(reference: str) -> None:
    assert environment(reference) == Environment(reference=reference)


def test_none_is_the_runners_own() -> None:
    assert command("command: a").task.environment is None


def test_requirements_bring_what_they_name(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "r.txt").write_text("six  # why\n# none\n-r sub/more.txt\n--index-url https://h/simple\n")
    (tmp_path / "sub" / "more.txt").write_text("--requirement=last.txt\nnumpy>=1 \\\n  --hash=sha256:00\n")
    (tmp_path / "sub" / "last.txt").write_text("tomli\n")
    lines = ["six", "tomli", "numpy>=1 --hash=sha256:00", "--index-url https://h/simple"]
    assert environment("{requirements: r.txt}", tmp_path).requirements == lines
    assert environment("{requirements: 'file:r.txt'}", tmp_path).requirements == lines
    assert environment("{requirements: [-r r.txt, pip]}", tmp_path).requirements == [*lines, "pip"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("-r none.txt", "none.txt' can't be read as a text."),
        ("-r r.txt", "r.txt' names itself."),
        ("-c c.txt", "'-c c.txt' names a file of constraints"),
    ],
)
def test_requirements_that_can_not_be_brought(tmp_path: Path, line: str, message: str) -> None:
    (tmp_path / "r.txt").write_text(f"six\n{line}\n")
    found = problems("command: a\nenvironment:\n  requirements: r.txt", tmp_path)
    assert len(found) == 1 and found[0].startswith("job.yml:3: environment.requirements: "), found
    assert message in found[0]


def test_requirements_of_a_text_have_no_files_beside_it() -> None:
    assert "can't be read" in problems("command: a\nenvironment: {requirements: [-r r.txt]}")[0]


@pytest.mark.parametrize(
    ("conda", "message"),
    [
        ("{dependencies: 3}", "conda_file.dependencies: It must be a list, and is an integer (3)."),
        ("{dependencies: [3]}", "conda_file.dependencies: It must have texts, and has an integer (3)."),
        ("{dependencies: [{pip: six}]}", "conda_file.dependencies.pip: It must be a list of texts"),
        ("{dependencies: [{pypi: [six]}]}", "conda_file.dependencies.pypi: There is no such field here."),
        ("[a]", "conda_file: It must be a file or a mapping, and is a list."),
    ],
)
def test_what_is_wrong_in_a_conda_file(conda: str, message: str) -> None:
    found = problems(f"command: a\nenvironment: {{conda_file: {conda}}}")
    assert len(found) == 1 and message in found[0], found


def test_a_conda_file_that_came_another_way_is_checked_too() -> None:
    with pytest.raises(EnvironmentNotMapped, match="'dependencies' must be a list"):
        map_environment(Environment(conda={"dependencies": "numpy"}))


def test_names_of_what_is_written_out_are_ignored() -> None:
    loaded = load("command: a\nenvironment: {name: x, version: 1, image: python:3.11}")
    assert [warning.field for warning in loaded.warnings] == ["environment.name", "environment.version"]


def context(folder: Path, dockerfile: str, **files: str) -> Environment:
    (folder / "docker" / "sub").mkdir(parents=True)
    (folder / "docker" / "Dockerfile").write_text(dockerfile)
    for name, content in files.items():
        (folder / "docker" / name.replace("__", "/").replace("_txt", ".txt")).write_text(content)
    return environment("{build: {path: docker}}", folder)


def test_of_a_build_context_only_requirements_are_taken_along(tmp_path: Path) -> None:
    (tmp_path / "docker").mkdir()
    (tmp_path / "docker" / ".env").write_text("PASSWORD=x")
    (tmp_path / "docker" / "other.txt").write_text("not named")
    (tmp_path / "docker" / "Dockerfile").write_text(
        "FROM python:3.11\nCOPY . /app\nRUN pip install -r /app/requirements.txt\n"
    )
    (tmp_path / "docker" / "requirements.txt").write_text("-r base.txt\nsix\n")
    (tmp_path / "docker" / "base.txt").write_text("tomli\n")
    found = environment("{build: {path: docker}}", tmp_path)
    assert found.files == {"requirements.txt": "-r base.txt\nsix\n", "base.txt": "tomli\n"}
    assert map_environment(found).requirements == ["tomli", "six"]


def test_requirements_of_a_folder_are_found_by_the_ends_of_their_paths(tmp_path: Path) -> None:
    found = context(
        tmp_path,
        "FROM python:3.11\nCOPY sub /tmp/sub\nRUN pip install -r /tmp/sub/r.txt\n",
        r_txt="wrong\n",
        sub__r_txt="right\n",
    )
    assert map_environment(found).requirements == ["right"]


def plan_of(dockerfile: str, **files: str) -> tuple[str | None, list[str]]:
    plan = map_environment(Environment(dockerfile=dockerfile, files=files))
    return plan.python, plan.requirements


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        ("pip install six", ["six"]),
        ("pip3.11 install six", ["six"]),
        ("/opt/venv/bin/python -m pip install six", ["six"]),
        ("--mount=type=cache,target=/root/.cache pip install six", ["six"]),
        ('["pip", "install", "six"]', ["six"]),
        ("pip install --timeout 60 --trusted-host h six", ["six"]),
        ("pip install --index-url=https://h/simple six", ["--index-url https://h/simple", "six"]),
        ("pip install -i https://h/simple six", ["-i https://h/simple", "six"]),
        (
            "pip install 'six; python_version<\"4\"' && pip install tomli",
            ['six; python_version<"4"', "tomli"],
        ),
        ("pip install 'six>=1,<2'; pip install tomli", ["six>=1,<2", "tomli"]),
        ("pip install --requirement=/r/r.txt", ["tomli"]),
    ],
)
def test_how_packages_are_installed(run: str, expected: list[str]) -> None:
    assert plan_of(f"FROM python:3.11\nRUN {run}\n", **{"r.txt": "tomli\n"}) == ("3.11", expected)


@pytest.mark.parametrize(
    "start",
    [
        "FROM --platform=linux/amd64 python:3.11-slim",
        "ARG V=3.11\nFROM python:$V",
        "ARG V='3.11'\nFROM python:${V}-slim AS base",
        "FROM python:${V:-3.11}",
        "from docker.io/library/python:3.11",
    ],
)
def test_how_images_are_named(start: str) -> None:
    assert plan_of(f"{start}\nRUN pip install six\n") == ("3.11", ["six"])


@pytest.mark.parametrize(
    ("run", "message"),
    [
        ("pip install -e .", "Line 2 of the Dockerfile installs with '-e'"),
        ("pip install .", "Line 2 of the Dockerfile installs with '.'"),
        ("pip install ./package", "Line 2 of the Dockerfile installs with './package'"),
        ("pip install -c c.txt six", "Line 2 of the Dockerfile installs with '-c'"),
        (
            "pip install 'six",
            "Line 2 of the Dockerfile, 'pip install 'six', can't be read: No closing quotation.",
        ),
        (
            "pip install six | tee log",
            "'pip install six | tee log': commands can be joined by && and ; alone.",
        ),
        ("pip install six || true", "commands can be joined by && and ; alone."),
        ("conda install six", "Line 2 of the Dockerfile runs 'conda install six': only `pip install`"),
        ("pip installer", "Line 2 of the Dockerfile runs 'pip installer'"),
    ],
)
def test_what_can_not_be_followed(run: str, message: str) -> None:
    with pytest.raises(EnvironmentNotMapped) as raised:
        plan_of(f"FROM python:3.11\nRUN {run}\n")
    assert message in str(raised.value)
