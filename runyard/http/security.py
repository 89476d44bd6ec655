"""Which hosts and origins a request may name.

Without accounts, what protects a server on a laptop is that only its own pages and programs reach it. A foreign
`Host` means that another site's name was pointed at this address (DNS rebinding); a foreign `Origin` on a write
means that another site's page sent it.
"""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import urlsplit

from runyard.errors import PermissionDenied
from runyard.settings import Settings

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


class Gate:
    """Checks every request before it reaches a handler."""

    def __init__(self, settings: Settings) -> None:
        named = {name.strip().lower() for name in settings.allowed_hosts.split(",") if name.strip()}
        self._any_host = "*" in named
        self._hosts = named | {"localhost", socket.gethostname().lower()}
        self._known: dict[bytes, bool] = {}
        self.origins = frozenset(
            origin.strip().rstrip("/") for origin in settings.cors_origins.split(",") if origin.strip()
        )

    def check(self, method: str, headers: list[tuple[bytes, bytes]]) -> None:
        """Raise PermissionDenied for a foreign host, or a write from a foreign page."""
        host = b""
        origin: bytes | None = None
        site = b""
        for name, value in headers:
            if name == b"host":
                host = value
            elif name == b"origin":
                origin = value
            elif name == b"sec-fetch-site":
                site = value
        if not self._host_is_known(host):
            raise PermissionDenied(
                f"The Host header names {host.decode('latin-1')!r}, which is not a name of this server. "
                "Add it to the setting allowed_hosts (RUNYARD_ALLOWED_HOSTS) if it is."
            )
        if method in SAFE_METHODS:
            return
        if origin is not None:
            self._check_origin(origin.decode("latin-1"), host.decode("latin-1"))
        elif site == b"cross-site":
            raise PermissionDenied("A page of another site may not write to this server.")

    def _check_origin(self, origin: str, host: str) -> None:
        if origin.rstrip("/") in self.origins or urlsplit(origin).netloc.lower() == host.lower():
            return
        raise PermissionDenied(
            f"A page of {origin!r} may not write to this server. Add its origin to the setting cors_origins "
            "(RUNYARD_CORS_ORIGINS) if it should."
        )

    def _host_is_known(self, host: bytes) -> bool:
        if self._any_host:
            return True
        known = self._known.get(host)
        if known is None:
            known = self._is_own(host.decode("latin-1"))
            if len(self._known) < 1000:
                self._known[host] = known
        return known

    def _is_own(self, host: str) -> bool:
        try:
            name = (urlsplit(f"//{host}").hostname or "").lower()
        except ValueError:
            return False
        return name in self._hosts or _is_address(name)


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
