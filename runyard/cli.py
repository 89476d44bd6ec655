"""The command line."""

from __future__ import annotations

import sys
import webbrowser
from collections.abc import Mapping
from pathlib import Path
from threading import Thread
from typing import Any

import click

from runyard import __version__
from runyard.errors import RunyardError
from runyard.settings import SETTINGS, Setting, load_settings

DEFAULT_FOLDER = Path(".runyard")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="runyard")
def main() -> None:
    """A self-hosted workspace for machine-learning experiments that MLflow clients log to."""


def _setting_options(command: Any) -> Any:
    for setting in reversed(SETTINGS):
        command = click.option(f"--{setting.name.replace('_', '-')}", default=None, help=_help(setting))(
            command
        )
    return command


def _help(setting: Setting) -> str:
    choices = f" One of {', '.join(setting.choices)}." if setting.choices else ""
    default = f" [default: {setting.default}]" if setting.default != "" else ""
    return f"{setting.help[0].upper()}{setting.help[1:]}.{choices}{default}"


@main.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=DEFAULT_FOLDER)
@_setting_options
def server(folder: Path, **given: str | None) -> None:
    """Serve the workspace in FOLDER (default ./.runyard), creating it when it is new.

    Every option is also a variable: --durability is RUNYARD_DURABILITY.
    """
    _serve(folder, given)


@main.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=DEFAULT_FOLDER)
@click.option(
    "--open/--no-open", "opens", default=True, help="Open the page in the browser.  [default: open]"
)
@_setting_options
def ui(folder: Path, opens: bool, **given: str | None) -> None:
    """Show the workspace in FOLDER (default ./.runyard) in the browser: a server on a free port.

    Beside scripts that log into the folder, or other servers of it. Takes the usual port if it is free.
    """
    _serve(folder, given, free_port=True, opens=opens)


def _serve(
    folder: Path, given: Mapping[str, str | None], free_port: bool = False, opens: bool = False
) -> None:
    from runyard.http.server import listen, serve, serve_many
    from runyard.jobs.runner.start import Beside, is_wanted

    try:
        settings = load_settings(given)
        try:
            listener = listen(settings.host, settings.port)
        except OSError:
            if not free_port or given["port"] is not None:
                raise
            listener = listen(settings.host, 0)
    except RunyardError as error:
        raise click.UsageError(error.message) from None
    except OSError as error:
        raise click.ClickException(
            f"Can't listen on {given['host'] or 'the host'}: {error.strerror}. Choose another --port."
        ) from None
    host, port = listener.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host

    beside: list[Beside] = []

    def ready() -> None:
        if is_wanted(settings):
            beside.append(Beside(_local_address(host, port), folder.absolute(), settings))
        click.echo(f"Runyard serves {folder} at http://{shown}:{port}")
        sys.stdout.flush()
        if opens:
            # Some browsers return when they are closed.
            Thread(target=webbrowser.open, args=(f"http://{shown}:{port}",), daemon=True).start()

    run = serve_many if settings.workers > 1 else serve
    try:
        run(folder.absolute(), settings, listener, ready)
    finally:
        for each in beside:
            each.stop()


def _local_address(host: str, port: int) -> str:
    """Where this machine's own processes reach the server."""
    name = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"


@main.group()
def db() -> None:
    """Look after a workspace's database."""


@db.command()
@click.argument(
    "folder", type=click.Path(file_okay=False, exists=True, path_type=Path), default=DEFAULT_FOLDER
)
def check(folder: Path) -> None:
    """Verify every stored point: checksums of chunks, counts and bounds against the index.

    Works beside a running server. Ends with 1 and a list when anything is wrong.
    """
    from runyard.store.check import check as check_folder

    report = check_folder(folder)
    for problem in report.problems:
        click.echo(problem, err=True)
    if report.waiting:
        click.echo(
            f"{report.waiting} requests wait in the journal; a running server stores them, or the next start."
        )
    if report.purged:
        click.echo(
            f"{report.purged} purged runs are being removed; a running server goes on, or the next start."
        )
    click.echo(
        f"{report.runs} runs, {report.series} series, {report.points} points in {report.chunks} chunks and "
        f"{report.tail_rows} tail rows: " + ("all right." if report.ok else f"{report.found} problems.")
    )
    if not report.ok:
        raise SystemExit(1)


@db.command()
@click.argument(
    "folder", type=click.Path(file_okay=False, exists=True, path_type=Path), default=DEFAULT_FOLDER
)
def upgrade(folder: Path) -> None:
    """Bring the database to this version's schema, after a backup beside it."""
    from runyard.store.metadata.database import create_or_check

    try:
        create_or_check(folder, "full")
    except RunyardError as error:
        raise click.ClickException(error.message) from None
    click.echo(f"{folder} has the newest schema.")


@main.command()
@click.argument(
    "folder", type=click.Path(file_okay=False, exists=True, path_type=Path), default=DEFAULT_FOLDER
)
@click.option("--older-than", default="0s", help="Only what is in the trash for so long, as 30d or 1d12h.")
@click.option("--dry-run", is_flag=True, help="Say what would go, and delete nothing.")
def gc(folder: Path, older_than: str, dry_run: bool) -> None:
    """Delete for ever what is in the trash: runs, experiments, their points and files.

    For a stopped server's folder; the studio's trash page does the same beside a running one.
    """
    from runyard.store.purge.gc import collect

    try:
        collect(folder, older_than, dry_run, click.echo)
    except RunyardError as error:
        raise click.ClickException(error.message) from None


@main.command(
    add_help_option=False, context_settings={"ignore_unknown_options": True, "allow_extra_args": True}
)
@click.pass_context
def sync(context: click.Context) -> None:
    """Send what scripts logged through runyard-mlflow and could not send; see `runyard sync --help`."""
    try:
        from runyard_mlflow.command import main as send
    except ImportError:
        raise click.ClickException(
            "This needs the plugin of mlflow: pip install runyard-mlflow, or run it where the scripts run."
        ) from None
    send.main(args=context.args, prog_name="runyard sync")


class _Late(click.Group):
    """Imports a command's module when it is asked for: a server's start needs none of them."""

    def list_commands(self, context: click.Context) -> list[str]:
        """All names."""
        return sorted({*super().list_commands(context), "job", "runner"})

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """The command of this name."""
        if name in ("job", "runner"):
            from runyard.jobs import commands

            return commands.job if name == "job" else commands.runner
        return super().get_command(context, name)


main.__class__ = _Late


if __name__ == "__main__":
    main()
