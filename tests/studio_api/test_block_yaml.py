"""The reader of MLmodel files reads what PyYAML writes, and refuses the rest of YAML."""

from __future__ import annotations

from typing import Any

import pytest
import yaml  # type: ignore[import-untyped, unused-ignore]  # of mlflow, whose files these are
from hypothesis import given, settings
from hypothesis import strategies as st

from runyard.studio_api.block_yaml import YamlError, read_mapping

text = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from(" \n'\":#-?{}[]\\,&*!|>%@`~.0123456789e\t\r"),
    ),
    max_size=200,
)
# PyYAML writes longer keys as `? key`, which MLflow's files never hold.
keys = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=20)
scalars = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**17), 10**17), st.floats(allow_nan=False), text
)
data = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(keys, inner, max_size=4)),
    max_leaves=20,
)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(keys, data, min_size=1, max_size=5))
def test_what_pyyaml_writes_is_read(document: dict[str, Any]) -> None:
    # As MLflow calls it.
    written = yaml.safe_dump(document, default_flow_style=False)
    assert read_mapping(written) == document


@settings(max_examples=200, deadline=None)
@given(st.one_of(text, st.text("ab:- \n'\"#[]{}&*|\\", max_size=60)))
def test_any_text_is_read_or_refused(content: str) -> None:
    try:
        assert isinstance(read_mapping(content), dict)
    except YamlError:
        pass


def test_comments_and_written_forms() -> None:
    written = """---
# about
name: iris  # of flowers
list:
  - one
  -
    two: [] # nothing
  - - deep
    - er
'quoted key': "a\\tb\\u00f6"
long: 'it''s

  two'
plain: more
  words
size: 11724
rate: 1.5e+3
none: ~
yes: off
"""
    assert read_mapping(written) == {
        "name": "iris",
        "list": ["one", {"two": []}, ["deep", "er"]],
        "quoted key": "a\tbö",
        "long": "it's\ntwo",
        "plain": "more words",
        "size": 11724,
        "rate": 1500.0,
        "none": None,
        "yes": False,
    }


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", "no mapping"),
        ("- a", "no mapping"),
        ("a: !!python/object/apply:os.system ['true']", "not read here"),
        ("a: &x 1\nb: *x", "not read here"),
        ("a: |\n  text", "not read here"),
        ("a: [1, 2]", "not read here"),
        ("a: 1\na: 2", "line 2: 'a' stands twice"),
        ("a: 'open", "line 1: a quote is not closed"),
        ('a: "\\ud800"', "no character"),
        ("a: 1\n  b: 2", "within a text"),
        ("a:\n    b: 1\n  c: 2", "line 3"),
        ("\n".join("  " * n + "k:" for n in range(80)) + " 1", "too deeply"),
        ("a: 'x' y", "behind the closing quote"),
    ],
)
def test_the_rest_of_yaml_is_refused(written: str, reason: str) -> None:
    with pytest.raises(YamlError, match=reason):
        read_mapping(written)


def test_a_long_signature_is_read() -> None:
    signature = "[" + ", ".join(f'{{"name": "column {n}"}}' for n in range(30_000)) + "]"
    written = yaml.safe_dump(
        {"signature": {"inputs": signature}, "a": "'" * 100_000}, default_flow_style=False
    )
    assert read_mapping(written)["signature"]["inputs"] == signature
