"""`runyard gc`: empties the trash of a folder that no server has open."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

from runyard.errors import InvalidParameter, InvalidState
from runyard.settings import Settings
from runyard.store.metadata.database import FILE_NAME
from runyard.store.purge.plan import Choice, Plan, plan
from runyard.store.purge.state import Progress
from runyard.store.receipts import is_open
from runyard.store.sizes import Size
from runyard.store.store import Store

_AGE = re.compile(r"(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?")
_UNITS = (86_400, 3_600, 60, 1)
# Names that are listed; more are only counted.
MOST_NAMED = 20


def collect(folder: Path, older_than: str, dry_run: bool, say: Callable[[str], object]) -> None:
    """Purge what is in the trash for `older_than`, or say what that would be.

    Raises InvalidParameter for an age that can't be read, and InvalidState when the folder is no workspace or a
    server has it open.
    """
    before = time.time_ns() // 1_000_000 - 1000 * seconds_of(older_than)
    if not (folder / FILE_NAME).is_file():
        raise InvalidState(f"There is no Runyard workspace in {folder}: it has no file {FILE_NAME}.")
    if is_open(folder):
        raise InvalidState(f"A server has {folder} open: stop it, or empty the trash in its studio.")
    with Store(folder, Settings()) as store:
        # What an ended purge began comes first, also when nothing new is to be purged.
        store.purge.wait()
        choice = Choice(before)
        if dry_run:
            _say_plan(store, store.read(plan, choice), say)
        else:
            _say_result(store.purge.run(choice, lambda progress: None), say)


def seconds_of(age: str) -> int:
    """`30d`, `12h`, `1d2h3m4s`; raises InvalidParameter."""
    match = _AGE.fullmatch(age.strip())
    if match is None or not any(match.groups()):
        raise InvalidParameter(f"Invalid age '{age}': it must be like 30d, 12h or 1d2h3m4s.")
    return sum(int(number or 0) * unit for number, unit in zip(match.groups(), _UNITS, strict=True))


def _say_plan(store: Store, planned: Plan, say: Callable[[str], object]) -> None:
    run_ids = [run.run_id for run in planned.runs]
    size: Size = store.sizes.together(store.session(), run_ids, seconds=float("inf")).size
    say(
        f"Would delete {len(planned.runs)} runs, {len(planned.experiments)} experiments and "
        f"{len(planned.models)} logged models without a run: {size.points} points in {size.point_bytes} bytes, "
        f"{size.files} files of {size.artifact_bytes} bytes."
    )
    for run in planned.runs[:MOST_NAMED]:
        say(f"  run {run.run_id} ({run.name})")
    if len(planned.runs) > MOST_NAMED:
        say(f"  and {len(planned.runs) - MOST_NAMED} more")
    for experiment in planned.experiments[:MOST_NAMED]:
        say(f"  experiment {experiment.key} ({experiment.name})")
    for kept in planned.kept:
        say(f"Keeps {kept.kind} {kept.id} ({kept.name}): {kept.reason}")


def _say_result(progress: Progress, say: Callable[[str], object]) -> None:
    say(
        f"Deleted {progress.runs} runs, {progress.experiments} experiments, {progress.models} logged models, "
        f"{progress.points} points, {progress.files} files."
    )
    say(
        f"Freed {progress.file_bytes + progress.database_bytes} bytes: {progress.file_bytes} of files, "
        f"{progress.database_bytes} of the database."
    )
    if progress.reusable_bytes:
        say(f"{progress.reusable_bytes} bytes of the database are free and used again before it grows.")
    if progress.elsewhere:
        say(
            f"The artifacts of {progress.elsewhere} runs or models lie outside of this server and are still there."
        )
    for kept in progress.kept:
        say(f"Kept {kept.kind} {kept.id} ({kept.name}): {kept.reason}")
    if progress.kept_total > len(progress.kept):
        say(f"and {progress.kept_total - len(progress.kept)} more")
