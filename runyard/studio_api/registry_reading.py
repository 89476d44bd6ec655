"""Reads registered models and versions as the studio's pages show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from runyard.entities import KeyValue
from runyard.errors import LoggedModelNotFound
from runyard.store.metadata import logged_model_data, run_data
from runyard.store.metadata.search import search_registered_models
from runyard.store.metadata.session import Session
from runyard.store.page_tokens import Whole, make_token, read_token
from runyard.store.registry import reading
from runyard.store.registry.alias_history import alias_spans
from runyard.store.registry.entities import ModelVersion, RegisteredModel
from runyard.studio_api import models
from runyard.studio_api import registry_models as wire

# Alias changes of one model's page; an alias that moves each day fills three years.
MOST_CHANGES = 1_000
_ORDERS: dict[wire.SortKey, str] = {
    "name": "name",
    "created": "creation_timestamp",
    "updated": "last_updated_timestamp",
}


def model_page(
    session: Session,
    filter: str,
    search: str,
    sort: wire.SortKey,
    descending: bool,
    limit: int,
    token: str | None,
) -> wire.ModelPage:
    """One page of the registered models that match a filter and hold a text in their names."""
    order = [f"{_ORDERS[sort]} {'DESC' if descending else 'ASC'}"]
    with session.snapshot():
        page = search_registered_models(session, filter, order, limit, token, text=search)
        found = reading.load_models(session, page.ids)
        counts = reading.version_counts(session, page.ids)
    return wire.ModelPage(
        models=[
            wire.ModelRow(**_model(model, counts.get(key, 0)))
            for key, model in zip(page.ids, found, strict=True)
        ],
        next_page_token=page.next_page_token,
    )


def _model(model: RegisteredModel, versions: int) -> dict[str, Any]:
    return {
        "name": model.name,
        "description": model.description or "",
        "creation_time": model.creation_timestamp,
        "last_update_time": model.last_updated_timestamp,
        "version_count": versions,
        "latest_versions": [
            wire.LatestVersion(
                version=each.version,
                status=each.status,
                stage=each.current_stage,
                creation_time=each.creation_timestamp,
            )
            for each in model.latest_versions
        ],
        "aliases": [wire.AliasOf(alias=each.alias, version=each.version) for each in model.aliases],
        "tags": _pairs(model.tags),
    }


def _pairs(tags: Sequence[KeyValue]) -> list[models.KeyValue]:
    return [models.KeyValue(key=tag.key, value=tag.value) for tag in tags]


def model_detail(session: Session, name: str) -> wire.ModelDetail:
    """A registered model with what its aliases named when; raises RegisteredModelNotFound."""
    with session.snapshot():
        key = reading.find_model(session, name)
        model = reading.model_of(session, key)
        spans, cut = alias_spans(session, key, MOST_CHANGES)
        count = reading.version_counts(session, [key]).get(key, 0)
    history = [
        wire.AliasPeriod(alias=span.alias, version=str(span.version), start=span.start, end=span.end)
        for span in spans
    ]
    return wire.ModelDetail(**_model(model, count), history=history, history_cut=cut)


def version_page(session: Session, name: str, limit: int, token: str | None) -> wire.VersionPage:
    """One page of a model's versions, the newest first; raises RegisteredModelNotFound."""
    request = ["versions of a model", name]
    last = read_token(request, token, tuple[Whole])
    with session.snapshot():
        model = reading.find_model(session, name)
        newest = reading.newest_versions(session, model, limit + 1, last[0] if last else None)
        shown = newest[:limit]
        found = reading.load_versions(session, [key for key, _ in shown])
        runs = run_data.names_and_users(session, [version.run_id for version in found if version.run_id])
    return wire.VersionPage(
        versions=[wire.VersionRow(**_version(version, runs)) for version in found],
        next_page_token=make_token(request, [shown[-1][1]]) if len(newest) > limit else None,
    )


def version_detail(session: Session, name: str, version: str) -> wire.VersionDetail:
    """A version with what is known of its logged model; raises ModelVersionNotFound."""
    with session.snapshot():
        found = reading.get_version(session, name, version)
        runs = run_data.names_and_users(session, [found.run_id] if found.run_id else [])
        logged = _logged_model(session, found.model_id) if found.model_id else None
    return wire.VersionDetail(**_version(found, runs), logged_model=logged)


def _version(version: ModelVersion, runs: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    run_name, run_user = runs.get(version.run_id or "", (None, None))
    return {
        "version": version.version,
        "status": version.status,
        "status_message": version.status_message or None,
        "stage": version.current_stage,
        "aliases": version.aliases,
        "tags": _pairs(version.tags),
        "description": version.description or "",
        "creation_time": version.creation_timestamp,
        "last_update_time": version.last_updated_timestamp,
        "user": version.user_id or run_user or None,
        "run_id": version.run_id or None,
        "run_name": run_name,
        "model_id": version.model_id or None,
        "source": version.source,
    }


def _logged_model(session: Session, model_id: str) -> wire.LoggedModelFacts | None:
    try:
        model = logged_model_data.get(session, model_id)
    except LoggedModelNotFound:
        return None
    info, data = model.info, model.data
    return wire.LoggedModelFacts(
        model_id=info.model_id,
        name=info.name,
        model_type=info.model_type or None,
        status=info.status,
        creation_time=info.creation_timestamp_ms,
        params=_pairs(data.params),
        metrics=[
            wire.LoggedMetric(
                name=metric.key,
                value=cast(models.Number, metric.value),
                step=metric.step,
                run_id=metric.run_id or "",
                dataset=metric.dataset_name,
            )
            for metric in data.metrics
        ],
        tags=_pairs(info.tags),
    )
