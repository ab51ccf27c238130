"""`overtone ingest --imap`: mails of IMAP folders, each once; goes on where it was, whatever happened."""

import json
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import typer
from rich.console import Console
from rich.markup import escape

from service.cli.client import Client, Sent
from service.cli.collect import Item
from service.cli.imap_connection import MOST_BYTES, BrokenOff, Connection, Mailbox, connected, mailbox_of
from service.errors import InvalidInput

_BATCH = 100  # mails whose sizes are asked for at once
_ATTEMPTS = 3  # at one mail, with a new connection each
_PAUSE_SECONDS = 2.0
# What is wrong with the service or the key, and not with the mail: nothing is marked as done then.
_STOPS = frozenset(
    {"service_unreachable", "storage_full", "missing_key", "invalid_key", "missing_scope", "internal_error"}
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is fetched, and how."""

    since: date | None = None
    source: str | None = None
    move_to: str | None = None
    insecure: bool = False


class Mark:
    """The last UID of a folder that is done with, kept in a small file; a server may number anew."""

    def __init__(self, folder: Path, mailbox: Mailbox, service: str) -> None:
        named = f"{service}\n{mailbox.user}\n{mailbox.host}\n{mailbox.port}\n{mailbox.folder}"
        self._path = folder / f"{sha256(named.encode()).hexdigest()[:32]}.json"

    def read(self, validity: int) -> int:
        """The UID, 0 for a folder that is new or numbered anew."""
        try:
            known = json.loads(self._path.read_text(encoding="utf-8"))
            return int(known["uid"]) if known["uidvalidity"] == validity else 0
        except (OSError, ValueError, KeyError, TypeError):
            return 0

    def write(self, validity: int, uid: int) -> None:
        """Keep it, whole or not at all."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        aside = self._path.with_suffix(".new")
        with aside.open("w", encoding="utf-8") as file:
            json.dump({"uidvalidity": validity, "uid": uid}, file)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(self._path)


def ingest_imap(
    addresses: Sequence[str],
    client: Client,
    wanted: Wanted,
    *,
    password_env: str | None,
    marks: Path,
    service: str,
    watch: float | None,
    console: Console,
) -> tuple[list[Sent], int]:
    """Fetch and send; what was sent and how many mails went wrong. With ``watch`` it never ends by itself."""
    mailboxes = [mailbox_of(address) for address in addresses]
    secret = _password(mailboxes, password_env)
    while True:
        sent: list[Sent] = []
        wrong = 0
        for mailbox in mailboxes:
            mark = Mark(marks, mailbox, service)
            found, failed = _folder(mailbox, secret, client, wanted, mark, console, keep_on=watch is not None)
            sent += found
            wrong += failed
        if watch is None:
            return sent, wrong
        time.sleep(watch)


def _password(mailboxes: Sequence[Mailbox], variable: str | None) -> str:
    """From the environment, else asked for; never from the command line, which everybody sees."""
    if variable is not None and variable not in os.environ:
        raise InvalidInput("no_password", f"The variable {variable} is not set.", "Set it, or be asked.")
    found = os.environ.get(variable or "OVERTONE_IMAP_PASSWORD")
    if found is not None:
        return found
    if not sys.stdin.isatty():
        raise InvalidInput("no_password", "Nobody is there to be asked.", "Name --imap-password-env.")
    return str(typer.prompt(f"Password of {mailboxes[0].user}", hide_input=True, err=True))


def _folder(
    mailbox: Mailbox,
    password: str,
    client: Client,
    wanted: Wanted,
    mark: Mark,
    console: Console,
    *,
    keep_on: bool,
) -> tuple[list[Sent], int]:
    """All new mails of a folder, with as many connections as it takes."""
    sent: list[Sent] = []
    failed: Counter[int] = Counter()  # by UID, 0 before the first
    left_out = 0
    while True:
        at = [0]
        try:
            with connected(mailbox, password, insecure=wanted.insecure) as connection:
                for one in _mails(connection, mailbox, client, wanted, mark, at, skip=failed):
                    sent += [one] if isinstance(one, Sent) else []
                    if isinstance(one, str):
                        left_out += 1
                        _tell(console, f"{mailbox.name}: {one}")
            break
        except BrokenOff as error:
            failed[at[0]] += 1
            if at[0] == 0 and failed[0] >= _ATTEMPTS:
                if not keep_on:
                    detail = f"{mailbox.host}: {error}."
                    raise InvalidInput("imap_unreachable", detail, "Try later.") from None
                _tell(console, f"{mailbox.name}: {error}; tried again later")
                break
            time.sleep(_PAUSE_SECONDS)
    refused = _summary(console, mailbox, sent, left_out)
    return sent, refused + left_out


def _summary(console: Console, mailbox: Mailbox, sent: Sequence[Sent], left_out: int) -> int:
    """Tell what became of a folder's mails; gives how many were refused."""
    refused = [one for one in sent if not one.accepted]
    for one in refused:
        _tell(console, f"{one.item.name}: {one.code}: {one.detail}")
    existing = sum(one.existing for one in sent)
    console.print(
        f"{escape(mailbox.name)}: {len(sent) - len(refused) - existing} accepted, {existing} there already,"
        f" {len(refused)} refused, {left_out} left out",
        highlight=False,
    )
    return len(refused)


def _mails(
    connection: Connection,
    mailbox: Mailbox,
    client: Client,
    wanted: Wanted,
    mark: Mark,
    at: list[int],
    *,
    skip: Counter[int],
) -> Iterator[Sent | str]:
    """Each mail as it was sent, or why it was left out; ``at`` tells which one is in hand."""
    outbound = connection.is_sent()
    validity = connection.examine(writable=wanted.move_to is not None)
    reached = mark.read(validity)
    uids = connection.uids(after=reached, since=wanted.since)
    for begin in range(0, len(uids), _BATCH):
        batch = uids[begin : begin + _BATCH]
        sizes = connection.sizes(batch)
        for uid in batch:
            at[0] = uid
            if skip[uid] >= _ATTEMPTS:
                mark.write(validity, uid)
                yield f"mail {uid} cannot be fetched"
                continue
            if sizes.get(uid, 0) > MOST_BYTES:
                mark.write(validity, uid)
                yield f"mail {uid} is larger than {MOST_BYTES // 1024**2} MiB"
                continue
            content = connection.mail(uid)
            if content is not None:
                one = _sent(client, mailbox, uid, content, wanted, outbound=outbound)
                if one.code in _STOPS or str(one.code).startswith("http_5"):
                    raise InvalidInput(str(one.code), one.detail or "", "Start it again: nothing is lost.")
                if one.accepted and wanted.move_to is not None:
                    connection.move(uid, wanted.move_to)
                yield one
            mark.write(validity, uid)
    at[0] = 0


def _sent(
    client: Client, mailbox: Mailbox, uid: int, content: bytes, wanted: Wanted, *, outbound: bool
) -> Sent:
    """Send one mail; the same Message-ID with other headers is the other copy of the same mail."""
    said = {"source": wanted.source} if wanted.source else {}
    said |= {"direction": "outbound"} if outbound else {}
    name = f"{mailbox.folder}-{uid}.eml"
    item = Item("email", name, Path(name), "message/rfc822", content=content, metadata=said)
    found = replace(client.send(item)[0], item=replace(item, content=None))  # memory stays flat
    if found.code == "external_id_conflict":
        return replace(found, accepted=True, existing=True)
    return found


def _tell(console: Console, what: str) -> None:
    console.print(f"[yellow]left out[/] {escape(what)}", highlight=False, soft_wrap=True)
