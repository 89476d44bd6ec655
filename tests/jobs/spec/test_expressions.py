"""What takes the place of `${{…}}`."""

from __future__ import annotations

import pytest

from runyard.jobs.spec.expressions import modern, names, substitute, whole_name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a ${{inputs.x}} b", "a 1 b"),
        ("${{ inputs.x }}${{inputs.x}}", "11"),
        ("${{inputs.unknown}}", "${{inputs.unknown}}"),
        ("${{inputs.none}}!", "!"),
        ("$[[--x ${{inputs.x}}]]", "--x 1"),
        ("a$[[ --n ${{inputs.none}}]]", "a"),
        ("$[[a ${{inputs.x}} ${{inputs.none}}]]b", "b"),
        ("$x ${y} $(z) {inputs.x}", "$x ${y} $(z) {inputs.x}"),
        ("${{outputs.o}}", "/a b/$1\\2"),
    ],
)
def test_values_take_the_place_of_names(text: str, expected: str) -> None:
    values = {"inputs.x": "1", "inputs.none": None, "outputs.o": "/a b/$1\\2"}
    assert substitute(text, values) == expected


def test_names_say_whether_they_are_optional() -> None:
    assert list(names("${{a.b}} $[[x ${{c.d}}]] ${{ e.f }}")) == [
        ("a.b", False),
        ("c.d", True),
        ("e.f", False),
    ]


def test_whole_expressions() -> None:
    assert whole_name(" ${{parent.inputs.x}} ") == "parent.inputs.x"
    assert whole_name("a ${{parent.inputs.x}}") is None


def test_old_ones() -> None:
    assert (
        modern("{inputs.a} ${{inputs.b}} ${inputs.c} {other.d}")
        == "${{inputs.a}} ${{inputs.b}} ${inputs.c} {other.d}"
    )
