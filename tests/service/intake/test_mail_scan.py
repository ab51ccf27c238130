"""The scan of a mail's bytes: ordinary mails pass, bombs do not, however the bytes come."""

import itertools

import pytest

from service.errors import ServiceError
from service.intake.mail_scan import MAX_DEPTH, MAX_PARTS, MailHead, MailInspector

HEAD = b"From: Ada <a@example.com>\r\nTo: b@example.com,\r\n c@example.com\r\nSubject: hello\r\n"


def scan(content: bytes, *, piece: int = 2**20) -> MailHead:
    """Feed a mail in pieces of a size."""
    inspector = MailInspector()
    for start in range(0, len(content), piece):
        inspector.feed(content[start : start + piece])
    inspector.end()
    return inspector.head


def multipart(depth: int) -> bytes:
    """A mail nested so deep."""
    opened = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) for n in range(depth)
    )
    closed = b"".join(b"\r\n--b%d--\r\n" % n for n in reversed(range(depth)))
    return HEAD + opened + b"Content-Type: text/plain\r\n\r\nhello" + closed


@pytest.mark.parametrize("piece", [1, 7, 64, 2**20])
def test_a_head_is_read_whatever_the_pieces(piece: int) -> None:
    head = scan(HEAD + b"\r\nFrom: nobody@example.com\r\n", piece=piece)
    assert head.get("from") == b"Ada <a@example.com>"
    assert head.get("to") == b"b@example.com, c@example.com"
    assert head.get("date") == b""


def test_the_first_of_several_headers_counts() -> None:
    assert scan(HEAD + b"From: eve@example.com\r\n\r\n").get("from") == b"Ada <a@example.com>"


def test_an_mbox_line_before_the_head_is_passed_over() -> None:
    assert scan(b"From ada@example.com Tue Mar  3 10:00:00 2026\n" + HEAD + b"\n").get("subject") == b"hello"


def test_ordinary_structures_pass() -> None:
    scan(multipart(5))
    forwarded = b"".join(
        b"--b\r\nContent-Type: message/rfc822\r\n\r\n" + HEAD + b"\r\nhello\r\n" for _ in range(30)
    )
    scan(HEAD + b'Content-Type: multipart/digest; boundary="b"\r\n\r\n' + forwarded + b"--b--\r\n")


def test_boundaries_that_are_only_spoken_of_do_not_count() -> None:
    scan(HEAD + b"\r\n" + b'Content-Type: multipart/mixed; boundary="b"\r\n' * 500)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (multipart(MAX_DEPTH + 1), "mail_structure"),
        (
            HEAD
            + b"Content-Type: multipart/mixed;\r\n boundary=b\r\n\r\n"
            + b"--b\r\n\r\nx\r\n" * (MAX_PARTS + 1),
            "mail_structure",
        ),
        (HEAD + b"X: " + b"y" * 70_000 + b"\r\n\r\n", "mail_too_large"),
        (HEAD + b"".join(b"X-%d: %s\r\n" % (n, b"y" * 1000) for n in range(300)) + b"\r\n", "mail_too_large"),
        (b"", "empty_file"),
        (b"\r\n\r\nno head at all", "not_a_mail"),
        (b"Dear all,\r\nhello: there\r\n", "not_a_mail"),
    ],
)
def test_what_no_mail_program_writes_is_refused(content: bytes, code: str) -> None:
    for piece in (4096, 2**20):
        with pytest.raises(ServiceError) as raised:
            scan(content, piece=piece)
        assert raised.value.code == code


def test_a_head_in_a_part_has_the_same_limits() -> None:
    part = b"--b\r\n" + b"".join(b"X-%d: %s\r\n" % (n, b"y" * 1000) for n in range(300)) + b"\r\n"
    with pytest.raises(ServiceError) as raised:
        scan(HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + part)
    assert raised.value.code == "mail_too_large"


def test_what_is_kept_of_a_long_header_is_short() -> None:
    value = b", ".join(b"a%d@example.com" % n for n in itertools.islice(itertools.count(), 3000))
    assert len(scan(b"From: a@example.com\r\nCc: " + value + b"\r\n\r\n").get("cc")) <= 8192
