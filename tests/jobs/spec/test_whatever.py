"""Whatever stands in a file, it is a job that can be kept, or problems."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from runyard.jobs import entities
from runyard.jobs.spec import JobFileError, load_job_text

FILES = Path(__file__).parent / "files"
WHOLE: dict[str, Any] = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))
    for path in FILES.glob("*.yml")
    if path.stem != "conda"
}
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(min_value=2**53, max_value=10**400),
    st.floats(),
    st.dates(),
    st.datetimes(),
    st.binary(max_size=3),
    st.text(st.characters(exclude_categories=()), max_size=6),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.sampled_from(["type", "path", "value", "component", "a"]), st.integers(), max_size=2),
    st.sampled_from(
        [
            "file:pipeline.yml",
            "file:conda.yml",
            "components/train.yml",
            "components/report.yml",
            "data",
            "src",
            "${{inputs.x}}",
            "${{parent.inputs.epochs}}",
            "${{parent.jobs.train.outputs.model}}",
            "{inputs.x}",
            "²",
            "1e400",
            "sweep",
            "pipeline",
            "grid",
        ]
    ),
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of all that a document holds."""
    found = [path] if path else []
    for name, inner in (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    ):
        found += places(inner, (*path, name))
    return found


@st.composite
def broken(draw: st.DrawFn) -> dict[str, Any]:
    """A whole file in which a few things are others, or are not there."""
    name = draw(st.sampled_from(sorted(WHOLE)))
    document = copy.deepcopy(WHOLE[name])
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(places(document)))
        inner = document
        for part in path[:-1]:
            inner = inner[part]
        if draw(st.integers(0, 4)):
            inner[path[-1]] = draw(ODD)
        elif isinstance(inner, dict) and len(inner) > 1:
            inner[draw(st.sampled_from(["x", "type", "inputs", "path", "jobs"]))] = inner.pop(path[-1])
    return dict(document)


def take(text: str) -> None:
    try:
        job = load_job_text(text, FILES).job
    except JobFileError as error:
        assert error.problems and all(problem.line >= 1 and problem.message for problem in error.problems)
        str(error).encode()
    else:
        assert entities.decode(entities.encode(job)) == job


@pytest.mark.parametrize("name", sorted(WHOLE))
def test_whole_files_are_jobs(name: str) -> None:
    load_job_text(yaml.safe_dump(WHOLE[name]), FILES)


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(broken())
def test_broken_files_are_jobs_or_problems(document: dict[str, Any]) -> None:
    take(yaml.safe_dump(document))


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from("abc:-[]{}&*<!?|>'\"%@`#,0.~ \n\t\\$/é²\ud800\0"), max_size=40))
def test_texts_of_yamls_letters(text: str) -> None:
    take("command: a\ntags: {x: 1}\n" + text)
    take(text)


@settings(max_examples=100, deadline=None)
@given(
    st.text(st.characters(exclude_categories=()), max_size=12),
    st.sampled_from(["inputs.lr", "tags.a", "command", "environment", "a..b", ""]),
)
def test_whatever_is_set_from_outside(text: str, path: str) -> None:
    try:
        job = load_job_text("command: a\ninputs: {lr: 1}", FILES, overrides=[f"{path}={text}"]).job
    except JobFileError as error:
        str(error).encode()
    else:
        assert entities.decode(entities.encode(job)) == job
