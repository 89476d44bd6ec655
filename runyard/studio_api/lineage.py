"""The data and models that a run read and made."""

from __future__ import annotations

from typing import Annotated, cast

from fastapi import APIRouter, Query

from runyard.store.metadata.logged_model_entities import UNSPECIFIED, WIRE_STATUSES, LoggedModel
from runyard.store.queries.lineage import LinkedModel, RunLineage, dataset, lineage
from runyard.studio_api import lineage_models, models
from runyard.studio_api.permissions import needs
from runyard.studio_api.reader import Reader

MOST_METRICS = 20
# Of a source, a schema or a profile.
MOST_TEXT = 200_000
_STATUSES = {spelled: status for status, spelled in WIRE_STATUSES.items()}


def lineage_routes(reader: Reader) -> APIRouter:
    """Routes that tell where a run's data comes from, and where its models went."""
    router = APIRouter(tags=["runs"])

    @router.get("/runs/{run_id}/lineage", response_model=lineage_models.Lineage, **needs("read"))
    async def run_lineage(run_id: str) -> lineage_models.Lineage:
        """Datasets and models that a run read, models that it made, and versions registered from it."""
        return _lineage(await reader.read(lineage, run_id))

    @router.get("/runs/{run_id}/dataset", response_model=lineage_models.DatasetDetail, **needs("read"))
    async def run_dataset(
        run_id: str, name: Annotated[str, Query()], digest: Annotated[str, Query()]
    ) -> lineage_models.DatasetDetail:
        """Source, schema and profile of a dataset that a run read."""
        source, schema, profile = await reader.read(dataset, run_id, name, digest)
        return lineage_models.DatasetDetail(
            source=source[:MOST_TEXT],
            schema_text=None if schema is None else schema[:MOST_TEXT],
            profile=None if profile is None else profile[:MOST_TEXT],
            cut=any(len(text or "") > MOST_TEXT for text in (source, schema, profile)),
        )

    return router


def _lineage(found: RunLineage) -> lineage_models.Lineage:
    return lineage_models.Lineage(
        datasets=[
            lineage_models.UsedDataset(
                name=each.name,
                digest=each.digest,
                source_type=each.source_type,
                context=each.context,
                tags=[models.KeyValue(key=tag.key, value=tag.value) for tag in each.tags],
            )
            for each in found.datasets
        ],
        inputs=[_model(each) for each in found.inputs],
        outputs=[_model(each) for each in found.outputs],
        versions=[lineage_models.VersionLink(**vars(each)) for each in found.versions],
        more=found.more,
    )


def _model(linked: LinkedModel) -> lineage_models.RunModel:
    model = linked.model
    return lineage_models.RunModel(
        model_id=linked.model_id,
        name=None if model is None else model.info.name,
        status=UNSPECIFIED if model is None else _STATUSES[model.info.status],
        model_type=None if model is None else model.info.model_type,
        step=linked.step,
        created=None if model is None else model.info.creation_timestamp_ms,
        metrics=[] if model is None else _metrics(model),
        params=[]
        if model is None
        else [models.KeyValue(key=each.key, value=each.value) for each in model.data.params],
    )


def _metrics(model: LoggedModel) -> list[lineage_models.ModelMetric]:
    # Clients log what a machine does while a model is active to the model, too; of the model it says nothing.
    chosen = [metric for metric in model.data.metrics if not metric.key.startswith("system/")]
    return [
        lineage_models.ModelMetric(
            key=each.key,
            value=cast(models.Number, each.value),
            step=each.step,
            dataset_name=each.dataset_name,
        )
        for each in chosen[:MOST_METRICS]
    ]
