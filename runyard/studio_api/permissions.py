"""Marks every route with the permission that it needs."""

from __future__ import annotations

from typing import Any, Literal

Permission = Literal["read", "write", "admin"]
MARK = "x-permission"


def needs(permission: Permission) -> dict[str, Any]:
    """Keyword arguments for a route: `@router.get("/runs", **needs("read"))`.

    The mark is part of the OpenAPI document, so a reader of the contract sees it, too.
    """
    return {"openapi_extra": {MARK: permission}}
