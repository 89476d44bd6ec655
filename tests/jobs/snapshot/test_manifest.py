"""Manifests that somebody sends are checked before anything is done with them."""

from __future__ import annotations

import pytest

from runyard.errors import InvalidParameter
from runyard.jobs.snapshot import Entry, decode, encode
from runyard.jobs.snapshot.manifest import snapshot_of

DIGEST = "0" * 64

BAD_PATHS = [
    "",
    "/etc/passwd",
    "..",
    "../a",
    "a/../../b",
    "a/..",
    "./a",
    "a//b",
    "a/",
    "a/.",
    "a\0b",
    "\udcff",
    "n" * 256,
    "/".join(["n" * 250] * 20),
]


@pytest.mark.parametrize("path", BAD_PATHS)
def test_paths_that_lead_elsewhere(path: str) -> None:
    with pytest.raises(InvalidParameter, match="path|name"):
        snapshot_of([Entry(path, 0, DIGEST)])


@pytest.mark.parametrize("path", ["..a", "a..", "a/...", "a\\b", "-a", " ", "C:a", "a\nb", "n" * 255])
def test_paths_that_are_strange_and_safe(path: str) -> None:
    snapshot = snapshot_of([Entry(path, 0, DIGEST)])
    assert decode(encode(snapshot)) == snapshot


@pytest.mark.parametrize("entry", [Entry("a", -1, DIGEST), Entry("a", 0, "0" * 63), Entry("a", 0, "A" * 64)])
def test_sizes_and_digests(entry: Entry) -> None:
    with pytest.raises(InvalidParameter, match="size of 0 or more and a SHA-256"):
        snapshot_of([entry])


def test_files_in_each_others_place() -> None:
    with pytest.raises(InvalidParameter, match="'a' twice"):
        snapshot_of([Entry("a", 0, DIGEST), Entry("a", 1, DIGEST)])
    with pytest.raises(InvalidParameter, match="'a/b' as a file and as the folder of 'a/b/c/d'"):
        snapshot_of([Entry("a/b", 0, DIGEST), Entry("a/b/c/d", 0, DIGEST), Entry("a/b.c", 0, DIGEST)])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[1]",
        b'[{"path":"a"}]',
        b'[{"executable":false,"path":"a","sha256":"' + DIGEST.encode() + b'","size":0,"more":1}]',
        b'[{"executable":false,"path":"a","sha256":"' + DIGEST.encode() + b'","size":"0"}]',
    ],
)
def test_what_is_no_manifest(data: bytes) -> None:
    with pytest.raises(InvalidParameter, match="can't be read"):
        decode(data)


def test_only_the_canonical_form_is_taken() -> None:
    data = encode(snapshot_of([Entry("a", 0, DIGEST), Entry("b", 0, DIGEST)]))
    first, second = data[1:-1].split(b",{")
    for other in (
        data + b"\n",
        b"[{" + second + b"," + first + b"]",
        data.replace(b'"executable":false,', b""),
    ):
        with pytest.raises(InvalidParameter, match="canonical form"):
            decode(other)
