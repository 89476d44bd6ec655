"""Serves the built studio: its files, and its index page for every path that is a page of the studio."""

from __future__ import annotations

import mimetypes
from pathlib import Path

from runyard.http.response import Headers, Response, text_response

FOLDER = Path(__file__).resolve().parent.parent / "studio_dist"
POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; worker-src 'self' blob:; frame-src 'self' blob:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'self'"
)
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

    def respond(self, path: str) -> Response:
        """The file at `path`, or the page that shows any other path."""
        file = self._files.get(path)
        if file is None:
            return self._page()
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        # Built files under assets/ carry a hash of their content in their names.
        age = b"public, max-age=31536000, immutable" if path.startswith("/assets/") else b"no-cache"
        return Response(file.read_bytes(), kind.encode(), 200, [(b"cache-control", age), *_SECURITY])

    def _page(self) -> Response:
        index = self._files.get("/index.html")
        if index is None:
            return text_response(NOT_BUILT, 200, b"text/html; charset=utf-8")
        headers: Headers = [(b"cache-control", b"no-cache"), *_SECURITY]
        return Response(index.read_bytes(), b"text/html; charset=utf-8", 200, headers)
