"""Says what the trash holds, and deletes it for ever."""

from __future__ import annotations

import time

import msgspec
from fastapi import APIRouter

from runyard.store.metadata.session import Session
from runyard.store.purge.engine import own_folder
from runyard.store.purge.plan import Choice, Kept, plan
from runyard.store.purge.state import Progress
from runyard.store.queries.experiments import TrashedExperiment, trashed_experiments
from runyard.store.sizes import Sizes
from runyard.studio_api import trash_models as models
from runyard.studio_api.permissions import needs
from runyard.studio_api.reader import Reader
from runyard.studio_api.sizes import size_of

# Names that a confirmation shows.
MOST_NAMES = 5
MOST_KEPT = 20


def purge_routes(reader: Reader) -> APIRouter:
    """Routes below /trash."""
    router = APIRouter(tags=["trash"])

    @router.get("/trash/experiments", response_model=models.TrashedExperiments, **needs("read"))
    async def list_trashed_experiments() -> models.TrashedExperiments:
        """Experiments that are in the trash, those that were deleted last first."""
        found = await reader.read(trashed_experiments)
        return models.TrashedExperiments(experiments=[_experiment(each) for each in found])

    @router.post("/trash/plan", response_model=models.TrashPlan, **needs("read"))
    async def plan_purge(chosen: models.TrashChoice) -> models.TrashPlan:
        """What deleting this for ever would delete; changes nothing."""
        return await reader.read(_plan, reader.store.sizes, chosen)

    @router.post("/trash/purge", response_model=models.PurgeProgress, **needs("write"))
    async def purge(confirmed: models.Purge) -> models.PurgeProgress:
        """Begin to delete for ever what was confirmed; it goes on when the page is closed."""
        choice = Choice(confirmed.before, confirmed.run_ids, confirmed.experiment_ids)
        return _progress(await reader.call(lambda: reader.store.purge.start(choice)))

    @router.get("/trash/purge", response_model=models.PurgeState, **needs("read"))
    async def purge_state() -> models.PurgeState:
        """How the purge that runs goes, or how the last one went."""
        found = await reader.call(reader.store.purge.progress)
        return models.PurgeState(purge=None if found is None else _progress(found))

    return router


def _experiment(found: TrashedExperiment) -> models.TrashedExperiment:
    return models.TrashedExperiment(
        experiment_id=str(found.key), name=found.name, deleted_time=found.deleted_time, run_count=found.runs
    )


def _plan(session: Session, sizes: Sizes, chosen: models.TrashChoice) -> models.TrashPlan:
    before = time.time_ns() // 1_000_000
    planned = plan(session, Choice(before, chosen.run_ids, chosen.experiment_ids))
    measured = sizes.together(session, [run.run_id for run in planned.runs])
    return models.TrashPlan(
        before=before,
        runs=len(planned.runs),
        experiments=len(planned.experiments),
        models=len(planned.models),
        size=size_of(measured.size),
        complete=measured.complete,
        run_names=[run.name for run in planned.runs[:MOST_NAMES]],
        experiment_names=[experiment.name for experiment in planned.experiments[:MOST_NAMES]],
        elsewhere=sum(own_folder(run.artifact_uri, run.run_id) is None for run in planned.runs),
        kept=[_kept(kept) for kept in planned.kept[:MOST_KEPT]],
        kept_total=len(planned.kept),
    )


def _kept(kept: Kept) -> models.KeptItem:
    return models.KeptItem.model_validate(msgspec.structs.asdict(kept))


def _progress(progress: Progress) -> models.PurgeProgress:
    fields = msgspec.structs.asdict(progress)
    fields["kept"] = [_kept(kept) for kept in progress.kept[:MOST_KEPT]]
    return models.PurgeProgress.model_validate(fields)
