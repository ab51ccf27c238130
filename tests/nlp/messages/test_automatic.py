"""Mails of machines are told from those of people, by headers first."""

from email import policy
from email.parser import BytesParser

import pytest

from nlp.messages.automatic import recognised
from nlp.messages.headers import text_of
from nlp.transcript import Automatic

JO = "From: Jo Doe <jo@mail.example>\n"


def kind(head: str, text: str = "Hello", *, subject: str = "Hello") -> Automatic | None:
    raw = f"Subject: {subject}\n{head}\n{text}\n"
    message = BytesParser(policy=policy.compat32).parsebytes(raw.encode())
    found = recognised(message, text_of(message.get("Subject")), text)
    assert found is None or found.sign.startswith("its ")
    return found.kind if found else None


UNSUBSCRIBE = "List-Unsubscribe: <https://x.example>\n"
REPORT = "Content-Type: multipart/report; report-type={}; boundary=b\n\n--b\n\nx\n--b--"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("Auto-Submitted: auto-replied", Automatic.AUTO_REPLY),
        ("Auto-Submitted: auto-replied (vacation)\nReturn-Path: <>", Automatic.AUTO_REPLY),
        ("X-Autoreply: yes", Automatic.AUTO_REPLY),
        ("Precedence: auto_reply", Automatic.AUTO_REPLY),
        ("Auto-Submitted: auto-generated", Automatic.BULK),
        (REPORT.format("delivery-status"), Automatic.BOUNCE),
        (REPORT.format("disposition-notification"), Automatic.RECEIPT),
        ("X-Failed-Recipients: x@mail.example", Automatic.BOUNCE),
        (UNSUBSCRIBE + "Precedence: bulk", Automatic.BULK),
        (
            "List-Unsubscribe: <https://x.example>\nList-Unsubscribe-Post: List-Unsubscribe=One-Click",
            Automatic.BULK,
        ),
        (UNSUBSCRIBE + "List-Id: <news.x.example>", Automatic.BULK),
        ("Content-Type: text/calendar; method=REPLY", Automatic.CALENDAR),
    ],
)
def test_headers_tell(head: str, expected: Automatic) -> None:
    assert kind(JO + head + "\n") is expected


def test_the_mail_daemon_sends_bounces() -> None:
    assert kind("From: MAILER-DAEMON\n") is Automatic.BOUNCE
    assert kind("From: Mail Delivery System <Mailer-Daemon@mx.example>\n") is Automatic.BOUNCE
    undelivered = "Undeliverable: Hello"
    assert kind("From: postmaster@mx.example\n", subject=undelivered) is Automatic.BOUNCE
    assert kind(JO + "Return-Path: <>\n", subject="Unzustellbar: Hallo") is Automatic.BOUNCE
    assert kind(JO, subject="Unzustellbar: mein Paket") is None


@pytest.mark.parametrize(
    "subject",
    [
        "Automatic reply: Order", "Out of office", "Out of Office AutoReply: Hi", "Automatische Antwort: R",
        "Abwesenheitsnotiz: Re", "Automatikus válasz: Számla", "Házon kívül: számla", "תשובה אוטומטית: חשבון",
        "Réponse automatique : Facture", "Respuesta automática: Factura", "Risposta automatica: Fattura",
        "Resposta automática: Fatura", "Automatisch antwoord: Factuur", "Odpowiedź automatyczna: Faktura",
        "Autosvar: Faktura", "Автоматический ответ: Счёт",
    ],
)  # fmt: skip
def test_subjects_tell(subject: str) -> None:
    assert kind(JO, subject=subject) is Automatic.AUTO_REPLY


def test_text_tells_only_beside_a_header() -> None:
    away = "I am out of the office until Monday."
    assert kind(JO, away) is None
    assert kind(JO + "X-Auto-Response-Suppress: All\n", away) is Automatic.AUTO_REPLY
    read = "Your message was read on Monday."
    assert kind(JO, read, subject="Read: Invoice") is Automatic.RECEIPT
    assert kind(JO, "Please read it.", subject="Read: my complaint") is None


@pytest.mark.parametrize(
    ("head", "subject"),
    [
        ("Auto-Submitted: no\n", "Hello"),
        ("X-Auto-Response-Suppress: All\n", "My order"),
        ("", "Re: Automatic reply: Hello"),
        ("", "Out of office chairs?"),
        ("", "Abwesenheit des Technikers"),
        ("", "Automatic reply does not work"),
        ("List-Unsubscribe: <mailto:x@x.example>\n", "Hello"),
        ("Precedence: bulk\n", "Hello"),
        # A shared mailbox that is a list: customers write through it.
        ("List-Id: <support.x.example>\nList-Unsubscribe: <https://g.example>\nPrecedence: list\n"
         "List-Post: <mailto:support@x.example>\n", "Hello"),
        # A contact form: its answer goes to the customer.
        ("Auto-Submitted: auto-generated\nReply-To: ann@mail.example\n", "Contact form"),
        ("Content-Type: text/calendar; method=REQUEST\n", "Fwd: Appointment"),
        ("Content-Type: text/calendar; method=REQUEST\nContent-Disposition: attachment\n", "Wrong date"),
    ],
)  # fmt: skip
def test_a_persons_mail_is_never_automatic(head: str, subject: str) -> None:
    assert kind(JO + head, subject=subject) is None
