"""Turns the path that a client gives into a key, which is all that the store ever sees.

A key is a relative path of one or more segments joined by `/`, in the exact characters that the client wrote:
nothing is decoded, normalised or folded here, so two paths never share a key and no key leaves the root.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from runyard.errors import InvalidParameter

MAX_PATH_CHARACTERS = 5000
MAX_SEGMENT_BYTES = 255
# The store keeps unfinished uploads under this name, beside the experiments' folders.
PRIVATE = ".runyard"

# Control characters, halves of surrogate pairs, and what bytes that are not UTF-8 decode to.
_UNREADABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffd]")
# At the start of a path, or as a whole name within one: `C:x`, `a/C:/x`, `a/file:/x`.
_DRIVE = re.compile(r"([A-Za-z]|file):|.*/([A-Za-z]|file):(/|$)", re.IGNORECASE | re.DOTALL)
# More rounds than anyone encodes on purpose; a path that still changes then is refused.
_DECODING_ROUNDS = 10


def artifact_key(path: str) -> str:
    """The key of a file or folder, from a path that was percent-decoded once.

    Raises InvalidParameter, which names the rule, for a path that is empty, absolute, too long, holds an empty,
    `.` or `..` segment, a backslash, a `#`, a control character or a drive letter, that would do so when decoded
    again, or that lies in the store's private folder.
    """
    if not path:
        raise _refused(path, "it is empty")
    if len(path) > MAX_PATH_CHARACTERS:
        raise _refused(path, f"it is longer than {MAX_PATH_CHARACTERS} characters")
    if _UNREADABLE.search(path):
        raise _refused(path, "it holds a control character or is not UTF-8")
    reason = _structure(path)
    if reason is not None:
        raise _refused(path, reason)
    if "%" in path:
        _check_further_decoding(path)
    for segment in path.split("/"):
        if len(segment.encode()) > MAX_SEGMENT_BYTES:
            raise _refused(path, f"a name in it is longer than {MAX_SEGMENT_BYTES} bytes")
    return path


def folder_key(path: str | None) -> str:
    """The key of a folder; the root, for no path, is the empty key. One trailing `/` is forgiven."""
    if path is None or path in ("", "/"):
        return ""
    return artifact_key(path.removesuffix("/"))


def join_keys(*keys: str) -> str:
    """The key of `keys` one below the other; empty ones are left out."""
    return "/".join(key for key in keys if key)


def file_name(client_path: str) -> str:
    """The last name of a path on a client's own disk, be it Windows or POSIX; raises InvalidParameter."""
    name = re.split(r"[/\\]", client_path)[-1]
    return artifact_key(name)


def _structure(path: str) -> str | None:
    """Why the path can't be a key as it is written, or None."""
    if "\\" in path or "#" in path:
        return "it holds a backslash or a '#'"
    if path.startswith("/"):
        return "it is absolute"
    segments = path.split("/")
    # `..;x` and `.. ` are `..` to some proxies and systems.
    if any(segment.partition(";")[0].strip() in ("", ".", "..") for segment in segments):
        return "it holds an empty, '.' or '..' segment"
    if _DRIVE.match(path):
        return "it holds a drive letter or a file: URI"
    if segments[0].lower() == PRIVATE:
        return f"'{PRIVATE}' is reserved"
    return None


def _check_further_decoding(path: str) -> None:
    """Refuse what a second decoding, by whoever handles the path after us, would lead elsewhere.

    Percent signs as such are fine: clients name images `loss%step%10%timestamp%1700…`.
    """
    written = path
    for _ in range(_DECODING_ROUNDS):
        decoded = unquote(written)
        if decoded == written:
            return
        if decoded.count("/") != path.count("/") or "\0" in decoded or _structure(decoded) is not None:
            break
        written = decoded
    raise _refused(path, "it hides separators or dots behind percent-encoding")


def _refused(path: str, reason: str) -> InvalidParameter:
    shown = path if len(path) <= 200 else f"{path[:200]}…"
    return InvalidParameter(f"Invalid path {shown!r}: {reason}.")
