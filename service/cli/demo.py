"""`overtone demo`: the whole job on sample files: broker, API, workers, ingest, progress, report."""

import os
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from service import logs
from service.broker import open_broker
from service.cli import demo_progress, demo_report
from service.cli.client import Finished, Sent
from service.cli.collect import Item, collect
from service.cli.outcome import tell_failures, tell_left_out
from service.cli.processes import Children, free_port, wait_ready
from service.demo.samples import Sample, load_samples
from service.errors import InvalidInput
from service.settings import Settings
from service.store import keys
from service.store.database import Database, open_database

SCOPES = ("ingest", "read", "read_sensitive", "reports", "admin")
MARK = ".overtone-demo"  # a folder without it is somebody's data: --fresh does not touch it


@dataclass(frozen=True)
class Running:
    """Where the demo's service answers, and with which key."""

    url: str
    key: str
    database: Database
    settings: Settings
    children: Children


def demo(
    *,
    data: Annotated[
        Path | None, typer.Option(help="your own folder of recordings and mails, instead of the samples")
    ] = None,
    exit_: Annotated[
        bool, typer.Option("--exit", help="end after the report; fails if any file failed")
    ] = False,
    directory: Annotated[Path, typer.Option("--dir", help="data directory of the demo")] = Path("data/demo"),
    fresh: Annotated[bool, typer.Option("--fresh", help="forget an earlier demo in that directory")] = False,
    workers: Annotated[int, typer.Option(min=1, max=16, help="worker processes")] = 2,
    port: Annotated[int, typer.Option(help="port of the API and dashboard; another if it is taken")] = 8080,
) -> None:
    """Show the whole job on sample recordings and mails, or on your own."""
    began = time.monotonic()
    logs.configure("ERROR")  # what the broker has to say is in the report and the logs of its users
    console = Console()
    items = _items(data)
    _prepare(directory, fresh=fresh)
    settings = Settings(data_dir=directory.resolve(), database_url=None)
    with _running(settings, console, workers=workers, port=port) as running:
        sent, finished = demo_progress.ingest(running.url, running.key, items, running.children, console)
        seconds = time.monotonic() - began
        demo_report.show(running.database, running.settings, console)
        failed = _outcome(console, sent, finished, seconds)
        address = f"[link={running.url}]{running.url}[/link]"
        console.print(f"\nDashboard: {address}   log in with the key [bold]{running.key}[/]")
        console.print(f"API: {running.url}/openapi.json   data: {settings.data_dir}", highlight=False)
        if not exit_:
            console.print("\nEverything stays up until Ctrl-C.")
            _stay(running.children, console)
    raise typer.Exit(1 if failed and exit_ else 0)


def _items(data: Path | None) -> list[Item]:
    if data is None:
        today = datetime.now().astimezone()
        return [_sample_item(sample) for sample in load_samples(today)]
    items, left_out = collect([data])
    tell_left_out(Console(stderr=True), left_out)
    if not items:
        raise InvalidInput("nothing_to_ingest", f"there is no recording and no mail in {data}")
    return items


def _sample_item(sample: Sample) -> Item:
    return Item(
        sample.kind,
        sample.path.name,
        sample.path,
        sample.media_type,
        metadata=sample.metadata,
    )


def _prepare(directory: Path, *, fresh: bool) -> None:
    mark = directory / MARK
    if fresh and directory.exists():
        if not mark.exists():
            raise InvalidInput(
                "not_a_demo", f"{directory} was not made by the demo", "Name another with --dir."
            )
        shutil.rmtree(directory)
    directory.mkdir(parents=True, exist_ok=True)
    mark.touch()


@contextmanager
def _running(settings: Settings, console: Console, *, workers: int, port: int) -> Iterator[Running]:
    """Broker, API and workers, up; all down again at the end, whatever happens."""
    signal.signal(signal.SIGTERM, lambda *_: (_ for _ in ()).throw(KeyboardInterrupt()))
    with ExitStack() as stack:
        database = open_database(settings.database)
        stack.callback(database.close)
        database.migrate()
        broker = open_broker(settings)
        broker.start()
        stack.callback(broker.stop)
        address = free_port(settings.host, port)
        children = Children(settings.data_dir / "log", _environment(settings, broker.url, workers))
        stack.callback(children.stop)
        children.start("api", ["-m", "service", "serve", "--port", str(address)])
        for number in range(workers):
            own, other = ("speech", "text") if number % 2 == 0 else ("text", "speech")
            children.start(f"worker-{number + 1}", ["-m", "workers", own, "--also", other])
        url = f"http://{settings.host}:{address}"
        wait_ready(url, children, "api")
        console.print(
            f"Up: API {url}, {workers} workers, broker: {broker.how}, data in {settings.data_dir}",
            highlight=False,
        )
        yield Running(url, _demo_key(database), database, settings, children)


def _environment(settings: Settings, broker_url: str | None, workers: int) -> dict[str, str]:
    """The demo is told by its own data directory alone, whatever the shell says."""
    threads = str(max(1, (os.cpu_count() or 1) // workers))
    environment = {
        "OVERTONE_DATA_DIR": str(settings.data_dir),
        "OVERTONE_DATABASE_URL": settings.database,
        "OVERTONE_THREADS": threads,
        "OVERTONE_LEASE_SECONDS": "30",  # a killed worker's file goes on soon
        "OMP_NUM_THREADS": threads,
    }
    return environment | ({"OVERTONE_REDIS_URL": broker_url} if broker_url else {"OVERTONE_BROKER": "none"})


def _demo_key(database: Database) -> str:
    """A new key for each demo; the ones of earlier demos end here."""
    with database.transaction() as session:
        for row in keys.list_all(session):
            if row.name == "demo" and row.revoked_at is None:
                keys.revoke(session, row.id)
        _, secret = keys.create(session, "demo", SCOPES)
    return secret


def _outcome(console: Console, sent: list[Sent], finished: list[Finished], seconds: float) -> int:
    missed = tell_failures(console, sent, finished)
    analysed = sum(1 for line in finished if line.state == "done")
    refused = sum(1 for line in sent if not line.accepted)
    counts = f"{analysed} analysed, {missed - refused} failed, {refused} refused"
    console.print(f"\n{len(sent)} files: {counts}; {seconds:.0f} s from start to report.")
    return missed


def _stay(children: Children, console: Console) -> None:
    try:
        while not (gone := children.hopeless()):
            time.sleep(1.0)
            for name in children.revive():
                console.print(f"[yellow]{name} ended and was started again[/]")
        console.print(f"[red]{', '.join(gone)} ended again and again, see {children.log(gone[0])}[/]")
    except KeyboardInterrupt:
        console.print("\nStopping.")
