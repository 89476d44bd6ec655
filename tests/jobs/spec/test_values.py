"""What YAML makes of values, and what a job file makes of that."""

from __future__ import annotations

from pathlib import Path

import pytest

from runyard.jobs.entities import Resources
from tests.jobs.spec.reading import command, load, problems


def test_texts_are_what_is_written() -> None:
    job = command(
        """\
        command: a
        tags: {version: 3.10, octal: 010, big: 1_000, day: 2020-01-01, flag: Yes, word: "Yes"}
        environment: {requirements: [six], python: 3.10}
        inputs: {day: 2020-01-01}
        """
    )
    assert job.tags == {
        "version": "3.10",
        "octal": "010",
        "big": "1_000",
        "day": "2020-01-01",
        "flag": "true",
        "word": "Yes",
    }
    assert job.task.environment is not None and job.task.environment.python == "3.10"
    assert job.inputs["day"].value == "2020-01-01"


def test_pairs_of_jsons_escapes_are_one_letter() -> None:
    assert command('{"command": "echo \\ud83d\\ude00"}').task.command == "echo \U0001f600"


def test_a_mapping_may_be_named_often() -> None:
    job = command(
        """\
        command: a
        tags: &tags {a: 1}
        properties: &more {<<: *tags, a: 2, b: 3}
        environment_variables: {<<: [*tags, *more]}
        """
    )
    assert (job.properties, job.task.environment_variables) == ({"a": "2", "b": "3"}, {"a": "1", "b": "3"})
    again = command("command: a\ntags: &a {x: 1}\nproperties: &b {<<: *a, x: 2}\nenvironment_variables: *b")
    assert again.task.environment_variables == {"x": "2"}


@pytest.mark.parametrize("word", ["PyTorch", "pytorch", "PYTORCH"])
def test_words_are_taken_in_any_case(word: str) -> None:
    job = command(
        f"command: a\ndistribution: {{type: {word}}}\ninputs: {{x: {{type: UriFile, path: 'http://h'}}}}"
    )
    assert job.task.distribution is not None and job.task.distribution.type == "pytorch"
    assert job.inputs["x"].type == "uri_file"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('command: "a\\0b"', "1: command: A text must have no NUL and no half of a surrogate pair."),
        ('command: "a\\ud800"', "1: command: A text must have no NUL and no half of a surrogate pair."),
        ('command: a\ntags: {"a\\0": b}', "2: tags: A text must have no NUL"),
        ("command: a\ntags:\n  x: !!int foo", "3: tags.x: 'foo' can't be read: invalid literal"),
        ("command: a\ntags:\n  x: 2020-13-45", "3: tags.x: '2020-13-45' can't be read: month must be in"),
        ("command: a\ntags: {x: !!binary aGk=}", "2: tags.x: It must be a text, a number, true or false"),
        (
            "command: a\ntags: &a {<<: *a}",
            "2: tags: '<<' must name a mapping, or a list of those, outside of it.",
        ),
        ("command: a\ntags: {<<: 3}", "2: tags: '<<' must name a mapping"),
        ("command: a\ntags: {[a]: b}", "2: tags: A key must be a text."),
        (
            "command: a\nretries: {count: '²'}",
            "2: retries.count: It must be an integer, and is the text '²'.",
        ),
        (
            "command: a\nretries: {count: --5}",
            "2: retries.count: It must be an integer, and is the text '--5'.",
        ),
        ("command: a\nretries: {count: 99999999999999999999}", "2: retries.count: It must be at most 9007"),
        (f"command: a\nresources: {{cpus: {'9' * 400}}}", "2: resources.cpus: It must be a finite number."),
        ("command: a\nresources: {cpus: .nan}", "2: resources.cpus: It must be a finite number."),
        ("command: a\ninputs: {x: .inf}", "2: inputs.x: It must be a finite number."),
        ("command: a\ninputs: {x: 99999999999999999999}", "2: inputs.x: It must be at most 9007199254740992"),
        (
            "command: a\ninputs: {x: {type: boolean, default: 3}}",
            "2: inputs.x.default: It must be true or false",
        ),
        ("command: a\ninputs: {x: {type: string}}", "2: inputs.x: It needs a value, or `optional: true`."),
        ("command: a\ninputs: {x: {type: uri_file}}", "2: inputs.x: It needs a path, or `optional: true`."),
        (
            "command: a\ninputs: {x: 'a ${{inputs.y}}'}",
            "2: inputs.x: 'a ${{inputs.y}}' is an expression inside",
        ),
        ("command: a\nresources: {docker_args: {a: 1}}", "2: resources.docker_args: It must be a text"),
        ("command: a\nlimits: {trial_timeout: 1}", "2: limits.trial_timeout: There is no such field here."),
        (
            "command: a\nqueue_settings: {job_tier: gold}",
            "2: queue_settings.job_tier: 'gold' is not one of spot",
        ),
        (
            "command: a\nqueue_settings: {priority: now}",
            "2: queue_settings.priority: 'now' is not one of low",
        ),
        ("command: a\nidentity: {type: mine}", "2: identity.type: 'mine' is not one of user_identity"),
        ("command: a\nenvironment: ''", "2: environment: It must not be empty."),
        (
            "command: a ${{parent.inputs.x}}",
            "1: command: '${{parent.inputs.x}}' stands for nothing. Bind an input",
        ),
        ("command: a $[[${{inputs.x}}]]", "1: command: '${{inputs.x}}' stands for nothing."),
        ("command: a ${{name}}", "1: command: '${{name}}' stands for nothing."),
    ],
)
def test_what_can_not_be_kept_is_told_with_its_line(text: str, message: str) -> None:
    found = problems(text)
    assert len(found) == 1 and found[0].startswith(f"job.yml:{message}"), found


