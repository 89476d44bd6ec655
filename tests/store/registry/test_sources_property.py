"""Whatever text comes as a source: none that is taken means a file of the server to another parser."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote, unquote_plus, urlsplit

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from runyard.errors import InvalidParameter, NotFound
from runyard.settings import Settings
from runyard.store.metadata.session import Session
from runyard.store.registry.sources import resolve
from runyard.store.store import Store

PIECES = st.sampled_from(
    [
        *(
            "file",
            "FILE",
            "s3",
            "http",
            "runs",
            "models",
            "mlflow-artifacts",
            "C",
            "x",
            "m-1",
            "iris",
            "localhost",
        ),
        *(
            ":",
            "/",
            "//",
            "///",
            "\\",
            ".",
            "..",
            "...",
            "?",
            "#",
            ";",
            "@",
            "%",
            "&",
            "=",
            "+",
            " ",
            "\t",
            "\n",
        ),
        *(
            "%2e",
            "%2E",
            "%252e",
            "%2f",
            "%5c",
            "%3a",
            "%3f",
            "%23",
            "%00",
            "%66ile",
            "\0",
            "\x7f",
            "é",
            "．．",
        ),
    ]
)
SOURCES = st.text(max_size=30) | st.lists(PIECES, max_size=14).map("".join)


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    with Store(tmp_path_factory.mktemp("sources"), Settings(durability="relaxed")) as store:
        yield store.session()


@given(source=SOURCES)
@example("A+:0")
@settings(max_examples=3000, deadline=None)
def test_no_source_that_is_taken_names_a_file_of_the_server(session: Session, source: str) -> None:
    try:
        origin = resolve(session, source, "", "", [])
    except (InvalidParameter, NotFound):
        return
    for text in readings(origin.location):
        parts = urlsplit(text)
        assert len(parts.scheme) > 1 and parts.scheme != "file"
        assert "\\" not in text and "\0" not in text
        assert not {".", ".."} & set(parts.path.split("/"))


def readings(source: str) -> set[str]:
    """What readers may make of a source: as it is, and decoded once or until nothing changes."""
    found = {source, source.strip()}
    for decode in (unquote, unquote_plus):
        text = source
        for _ in range(12):
            text = decode(text)
            found.add(text)
    return found
