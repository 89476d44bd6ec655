"""Serves the built studio: its files, and its index page for every path that is a page of the studio."""

from __future__ import annotations

import gzip
import mimetypes
from pathlib import Path

from runyard.errors import EndpointNotFound
from runyard.http.response import Headers, Response, text_response

FOLDER = Path(__file__).resolve().parent.parent / "studio_dist"
POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; worker-src 'self' blob:; frame-src 'self' blob:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'self'"
)
ASSETS = "/assets/"
INDEX = "/index.html"
PACKED = ("text/html", "text/css", "text/javascript", "application/javascript", "image/svg+xml")
_SECURITY: Headers = [
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
]
NOT_BUILT = (
    "<!doctype html><title>Runyard</title><h1>Runyard</h1><p>The tracking server works, but the studio is not "
    "built in this checkout. Run <code>make studio</code>, or install the package with <code>pip install .</code>"
)


class Static:
    """The studio's files, listed once: a request can only name one of them."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._files = {
            "/" + path.relative_to(folder).as_posix(): path
            for path in folder.rglob("*")
            if path.is_file() and not path.name.startswith(".")
        }
        self._packed: dict[Path, bytes] = {}

    def respond(self, path: str, accepted: str = "") -> Response:
        """The file at `path`, or the page that shows any other path; packed when `accepted` names gzip.

        Raises EndpointNotFound for a built file that is not there: an older page asks for one after an upgrade.
        """
        file = self._files.get(path)
        if file is None and path.startswith(ASSETS):
            raise EndpointNotFound("GET", path)
        if file is None:
            path, file = INDEX, self._files.get(INDEX)
        if file is None:
            return text_response(NOT_BUILT, 200, b"text/html; charset=utf-8")
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        # Built files carry a hash of their content in their names.
        age = b"public, max-age=31536000, immutable" if path.startswith(ASSETS) else b"no-cache"
        headers: Headers = [(b"cache-control", age), (b"vary", b"accept-encoding"), *_SECURITY]
        if "gzip" in accepted and kind in PACKED:
            return Response(self._pack(file), kind.encode(), 200, [*headers, (b"content-encoding", b"gzip")])
        return Response(file.read_bytes(), kind.encode(), 200, headers)

    def _pack(self, file: Path) -> bytes:
        """The file's bytes, packed once: all of the studio's text takes about 200 kB."""
        packed = self._packed.get(file)
        if packed is None:
            packed = self._packed[file] = gzip.compress(file.read_bytes(), mtime=0)
        return packed
