"""Reads the address of a git repository, in the forms that job files use.

https://HOST/REPOSITORY.git#BRANCH:FOLDER      as in a build context
git+https://HOST/REPOSITORY.git@REF#subdirectory=FOLDER      as in a requirements file
git@HOST:REPOSITORY.git#BRANCH:FOLDER      through ssh
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from runyard.errors import InvalidParameter

PROTOCOLS = ("https", "ssh", "http", "git")

_SCP = re.compile(r"(?P<user>[A-Za-z0-9][\w.-]*)@(?P<host>[A-Za-z0-9][\w.-]*):(?P<path>[^:]+)\Z")
# Of names that git takes (git help check-ref-format), those without a meaning of their own in a refspec.
_REF = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_./+-]*\Z")


@dataclass(frozen=True)
class Address:
    """Where a repository is, and what of it is wanted; `ref` is a branch, a tag, a commit, or None for the default."""

    url: str
    ref: str | None
    folder: str | None


def parse(url: str, ref: str | None, protocols: Collection[str] = PROTOCOLS) -> Address:
    """Read an address; a `ref` of its own and one beside it must agree. Raises InvalidParameter."""
    place, _, fragment = url.partition("#")
    _check_characters(place)
    own_ref, folder = _fragment(fragment)
    if not _SCP.match(place) or "://" in place:
        place, at_ref = _split_ref(place.removeprefix("git+"), protocols)
        own_ref = _one_of(at_ref, own_ref)
    elif "ssh" not in protocols:
        raise InvalidParameter(f"The git address '{place}' needs ssh, which is not allowed here.")
    wanted = _one_of(ref or None, own_ref)
    if wanted is not None:
        _check_ref(wanted)
    if folder is not None:
        _check_folder(folder)
    return Address(place, wanted, folder)


def shown(url: str) -> str:
    """An address without its password."""
    return re.sub(r"(?<=://)[^/@\s]+(?=@)", "****", url)


def _split_ref(place: str, protocols: Collection[str]) -> tuple[str, str | None]:
    """The address and what stands behind `@` in its path."""
    parts = urlsplit(place)
    # `ext::`, `fd::` and other helpers of git run programs; they have no `://` behind their name.
    if parts.scheme not in protocols or not place.startswith(f"{parts.scheme}://"):
        raise InvalidParameter(
            f"The git address '{shown(place)}' must begin with {', '.join(f'{name}://' for name in protocols)}."
        )
    if parts.netloc.rpartition("@")[2].startswith("-") or (not parts.netloc and parts.scheme != "file"):
        raise InvalidParameter(f"The git address '{shown(place)}' must name a host.")
    path, at, ref = parts.path.rpartition("@")
    if not at:
        return place, None
    return urlunsplit((parts.scheme, parts.netloc, path, parts.query, "")), ref


def _fragment(fragment: str) -> tuple[str | None, str | None]:
    """Reference and folder; pip's `egg=…` says neither."""
    if "=" in fragment:
        pairs = dict(part.partition("=")[::2] for part in fragment.split("&"))
        return None, pairs.get("subdirectory") or None
    ref, _, folder = fragment.partition(":")
    return ref or None, folder or None


def _one_of(first: str | None, second: str | None) -> str | None:
    if first and second and first != second:
        raise InvalidParameter(f"The git address names two references: '{first}' and '{second}'.")
    return first or second


def _check_characters(place: str) -> None:
    if place.startswith("-") or any(character.isspace() or ord(character) < 32 for character in place):
        raise InvalidParameter(f"The git address {place!r} must not begin with '-' nor hold gaps.")


def _check_ref(ref: str) -> None:
    if not _REF.match(ref) or ".." in ref or "//" in ref or ref.endswith(("/", ".", ".lock")):
        raise InvalidParameter(f"The git reference {ref!r} must be the name of a branch or tag, or a commit.")


def _check_folder(folder: str) -> None:
    names = folder.strip("/").split("/")
    if folder.startswith("/") or any(name in ("", "..", ".git") for name in names) or "\0" in folder:
        raise InvalidParameter(
            f"The folder {folder!r} of a git address must be a path inside of the repository."
        )
