"""The HTTP client of `overtone ingest` and of the demo: sends items and follows their tasks."""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self
from urllib.parse import quote

import httpx

from service.cli.collect import Item

ROUTES = {
    "recording": "/v1/recordings",
    "transcript": "/v1/transcripts",
    "vcon": "/v1/vcons",
    "email": "/v1/emails",
    "messages": "/v1/messages",
}
FINAL = ("done", "failed", "cancelled")
CHUNK = 256 * 1024


@dataclass(frozen=True)
class Sent:
    """What became of one item: accepted, already there, or refused with a code and a sentence."""

    item: Item
    accepted: bool
    existing: bool = False
    task: str | None = None
    code: str | None = None
    detail: str | None = None


@dataclass(frozen=True)
class Finished:
    """The last word on one task."""

    sent: Sent
    state: str
    code: str | None = None
    detail: str | None = None


class Client:
    """One connection to an Overtone service."""

    def __init__(self, url: str, key: str, *, timeout: float = 60.0) -> None:
        self._http = httpx.Client(base_url=url, timeout=timeout, headers={"Authorization": f"Bearer {key}"})

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def send(self, item: Item) -> list[Sent]:
        """Send one item; a busy or restarting service is asked again, for half a minute.

        A vCon may become several interactions: what became of each.
        """
        item, named = item.in_memory(), item
        for wait in (0.5, 1.0, 2.0, 4.0, 8.0, 16.0):
            try:
                answer = self._post(item)
            except httpx.TransportError:
                time.sleep(wait)
                continue
            if answer.status_code in (429, 503):
                time.sleep(wait)
                continue
            return _sent(named, answer)
        return [Sent(named, accepted=False, code="service_unreachable", detail="the service did not answer")]

    def _post(self, item: Item) -> httpx.Response:
        if item.kind == "messages":
            return self._http.post(
                ROUTES[item.kind], content=_document(item), headers={"Content-Type": "application/json"}
            )
        if item.transcript is not None:
            return self._post_both(item, item.transcript)
        headers = {
            "Content-Type": item.media_type,
            "Content-Length": str(item.size),
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(item.name, safe='')}",
            "Overtone-Metadata": json.dumps(dict(item.metadata)),  # ASCII: json escapes the rest
        }
        return self._http.post(ROUTES[item.kind], content=_chunks(item), headers=headers)

    def _post_both(self, item: Item, transcript: Path) -> httpx.Response:
        """A recording and its transcript as one form, streamed."""
        with item.path.open("rb") as sound, transcript.open("rb") as words:
            parts: dict[str, tuple[str | None, IO[bytes] | bytes, str | None]] = {
                "metadata": (None, json.dumps(dict(item.metadata)).encode(), "application/json"),
                "transcript": (transcript.name, words, "application/octet-stream"),
                "file": (item.name, sound, item.media_type),
            }
            return self._http.post(ROUTES[item.kind], files=parts)

    def task(self, address: str) -> dict[str, Any]:
        """One task as the service shows it."""
        answer = self._http.get(address)
        answer.raise_for_status()
        return dict(answer.json())

    def follow(
        self,
        sent: list[Sent],
        *,
        on_change: Callable[[Sent, dict[str, Any]], None],
        on_round: Callable[[], None] = lambda: None,
    ) -> list[Finished]:
        """Wait until every accepted item is done or has failed.

        ``on_change`` hears of every look at a task; ``on_round`` is called each round, though nobody answers.
        """
        waiting = {item.task: item for item in sent if item.accepted and item.task}
        finished: list[Finished] = []
        while waiting:
            on_round()
            for address, item in list(waiting.items()):
                try:
                    task = self.task(address)
                except httpx.HTTPError:
                    continue  # the service may be restarting: the row is still there
                on_change(item, task)
                if task["state"] in FINAL:
                    error = task.get("error") or {}
                    finished.append(Finished(item, task["state"], error.get("code"), error.get("detail")))
                    del waiting[address]
            if waiting:
                time.sleep(0.5)
        return finished


def _document(item: Item) -> bytes:
    """A message document with the command line's metadata added; what the document says goes first."""
    content = item.content if item.content is not None else item.path.read_bytes()
    if not item.metadata:
        return content
    try:
        document = json.loads(content)
    except ValueError:
        return content  # the service says what is wrong with it
    return json.dumps({**item.metadata, **document}).encode() if isinstance(document, dict) else content


def _chunks(item: Item) -> Iterator[bytes]:
    if item.content is not None:
        yield item.content
        return
    with item.path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def _sent(item: Item, answer: httpx.Response) -> list[Sent]:
    if answer.status_code in (200, 201, 202) and item.kind == "vcon":
        return [
            Sent(item, accepted=True, existing=not one["created"], task=one["task"])
            for one in answer.json()["items"]
        ]
    if answer.status_code in (200, 201, 202):
        existing = answer.status_code == 200
        return [Sent(item, accepted=True, existing=existing, task=answer.headers.get("Location"))]
    try:
        problem = answer.json()
    except ValueError:
        problem = {}
    code = problem.get("code", f"http_{answer.status_code}")
    said = (problem.get("detail", answer.reason_phrase), problem.get("remedy"))
    return [Sent(item, accepted=False, code=code, detail=" ".join(part for part in said if part))]
