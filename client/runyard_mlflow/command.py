"""`runyard-sync`: sends what the spool holds."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path

import click
from mlflow.exceptions import MlflowException

from runyard_mlflow.address import destination_of, parts_of
from runyard_mlflow.artifacts.delivery import Delivery, send_left_files
from runyard_mlflow.console.log import console_logs
from runyard_mlflow.session import transport_to
from runyard_mlflow.settings import Settings, read_settings
from runyard_mlflow.spool.age import is_older
from runyard_mlflow.spool.left import DATABASE, SPOOL, Left, discard, has_ended, producers, send_left, targets
from runyard_mlflow.spool.producer import OWNER
from runyard_mlflow.status import table
from runyard_mlflow.transport import Away, Refusal, Transport

# Seconds between two looks of `--watch`.
WATCH_SECONDS = 5.0


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--watch", is_flag=True, help="Go on: send what is written from now on, too, until Ctrl-C.")
@click.option("--server", help="Send there, and not to the servers that the spool names.")
@click.option("--status", is_flag=True, help="Show what is there, and send nothing.")
@click.option("--old", is_flag=True, help="Send also what is older than RUNYARD_SPOOL_MAX_DAYS.")
@click.option(
    "--discard-older-than",
    "days",
    type=click.FloatRange(min=0),
    metavar="DAYS",
    help="Remove what processes left that began so long ago and have ended, sent or not; send nothing.",
)
@click.option("--yes", is_flag=True, help="Remove it without asking.")
def main(
    paths: tuple[Path, ...],
    watch: bool,
    server: str | None,
    status: bool,
    old: bool,
    days: float | None,
    yes: bool,
) -> None:
    """Send what scripts logged and could not send.

    PATH is a spool, a part of one, or a folder that scripts log into; without any, the default spool is meant.
    Sending twice changes nothing.
    """
    if sum((watch, status, days is not None)) > 1:
        raise click.UsageError("--watch, --status and --discard-older-than exclude each other.")
    if server is not None:
        server = server.rstrip("/")
        try:
            server = destination_of(server) if server.startswith("runyard") else server
            parts_of(server)
        except MlflowException as error:
            raise click.BadParameter(error.message, param_hint="--server") from None
    settings = read_settings()
    roots = paths or (settings.spool,)
    if status:
        click.echo("\n".join(table(_found(roots, server))))
        return
    if days is not None:
        _discard(list(_found(roots, server)), days, yes)
        return
    told = False
    while True:
        found = list(_found(roots, server))
        held = [] if old else _old(found, settings.spool_days)
        if held and not told:
            told = True
            _tell_old(held, settings.spool_days)
        # The second time, what belongs to runs that another process's part of the spool made the first time.
        incomplete = [each for each in found if each not in held and not _send(*each, settings, watch)]
        complete = all([_send(*each, settings, watch, last=True) for each in incomplete])
        complete = complete and not held
        if not watch:
            sys.exit(0 if complete else 1)
        time.sleep(WATCH_SECONDS)


def _old(found: list[tuple[str, Left]], days: float) -> list[tuple[str, Left]]:
    """What ended processes left that began more than so many days ago."""
    return [(server, left) for server, left in found if left.ended and is_older(left.folder, days)]


def _tell_old(held: list[tuple[str, Left]], days: float) -> None:
    click.echo("\n".join(table(held)), err=True)
    click.echo(
        f"This is more than {days:g} days old and not sent: the server may have forgotten what it has of it. "
        f"--old sends it, --discard-older-than {days:g} removes it.",
        err=True,
    )


def _discard(found: list[tuple[str, Left]], days: float, yes: bool) -> None:
    old = _old(found, days)
    if not old:
        click.echo(f"Nothing of an ended process is more than {days:g} days old.")
        return
    click.echo("\n".join(table(old)))
    if not yes:
        click.confirm("Remove this? What of it is not on its server is lost", abort=True)
    for _, left in old:
        discard(left)


def _found(roots: tuple[Path, ...], server: str | None) -> Iterator[tuple[str, Left]]:
    """What is to be sent, and where to."""
    for root in roots:
        folder = root.absolute()
        if (folder / DATABASE).is_file():
            folder /= SPOOL
        if (folder / OWNER).is_file():
            spool, wanted = folder.parent.parent, [Left(folder, has_ended(folder))]
            names = [(name, target) for name, target in targets(spool) if target == folder.parent]
            if not names and server is None:
                click.echo(
                    f"{folder}: for which server this is, is not known; name it with --server.", err=True
                )
            for left in wanted:
                yield server or names[0][0], left
            continue
        spool = folder.parent if (folder / "target.json").is_file() else folder
        for name, target in targets(spool):
            if folder in (spool, target):
                for left in producers(target):
                    yield server or name, left


def _send(server: str, left: Left, settings: Settings, quiet: bool, last: bool = False) -> bool:
    """Send what one process wrote; False when something is left that may be sent later, or can't be read."""
    try:
        transport = transport_to(server, settings)
    except MlflowException as error:
        if last:
            click.echo(error.message, err=True)
        return False
    size = sum(path.stat().st_size for path in left.segments())
    size += sum(log.left() for log in console_logs(left.folder))
    skipped: list[Path] = []

    def unreadable(path: Path, why: str) -> None:
        skipped.append(path)
        if last:
            click.echo(f"skipped: {why}", err=True)

    again: list[str] = []
    try:
        if quiet:
            refused = send_left(left, transport, None, unreadable)
        else:
            with click.progressbar(
                length=size, label=f"{left.folder.name[:8]} to {server}", file=sys.stderr
            ) as bar:
                refused = send_left(left, transport, bar.update, unreadable)
                bar.update(max(0, size - bar.pos))
        again = _send_files(left, transport, settings, last)
    except Away as error:
        if last:
            click.echo(f"{server} can't be reached: {error}. What is left stays in {left.folder}.", err=True)
        return False
    finally:
        transport.close()
    later = [refusal for refusal in refused if refusal.again]
    if last or not later:
        _tell(refused)
    return not (skipped or later or again)


def _send_files(left: Left, transport: Transport, settings: Settings, last: bool) -> list[str]:
    """Send the artifacts that a process left; what may be sent later, or can't be read, comes back. Raises Away."""
    again: list[str] = []
    if not left.files():
        return again
    delivery = Delivery(transport, settings.away_seconds)
    for refused in send_left_files(left, delivery, lambda path, why: again.append(f"{path}: {why}")):
        click.echo(f"refused: {refused}", err=True)
    if last:
        for kept in again:
            click.echo(f"kept: {kept}", err=True)
    return again


def _tell(refused: list[Refusal]) -> None:
    for refusal in refused:
        number = refusal.last - refusal.first + 1
        what = {0: "the console", 1: "a call"}.get(number, f"{number} calls")
        kept = "kept" if refusal.again else "refused"
        click.echo(f"{kept}: {what} of run {refusal.run_id or 'unknown'}: {refusal.message}", err=True)


if __name__ == "__main__":
    main()
