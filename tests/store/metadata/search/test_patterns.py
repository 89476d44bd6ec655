"""LIKE, ILIKE and REGEXP in the database: cases, wildcards, and patterns made to run for ever."""

from __future__ import annotations

import time

import pytest

from runyard.store.metadata.search import search_runs
from runyard.store.metadata.search.patterns import matches
from runyard.store.metadata.session import Session
from tests.store.metadata.search.samples import SampleRun, write


def found(session: Session, filter: str) -> int:
    return len(search_runs(session, ["1"], filter).ids)


@pytest.mark.parametrize(
    ("value", "filter", "matched"),
    [
        ("Forest", "LIKE 'For%'", True),
        ("Forest", "LIKE 'for%'", False),
        ("Forest", "LIKE '_orest'", True),
        ("Forest", "LIKE 'Fore'", False),
        ("Forest", "ILIKE 'fOR%'", True),
        ("ÉCOLE", "ILIKE 'éc%'", True),
        ("STRASSE", "ILIKE 'straße'", True),
        ("50% off", "LIKE '50% off'", True),
        ("a\\b", "LIKE 'a\\b'", True),
        ("a%", "LIKE 'a\\%'", False),
        ("new\nline", "LIKE 'new%line'", True),
        ("Forest", "NOT LIKE 'T%'", True),
        ("Forest", "REGEXP 'or'", True),
        ("Forest", "REGEXP '^or'", False),
        ("Forest", "REGEXP '(?i)FOREST$'", True),
        ("Forest", "NOT REGEXP '^T'", True),
    ],
)
def test_patterns(session: Session, value: str, filter: str, matched: bool) -> None:
    write(session, [SampleRun("a", params={"p": value})])
    assert found(session, f"params.p {filter}") == int(matched)


def test_a_pattern_without_the_name_matches_nothing(session: Session) -> None:
    write(session, [SampleRun("a")])
    assert found(session, "params.p NOT LIKE 'x'") == 0
    assert found(session, "NOT params.p LIKE 'x'") == 1


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|aa)+$", "a*a*a*a*a*a*b", "(.*a){20}b", ".*.*.*=.*"])
def test_no_regular_expression_runs_for_ever(pattern: str) -> None:
    start = time.process_time()
    assert matches(pattern, "a" * 6_000 + "!") is False
    assert time.process_time() - start < 2


def test_no_like_runs_for_ever(session: Session) -> None:
    write(session, [SampleRun("a", params={"p": "a" * 6_000})])
    start = time.process_time()
    assert found(session, f"params.p LIKE '{'%a' * 100}%b'") == 0
    assert found(session, f"params.p ILIKE '{'%a_' * 100}%b_c'") == 0
    assert time.process_time() - start < 2