def test_paths_that_no_system_takes(tmp_path: Path) -> None:
    assert "can't be read: File name too long." in problems(f"command: a\ncode: {'x' * 300}", tmp_path)[0]
    assert "There is no '" in problems("command: a\ncode: ~nobody-of-this-name/x", tmp_path)[0]


def test_what_is_wrong_is_told_once() -> None:
    found = problems("command: a ${{inputs.x}} ${{outputs.y}}\ninputs: {x: [1]}\noutputs: {y: 3}")
    assert [line.split(": ")[1] for line in found] == ["inputs.x", "outputs.y"]


def test_paths_may_be_addresses_of_files(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("1")
    text = f"command: a\ninputs: {{x: {{type: uri_file, path: 'file:a.csv'}}, y: {{type: uri_file, path: 'file://{tmp_path}/a.csv'}}}}"
    job = command(text, tmp_path)
    assert job.inputs["x"].path == job.inputs["y"].path == str(tmp_path / "a.csv")


ADDRESSES = [
    ("https://host/x", False),
    ("runs:/0123/model", False),
    ("azureml://jobs/j/outputs/o/paths/x", False),
    ("azureml:data:1", True),
    ("azureml:data@latest", True),
    ("azureml://datastores/d/paths/x", True),
    ("wasbs://c@a.blob.core.windows.net/x", True),
    ("abfss://c@a/x", True),
    ("adl://a/x", True),
]


@pytest.mark.parametrize(("path", "is_cloud"), ADDRESSES)
def test_addresses_are_kept(path: str, is_cloud: bool) -> None:
    loaded = load(f"command: a\ninputs: {{x: {{path: '{path}'}}}}")
    assert loaded.job.inputs["x"].path == path
    assert bool(loaded.warnings) is is_cloud
    assert all("will fail in Preparing" in warning.message for warning in loaded.warnings)


@pytest.mark.parametrize("code", ["git@github.com:a/b.git", "git+https://h/a.git#main", "https://h/a.git"])
def test_code_may_be_an_address(code: str) -> None:
    assert command(f"command: a\ncode: {code}").task.code == code


@pytest.mark.parametrize(
    ("memory", "size"), [("4g", 4 * 2**30), ("512m", 2**29), ("1.5GB", 3 * 2**29), (7, 7)]
)
def test_sizes_of_memory(memory: str | int, size: int) -> None:
    assert command(f"command: a\nresources: {{memory: {memory}}}").task.resources == Resources(
        memory_bytes=size
    )


def test_values_from_outside_are_read_as_yaml() -> None:
    text = "command: a\ninputs: {x: 1}"
    assert command(text, None, "tags.version=3.10").tags == {"version": "3.10"}
    assert command(text, None, "inputs.x=[").inputs["x"].value == "["
    assert problems(text, None, "inputs.x=2020-13-01")[0].startswith("--set:1: inputs.x: '2020-13-01' can't")
    assert problems(text, None, "inputs.x=\udc80") == [
        "--set:1: inputs.x=\\udc80: It must be a text without NUL, in UTF-8."
    ]
    assert "'command' is a text: nothing inside" in problems(text, None, "command.x=1")[0]


@pytest.mark.parametrize("part", ["identity", "environment", "resources", "tags", "outputs", "limits"])
def test_any_part_may_be_a_file(tmp_path: Path, part: str) -> None:
    content = {
        "identity": "type: user_identity",
        "environment": "image: python:3.11",
        "resources": "instance_count: 2",
        "tags": "a: b",
        "outputs": "o: {type: uri_file}",
        "limits": "timeout: 5",
    }[part]
    (tmp_path / "part.yml").write_text(content)
    assert command(f"command: a\n{part}: file:part.yml", tmp_path) == command(
        f"command: a\n{part}: {{{content}}}", tmp_path
    )
