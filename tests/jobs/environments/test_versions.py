"""Requests for a Python, and which versions they mean."""

from __future__ import annotations

import pytest

from runyard.jobs.environments.failed import EnvironmentFailed
from runyard.jobs.environments.versions import checked, fits, is_version, nearest


@pytest.mark.parametrize(
    ("request_", "wanted"),
    [("3.11", "3.11"), (" 3 ", "3"), (">= 3.10, < 3.12", ">=3.10,<3.12"), ("==3.11.*", "==3.11.*")],
)
def test_what_is_taken(request_: str, wanted: str) -> None:
    assert checked(request_) == wanted
    assert is_version(wanted) == wanted[0].isdigit()


@pytest.mark.parametrize(
    "request_", ["", "python3", "3.", "3.11.4.1", ">=", ">=3,", "=3.11", "3.11\n;", "--help", "/x"]
)
def test_what_is_refused(request_: str) -> None:
    with pytest.raises(EnvironmentFailed, match="'python' must be a version such as '3.11' or a range"):
        checked(request_)


@pytest.mark.parametrize(
    ("wanted", "yes", "no"),
    [
        ("3", ["3.8.1", "3.12.0"], ["2.7.18"]),
        ("3.1", ["3.1.5"], ["3.10.1", "3.11.0"]),
        ("3.11.4", ["3.11.4"], ["3.11.5"]),
        (">=3.10,<3.12", ["3.10.0", "3.11.9"], ["3.9.20", "3.12.0"]),
        ("==3.11.*", ["3.11.4"], ["3.12.1"]),
        ("==3.11", ["3.11"], ["3.11.4"]),
        ("!=3.11.*", ["3.12.1"], ["3.11.4"]),
        ("~=3.10", ["3.10.0", "3.12.1"], ["3.9.1", "4.0.0"]),
        ("~=3.10.2", ["3.10.4"], ["3.10.1", "3.11.4"]),
        (">3.11", ["3.11.4"], ["3.10.1"]),
        ("<=3.11", ["3.10.9"], ["3.11.4"]),
    ],
)
def test_which_versions_fit(wanted: str, yes: list[str], no: list[str]) -> None:
    assert [version for version in yes + no if fits(wanted, version)] == yes


def test_which_is_nearest() -> None:
    there = ["3.8.18", "3.10.4", "3.10.13", "3.12.1", "2.7.18", "3.14.0a2"]
    assert nearest("3.11", there, lenient=True) == "3.12.1"
    assert nearest("3.9", there, lenient=True) == "3.10.13"
    assert nearest("3.10.99", there, lenient=False) == "3.10.13"
    assert nearest("3.11", there, lenient=False) is None
    assert nearest("4.0", there, lenient=True) is None
    assert nearest(">=3.11", there, lenient=True) is None
    assert nearest("3", there, lenient=True) is None
