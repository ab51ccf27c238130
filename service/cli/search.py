"""`overtone search`: interactions in which words were said or written."""

import json
from collections.abc import Iterator
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from service import searching
from service.broker import open_broker
from service.cli.given import day
from service.errors import InvalidInput
from service.jobs import Jobs
from service.search.parsing import PARTIES
from service.searching import Hit, Mode, Wanted
from service.settings import Settings
from service.store.database import Database, open_database
from service.store.interactions import InteractionFilter


def search(
    query: Annotated[str, typer.Argument(help='words, "phrases", OR, -not, prefix*, customer:word')],
    *,
    party: Annotated[str | None, typer.Option(help=", ".join(PARTIES))] = None,
    meaning: Annotated[bool, typer.Option("--meaning", help="what is about the same, by a worker")] = False,
    both: Annotated[bool, typer.Option("--both", help="by words and by meaning")] = False,
    newest: Annotated[bool, typer.Option("--newest", help="the newest first instead of the best")] = False,
    channel: Annotated[str | None, typer.Option(help="voice, email, chat, ...")] = None,
    agent: Annotated[str | None, typer.Option(help="the agent's name")] = None,
    queue: Annotated[str | None, typer.Option(help="the queue's name")] = None,
    since: Annotated[str | None, typer.Option("--from", help="first local day, YYYY-MM-DD")] = None,
    until: Annotated[str | None, typer.Option("--to", help="last local day, YYYY-MM-DD")] = None,
    limit: Annotated[int, typer.Option(min=1, help="interactions to print")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="one JSON line per interaction")] = False,
) -> None:
    """Search everything that was said or written, redacted; each hit with its place."""
    if party not in (None, *PARTIES):
        raise InvalidInput("unknown_party", "There is no such party", f"Use one of {', '.join(PARTIES)}.")
    filters = InteractionFilter(channel=channel, agent=agent, queue=queue, first=day(since), last=day(until))
    mode: Mode = "both" if both else "meaning" if meaning else "words"
    wanted = Wanted(text=query, mode=mode, party=party, order="newest" if newest else "best", filters=filters)
    settings = Settings()
    database = open_database(settings.database)
    database.migrate()
    jobs = Jobs(open_broker(settings))  # not started: without one a worker looks at its table soon
    console, shown = Console(highlight=False), 0
    for hit in _hits(database, jobs, wanted, limit):
        shown += 1
        if as_json:
            typer.echo(json.dumps(_values(hit), ensure_ascii=False))
        else:
            console.print(_told(hit), soft_wrap=True)
    if not as_json:
        Console(stderr=True).print(f"{shown} interactions" + (", and maybe more" if shown >= limit else ""))


def _hits(database: Database, jobs: Jobs, wanted: Wanted, limit: int) -> Iterator[Hit]:
    """Page after page; says once where an older archive is not indexed yet."""
    cursor, left, told = None, limit, False
    while left > 0:
        found = searching.search(database, jobs, wanted, cursor=cursor, limit=min(left, 100))
        if found.waiting:
            if not told:
                Console(stderr=True).print("Waiting for a worker (overtone worker text).")
            cursor, told = found.waiting, True
            continue
        if found.indexed and cursor is None:
            done, total = found.indexed
            Console(stderr=True).print(f"Older interactions are being indexed: {done} of {total}.")
        yield from found.items
        left -= len(found.items)
        cursor = found.next_cursor
        if cursor is None:
            return


def _told(hit: Hit) -> Text:
    """Two lines: where the hit is, and its words among their neighbours."""
    at = "–" if hit.start_ms is None else f"{hit.start_ms / 1000:.1f} s"
    row = hit.interaction
    line = Text(f"{row.id}  {row.started_at:%Y-%m-%dT%H:%M:%SZ}  {at}  {hit.party}  {hit.score:.2f}\n    ")
    for text, marked in hit.excerpt.pieces:
        line.append(" ".join(text.split("\n")), style="bold" if marked else "")
    return line


def _values(hit: Hit) -> dict[str, Any]:
    row = hit.interaction
    return {
        "interaction": str(row.id),
        "started_at": f"{row.started_at:%Y-%m-%dT%H:%M:%SZ}",
        "channel": row.channel,
        "score": hit.score,
        "sources": hit.sources,
        "turn": hit.turn,
        "party": hit.party,
        "start_ms": hit.start_ms,
        "text": hit.excerpt.text,
        "marks": hit.excerpt.marks,
    }
