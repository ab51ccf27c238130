"""`overtone ingest FILE --mapping MAPPING`: rows of a file looked at here, or sent and followed."""

import json
import time
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any

import httpx
import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from service.errors import InvalidInput
from service.intake.imports.drafts import Draft
from service.intake.imports.mapping import Mapping, example, parse_mapping
from service.intake.imports.reading import read_file
from service.intake.imports.rows import BadRows

_SHOWN = 5  # interactions of a preview
_SHOWN_BAD = 20  # stretches of lines that are told; the report has all
_LONGEST_SHOWN = 80
_SECONDS = 600.0  # an upload of a gigabyte


def print_example(kind: str) -> None:
    """A commented mapping to begin with. Raises InvalidInput(unknown_example)."""
    typer.echo(example(kind), nl=False)


def read_mapping(path: Path, source: str | None) -> Mapping:
    """The mapping with the command line's source. Raises InvalidInput(no_mapping) and what is wrong in it."""
    try:
        mapping = parse_mapping(path.read_bytes())
    except OSError:
        raise InvalidInput("no_mapping", f"{path} cannot be read.", "Name the mapping's file.") from None
    if source is None or "source" in mapping.fields:
        return mapping
    return mapping.model_copy(update={"constants": {**mapping.constants, "source": source}})


def preview(paths: Iterable[Path], mapping: Mapping, console: Console) -> int:
    """Read the files here and show what would become of them; gives how many lines would not be taken."""
    bad = 0
    for path in paths:
        drafts: list[Draft] = []
        problems: list[BadRows] = []
        count = 0
        with path.open("rb") as file:
            for found in read_file(file, mapping, name=path.name):
                if isinstance(found, BadRows):
                    bad += 1
                    problems += [found] if len(problems) < _SHOWN_BAD else []
                else:
                    count += 1
                    drafts += [found] if len(drafts) < _SHOWN else []
        console.print(_table(path, drafts))
        console.print(f"{escape(path.name)}: {count} interactions, {bad} stretches of lines that are none")
        _tell(console, [(one.first, one.last, one.code, one.detail) for one in problems])
    return bad


def send(
    paths: Iterable[Path],
    mapping: Mapping,
    *,
    url: str,
    key: str,
    wait: bool,
    as_json: bool,
    console: Console,
) -> int:
    """Send the files; with ``wait`` follow them and tell what was not taken. Gives how many went wrong."""
    wrong = 0
    headers = {"Authorization": f"Bearer {key}"}
    with httpx.Client(base_url=url, timeout=_SECONDS, headers=headers) as http:
        for path in paths:
            found = _sent(http, path, mapping)
            if wait and "id" in found:
                found = _followed(http, found)
            if as_json:
                typer.echo(json.dumps({"file": str(path), **found}))
            wrong += _told(http, console, path, found, wait=wait)
    return wrong


def _sent(http: httpx.Client, path: Path, mapping: Mapping) -> dict[str, Any]:
    plain = json.dumps(mapping.model_dump(mode="json", exclude_unset=True)).encode()
    try:
        with path.open("rb") as file:
            parts: dict[str, tuple[str | None, IO[bytes] | bytes, str | None]] = {
                "mapping": (None, plain, "application/json"),
                "file": (path.name, file, "application/octet-stream"),
            }
            answer = http.post("/v1/imports", files=parts)
    except OSError:
        return {"code": "no_file", "detail": "The file cannot be read."}
    except httpx.TransportError:
        return {"code": "service_unreachable", "detail": "The service did not answer."}
    try:
        found: dict[str, Any] = answer.json()
    except ValueError:
        return {"code": f"http_{answer.status_code}", "detail": answer.reason_phrase}
    return found


def _followed(http: httpx.Client, found: dict[str, Any]) -> dict[str, Any]:
    address = f"/v1/imports/{found['id']}"
    while found["state"] in ("queued", "running"):
        time.sleep(0.5)
        try:
            answer = http.get(address)
            answer.raise_for_status()
        except httpx.HTTPError:
            continue  # the service may be restarting: the row is still there
        found = answer.json()
    return found


def _told(http: httpx.Client, console: Console, path: Path, found: dict[str, Any], *, wait: bool) -> int:
    name = escape(path.name)
    failure = found.get("failure") or (found if "code" in found else None)
    if failure is not None:
        said = " ".join(part for part in (failure.get("detail"), failure.get("remedy")) if part)
        console.print(f"[red]refused[/] {name}: {failure['code']}: {escape(said)}", soft_wrap=True)
        return 1
    if not wait:
        console.print(f"{name}: on its way, see /v1/imports/{found['id']}", soft_wrap=True)
        return 0
    counts = f"{found['imported']} imported, {found['existing']} there already, {found['bad']} not taken"
    console.print(f"{name}: {counts}", highlight=False)
    if found["bad"]:
        page = http.get(f"/v1/imports/{found['id']}/bad-rows", params={"limit": _SHOWN_BAD}).json()
        lines = [(one["first_line"], one["last_line"], one["code"], one["detail"]) for one in page["items"]]
        _tell(console, lines)
        if found["bad"] > len(lines):
            console.print(f"... and {found['bad'] - len(lines)} more: {found['report']}", soft_wrap=True)
    return 1 if found["bad"] else 0


def _tell(console: Console, lines: Iterable[tuple[int, int, str, str]]) -> None:
    for first, last, code, detail in lines:
        where = f"line {first}" if first == last else f"lines {first}-{last}"
        console.print(f"[yellow]{where}[/]: {code}: {escape(detail)}", highlight=False, soft_wrap=True)


def _table(path: Path, drafts: Iterable[Draft]) -> Table:
    table = Table("Lines", "Who", "What", title=f"The first interactions of {escape(path.name)}")
    for draft in drafts:
        document = draft.document
        said = [(one.party or one.author or "", one.text) for one in document.messages]
        said += [
            ("customer", one.text or f"{one.name or one.question}: {one.score}") for one in document.answers
        ]
        said += [(document.party or "", text) for text in (document.text, document.log) if text]
        table.add_row(
            f"{draft.first}-{draft.last}",
            "\n".join(escape(who) for who, _ in said[:_SHOWN]),
            "\n".join(escape(_short(text)) for _, text in said[:_SHOWN]),
            end_section=True,
        )
    return table


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_SHOWN else f"{line[:_LONGEST_SHOWN]}…"
