"""Path resolution: what is accepted stays inside the root, whatever is done to it."""

from __future__ import annotations

import posixpath
from urllib.parse import quote, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runyard.errors import InvalidParameter
from runyard.store.artifacts.paths import (
    MAX_PATH_CHARACTERS,
    PRIVATE,
    artifact_key,
    file_name,
    folder_key,
    join_keys,
)

# Pieces that attackers and ordinary names are made of.
PIECES = st.sampled_from(
    [
        "..",
        ".",
        "/",
        "//",
        "\\",
        "%2e",
        "%2E%2e",
        "%2f",
        "%5c",
        "%252e",
        "%25",
        "%00",
        "%",
        "\0",
        "\n",
        "a",
        "b.txt",
    ]
    + ["é", " ", "C:", "file:", "~", "#", "?", ";", PRIVATE, "%step%10%timestamp%1700000000000"]
)
PATHS = st.lists(PIECES, max_size=8).map("".join) | st.text(max_size=40)


def accepted(path: str) -> str | None:
    try:
        return artifact_key(path)
    except InvalidParameter:
        return None


@given(PATHS)
def test_no_accepted_key_leaves_the_root(path: str) -> None:
    key = accepted(path)
    if key is None:
        return
    for _ in range(4):
        joined = posixpath.normpath(posixpath.join("/root", key))
        assert joined == f"/root/{key}"
        assert "\\" not in key and "\0" not in key
        assert key.split("/")[0] != PRIVATE
        decoded = unquote(key)
        assert decoded.count("/") == key.count("/")
        if any(ord(character) < 32 for character in decoded):
            return  # `%17` in an image's name; as a name it is harmless
        key = decoded


@given(PATHS)
def test_an_accepted_key_is_the_path_itself(path: str) -> None:
    key = accepted(path)
    if key is not None:
        assert key == path
        assert artifact_key(key) == key
        assert accepted(unquote(quote(path))) == path
        assert folder_key(path + "/") == key


@given(st.lists(st.text("abcdefgé .-_+%~?=&;()[]{}'\"", min_size=1, max_size=12), min_size=1, max_size=5))
def test_ordinary_names_are_accepted(names: list[str]) -> None:
    path = "/".join(f"n{name.replace('.', 'x')}" for name in names)
    assert artifact_key(path) == path


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/etc/passwd",
        "..",
        "../x",
        "a/../../x",
        "a/..",
        "a/./b",
        "a//b",
        "a/",
        "a\\..\\b",
        "..\\x",
        "%2e%2e/x",
        "%2e%2e%2fx",
        "%252e%252e%252fx",
        "%25252e%25252e%25252fx",
        "a%2fb",
        "a%252fb",
        "a%5c..%5cb",
        "%2fetc/passwd",
        "a%00.txt",
        "a\0.txt",
        "a\n",
        "a\x7f",
        "a\x85",
        "C:/Windows/win.ini",
        "c:secret",
        "C%3a/Windows",
        "file:///etc/passwd",
        "FILE:x",
        "a/C:/x",
        "a/file:/etc",
        "a#b",
        "a/" + "b" * 256,
        "é" * 128,
        "a/" * MAX_PATH_CHARACTERS + "b",
        f"{PRIVATE}/uploads/x",
        PRIVATE.upper(),
        "%2erunyard/uploads",
        "\ud800",
        "..;/x",
        "..;a=b/x",
        ".. /x",
        "a/ /b",
        "\ufffd\ufffd/x",
    ],
)
def test_refused(path: str) -> None:
    with pytest.raises(InvalidParameter, match="Invalid path"):
        artifact_key(path)


@pytest.mark.parametrize(
    "path",
    [
        "model/MLmodel",
        "images/loss%step%10%timestamp%1700000000000%gabc.png",
        "images/loss%step%41%timestamp%1700000000000%gabc.png",
        "100%.txt",
        "a b/c+d=e&f;g?.txt",
        "...",
        "..a/b..",
        "runs/a:b",
        "a/profile:x",
        "x" * 255,
        "/".join(["a" * 200] * 24),
        f"a/{PRIVATE}/b",
        "mlruns/~user",
        "café/данные.csv",
    ],
)
def test_accepted(path: str) -> None:
    assert artifact_key(path) == path


def test_folders_may_be_the_root_and_end_in_a_slash() -> None:
    assert folder_key(None) == folder_key("") == folder_key("/") == ""
    assert folder_key("a/b/") == "a/b"
    with pytest.raises(InvalidParameter):
        folder_key("a//")


def test_join_keys_leaves_out_the_root() -> None:
    assert join_keys("", "a", "", "b/c") == "a/b/c"


def test_only_the_name_of_a_clients_path_counts() -> None:
    assert file_name("/home/me/model.pt") == "model.pt"
    assert file_name("C:\\Users\\me\\model.pt") == "model.pt"
    for path in ("..", "/x/..", "C:\\x\\..", "/x/", ""):
        with pytest.raises(InvalidParameter):
            file_name(path)
