"""Mails become their new text; traps are refused in time."""

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nlp.errors import UnreadableMessage
from nlp.messages import Address, Mail, read_email, save_attachment
from nlp.transcript import Attachment

HEAD = "From: Jo Doe <Jo@Mail.example>\nTo: help@shop.example\nSubject: Hello\n"


def written(tmp_path: Path, content: str | bytes) -> Path:
    path = tmp_path / "mail.eml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(tmp_path: Path, content: str | bytes) -> Mail:
    return read_email(written(tmp_path, content))


def code(tmp_path: Path, content: str | bytes) -> str:
    with pytest.raises(UnreadableMessage) as raised:
        read(tmp_path, content)
    return raised.value.code


def test_reads_headers(tmp_path: Path) -> None:
    mail = read(
        tmp_path,
        HEAD.replace("Hello", "=?utf-8?q?Sz=C3=A1mla?=")
        + "Cc: =?utf-8?q?Doe=2C_Jane?= <jane@mail.example>, x\n"
        + "Date: Mon, 6 Jan 2025 10:00:00 +0200\nMessage-ID: <a@mail.example>\n"
        + "References: <r1@x> <r2@x>\nIn-Reply-To: <r2@x>\nContent-Language: en-US\n\nText\n",
    )
    assert (mail.subject, mail.text) == ("Számla", "Text")
    assert mail.from_ == Address("Jo Doe", "jo@mail.example")
    assert mail.cc == (Address("Doe, Jane", "jane@mail.example"),)
    assert mail.date == datetime(2025, 1, 6, 8, tzinfo=UTC)
    assert (mail.message_id, mail.references, mail.languages) == ("a@mail.example", ("r1@x", "r2@x"), ("en",))


def test_reads_raw_bytes_in_headers(tmp_path: Path) -> None:
    raw = HEAD.replace("Hello", "Számla").replace("Jo Doe", "Kő Éva")
    for charset in ("utf-8", "cp1252"):
        mail = read(
            tmp_path, (raw if charset == "utf-8" else raw.replace("ő", "é")).encode(charset) + b"\nx\n"
        )
        assert mail.subject == "Számla"
        assert mail.from_ is not None
        assert mail.from_.name in ("Kő Éva", "Ké Éva")


def test_keeps_quote_and_signature_apart(tmp_path: Path) -> None:
    mail = read(
        tmp_path,
        HEAD + "\nIt is still broken.\n\nBest regards,\nJo\n\n"
        "On Mon, 6 Jan 2025 at 10:00, Help <help@shop.example>\nwrote:\n> Please restart it.\n",
    )
    assert mail.text == "It is still broken."
    assert mail.signature == "Best regards,\nJo"
    assert mail.quoted.endswith("> Please restart it.")


def test_prefers_plain_text_and_lists_attachments(tmp_path: Path) -> None:
    mail = read(
        tmp_path,
        HEAD + 'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="m"\n\n--m\n'
        'Content-Type: multipart/alternative; boundary="a"\n\n--a\nContent-Type: text/plain\n\nplain\n'
        "--a\nContent-Type: text/html\n\n<b>rich</b>\n--a--\n--m\nContent-Type: application/pdf; name=i.pdf\n"
        "Content-Transfer-Encoding: base64\nContent-Disposition: attachment; filename=i.pdf\n\nAAAA\n--m--\n",
    )
    assert mail.text == "plain"
    assert [(part.name, part.media_type, part.size) for part in mail.attachments] == [
        ("i.pdf", "application/pdf", 3)
    ]


def test_reads_html_without_what_is_hidden(tmp_path: Path) -> None:
    mail = read(
        tmp_path,
        HEAD + "Content-Type: text/html; charset=utf-8\n\n<html><head><style>x</style></head><body>"
        "<div style='display:none'>preheader</div><p>Hi there</p><p>My&nbsp;order<br>is late</p>"
        "<script>alert(1)</script><div id=divRplyFwdMsg>From: x</div><p>old</p></body></html>\n",
    )
    assert mail.text == "Hi there\n\nMy order\nis late"
    assert mail.quoted == "From: x\n\nold"


def test_reads_a_forward_without_own_words_as_its_content(tmp_path: Path) -> None:
    mail = read(
        tmp_path,
        HEAD + "\n---------- Forwarded message ---------\nFrom: Jo <jo@x.example>\nDate: Mon, 6 Jan 2025\n"
        "Subject: Broken\nTo: <me@x.example>\n\nThe lamp is broken.\n",
    )
    assert mail.text == "The lamp is broken."


