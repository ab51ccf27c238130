"""IMAP import from a real server: only what is new, read-only, encrypted, folders and moves."""

import io
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from service.cli.imap_ingest import Wanted, ingest_imap
from service.errors import InvalidInput
from tests.service.cli.dovecot import PASSWORD, Dovecot, dovecot
from tests.service.cli.sender import Sender

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    with dovecot() as running:
        yield running


@pytest.fixture(autouse=True)
def clean(server: Dovecot, monkeypatch: pytest.MonkeyPatch) -> None:
    """The password is in the environment, and the server is trusted."""
    monkeypatch.setenv("MAIL_PASSWORD", PASSWORD)
    monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))


def mail(number: int, text: str = "hello") -> bytes:
    return (
        f"From: ada@example.com\r\nTo: help@centre.example\r\nMessage-ID: <{number}@example.com>\r\n"
        f"Subject: mail {number}\r\n\r\n{text}\r\n"
    ).encode()


def fetch(server: Dovecot, sender: Sender, marks: Path, *folders: str, **wanted: Any) -> tuple[int, int]:
    """How many were told of and how many went wrong."""
    addresses = [f"imaps://ada@localhost:{server.tls}/{folder}" for folder in folders or ("INBOX",)]
    sent, wrong = ingest_imap(
        addresses,
        sender.client,
        Wanted(**wanted),
        password_env="MAIL_PASSWORD",
        marks=marks,
        service="http://service",
        watch=None,
        console=Console(file=io.StringIO()),
    )
    return len(sent), wrong


def test_a_second_run_takes_only_what_is_new_and_leaves_flags_alone(server: Dovecot, tmp_path: Path) -> None:
    for number in range(3):
        server.deliver(mail(number))
    sender = Sender()
    assert fetch(server, sender, tmp_path) == (3, 0)
    server.deliver(mail(3, "raw 8 bit: ").replace(b"raw", b"\xe1\xf5") + b"Subj\xe9ct")
    assert fetch(server, sender, tmp_path) == (1, 0)
    assert fetch(server, sender, tmp_path) == (0, 0)
    assert sender.ids == [f"{number}@example.com" for number in range(4)]
    seen = [file for file in (server.root / "mail" / "cur").iterdir() if "S" in file.name.rpartition(",")[2]]
    assert seen == []


def test_a_lost_mark_doubles_nothing(server: Dovecot, tmp_path: Path) -> None:
    sender = Sender()
    fetch(server, sender, tmp_path / "one")
    taken = len(sender.items)
    fetch(server, sender, tmp_path / "two")
    assert len(sender.items) == taken >= 4


def test_what_was_sent_is_outbound_whatever_its_folder_is_called(server: Dovecot, tmp_path: Path) -> None:
    server.deliver(mail(10), folder=".Post")
    sender = Sender()
    assert fetch(server, sender, tmp_path, "Post") == (1, 0)
    assert sender.items[0].metadata == {"direction": "outbound"}


def test_taken_mails_can_be_moved(server: Dovecot, tmp_path: Path) -> None:
    server.deliver(mail(20), folder=".Done")
    assert fetch(server, Sender(), tmp_path, "Done", move_to="Kész & jó") == (1, 0)
    assert fetch(server, Sender(), tmp_path / "again", "Done") == (0, 0)
    assert fetch(server, Sender(), tmp_path, "K%C3%A9sz%20%26%20j%C3%B3") == (1, 0)


@pytest.mark.parametrize(
    ("folder", "password", "code"),
    [("INBOX", "wrong", "imap_login"), ("Nowhere", PASSWORD, "imap_folder")],
)
def test_what_the_server_refuses_is_said(
    server: Dovecot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str, password: str, code: str
) -> None:
    monkeypatch.setenv("MAIL_PASSWORD", password)
    with pytest.raises(InvalidInput) as raised:
        fetch(server, Sender(), tmp_path, folder)
    assert raised.value.code == code
    assert password not in f"{raised.value.detail}{raised.value.remedy}"


def test_a_certificate_that_nobody_signed_is_not_trusted(
    server: Dovecot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(ssl.get_default_verify_paths().openssl_cafile or ""))
    with pytest.raises(InvalidInput) as raised:
        fetch(server, Sender(), tmp_path)
    assert raised.value.code == "imap_certificate"


def test_starttls_protects_a_plain_port(server: Dovecot, tmp_path: Path) -> None:
    sender = Sender()
    sent, _ = ingest_imap(
        [f"imap://ada@localhost:{server.plain}/INBOX"],
        sender.client,
        Wanted(),
        password_env="MAIL_PASSWORD",
        marks=tmp_path,
        service="s",
        watch=None,
        console=Console(file=io.StringIO()),
    )
    assert len(sent) >= 4
