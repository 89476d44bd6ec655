"""Which files of requirements mean the same environment."""

from __future__ import annotations

import pytest

from runyard.jobs.environments.failed import EnvironmentFailed
from runyard.jobs.environments.requirements import name_of, normalise, shown


def test_comments_gaps_and_order_of_packages_do_not_count() -> None:
    first = normalise(["# what we need", "", "six  ==1.16.0   # pinned", "tomli", "six ==1.16.0"])
    second = normalise(["tomli\r\n\n  six ==1.16.0"])
    assert first == second
    assert first.lines == ("six ==1.16.0", "tomli")


def test_a_number_sign_inside_of_an_address_is_no_comment() -> None:
    line = "git+https://host/repository.git#egg=name"
    assert normalise([f"{line} # why"]).lines == (line,)


def test_options_come_first_and_keep_their_order() -> None:
    lines = ["tomli", "--extra-index-url https://b/simple", "--index-url https://a/simple", "six"]
    assert normalise(lines).lines == (
        "--extra-index-url https://b/simple",
        "--index-url https://a/simple",
        "six",
        "tomli",
    )
    assert normalise(lines) != normalise([lines[0], lines[2], lines[1], lines[3]])


def test_a_backslash_goes_on_with_the_next_line() -> None:
    assert normalise(["six==1.17.0 \\", "    --hash=sha256:aa \\", "    --hash=sha256:bb"]).lines == (
        "six==1.17.0 --hash=sha256:aa --hash=sha256:bb",
    )


@pytest.mark.parametrize("line", ["runyard-mlflow", "Runyard_MLflow==0.1", "runyard.mlflow[all]>=0"])
def test_the_plugin_is_asked_for_whatever_its_spelling(line: str) -> None:
    assert normalise([line, "six"]) == normalise(["six", "runyard-mlflow"])
    assert normalise([line]).asks_plugin
    assert normalise([line]).lines == ()


@pytest.mark.parametrize(
    "line",
    ["-r other.txt", "-rother.txt", "--requirement=other.txt", "-c limits.txt", "--constraint limits.txt"],
)
def test_another_file_is_refused(line: str) -> None:
    with pytest.raises(EnvironmentFailed, match="names another file"):
        normalise(["six", line])


@pytest.mark.parametrize("line", ["./package", "../package", ".", "-e .", "-e ./package", "wheels/six.whl"])
def test_a_relative_path_is_refused(line: str) -> None:
    with pytest.raises(EnvironmentFailed, match="relative path"):
        normalise([line])


@pytest.mark.parametrize(
    "line",
    [
        "/wheels/six.whl",
        "-e /src/package",
        "name @ https://host/name.zip",
        "name@https://host/name.zip",
        "git+ssh://git@host/name",
        "https://host/name.whl",
        "--find-links /wheels",
        'six; python_version<"3.12"',
        "--pre",
    ],
)
def test_what_means_the_same_everywhere_is_taken(line: str) -> None:
    assert normalise([line]).lines == (line,)


def test_names() -> None:
    assert [name_of(line) for line in ("Six==1", "a_b.c[x]>1", "-e x", "name @ https://h/x")] == [
        "six",
        "a-b-c",
        "",
        "name",
    ]


def test_passwords_are_not_shown() -> None:
    line = "--index-url https://user:secret@host/simple"
    assert shown(line) == "--index-url https://****@host/simple"
    with pytest.raises(EnvironmentFailed) as failure:
        normalise(["-r https://user:secret@host/requirements.txt"])
    assert "secret" not in str(failure.value)