@pytest.mark.parametrize("label", ["utf-8", "x-unknown", "us-ascii", "base64"])
def test_a_wrong_charset_is_no_failure(tmp_path: Path, label: str) -> None:
    head = (HEAD + f"Content-Type: text/plain; charset={label}\nContent-Transfer-Encoding: 8bit\n\n").encode()
    assert read(tmp_path, head + "árvíztűrő".encode()).text == "árvíztűrő"
    assert read(tmp_path, head + "café".encode("cp1252")).text == "café"
    assert "ok" in read(tmp_path, head + b"ok \x81\xff\x00").text


def test_recognises_automatic_replies(tmp_path: Path) -> None:
    away = read(tmp_path, HEAD + "Auto-Submitted: auto-replied\n\nAway\n").automatic
    assert away is not None
    assert (away.kind, away.sign) == ("auto_reply", "its header Auto-Submitted")
    assert read(tmp_path, HEAD + "Auto-Submitted: no\n\nHere\n").automatic is None


VOICEMAIL = (
    HEAD
    + 'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="m"\n\n--m\n\nYou have a message.\n--m\n'
    'Content-Type: image/png; name="logo.png"\nContent-ID: <logo>\n\npng\n--m\n'
    "Content-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n"
    'Content-Disposition: attachment; filename="+1 212 555 0123.WAV"\n\nUklGRg==\n--m\n'
    "Content-Type: message/rfc822\n\nSubject: inner\n\n12345\n--m--\n"
)


def test_lists_attachments_with_size_and_place(tmp_path: Path) -> None:
    assert read(tmp_path, VOICEMAIL).attachments == (
        Attachment("logo.png", "image/png", 3, inline=True),
        Attachment("+1 212 555 0123.WAV", "audio/wav", 4),
        Attachment("", "message/rfc822", 5),
    )


def test_saves_one_attachment(tmp_path: Path) -> None:
    mail, target = written(tmp_path, VOICEMAIL), tmp_path / "voice.wav"
    save_attachment(mail, 1, target)
    assert target.read_bytes() == b"RIFF"
    for position in (-1, 2, 3):
        with pytest.raises(UnreadableMessage) as raised:
            save_attachment(mail, position, target)
        assert raised.value.code == "no_attachment"


def test_joins_flowed_lines(tmp_path: Path) -> None:
    mail = read(tmp_path, HEAD + "Content-Type: text/plain; format=flowed\n\nOne long \nline\nnext\n")
    assert mail.text == "One long line\nnext"


def test_refuses_what_is_no_mail(tmp_path: Path) -> None:
    assert code(tmp_path, b"") == "unreadable_mail"
    assert code(tmp_path, b"just some text\n\nand more") == "unreadable_mail"
    assert code(tmp_path, b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20) == "unreadable_mail"


def nested(depth: int, *, declared: str = "boundary") -> str:
    parts = "".join(
        f'Content-Type: multipart/mixed; {declared}="b{level}"\n\n--b{level}\n' for level in range(depth)
    )
    return HEAD + parts + "Content-Type: text/plain\n\nx\n"


@pytest.mark.parametrize(
    "bomb",
    [
        nested(1000),
        nested(60),
        nested(400, declared="boundary*0"),
        HEAD + "Content-Type: message/rfc822\n\n" * 1500,
        HEAD + "Content-Type: multipart/mixed; boundary=b\n\n" + "--b\n\nx\n" * 200_000,
        HEAD + "X: " + "a" * 300_000 + "\n\nx",
        HEAD + "X: a\n" + " b\n" * 2_000 + "\nx",
        HEAD + "\n" + "\n" * 1_000_001,
    ],
    ids=["depth", "shallow", "continued", "mails", "parts", "header", "folded", "lines"],
)
def test_refuses_bombs_in_time(tmp_path: Path, bomb: str) -> None:
    started = time.monotonic()
    assert code(tmp_path, bomb) == "mail_bomb"
    assert time.monotonic() - started < 30


def test_hostile_addresses_and_html_are_read_in_time(tmp_path: Path) -> None:
    mail = read(
        tmp_path,
        "To: " + "(" * 60_000 + "\nSubject: x\nContent-Type: text/html\n\n" + "<div>" * 50_000 + "hi",
    )
    assert (mail.to, mail.text) == ((), "hi")


def test_no_file_but_the_mail_is_opened(tmp_path: Path) -> None:
    head = "Content-Type: message/external-body; access-type=local-file; name=/etc/passwd\n"
    mail = read(tmp_path, HEAD + head + "\nContent-Type: text/plain\n\n")
    assert "root" not in mail.text
