"""What an artifact location may be, and which ones lie in this server's own store.

`mlflow-artifacts:/<key>` lies in the store. Every other location belongs to clients that reach it by themselves
(`s3:`, `gs:`, a shared folder as `file:`): it is kept and handed back, and the server never opens it.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from runyard.errors import InvalidParameter
from runyard.store.artifacts.paths import folder_key

SCHEME = "mlflow-artifacts"
# MLFLOW_ARTIFACT_LOCATION_MAX_LENGTH's default.
MAX_LOCATION_CHARACTERS = 2048

_URI = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]+):(.*)", re.DOTALL)
# They point at other entities, or run in a browser that shows them as a link.
_NO_LOCATION = frozenset({"runs", "models", "javascript", "data", "vbscript", "blob", "about"})


def location_key(uri: str) -> str:
    """The key of a location in this server's store; raises InvalidParameter for any other location."""
    scheme, rest = _split(uri)
    if scheme != SCHEME:
        raise InvalidParameter(
            f"The artifacts lie in '{uri}', outside of this server's store: the server does not read them, "
            "clients access that location themselves."
        )
    return _own_key(uri, rest)


def validate_location(uri: str, field: str = "artifact_location") -> str:
    """A location as it is to be kept; raises InvalidParameter that names the field and the rule.

    Accepts `mlflow-artifacts:/<key>` without a host, URIs of other stores, and for folders that clients share
    `file:///<absolute path>` or an absolute path.
    """
    scheme = _check_written(uri, field)
    if scheme in _NO_LOCATION:
        raise _refused(field, uri, f"it can't be a {scheme}: URI")
    return uri.rstrip("/") if len(uri.rstrip("/").rstrip(":")) > len(scheme) else uri


def _split(uri: str) -> tuple[str, str]:
    match = _URI.fullmatch(uri)
    return (match[1].lower(), match[2]) if match else ("", uri)


def _check_written(uri: str, field: str) -> str:
    """Check what holds for every location and return its scheme."""
    if len(uri) > MAX_LOCATION_CHARACTERS:
        raise _refused(field, uri[:100] + "…", f"it is longer than {MAX_LOCATION_CHARACTERS} characters")
    if not uri or any(ord(character) < 32 or ord(character) == 127 for character in uri) or "\\" in uri:
        raise _refused(field, uri, "it is empty or holds a control character or a backslash")
    scheme, rest = _split(uri)
    if scheme == SCHEME:
        _own_key(uri, rest)
        return scheme
    _check_foreign(uri, field, scheme, rest)
    return scheme


def _check_foreign(uri: str, field: str, scheme: str, rest: str) -> None:
    decoded = _decoded(uri)
    if "#" in decoded or ";" in decoded or "\0" in decoded:
        raise _refused(field, uri, "it holds a fragment or parameters")
    if any(segment == ".." for segment in re.split(r"[/\\?&=]", decoded)):
        raise _refused(field, uri, "it holds a '..' segment")
    if scheme in ("file", ""):
        if "?" in decoded:
            raise _refused(field, uri, "a local path can't have a query")
        path = rest.removeprefix("//localhost") if scheme else rest
        path = path.removeprefix("//") if scheme and path.startswith("///") else path
        if not path.startswith("/") or _decoded(path).startswith("//"):
            raise _refused(field, uri, "a local path must be absolute and on no other host")


def _own_key(uri: str, rest: str) -> str:
    if rest.startswith("///"):
        rest = rest[2:]
    if not rest.startswith("/") or rest.startswith("//"):
        raise InvalidParameter(
            f"Invalid artifact location '{uri}': an {SCHEME}: URI must have the form {SCHEME}:/<path>, without a host."
        )
    if any(character in rest for character in "?#;%"):
        raise InvalidParameter(
            f"Invalid artifact location '{uri}': an {SCHEME}: URI can't have a query, a fragment, parameters or "
            "percent-encoding."
        )
    return folder_key(rest[1:])


def _decoded(text: str) -> str:
    for _ in range(10):
        decoded = unquote(text)
        if decoded == text:
            break
        text = decoded
    return text


def _refused(field: str, uri: str, reason: str) -> InvalidParameter:
    return InvalidParameter(f"Invalid value '{uri}' for parameter '{field}': {reason}.")
