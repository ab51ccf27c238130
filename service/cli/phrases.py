"""`overtone phrases`: search the archive for a phrase, in the transcripts or in the sound; saved lists."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress

from service.cli import phrase_lists
from service.cli.given import day, opened
from service.errors import InvalidInput
from service.intake.phrase_lists import check_spoken
from service.store import archive_walk, interactions, phrase_runs, phrase_search, tasks
from service.store.database import Database
from service.store.interactions import InteractionFilter
from service.store.phrase_lists import SavedPhrase
from service.store.phrase_search import FoundHit
from service.store.tables import PhraseRunHitRow

app = typer.Typer(no_args_is_help=True, help="Search what was said; saved lists of phrases.")
app.add_typer(phrase_lists.app, name="lists")
PAGE = 200
_Day = Annotated[str | None, typer.Option(help="local day, YYYY-MM-DD")]


@dataclass(frozen=True)
class Line:
    """One hit as it is printed."""

    interaction: UUID
    started_at: str
    party: str | None
    start_ms: int | None
    score: float
    text: str
    before: str = ""
    after: str = ""

    def values(self) -> dict[str, Any]:
        """For one JSON line."""
        return {**self.__dict__, "interaction": str(self.interaction)}


@app.command("search")
def search(
    query: Annotated[str, typer.Argument(help="the phrase; with --sound, plain words")],
    *,
    party: Annotated[str | None, typer.Option(help="agent, customer, system or unknown")] = None,
    first: Annotated[str | None, typer.Option(help="only the first 30s, 2m or 10% of each")] = None,
    last: Annotated[str | None, typer.Option(help="only the last 30s, 2m or 10% of each")] = None,
    since: Annotated[str | None, typer.Option("--from", help="first local day, YYYY-MM-DD")] = None,
    until: Annotated[str | None, typer.Option("--to", help="last local day, YYYY-MM-DD")] = None,
    sound: Annotated[bool, typer.Option("--sound", help="in the recordings, by pronunciation")] = False,
    limit: Annotated[int, typer.Option(min=1, help="hits to print")] = 100,
    as_json: Annotated[bool, typer.Option("--json", help="one JSON line per hit")] = False,
) -> None:
    """Find a phrase in the archive, newest interactions first."""
    if party not in (None, "agent", "customer", "system", "unknown"):
        raise InvalidInput("unknown_party", "There is no such party", "Use agent, customer, system, unknown.")
    database = opened()
    days = (day(since), day(until))
    if sound:
        if first or last:
            raise InvalidInput(
                "bad_phrase", "A search in sound takes no window", "Leave --first, --last out."
            )
        lines = _heard(database, query, party, days, as_json=as_json)
    else:
        window = " ".join(part for part in (first and f"first {first}", last and f"last {last}") if part)
        phrase = SavedPhrase(name="search", query=query, party=party, window=window or None)
        lines = _read(database, phrase, InteractionFilter(first=days[0], last=days[1]))
    _show(lines, limit=limit, as_json=as_json)


def _read(database: Database, phrase: SavedPhrase, filters: InteractionFilter) -> Iterator[Line]:
    """Hits in the transcripts, page after page."""
    parsed, cursor = phrase.parsed(), None
    while True:
        with database.reading() as session:
            found = phrase_search.search(session, parsed, filters=filters, cursor=cursor, limit=PAGE)
            lines = [_line(one) for one in found.items]
        yield from lines
        cursor = found.next_cursor
        if cursor is None:
            return


def _line(found: FoundHit) -> Line:
    hit, row = found.hit, found.interaction
    moment = f"{row.started_at:%Y-%m-%dT%H:%M:%SZ}"
    return Line(row.id, moment, hit.party, hit.start_ms, hit.score, hit.text, found.before, found.after)


def _heard(
    database: Database, query: str, party: str | None, days: tuple[date | None, date | None], *, as_json: bool
) -> Iterator[Line]:
    """Hits in the sound, as the job finds them; a worker must be running."""
    check_spoken(query)
    with database.transaction() as session:
        run, _ = phrase_runs.begin_sound(session, [query], party=party, first=days[0], last=days[1])
    after: UUID | None = None
    with Progress(console=Console(stderr=True), disable=as_json) as progress:
        bar = progress.add_task("recordings", total=max(run.total, 1))
        ended = False
        while True:
            with database.reading() as session:
                rows = phrase_runs.hits(session, run.id, after=after, limit=PAGE)
                lines = [
                    _sound_line(one, interactions.get(session, one.interaction_id).started_at) for one in rows
                ]
                state = tasks.view(session, archive_walk.task_of(session, run.id).id)
                progress.update(bar, completed=phrase_runs.get(session, run.id).done)
            yield from lines
            after = rows[-1].id if rows else after
            if ended and not rows:
                break
            ended = state.state in ("done", "failed", "cancelled")
            if not ended and not rows:
                time.sleep(0.5)
    if state.state != "done":
        raise InvalidInput(state.error_code or state.state, state.error_detail or "The search was ended")


def _sound_line(row: PhraseRunHitRow, started_at: Any) -> Line:
    moment = f"{started_at:%Y-%m-%dT%H:%M:%SZ}"
    return Line(row.interaction_id, moment, row.party, row.start_ms, row.score, row.phrase)


def _show(lines: Iterator[Line], *, limit: int, as_json: bool) -> None:
    console = Console(highlight=False)
    shown = 0
    for line in lines:
        shown += 1
        if as_json:
            typer.echo(json.dumps(line.values(), ensure_ascii=False))
        else:
            console.print(_told(line), soft_wrap=True)
        if shown >= limit:
            break
    if not as_json:
        Console(stderr=True).print(f"{shown} hits" + (", and maybe more" if shown >= limit else ""))


def _told(line: Line) -> str:
    """Two lines, whole on a terminal of any width: where the hit is, and its words among their neighbours."""
    at = "–" if line.start_ms is None else f"{line.start_ms / 1000:.1f} s"
    where = f"{line.interaction}  {line.started_at}  {at}  {line.party or '–'}  {line.score:.2f}"
    return f"{where}\n    {escape(line.before)}[bold]{escape(line.text)}[/]{escape(line.after)}"
