"""YAML of others is read as plain data, and never makes the server large or deep."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from runyard.studio_api.plain_yaml import MAX_DEPTH, YamlError, read_mapping

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=100)
scalars = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), text)
data = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(text, inner, max_size=4)),
    max_leaves=20,
)


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(text, data, min_size=1, max_size=5))
def test_what_mlflow_writes_is_read(document: dict[str, Any]) -> None:
    # As MLflow calls it; equal parts are written once and referred to unless the dumper is told otherwise.
    class Dumper(yaml.SafeDumper):
        def ignore_aliases(self, data: object) -> bool:
            return True

    assert read_mapping(yaml.dump(document, Dumper=Dumper, default_flow_style=False)) == document


@settings(max_examples=200, deadline=None)
@given(st.one_of(text, st.text("ab:- \n'\"#[]{}&*|!\\", max_size=60)))
def test_any_text_is_read_or_refused(content: str) -> None:
    try:
        assert isinstance(read_mapping(content), dict)
    except YamlError:
        pass


def test_keys_are_text_at_all_depths() -> None:
    assert read_mapping("1: {true: a}\nlist:\n- 2.5: b") == {"1": {"True": "a"}, "list": [{"2.5": "b"}]}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "it holds no mapping"),
        ("- a", "it holds no mapping"),
        ("a: [1", "line 2"),
        ("a: 1\nb: : c", "line 2"),
        ("a: 1\n---\nb: 2", "found another document in line 2"),
        ("a: &x [1, 2]\nb: *x", "it refers to another part of itself in line 2"),
        ("a: !!python/object/apply:os.system ['true']", "could not determine a constructor"),
        ("a: " + "[" * 1_000_000, "nested deeper"),
        ("a: " + "{b: " * MAX_DEPTH, "nested deeper"),
    ],
)
def test_the_rest_is_refused_with_its_reason(content: str, reason: str) -> None:
    with pytest.raises(YamlError) as raised:
        read_mapping(content)
    assert reason in str(raised.value)


def test_a_document_that_would_grow_is_refused() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
    with pytest.raises(YamlError, match="refers to another part"):
        read_mapping("\n".join(lines))
