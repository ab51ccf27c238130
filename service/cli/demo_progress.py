"""Sends the demo's files and shows how they go through."""

from collections import Counter
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from service.cli.client import FINAL, Client, Finished, Sent
from service.cli.collect import Item
from service.cli.processes import Children

STAGES = {"transcribe": "transcribing", "analyze": "analysing"}


def ingest(
    url: str, key: str, items: list[Item], children: Children, console: Console
) -> tuple[list[Sent], list[Finished]]:
    """Send every item and wait for its end; one bar for sending, one for each kind of file."""
    columns = (
        TextColumn("{task.description:<11}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
        TextColumn("{task.fields[note]}"),
    )  # fmt: skip
    with Client(url, key) as client, Progress(*columns, console=console) as progress:
        sending = progress.add_task("sent", total=len(items), note="")
        sent = []
        for item in items:
            sent.extend(client.send(item))
            progress.advance(sending)
        view = _View(progress, sent, children)
        return sent, client.follow(sent, on_change=view.look, on_round=view.revive)


class _View:
    """One bar for recordings and one for messages, with the stages their files are in."""

    def __init__(self, progress: Progress, sent: list[Sent], children: Children) -> None:
        self._progress = progress
        self._children = children
        self._state: dict[str, str] = {}
        self._kind = {line.task: _kind(line) for line in sent if line.accepted and line.task}
        totals = Counter(self._kind.values())
        self._bars = {kind: progress.add_task(kind, total=total, note="") for kind, total in totals.items()}

    def look(self, sent: Sent, task: dict[str, Any]) -> None:
        """Take note of one task and redraw its bar."""
        if not sent.task:
            return
        self._state[sent.task] = _stage(task)
        kind = self._kind[sent.task]
        states = Counter(state for address, state in self._state.items() if self._kind[address] == kind)
        done = sum(count for state, count in states.items() if state in FINAL)
        note = ", ".join(f"{count} {state}" for state, count in states.items() if state not in FINAL)
        self._progress.update(self._bars[kind], completed=done, note=note)

    def revive(self) -> None:
        """Start what was killed again, and say so."""
        for name in self._children.revive():
            self._progress.console.print(f"[yellow]{name} ended and was started again[/]")


def _kind(sent: Sent) -> str:
    return "recordings" if sent.item.kind == "recording" else "messages"


def _stage(task: dict[str, Any]) -> str:
    if task["state"] in FINAL:
        return str(task["state"])
    if task["state"] == "running":
        return STAGES.get(task.get("stage", ""), "running")
    return "waiting"
