"""`runyard job …` and `runyard runner`."""

from __future__ import annotations

import logging
import sys
import webbrowser
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click
import msgspec

from runyard.errors import RunyardError
from runyard.job_entities import COMPLETED, STATES, JobInfo
from runyard.jobs.client import Client
from runyard.jobs.link import Away


def _told(command: Callable[..., Any]) -> Callable[..., Any]:
    """Say what went wrong without a traceback."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except (RunyardError, Away, OSError, TimeoutError) as error:
            raise click.ClickException(str(error)) from None

    return run


server_option = click.option(
    "--server", help="Address of the server.  [default: MLFLOW_TRACKING_URI, else http://127.0.0.1:5000]"
)


@click.group()
def job() -> None:
    """Submit commands to be run, and watch them."""


@job.command()
@click.option(
    "--file", "-f", "path", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "--set", "overrides", multiple=True, metavar="KEY=VALUE", help="Change a value, as inputs.lr=0.1."
)
@click.option("--name", "-n", help="Name of the job; one is made up otherwise.")
@click.option(
    "--stream", "streams", is_flag=True, help="Show its output until it ends; exit with 0 if it completed."
)
@click.option("--all", "all_logs", is_flag=True, help="With --stream: the output of all processes.")
@click.option("--web", is_flag=True, help="Open its page.")
@click.option("--strict", is_flag=True, help="Refuse what would be mapped or ignored.")
@server_option
@_told
def create(
    path: Path,
    overrides: tuple[str, ...],
    name: str | None,
    streams: bool,
    all_logs: bool,
    web: bool,
    strict: bool,
    server: str | None,
) -> None:
    """Queue the job of a file."""
    from runyard.jobs.spec import load_job

    loaded = load_job(path, overrides, strict)
    for warning in loaded.warnings:
        click.echo(f"Note: {warning}", err=True)
    client = Client(server)
    if name is not None:
        loaded.job.name = name
    if loaded.job.experiment_name is None:
        # As the hosted service: that of the folder.
        loaded.job.experiment_name = Path.cwd().name or "Default"
    info = client.submit(loaded.job, path.read_text(encoding="utf-8"))
    click.echo(f"RunId: {info.name}")
    click.echo(f"Web View: {client.page(info.name)}")
    if web:
        webbrowser.open(client.page(info.name))
    if streams:
        _stream(client, info.name, all_logs)


@job.command()
@click.option(
    "--file", "-f", "path", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "--set", "overrides", multiple=True, metavar="KEY=VALUE", help="Change a value, as inputs.lr=0.1."
)
@click.option("--strict", is_flag=True, help="Refuse what would be mapped or ignored.")
@_told
def validate(path: Path, overrides: tuple[str, ...], strict: bool) -> None:
    """Say all that is wrong with a job file."""
    from runyard.jobs.spec import load_job

    loaded = load_job(path, overrides, strict)
    for warning in loaded.warnings:
        click.echo(f"Note: {warning}", err=True)
    click.echo(f"{path} is a valid {_kind(loaded.job)} job.")


def _kind(value: msgspec.Struct) -> str:
    return str(value.__struct_config__.tag)


@job.command("list")
@click.option("--state", "states", multiple=True, type=click.Choice(STATES), help="Only these.")
@click.option("--experiment", default="", help="Only of this experiment.")
@click.option("--parent-job-name", "parent", default="", help="Only what this job began.")
@click.option("--max-results", "-r", "most", default=50, type=click.IntRange(1, 100_000), show_default=True)
@click.option(
    "--output", "-o", "form", type=click.Choice(["table", "json"]), default="table", show_default=True
)
@server_option
@_told
def list_jobs(
    states: tuple[str, ...], experiment: str, parent: str, most: int, form: str, server: str | None
) -> None:
    """Jobs, the newest first."""
    jobs = list(Client(server).listed(states, experiment, parent, most))
    if form == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(jobs)))
        return
    if not jobs:
        click.echo("There is no such job.")
        return
    width = max(len(each.name) for each in jobs)
    for each in jobs:
        click.echo(
            f"{each.name:{width}}  {each.state:15}  {each.experiment_name:20.20}  {each.message}".rstrip()
        )


@job.command()
@click.option("--name", "-n", required=True)
@click.option(
    "--output", "-o", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)
@server_option
@_told
def show(name: str, form: str, server: str | None) -> None:
    """One job: its state, and how it came there."""
    info = Client(server).get(name)
    if form == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(info)))
        return
    for label, value in (
        ("name", info.name),
        ("display name", info.display_name),
        ("experiment", info.experiment_name),
        ("state", info.state),
        ("reason", info.reason),
        ("message", info.message),
        ("compute", info.compute),
        ("runner", info.runner or ""),
        ("parent", info.parent or ""),
    ):
        if value:
            click.echo(f"{label:13} {value}")
    for event in info.events:
        click.echo(f"  {_time(event.time)}  {event.state:16} {event.message}".rstrip())


@job.command()
@click.option("--name", "-n", required=True)
@click.option("--all", "all_logs", is_flag=True, help="The output of all processes.")
@server_option
@_told
def stream(name: str, all_logs: bool, server: str | None) -> None:
    """Show a job's output until it ends; exit with 0 if it completed."""
    client = Client(server)
    click.echo(f"RunId: {name}")
    click.echo(f"Web View: {client.page(name)}")
    _stream(client, name, all_logs)


