"""`overtone ingest`: sends files, folders, mails, mailboxes and rows to the service."""

import json
from collections import Counter
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from service.cli import imports
from service.cli.client import Client, Finished, Sent
from service.cli.collect import Item, collect
from service.cli.imap_ingest import Wanted, ingest_imap
from service.cli.outcome import tell_failures, tell_left_out
from service.errors import InvalidInput
from service.intake import file_names
from service.settings import Settings


def ingest(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            help="recordings, transcripts, vCons, mails, .json messages, folders of them, or rows"
        ),
    ] = None,
    *,
    url: Annotated[
        str, typer.Option(envvar="OVERTONE_URL", help="address of the service")
    ] = "http://127.0.0.1:8080",
    key: Annotated[
        str, typer.Option(envvar="OVERTONE_KEY", help="API key with scope ingest (and read to wait)")
    ] = "",
    source: Annotated[str | None, typer.Option(help="name of the system that the files come from")] = None,
    pattern: Annotated[
        str | None, typer.Option(help="file names, e.g. '{agent}_{phone}_{started_at:%Y%m%d-%H%M%S}'")
    ] = None,
    mapping: Annotated[
        Path | None, typer.Option(help="the files hold rows (CSV, JSONL, JSON); this file says what is what")
    ] = None,
    mapping_example: Annotated[
        str | None, typer.Option(help="print a commented mapping: csv, jsonl or survey")
    ] = None,
    imap: Annotated[
        list[str] | None, typer.Option(help="a mailbox, e.g. imaps://user@host/INBOX; may be repeated")
    ] = None,
    imap_password_env: Annotated[
        str | None,
        typer.Option(help="variable with the password; else OVERTONE_IMAP_PASSWORD, or asked"),
    ] = None,
    imap_insecure: Annotated[
        bool, typer.Option("--imap-insecure", help="send the password though the server offers no encryption")
    ] = False,
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="only mails that came on this day or later")
    ] = None,
    watch: Annotated[float | None, typer.Option(min=1, help="look again every so many seconds")] = None,
    move_to: Annotated[str | None, typer.Option(help="IMAP folder into which taken mails are moved")] = None,
    preview: Annotated[bool, typer.Option("--preview", help="show what would be sent; send nothing")] = False,
    wait: Annotated[bool, typer.Option("--wait", help="wait until everything is analysed")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="one JSON line per file")] = False,
) -> None:
    """Send recordings and messages; files that are there already are not sent twice."""
    console = Console(stderr=as_json)
    if mapping_example is not None:
        imports.print_example(mapping_example)
        return
    if imap:
        fetched = Wanted(since.date() if since else None, source, move_to, imap_insecure)
        _mailboxes(imap, fetched, imap_password_env, url=url, key=key, watch=watch, as_json=as_json)
    if not paths:
        raise InvalidInput("no_files", "no file was named", "See `overtone ingest --help`.")
    if mapping is not None:
        _rows(paths, mapping, source, url=url, key=key, preview=preview, wait=wait, as_json=as_json)
    items, left_out = collect(paths)
    items, unmatched = _described(items, source=source, pattern=pattern)
    tell_left_out(console, [*left_out, *unmatched])
    if preview:
        console.print(_preview(items))
        raise typer.Exit(1 if unmatched else 0)
    if unmatched:
        raise InvalidInput(
            "file_name_mismatch",
            f"{len(unmatched)} file names do not match the pattern",
            "Nothing was sent. Try --preview.",
        )
    _check_key(key)
    sent, finished = _send(items, url=url, key=key, wait=wait, console=console)
    if as_json:
        for line in sent:
            typer.echo(json.dumps(_line(line, {f.sent.task: f for f in finished})))
    failed = _summary(console, sent, finished)
    raise typer.Exit(1 if failed or left_out else 0)


def _mailboxes(
    addresses: list[str],
    wanted: Wanted,
    password_env: str | None,
    *,
    url: str,
    key: str,
    watch: float | None,
    as_json: bool,
) -> NoReturn:
    """Mails of IMAP folders, from where the last run ended."""
    _check_key(key)
    with Client(url, key) as client:
        sent, wrong = ingest_imap(
            addresses,
            client,
            wanted,
            password_env=password_env,
            marks=Settings().data_dir / "imap",
            service=url,
            watch=watch,
            console=Console(stderr=as_json),
        )
    if as_json:
        for line in sent:
            typer.echo(json.dumps(_line(line, {})))
    raise typer.Exit(1 if wrong else 0)


