"""The bound of the texts that are kept, and which of them go first."""

from __future__ import annotations

import msgspec

from runyard.store.metadata.run_texts import ENTRY_BYTES, RunText, RunTexts, Version

VERSION: Version = (1, 1)
# One entry of `text(100)`.
ONE = ENTRY_BYTES + 102


def text(size: int) -> RunText:
    return RunText(msgspec.Raw(b"x" * size), msgspec.Raw(b"[]"))


def keep(texts: RunTexts, run: int, size: int = 100, version: Version = VERSION) -> None:
    texts.keep({run: version}, {run: text(size)})


def found(texts: RunTexts, *runs: int, version: Version = VERSION) -> set[int]:
    return set(texts.find(dict.fromkeys(runs, version)))


def test_a_text_is_found_in_its_version_only() -> None:
    texts = RunTexts(10 * ONE)
    keep(texts, 1)
    assert texts.find({1: VERSION, 2: VERSION}) == {1: text(100)}
    for other in ((1, 2), (2, 1), (1, None)):
        assert found(texts, 1, version=other) == set()


def test_a_newer_version_takes_the_place_of_an_older_one() -> None:
    texts = RunTexts(10 * ONE)
    keep(texts, 1)
    keep(texts, 1, 200, version=(1, 2))
    assert texts.size == ONE + 100
    assert found(texts, 1) == set()
    assert found(texts, 1, version=(1, 2)) == {1}


def test_the_least_used_go_first() -> None:
    texts = RunTexts(3 * ONE)
    for run in (1, 2, 3):
        keep(texts, run)
    assert found(texts, 1) == {1}
    keep(texts, 4)
    assert found(texts, 1, 2, 3, 4) == {1, 3, 4}
    assert texts.size == 3 * ONE


def test_what_is_larger_than_the_bound_is_not_kept() -> None:
    texts = RunTexts(3 * ONE)
    keep(texts, 1)
    keep(texts, 2, 4 * ONE)
    assert found(texts, 1, 2) == {1}
    # Nor is the older text of such a run.
    keep(texts, 1, 4 * ONE, version=(1, 2))
    assert found(texts, 1) == set()
    assert texts.size == 0
