from __future__ import annotations

import base64
from typing import Any

import pytest

from runyard.errors import InvalidParameter
from runyard.store.page_tokens import Number, Whole, make_token, read_token

SHAPES: list[Any] = [
    tuple[Whole],
    tuple[Number, Number],
    tuple[Whole, str | None],
    tuple[str],
    list[tuple[int, Number | str | float | None]],
]
OTHERS: list[Any] = [
    None,
    {},
    "text",
    7,
    [None],
    [-1],
    [1.5],
    [True],
    [[]],
    [2**63],
    [1, 2**64 - 1],
    [-(2**63), "x", 3],
    [b"bytes"],
    [[0, 2**63]],
    [[0, 1, 2]],
]


def test_a_token_leads_back_to_its_position() -> None:
    token = make_token(["a", 1], [3, "Ä"])
    assert read_token(["a", 1], token, tuple[Whole, str | None]) == (3, "Ä")
    least = make_token(None, [-(2**63), 2**63 - 1])
    assert read_token(None, least, tuple[Number, Number]) == (-(2**63), 2**63 - 1)
    assert read_token(None, None, tuple[Whole]) is None
    assert read_token(None, "", tuple[Whole]) is None


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("position", OTHERS)
def test_a_computed_token_of_another_shape_is_refused(shape: Any, position: Any) -> None:
    with pytest.raises(InvalidParameter, match="'page_token'"):
        read_token("request", make_token("request", position), shape)


@pytest.mark.parametrize("token", ["x", "é", "a" * 999, "=", "-", " ", "\x00", "12", "!!!!" * 4])
def test_what_is_no_token_is_refused(token: str) -> None:
    with pytest.raises(InvalidParameter, match="'page_token'"):
        read_token("request", token, tuple[Whole])


def test_a_token_is_whole_and_of_its_request() -> None:
    token = make_token(["runs", "a"], [1])
    body = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    changed = base64.urlsafe_b64encode(body[:-1] + b"\x02").decode()
    for request, given in ((["runs", "b"], token), (["runs", "a"], token[:-2]), (["runs", "a"], changed)):
        with pytest.raises(InvalidParameter, match="'page_token'"):
            read_token(request, given, tuple[Whole])
