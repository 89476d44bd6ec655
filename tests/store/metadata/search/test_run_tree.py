from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from runyard.errors import InvalidParameter
from runyard.store.metadata.search import search_runs
from runyard.store.metadata.search.run_query import Level
from runyard.store.metadata.search.run_tree import PARENT_TAG
from runyard.store.metadata.session import Session
from tests.store.metadata.search.samples import SampleRun, write

NAMES = "abcdefgh"
EXPERIMENTS = ["1", "2"]


def sample(run_id: str, parent: str | None = None, **changes: object) -> SampleRun:
    tags = {} if parent is None else {PARENT_TAG: parent}
    return SampleRun(run_id=run_id, tags=tags, start_time=ord(run_id), **changes)  # type: ignore[arg-type]


def names(
    session: Session, level: Level, parent: str | None = None, filter: str = "", size: int = 1000
) -> list[str]:
    """All pages of a level."""
    runs: dict[int, str] = dict(session.all("SELECT id, run_id FROM run"))
    found: list[str] = []
    token = None
    while True:
        page = search_runs(
            session, EXPERIMENTS, filter, max_results=size, page_token=token, level=level, parent=parent
        )
        found += [runs[key] for key in page.ids]
        token = page.next_page_token
        if token is None:
            return found


def tree(session: Session, filter: str = "", size: int = 1000) -> list[tuple[int, str]]:
    """Each run with its depth, as one sees them when everything is open."""

    def below(run: str, depth: int) -> list[tuple[int, str]]:
        children = names(session, "children", run, filter, size)
        return [(depth, run), *(row for child in children for row in below(child, depth + 1))]

    return [row for run in names(session, "top", filter=filter, size=size) for row in below(run, 0)]


def test_children_stand_below_their_parents_at_any_depth(session: Session) -> None:
    write(session, [sample("a"), sample("b", "a"), sample("c", "b"), sample("d", "a"), sample("e")])
    assert tree(session) == [(0, "e"), (0, "a"), (1, "d"), (1, "b"), (2, "c")]


def test_a_run_stands_at_the_top_when_its_parent_is_no_answer(session: Session) -> None:
    runs = [
        sample("a", stage="deleted"),
        sample("b", "a"),
        sample("c", "no such run"),
        sample("d", experiment=3),
        sample("e", "d"),
        sample("f", name="other"),
        sample("g", "f"),
        sample("h", "g"),
    ]
    write(session, runs)
    assert tree(session, "run_name = 'run'") == [(0, "g"), (1, "h"), (0, "e"), (0, "c"), (0, "b")]


@given(
    parents=st.lists(st.sampled_from(f"{NAMES}?"), min_size=len(NAMES), max_size=len(NAMES)),
    odd=st.sets(st.sampled_from(NAMES)),
    deleted=st.sets(st.sampled_from(NAMES)),
    size=st.integers(1, 3),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_run_is_in_the_tree_once_whatever_the_tags_say(
    shared_session: Session, parents: list[str], odd: set[str], deleted: set[str], size: int
) -> None:
    """Also where runs are each other's ancestors, or their own."""
    runs = [
        sample(
            name,
            parent,
            name="odd" if name in odd else "run",
            stage="deleted" if name in deleted else "active",
        )
        for name, parent in zip(NAMES, parents, strict=True)
    ]
    write(shared_session, runs)
    found = [name for _, name in tree(shared_session, "run_name = 'run'", size)]
    assert sorted(found) == sorted(set(NAMES) - odd - deleted)


def test_tokens_belong_to_one_level(session: Session) -> None:
    write(session, [sample(name, "a" if name > "a" else None) for name in NAMES])
    page = search_runs(session, EXPERIMENTS, max_results=2, level="children", parent="a")
    for level, parent in (("children", "b"), ("top", None), ("all", None)):
        with pytest.raises(InvalidParameter, match="not given by the previous page"):
            search_runs(session, EXPERIMENTS, page_token=page.next_page_token, level=level, parent=parent)  # type: ignore[arg-type]
