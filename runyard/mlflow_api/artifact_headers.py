"""HTTP's side of a file: its type, what a browser may do with it, and which part of it was asked for.

Artifacts are foreign content: whoever may log can choose their bytes and names. A browser that opens one gets
it sandboxed, without scripts, and downloads all but a few kinds that can't carry any.

`frame` asks for what the studio shows in a frame: HTML with its scripts, in an origin of its own, so that they reach
neither the studio nor its API, and PDF, which the browser's viewer refuses to open in a sandbox.
"""

from __future__ import annotations

import mimetypes
import re
import time
from email.utils import parsedate_to_datetime
from typing import NamedTuple
from urllib.parse import quote

from runyard.http.request import Request
from runyard.http.response import Headers
from runyard.store.artifacts.interface import ArtifactFile

# Not the machine's own tables: the same file has the same type on every server.
_TYPES = mimetypes.MimeTypes()
_OWN_TYPES = {".webp": "image/webp", ".avif": "image/avif", ".parquet": "application/vnd.apache.parquet"}
# What MLflow's clients and studio show as text, by suffix or whole name.
_TEXT = frozenset(
    "txt log err out cfg conf cnf cf ini properties prop hocon toml yaml yml xml json jsonl js ts py py3 sh sql "
    "csv tsv md rst ipynb mlmodel mlproject dockerfile makefile".split()
)
_INLINE = frozenset(
    (
        "text/plain; charset=utf-8",
        "image/png",
        "image/jpeg",
        "image/gif",
        "image/webp",
        "image/avif",
        "image/bmp",
    )
)
_STILL = b"sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
# Never allow-same-origin: with scripts it would undo the sandbox. Pages that plotting libraries write hold their
# scripts and pictures in themselves, or load them from other sites, which is let only when the reader asks for it.
_SCRIPTS = "sandbox allow-scripts; default-src 'none'; frame-ancestors 'self'; form-action 'none'; "
_SOURCES = (
    "script-src 'unsafe-inline' 'unsafe-eval' blob: {0}; style-src 'unsafe-inline' {0}; "
    "img-src data: blob: {0}; font-src data: {0}; media-src data: blob: {0}; worker-src blob:; "
    "connect-src data: blob: {0}"
)
# With its exact type and nosniff it is nothing but a PDF to a browser, whose viewer runs apart from pages.
_VIEWER = b"default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"
_FRAMED = {
    ("text/html; charset=utf-8", "page"): (_SCRIPTS + _SOURCES.format("")).encode("ascii"),
    ("text/html; charset=utf-8", "network"): (_SCRIPTS + _SOURCES.format("https:")).encode("ascii"),
    ("application/pdf", "page"): _VIEWER,
}
_POLICY: Headers = [
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"referrer-policy", b"no-referrer"),
    # Always ask again: a file may be overwritten at any time, and asking costs a 304.
    (b"cache-control", b"private, no-cache"),
]
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_RANGE = re.compile(r"bytes=(\d{0,19})-(\d{0,19})")


def content_type(name: str) -> str:
    """The media type of a file by its name; text is text/plain, as MLflow has it."""
    suffix = name.rpartition(".")[2].lower()
    if suffix in _TEXT:
        return "text/plain; charset=utf-8"
    guessed, encoding = _TYPES.guess_type(f"x.{suffix}", strict=False)
    guessed = guessed or _OWN_TYPES.get(f".{suffix}")
    if guessed is None or encoding is not None or "." not in name:
        return "application/octet-stream"
    return f"{guessed}; charset=utf-8" if guessed.startswith("text/") else guessed


def foreign_headers(name: str, attached: bool = False, frame: str = "") -> Headers:
    """The headers that every answer with an artifact's bytes carries; `attached` forces a download."""
    kind = content_type(name)
    framed = None if attached else _FRAMED.get((kind, frame))
    shown = framed is not None or kind in _INLINE or kind.startswith(("audio/", "video/"))
    how = "inline" if shown and not attached else "attachment"
    return [
        (b"content-type", kind.encode("ascii")),
        (b"content-disposition", disposition(how, name).encode("ascii")),
        (b"content-security-policy", framed or _STILL),
        *_POLICY,
    ]


def disposition(how: str, name: str) -> str:
    """A Content-Disposition by RFC 6266: a name in ASCII for all, and the exact one in UTF-8."""
    plain = re.sub(r"[^ !#$&+\-.0-9A-Z^_`a-z{}~()\[\],;=@]", "_", name)
    if plain == name:
        return f'{how}; filename="{name}"'
    return f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='!#$&+-.^_`|~')}"


class Selection(NamedTuple):
    """Which bytes to send, with which status and headers."""

    status: int
    start: int
    length: int
    headers: Headers


def select(request: Request, file: ArtifactFile) -> Selection:
    """What a GET or HEAD asks for, by RFC 9110: If-None-Match, then Range with If-Range.

    One range is answered; several at once, or a header that can't be read, get the whole file.
    """
    headers: Headers = [
        (b"etag", f'"{file.etag}"'.encode("ascii")),
        (b"last-modified", _date(file.modified)),
        (b"accept-ranges", b"bytes"),
    ]
    if _matches(request.header("if-none-match"), file.etag):
        return Selection(304, 0, 0, headers)
    wanted = request.header("range")
    if wanted is not None and _is_fresh(request.header("if-range"), file):
        part = _range(wanted, file.size)
        if part is not None:
            return _partial(part, file.size, headers)
    return Selection(200, 0, file.size, [*headers, (b"content-length", b"%d" % file.size)])


def _date(seconds: float) -> bytes:
    """A time since 1970 as HTTP writes it, whatever the locale; email.utils takes 12 microseconds for it."""
    moment = time.gmtime(seconds)
    text = time.strftime(f"{_DAYS[moment.tm_wday]}, %d {_MONTHS[moment.tm_mon - 1]} %Y %H:%M:%S GMT", moment)
    return text.encode("ascii")


def _partial(part: tuple[int, int], size: int, headers: Headers) -> Selection:
    start, end = part
    length = end - start
    if length <= 0:
        return Selection(416, 0, 0, [(b"content-range", b"bytes */%d" % size)])
    headers = [
        *headers,
        (b"content-range", b"bytes %d-%d/%d" % (start, end - 1, size)),
        (b"content-length", b"%d" % length),
    ]
    return Selection(206, start, length, headers)


def _range(text: str, size: int) -> tuple[int, int] | None:
    """The asked bytes as (start, end), empty when they lie outside; None when there is no single range."""
    match = _RANGE.fullmatch(text.replace(" ", "").lower())
    if match is None or not (match[1] or match[2]):
        return None
    if not match[1]:
        return max(0, size - int(match[2])), size if int(match[2]) else 0
    start = int(match[1])
    end = min(int(match[2]) + 1, size) if match[2] else size
    if match[2] and int(match[2]) < start:
        return None
    return (start, end) if start < size else (0, 0)


def _matches(header: str | None, etag: str) -> bool:
    if header is None:
        return False
    named = {value.strip().removeprefix("W/") for value in header.split(",")}
    return "*" in named or f'"{etag}"' in named


def _is_fresh(if_range: str | None, file: ArtifactFile) -> bool:
    """Whether the part that the client has is of this very file."""
    if if_range is None:
        return True
    if if_range.startswith('"'):
        return if_range == f'"{file.etag}"'
    try:
        return parsedate_to_datetime(if_range).timestamp() == int(file.modified)
    except (ValueError, TypeError, OverflowError):
        return False
