"""The studio's files."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from runyard.errors import EndpointNotFound
from runyard.http.static import NOT_BUILT, Static


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html>page")
    (tmp_path / "assets" / "app-1a2b.js").write_text("let a = 1\n" * 500)
    (tmp_path / ".stamp").write_text("secret")
    return tmp_path


def test_a_built_file_is_kept_for_ever_and_packed_for_who_takes_it(folder: Path) -> None:
    static = Static(folder)
    plain = static.respond("/assets/app-1a2b.js")
    assert (b"cache-control", b"public, max-age=31536000, immutable") in plain.headers
    packed = static.respond("/assets/app-1a2b.js", "gzip, deflate, br")
    assert (b"content-encoding", b"gzip") in packed.headers
    assert gzip.decompress(packed.body) == plain.body
    assert len(packed.body) < len(plain.body) // 10


@pytest.mark.parametrize(
    "path", ["/", "/jobs/x/metrics", "/index.html", "/.stamp", "/../secret", "/assets/../.stamp"]
)
def test_any_other_path_is_the_page_and_no_file_outside_is_reached(folder: Path, path: str) -> None:
    if path.startswith("/assets/"):
        with pytest.raises(EndpointNotFound):
            Static(folder).respond(path)
        return
    answer = Static(folder).respond(path)
    assert answer.body == b"<!doctype html>page"
    assert (b"cache-control", b"no-cache") in answer.headers
    assert any(name == b"content-security-policy" for name, _ in answer.headers)


def test_a_missing_asset_is_an_error_and_not_the_page(folder: Path) -> None:
    with pytest.raises(EndpointNotFound):
        Static(folder).respond("/assets/app-older.js")


def test_a_checkout_without_a_build_says_how_to_make_one(tmp_path: Path) -> None:
    assert Static(tmp_path / "none").respond("/").body == NOT_BUILT.encode()
