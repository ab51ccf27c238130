"""Phrases: search in what was said, and the saved lists that are sought in every new interaction."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from service.dashboard.options import day, text
from service.dashboard.rendering import render
from service.dashboard.route import PageRoute
from service.dashboard.tasks import done
from service.dashboard.visitor import OwnForm, Reader
from service.deps import DatabaseDep, JobsDep, SessionDep
from service.errors import InvalidInput
from service.intake.phrase_lists import read_phrase_list
from service.store import phrase_lists, phrase_runs, phrase_search, versions
from service.store.database import Session
from service.store.interactions import InteractionFilter
from service.store.phrase_lists import SavedPhrase
from service.store.phrase_search import Found

router = APIRouter(route_class=PageRoute)
PAGE = 50
PARTIES = ("agent", "customer", "system", "unknown")
SOUND = "sound"
_LINE = re.compile(r"([^\[\]=]+?)\s*(?:\[([^\[\]]*)\])?\s*=\s*(.+)")


@router.get("/phrases", name="phrases_page")
def show(request: Request, visitor: Reader, session: SessionDep) -> Response:
    """The search with its hits, and the lists; with ``?list=`` the form of one."""
    query = request.query_params
    wanted, name = text(query, "query"), text(query, "list")
    row = phrase_lists.find(session, name) if name else None
    found, mistake = _search(session, query, wanted)
    return render(
        request,
        "phrases.html",
        wanted=wanted or "",
        party=text(query, "party"),
        first=day(query, "first"),
        last=day(query, "last"),
        parties=PARTIES,
        found=found,
        mistake=mistake,
        lists=phrase_lists.list_all(session),
        row=row,
        etag=versions.etag(row) if row else "",
        lines=written(row.phrases) if row else "",
        runs=[(one, phrase_runs.list_name(session, one)) for one in phrase_runs.latest(session, limit=5)],
        may_set=visitor.may_administer,
        done=done(request),
    )


@router.post("/phrases/lists", name="phrase_list_form")
def save(visitor: Reader, fields: OwnForm, database: DatabaseDep) -> Response:
    """Write a list as a whole; somebody else's change in between is not overwritten."""
    visitor.must_administer()
    name = fields.get("name", "")
    if not 0 < len(name) <= 200:
        raise InvalidInput("invalid_field", "A list has a name of up to 200 signs.", "Give it one.")
    wanted = read_phrase_list({"phrases": read_lines(fields.get("lines", ""))})
    with database.transaction() as session:
        phrase_lists.put(session, name, wanted, if_match=fields.get("etag") or None)
    return RedirectResponse(f"/phrases?list={quote(name, safe='')}&done=phrases_saved#form", 303)


@router.post("/phrases/lists/remove", name="phrase_list_remove_form")
def remove(visitor: Reader, fields: OwnForm, database: DatabaseDep) -> Response:
    """Forget a list and what was found by it."""
    visitor.must_administer()
    with database.transaction() as session:
        phrase_lists.delete(session, fields.get("name", ""), if_match=fields.get("etag") or None)
    return RedirectResponse("/phrases?done=phrases_removed", 303)


@router.post("/phrases/lists/apply", name="phrase_list_apply_form")
def apply_list(visitor: Reader, fields: OwnForm, database: DatabaseDep, jobs: JobsDep) -> Response:
    """Seek a list's phrases in the transcripts of the whole archive."""
    visitor.must_administer()
    with database.transaction() as session:
        _, task = phrase_runs.begin_apply(session, phrase_lists.get(session, fields.get("name", "")))
    jobs.ring(task.id, task.job_queue)
    return RedirectResponse("/phrases?done=phrases_applied", 303)


def written(phrases: list[Mapping[str, Any]]) -> str:
    """Phrases as lines that ``read_lines`` reads: name [customer first 2m] = query."""
    lines = []
    for phrase in phrases:
        marks = (phrase["party"], phrase["window"], SOUND if phrase["sound"] else None)
        how = " ".join(mark for mark in marks if mark)
        lines.append(f"{phrase['name']}{f' [{how}]' if how else ''} = {phrase['query']}")
    return "\n".join(lines)


def read_lines(lines: str) -> list[dict[str, Any]]:
    """Phrases from lines of a form. Raises InvalidInput(bad_phrase) with the number of the line."""
    found = []
    for number, line in enumerate(lines.splitlines(), 1):
        if not line.strip():
            continue
        match = _LINE.fullmatch(line.strip())
        if match is None:
            raise InvalidInput(
                "bad_phrase", f"Line {number} is not a name, = and a query.", "Write: refund = money back"
            )
        marks = (match[2] or "").split()
        window = " ".join(mark for mark in marks if mark not in (*PARTIES, SOUND))
        found.append(
            {
                "name": match[1],
                "query": match[3],
                "party": next((mark for mark in marks if mark in PARTIES), None),
                "window": window or None,
                "sound": SOUND in marks,
            }
        )
    return found


def _search(
    session: Session, query: Mapping[str, str], wanted: str | None
) -> tuple[Found | None, str | None]:
    """A page of hits, or what is wrong with the query."""
    if wanted is None:
        return None, None
    party = text(query, "party")
    try:
        phrase = SavedPhrase(name="search", query=wanted, party=party if party in PARTIES else None).parsed()
    except InvalidInput as error:
        return None, error.detail
    filters = InteractionFilter(first=day(query, "first"), last=day(query, "last"))
    cursor = text(query, "cursor")
    return phrase_search.search(session, phrase, filters=filters, cursor=cursor, limit=PAGE), None