def _stream(client: Client, name: str, all_logs: bool) -> None:
    output = sys.stdout.buffer
    last = ""

    def write(path: str, data: bytes) -> None:
        nonlocal last
        if path != last:
            output.write(f"\nStreaming {path}\n\n".encode())
            last = path
        output.write(data)
        output.flush()

    def say(text: str) -> None:
        click.echo(text, err=True)

    info = client.stream(name, write, all_logs, say)
    click.echo("\nExecution Summary")
    click.echo(f"RunId: {name}")
    click.echo(f"Web View: {client.page(name)}")
    if info.state != COMPLETED:
        raise click.ClickException(f"{info.state}: {info.message}")


@job.command()
@click.option("--name", "-n", required=True)
@server_option
@_told
def cancel(name: str, server: str | None) -> None:
    """Ask for a job's end."""
    _say_state(Client(server).cancel(name))


@job.command()
@click.option("--name", "-n", required=True)
@server_option
@_told
def archive(name: str, server: str | None) -> None:
    """Leave a job out of lists."""
    Client(server).archive(name)
    click.echo(f"{name} is archived.")


@job.command()
@click.option("--name", "-n", required=True)
@server_option
@_told
def restore(name: str, server: str | None) -> None:
    """Show an archived job in lists again."""
    Client(server).restore(name)
    click.echo(f"{name} is in the lists again.")


@job.command()
@click.option("--name", "-n", required=True)
@click.option(
    "--download-path", "-p", "folder", type=click.Path(file_okay=False, path_type=Path), default=Path()
)
@click.option("--output-name", "output", help="Only this output.")
@click.option("--all", "everything", is_flag=True, help="All artifacts and outputs, which is the default.")
@server_option
@_told
def download(name: str, folder: Path, output: str | None, everything: bool, server: str | None) -> None:
    """Fetch a job's logs, artifacts and outputs."""
    count = Client(server).download(name, folder, None if everything else output)
    click.echo(f"{count} files are in {folder.absolute()}.")


def _say_state(info: JobInfo) -> None:
    click.echo(f"{info.name}: {info.state}. {info.message}".rstrip())


def _time(milliseconds: int) -> str:
    from datetime import datetime

    return datetime.fromtimestamp(milliseconds / 1000).strftime("%Y-%m-%d %H:%M:%S.%f")[:-3]


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path(".runyard-runner"))
@click.option("--cpus", type=click.FloatRange(min=0), default=0.0, help="Processors for jobs; 0 takes all.")
@click.option("--memory-bytes", type=click.IntRange(min=0), default=0, help="Memory for jobs; 0 takes all.")
@click.option(
    "--compute", "computes", multiple=True, help="Names of computes whose jobs it takes.  [default: local]"
)
@click.option(
    "--grace-seconds", type=click.FloatRange(min=0), default=10.0, help="Between SIGTERM and SIGKILL."
)
@click.option("--strict", is_flag=True, help="Jobs that name a cloud's environments fail.")
@server_option
@_told
def runner(
    folder: Path,
    cpus: float,
    memory_bytes: int,
    computes: tuple[str, ...],
    grace_seconds: float,
    strict: bool,
    server: str | None,
) -> None:
    """Run jobs of a server on this machine, working in FOLDER (default ./.runyard-runner)."""
    import signal

    from runyard.jobs.client import address_of
    from runyard.jobs.runner.start import make_runner

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    made = make_runner(
        address_of(server),
        folder.absolute(),
        cpus,
        memory_bytes,
        grace_seconds,
        computes or ("local",),
        strict,
    )
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: made.stop())
    click.echo(f"This runner takes jobs of {address_of(server)} and works in {folder}.")
    made.run()
