"""`runyard-sync`: sends what the spool holds."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path

import click

from runyard_mlflow.console.log import console_logs
from runyard_mlflow.credentials import credentials_of
from runyard_mlflow.settings import read_settings
from runyard_mlflow.spool.left import Left, has_ended, producers, send_left, targets
from runyard_mlflow.spool.producer import OWNER
from runyard_mlflow.transport import Away, Refusal, TooLarge, Transport

# Seconds between two looks of `--watch`.
WATCH_SECONDS = 5.0


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--watch", is_flag=True, help="Go on: send what is written from now on, too, until Ctrl-C.")
@click.option("--server", help="Send there, and not to the servers that the spool names.")
def main(paths: tuple[Path, ...], watch: bool, server: str | None) -> None:
    """Send what scripts logged and could not send.

    PATH is a spool, a part of one, or several; without it, the default spool. Sending twice changes nothing.
    """
    settings = read_settings()
    roots = paths or (settings.spool,)
    while True:
        # The second time, what belongs to runs that another process's part of the spool made the first time.
        incomplete = [
            each for each in _found(roots, server) if not _send(*each, settings.request_seconds, watch)
        ]
        complete = all([_send(*each, settings.request_seconds, watch, last=True) for each in incomplete])
        if not watch:
            sys.exit(0 if complete else 1)
        time.sleep(WATCH_SECONDS)


def _found(roots: tuple[Path, ...], server: str | None) -> Iterator[tuple[str, Left]]:
    """What is to be sent, and where to."""
    for root in roots:
        folder = root.absolute()
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


def _send(server: str, left: Left, seconds: float, quiet: bool, last: bool = False) -> bool:
    """Send what one process wrote; False when something is left that may be sent later, or can't be read."""
    transport = Transport(credentials_of(server), seconds)
    size = sum(path.stat().st_size for path in left.segments())
    size += sum(log.left() for log in console_logs(left.folder))
    skipped: list[Path] = []

    def unreadable(path: Path, why: str) -> None:
        skipped.append(path)
        if last:
            click.echo(f"skipped: {why}", err=True)

    try:
        if quiet:
            refused = send_left(left, transport, None, unreadable)
        else:
            with click.progressbar(
                length=size, label=f"{left.folder.name[:8]} to {server}", file=sys.stderr
            ) as bar:
                refused = send_left(left, transport, bar.update, unreadable)
                bar.update(max(0, size - bar.pos))
    except Away as error:
        if last:
            click.echo(f"{server} can't be reached: {error}. What is left stays in {left.folder}.", err=True)
        return False
    except TooLarge:
        if last:
            click.echo(
                f"{server} takes no request of this size. What is left stays in {left.folder}.", err=True
            )
        return False
    later = [refusal for refusal in refused if refusal.again]
    if last or not later:
        _tell(refused)
    return not (skipped or later)


def _tell(refused: list[Refusal]) -> None:
    for refusal in refused:
        number = refusal.last - refusal.first + 1
        what = {0: "the console", 1: "a call"}.get(number, f"{number} calls")
        kept = "kept" if refusal.again else "refused"
        click.echo(f"{kept}: {what} of run {refusal.run_id}: {refusal.message}", err=True)


if __name__ == "__main__":
    main()
