"""What a mail's head tells of sender, receiver, thread and time."""

from datetime import UTC, datetime

import pytest

from service.intake.mail_head import Address, addresses, read_head
from service.intake.mail_scan import MailHead

OWN = ("centre.example",)


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (b"Ada <ADA@Example.com>", [Address("ada@example.com", "Ada")]),
        (b"ada@example.com", [Address("ada@example.com", None)]),
        (
            b'"Byron, Ada" <a@b.example>, c@d.example',
            [Address("a@b.example", "Byron, Ada"), Address("c@d.example", None)],
        ),
        (b"=?iso-8859-2?Q?K=E1lm=E1n?= <k@b.example>", [Address("k@b.example", "Kálmán")]),
        (b"=?nonsense?Q?x?= <k@b.example>", [Address("k@b.example", None)]),
        ("Őrsi <o@b.example>".encode(), [Address("o@b.example", "Őrsi")]),
        (b"undisclosed-recipients:;", []),
        (b"nobody", []),
        (b"(" * 8000, []),
        (b'"' * 8000, []),
        (b"<" * 8000, []),
        (b"", []),
    ],
)
def test_addresses(value: bytes, found: list[Address]) -> None:
    assert list(addresses(value)) == found


@pytest.mark.parametrize(
    ("fields", "direction", "customer"),
    [
        ({"from": b"ada@example.com", "to": b"help@centre.example"}, "inbound", "ada@example.com"),
        ({"from": b"kim@centre.example", "to": b"ada@example.com"}, "outbound", "ada@example.com"),
        ({"from": b"kim@eu.centre.example", "cc": b"ada@example.com"}, "outbound", "ada@example.com"),
        ({"from": b"kim@notcentre.example", "to": b"x@centre.example"}, "inbound", "kim@notcentre.example"),
        ({"from": b"kim@centre.example", "to": b"lee@centre.example"}, "internal", None),
        ({"sender": b"ada@example.com"}, "inbound", "ada@example.com"),
        ({"subject": b"x"}, None, None),
    ],
)
def test_sides(fields: dict[str, bytes], direction: str | None, customer: str | None) -> None:
    facts = read_head(MailHead(fields), own_domains=OWN)
    assert (facts.direction, facts.customer.address if facts.customer else None) == (direction, customer)


def test_a_given_direction_is_kept() -> None:
    mail = MailHead({"from": b"a@x.example", "to": b"b@y.example"})
    assert read_head(mail, own_domains=(), direction="outbound").customer == Address("b@y.example", None)
    assert read_head(mail, own_domains=(), direction="inbound").customer == Address("a@x.example", None)


@pytest.mark.parametrize(
    ("fields", "thread"),
    [
        ({"references": b"<1@a> <2@a>", "in-reply-to": b"<2@a>", "message-id": b"<3@a>"}, "1@a"),
        ({"in-reply-to": b"Your mail <2@a> of Monday", "message-id": b"<3@a>"}, "2@a"),
        ({"message-id": b"<3@a>"}, "3@a"),
        ({"message-id": b"no id"}, None),
    ],
)
def test_threads(fields: dict[str, bytes], thread: str | None) -> None:
    ids = read_head(MailHead(fields), own_domains=OWN).ids
    assert (ids[:2][-1] if ids else None) == thread


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        (b"Tue, 03 Mar 2026 10:00:00 +0100", datetime(2026, 3, 3, 9, tzinfo=UTC)),
        (b"Tue, 03 Mar 2026 10:00:00 -0000", datetime(2026, 3, 3, 10, tzinfo=UTC)),
        (b"3 Mar 2026 10:00 GMT (UTC)", datetime(2026, 3, 3, 10, tzinfo=UTC)),
        (b"yesterday", None),
        (b"Fri, 31 Dec 9999 23:59:59 -2359", None),
        (b"Mon, 01 Jan 1900 00:00:00 +0000", None),
        (b"Mon, 01 Jan 2990 00:00:00 +0000", None),
        (b"", None),
    ],
)
def test_dates(value: bytes, moment: datetime | None) -> None:
    assert read_head(MailHead({"date": value}), own_domains=OWN).sent_at == moment
