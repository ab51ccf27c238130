"""Mailboxes on disk: every variant of mbox, and Maildirs."""

from pathlib import Path

import pytest

from service.cli.collect import collect
from service.cli.mailboxes import mbox_parts

HEAD = "From ada@example.com Tue Mar  3 10:00:00 2026\n"


def mails(path: Path) -> list[str]:
    return [part.read(path).decode() for part in mbox_parts(path)]


def written(tmp_path: Path, content: str) -> Path:
    path = tmp_path / "box.mbox"
    path.write_bytes(content.encode())
    return path


def test_a_sentence_that_begins_with_from_does_not_end_a_mail(tmp_path: Path) -> None:
    first = "Subject: a\n\nHello.\n\nFrom here on it goes wrong.\n"
    assert mails(written(tmp_path, f"{HEAD}{first}\n{HEAD}Subject: b\n\nBye.\n")) == [
        first,
        "Subject: b\n\nBye.\n",
    ]


def test_quoted_lines_lose_one_mark(tmp_path: Path) -> None:
    box = written(tmp_path, f"{HEAD}Subject: a\n\n>From me\n>>From you\n> From\n\n{HEAD}Subject: b\n\nx\n")
    assert mails(box)[0] == "Subject: a\n\nFrom me\n>From you\n> From\n"


def test_a_length_that_is_true_is_believed_and_nothing_is_unquoted(tmp_path: Path) -> None:
    body = f"a\n\n{HEAD}>From inside\n"
    first = f"Content-Length: {len(body)}\nSubject: a\n\n{body}"
    assert mails(written(tmp_path, f"{HEAD}{first}\n{HEAD}Subject: b\n\nx\n")) == [
        first,
        "Subject: b\n\nx\n",
    ]
    assert mails(written(tmp_path, f"{HEAD}{first}")) == [first]


def test_a_length_that_lies_is_not_believed(tmp_path: Path) -> None:
    for length in (3, 100_000):
        first = f"Content-Length: {length}\nSubject: a\n\nlonger than that\n"
        assert mails(written(tmp_path, f"{HEAD}{first}\n{HEAD}Subject: b\n\nx\n")) == [
            first,
            "Subject: b\n\nx\n",
        ]


def test_lines_may_end_as_windows_ends_them(tmp_path: Path) -> None:
    box = f"{HEAD}Subject: a\n\nx\n\n{HEAD}Subject: b\n\ny\n".replace("\n", "\r\n")
    assert mails(written(tmp_path, box)) == ["Subject: a\r\n\r\nx\r\n", "Subject: b\r\n\r\ny\r\n"]


@pytest.mark.parametrize(
    "content", ["", "\n\n", "no mbox at all\n", "Subject: a\n\nFrom x Tue Mar 3 1:00 2026\n"]
)
def test_what_is_no_mbox_has_no_mails(tmp_path: Path, content: str) -> None:
    assert mails(written(tmp_path, content)) == []


def test_a_line_of_a_megabyte_is_read_in_pieces(tmp_path: Path) -> None:
    long = "x" * 1_000_000
    assert mails(written(tmp_path, f"{HEAD}Subject: a\n\n{long}\n\n{HEAD}Subject: b\n\ny\n"))[0].endswith(
        f"{long}\n"
    )


def test_mails_of_an_mbox_are_read_when_they_are_sent(tmp_path: Path) -> None:
    items, _ = collect([written(tmp_path, f"{HEAD}Subject: a\n\nx\n\n{HEAD}Subject: b\n\ny\n")])
    assert [item.content for item in items] == [None, None]
    assert [item.in_memory().content for item in items] == [b"Subject: a\n\nx\n", b"Subject: b\n\ny\n"]
    assert items[0].in_memory().size == len(b"Subject: a\n\nx\n")


def test_a_maildir_gives_its_mails_and_those_of_its_folders(tmp_path: Path) -> None:
    for folder in ("", ".Sent", ".Bin"):
        for name in ("cur", "new", "tmp"):
            (tmp_path / "box" / folder / name).mkdir(parents=True)
    box = tmp_path / "box"
    for file in (
        "new/1.host",
        "cur/2.host:2,S",
        "cur/3.host:2,DS",
        "cur/4.host:2,T",
        "tmp/5.host",
        ".Sent/cur/6:2,S",
    ):
        (box / file).write_text("Subject: x\n\nx")
    (box / "dovecot.index.log").write_text("x")
    items, left_out = collect([tmp_path])
    assert sorted((item.name, item.kind, str(item.metadata.get("direction"))) for item in items) == [
        ("1.host", "email", "None"),
        ("2.host:2,S", "email", "None"),
        ("6:2,S", "email", "outbound"),
    ]
    assert left_out == []
