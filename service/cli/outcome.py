"""Tells in the terminal what was left out, refused or failed, and why; file names are shown as they are."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from service.cli.client import Finished, Sent


def tell_left_out(console: Console, left_out: Sequence[tuple[Path, str]]) -> None:
    """One line for each file that is not sent."""
    for path, reason in left_out:
        _line(console, "yellow", "left out", str(path), reason)


def tell_failures(console: Console, sent: Sequence[Sent], finished: Sequence[Finished]) -> int:
    """One line for each file that was refused or failed; returns how many those are."""
    refused = [line for line in sent if not line.accepted]
    failed = [line for line in finished if line.state != "done"]
    for line in refused:
        _line(console, "red", "refused", line.item.name, f"{line.code}: {line.detail}")
    for end in failed:
        _line(console, "red", "failed", end.sent.item.name, f"{end.code}: {end.detail}")
    return len(refused) + len(failed)


def _line(console: Console, colour: str, what: str, name: str, reason: str) -> None:
    console.print(f"[{colour}]{what}[/] {escape(name)}: {escape(reason)}", highlight=False, soft_wrap=True)