def _rows(
    paths: list[Path],
    mapping: Path,
    source: str | None,
    *,
    url: str,
    key: str,
    preview: bool,
    wait: bool,
    as_json: bool,
) -> NoReturn:
    """Files of rows: looked at here, or sent as imports."""
    console = Console(stderr=as_json)
    known = imports.read_mapping(mapping, source)
    if preview:
        raise typer.Exit(1 if imports.preview(paths, known, console) else 0)
    _check_key(key)
    wrong = imports.send(paths, known, url=url, key=key, wait=wait, as_json=as_json, console=console)
    raise typer.Exit(1 if wrong else 0)


def _check_key(key: str) -> None:
    if not key:
        raise InvalidInput(
            "no_key", "no API key was given", "Set OVERTONE_KEY or --key; `overtone keys create` makes one."
        )


def _described(
    items: list[Item], *, source: str | None, pattern: str | None
) -> tuple[list[Item], list[tuple[Path, str]]]:
    """Items with what the command line and the file name say; a sidecar's word goes before both."""
    described: list[Item] = []
    unmatched: list[tuple[Path, str]] = []
    compiled = _pattern(pattern) if pattern else None
    for item in items:
        found: dict[str, Any] = {"source": source} if source else {}
        if compiled is not None and item.kind == "recording":
            try:
                found |= compiled.metadata(item.name)
            except InvalidInput as error:
                unmatched.append((item.path, error.detail))
                continue
        described.append(replace(item, metadata={**found, **item.metadata}))
    return described, unmatched


def _pattern(pattern: str) -> file_names.FileNamePattern:
    return file_names.compile_pattern(pattern, time_zone=Settings().time_zone)


def _preview(items: list[Item]) -> Table:
    table = Table("File", "Kind", "Bytes", "Metadata", title="Would be sent")
    for item in items:
        table.add_row(
            escape(item.name),
            item.kind,
            f"{item.size:,}",
            escape(json.dumps(dict(item.metadata), ensure_ascii=False)),
        )
    return table


def _send(
    items: list[Item], *, url: str, key: str, wait: bool, console: Console
) -> tuple[list[Sent], list[Finished]]:
    columns = (TextColumn("{task.description:<12}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Client(url, key) as client, Progress(*columns, console=console) as progress:
        bar = progress.add_task("sending", total=len(items))
        sent: list[Sent] = []
        for item in items:
            sent.extend(client.send(item))
            progress.advance(bar)
        if not wait:
            return sent, []
        waiting = sum(1 for line in sent if line.accepted and line.task)
        bar = progress.add_task("analysing", total=waiting)
        done: set[str] = set()

        def look(line: Sent, task: dict[str, Any]) -> None:
            if task["state"] in ("done", "failed", "cancelled") and line.task and line.task not in done:
                done.add(line.task)
                progress.advance(bar)

        return sent, client.follow(sent, on_change=look)


def _line(sent: Sent, finished: dict[str | None, Finished]) -> dict[str, Any]:
    end = finished.get(sent.task) if sent.task else None
    return {
        "file": str(sent.item.path),
        "name": sent.item.name,
        "accepted": sent.accepted,
        "existing": sent.existing,
        "task": sent.task,
        "state": end.state if end else None,
        "code": end.code if end else sent.code,
        "detail": end.detail if end else sent.detail,
    }


def _summary(console: Console, sent: list[Sent], finished: list[Finished]) -> int:
    missed = tell_failures(console, sent, finished)
    counts = Counter("existing" if s.existing else "accepted" if s.accepted else "refused" for s in sent)
    done = sum(1 for line in finished if line.state == "done")
    console.print(
        f"{counts['accepted']} accepted, {counts['existing']} there already, {counts['refused']} refused"
        + (f", {done} analysed, {len(finished) - done} failed" if finished else "")
    )
    return missed
