"""Saved views of the studio's pages."""

from __future__ import annotations

from fastapi import APIRouter

from runyard.store.metadata import saved_views
from runyard.store.metadata.saved_views import SavedView
from runyard.studio_api import models
from runyard.studio_api.permissions import needs
from runyard.studio_api.reader import Reader


def view_routes(reader: Reader) -> APIRouter:
    """Routes below /views."""
    router = APIRouter(tags=["views"])

    @router.get("/views", response_model=models.SavedViews, **needs("read"))
    async def list_views(page: models.ViewPage) -> models.SavedViews:
        """The saved views of one kind of page, by name."""
        found = await reader.read(saved_views.list_views, page)
        return models.SavedViews(views=[_view(view) for view in found])

    @router.post("/views", response_model=models.SavedView, **needs("write"))
    async def create_view(new: models.NewView) -> models.SavedView:
        """Save a view under a name that its page does not have yet."""
        return _view(await reader.write(lambda tx: saved_views.create(tx, new.page, new.name, new.query)))

    @router.patch("/views/{view_id}", response_model=models.SavedView, **needs("write"))
    async def change_view(view_id: str, change: models.ViewChange) -> models.SavedView:
        """Change a view's name, or what it shows, unless somebody else changed that meanwhile."""
        return _view(
            await reader.write(
                lambda tx: saved_views.change(tx, view_id, change.name, change.query, change.held)
            )
        )

    @router.delete("/views/{view_id}", status_code=204, **needs("write"))
    async def delete_view(view_id: str) -> None:
        """Forget a view; links that hold all it shows still work."""
        await reader.write(lambda tx: saved_views.delete(tx, view_id))

    return router


def _view(view: SavedView) -> models.SavedView:
    return models.SavedView(view_id=view.id, name=view.name, query=view.query, updated=view.updated)
