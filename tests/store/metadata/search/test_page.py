"""Page tokens and page sizes."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runyard.errors import InvalidParameter
from runyard.store.metadata.search import search_experiments, search_model_versions, search_runs
from runyard.store.metadata.search.ordering import SortKey, nulls_last
from runyard.store.metadata.search.page import decode_token, encode_token
from runyard.store.metadata.session import Session
from tests.store.metadata.search.samples import SampleRun, write

KEYS = [nulls_last("a", True), SortKey("b")]
QUERY = ["runs", ["1"]]


@given(
    st.one_of(st.none(), st.text(), st.integers(-(2**63), 2**63 - 1), st.floats(allow_nan=False)), st.text()
)
def test_a_token_leads_back_to_its_place(value: Any, run_id: str) -> None:
    last = [(0, value), (0, run_id)]
    assert decode_token(encode_token(QUERY, last), QUERY, KEYS) == last


@given(st.text(max_size=60))
def test_what_is_no_token_is_refused(text: str) -> None:
    if text:
        with pytest.raises(InvalidParameter, match="page_token"):
            decode_token(text, QUERY, KEYS)


@pytest.mark.parametrize(
    "places",
    [
        [],
        {},
        None,
        [[0, 1]],
        [[0, 1], [1, "x"]],
        [[7, 1], [0, "x"]],
        [[0, 2**63], [0, "x"]],
        [[0, []], [0, 1]],
    ],
)
def test_a_token_that_someone_computed_gets_no_further(places: Any) -> None:
    with pytest.raises(InvalidParameter, match="page_token"):
        decode_token(encode_token(QUERY, places), QUERY, KEYS)


def test_a_token_belongs_to_its_search(session: Session) -> None:
    write(session, [SampleRun(f"{index}") for index in range(5)])
    token = search_runs(session, ["1", "2"], max_results=2).next_page_token
    assert token is not None
    assert len(search_runs(session, ["2", "1"], max_results=3, page_token=token).ids) == 3
    changed: list[dict[str, Any]] = [
        {"filter": "status = 'FINISHED'"},
        {"order_by": ["start_time"]},
        {"view": "ALL"},
        {"experiment_ids": ["1"]},
        {"page_token": base64.b64encode(b'{"offset": 2}').decode()},
        {"page_token": token[:-4]},
    ]
    for change in changed:
        wanted: dict[str, Any] = {"experiment_ids": ["1", "2"], "page_token": token, **change}
        with pytest.raises(InvalidParameter, match="page_token"):
            search_runs(session, **wanted)


def test_page_sizes(session: Session) -> None:
    for size in (0, -1, 50_001):
        with pytest.raises(InvalidParameter, match="max_results"):
            search_runs(session, ["1"], max_results=size)
        with pytest.raises(InvalidParameter, match="max_results"):
            search_experiments(session, max_results=size)
    with pytest.raises(InvalidParameter, match="at most 200000"):
        search_model_versions(session, max_results=200_001)
    with pytest.raises(InvalidParameter, match="must be a valid integer"):
        search_runs(session, ["one"])
