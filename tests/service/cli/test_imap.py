"""IMAP import from servers that misbehave, and what is refused before any of them is asked."""

import io
import socket
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from service.cli import imap_ingest
from service.cli.imap_connection import MOST_BYTES, Mailbox, _quoted, mailbox_of
from service.cli.imap_ingest import Mark, Wanted, ingest_imap
from service.errors import InvalidInput
from tests.service.cli.scripted_imap import ScriptedImap, listening, literal
from tests.service.cli.sender import Sender

SECRET = "opensesame"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OVERTONE_IMAP_PASSWORD", SECRET)
    monkeypatch.setattr(imap_ingest, "_PAUSE_SECONDS", 0.0)


def mail(number: int) -> bytes:
    return f"From: a@b.example\r\nMessage-ID: <{number}@b.example>\r\n\r\nhello \r\n".encode() + b"\xe1\xf5"


def fetch(server: ScriptedImap, sender: Sender, marks: Path, **wanted: Any) -> tuple[int, int, str]:
    """How many were told of, how many went wrong, and what the terminal shows."""
    shown = io.StringIO()
    with listening(server):
        sent, wrong = ingest_imap(
            [f"imap://ada@127.0.0.1:{server.port}/INBOX"],
            sender.client,
            Wanted(**wanted),
            password_env=None,
            marks=marks,
            service="s",
            watch=None,
            console=Console(file=shown, width=200),
        )
    return len(sent), wrong, shown.getvalue()


def hang_up(peer: socket.socket, tag: bytes, content: bytes) -> bool:
    """In the middle of a mail."""
    peer.sendall(literal(2, content)[:-20])
    return False


def huge(peer: socket.socket, tag: bytes, content: bytes) -> bool:
    """A literal of ten terabytes is announced."""
    peer.sendall(literal(2, content, 10 * 1024**4))
    return True


def too_short(peer: socket.socket, tag: bytes, content: bytes) -> bool:
    """The size is a lie: the rest of the mail stands where answers are awaited."""
    peer.sendall(literal(2, content, 10) + tag + b" OK done\r\n")
    return True


@pytest.mark.parametrize("trick", [hang_up, huge, too_short])
def test_a_mail_that_cannot_be_fetched_is_left_out_and_the_others_are_taken_once(
    tmp_path: Path, trick: Any
) -> None:
    server = ScriptedImap({uid: mail(uid) for uid in (1, 2, 3)}, {2: trick})
    sender = Sender()
    taken, wrong, shown = fetch(server, sender, tmp_path)
    assert (taken, wrong) == (2, 1)
    assert sender.ids == ["1@b.example", "3@b.example"]
    assert server.connections == 4
    assert "mail 2 cannot be fetched" in shown
    assert SECRET not in shown


def test_a_connection_that_breaks_off_once_costs_nothing(tmp_path: Path) -> None:
    broken: list[int] = []

    def once(peer: socket.socket, tag: bytes, content: bytes) -> bool:
        if broken:
            peer.sendall(literal(2, content) + tag + b" OK done\r\n")
            return True
        broken.append(1)
        return False

    server = ScriptedImap({uid: mail(uid) for uid in (1, 2, 3)}, {2: once})
    sender = Sender()
    assert fetch(server, sender, tmp_path)[:2] == (3, 0)
    assert sender.attempts == 3


def test_a_mail_that_is_too_large_is_not_fetched(tmp_path: Path) -> None:
    server = ScriptedImap({1: mail(1), 2: mail(2)}, sizes={1: MOST_BYTES + 1})
    taken, wrong, shown = fetch(server, Sender(), tmp_path)
    assert (taken, wrong) == (1, 1)
    assert "larger than 25 MiB" in shown
    assert not any(b"FETCH 1 (UID BODY" in command for command in server.commands)


def test_the_folder_is_opened_read_only_and_nothing_is_marked_as_read(tmp_path: Path) -> None:
    server = ScriptedImap({1: mail(1)})
    fetch(server, Sender(), tmp_path)
    said = b"".join(server.commands)
    assert b"EXAMINE" in said
    assert b"BODY.PEEK[]" in said
    assert b"STORE" not in said


def test_a_service_that_is_away_stops_it_and_the_next_run_goes_on_there(tmp_path: Path) -> None:
    server = ScriptedImap({uid: mail(uid) for uid in (1, 2, 3)})
    with pytest.raises(InvalidInput):
        fetch(server, Sender(refuse={b"<2@": "service_unreachable"}), tmp_path)
    sender = Sender()
    assert fetch(server, sender, tmp_path)[:2] == (2, 0)
    assert sender.ids == ["2@b.example", "3@b.example"]


def test_a_mail_that_is_refused_is_told_of_once(tmp_path: Path) -> None:
    server = ScriptedImap({uid: mail(uid) for uid in (1, 2)})
    taken, wrong, shown = fetch(server, Sender(refuse={b"<1@": "mail_structure"}), tmp_path)
    assert (taken, wrong) == (2, 1)
    assert "mail_structure" in shown
    assert fetch(server, Sender(), tmp_path)[:2] == (0, 0)


def test_another_copy_of_the_same_mail_is_there_already(tmp_path: Path) -> None:
    copy = mail(1).replace(b"From:", b"Delivered-To: x@y.example\r\nFrom:")
    server = ScriptedImap({1: mail(1), 2: copy})
    assert fetch(server, Sender(), tmp_path)[:2] == (2, 0)


def test_a_server_that_offers_no_encryption_gets_no_password() -> None:
    with pytest.raises(InvalidInput) as raised:
        ingest_imap(
            ["imap://ada:secret@mail.example/INBOX"],
            Sender().client,
            Wanted(),
            password_env=None,
            marks=Path(),
            service="s",
            watch=None,
            console=Console(file=io.StringIO()),
        )
    assert raised.value.code == "password_in_address"


@pytest.mark.parametrize(
    "address", ["", "imaps://", "https://ada@host/x", "imaps://host/INBOX", "imaps://a@h:x/"]
)
def test_what_is_no_address_is_said(address: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        mailbox_of(address)
    assert raised.value.code == "bad_imap_address"


def test_an_address_names_user_host_port_and_folder() -> None:
    assert mailbox_of("imaps://ada%40x.example@mail.example/Sent%20Items") == Mailbox(
        "ada@x.example", "mail.example", 993, True, "Sent Items"
    )
    assert (mailbox_of("imap://a@h").port, mailbox_of("imap://a@h").folder) == (143, "INBOX")


def test_folders_are_named_in_modified_utf_7() -> None:
    assert _quoted('K"ész & jó') == '"K\\"&AOk-sz &- j&APM-"'


def test_a_mark_of_another_numbering_is_not_believed(tmp_path: Path) -> None:
    mark = Mark(tmp_path, mailbox_of("imap://a@h"), "s")
    assert mark.read(1) == 0
    mark.write(1, 5)
    assert (mark.read(1), mark.read(2)) == (5, 0)
    next(tmp_path.iterdir()).write_text("{broken")
    assert mark.read(1) == 0
