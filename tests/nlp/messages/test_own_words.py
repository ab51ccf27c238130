"""Sentences that look like a mail program's stay with their author."""

import pytest

from nlp.messages.parsing import parse

HEAD = b"Content-Type: text/plain; charset=utf-8\n\n"
KEPT = [
    'Hi,\n\nOn 3 March at 10:15 the technician wrote:\n"Not at home". That is not true.\n\nJo',
    "Hello,\n\nI got this from your shop on 2025-03-03 at 10:12, they wrote:\nWe ship soon.\nNothing.",
    'Kedves Bolt!\n\n2025. március 3-án 10:15-kor a futár ezt írta:\n"Nincs itthon". Nem igaz.\n\nAnna',
    "Guten Tag,\n\nam 3. März 2025 um 10:15 Uhr schrieb mir Ihr Mitarbeiter:\nDas Paket kommt.\n\nKarl",
    "Name: Jo Doe\nE-Mail: jo@mail.example\nDate: 2025-03-03 10:12\nSubject: Lamp\nMessage: It broke.",
    "Hi\n\nOrder details:\nFrom: Budapest\nTo: Wien\nDate: 2025-03-03 10:12\nSubject to change?",
    "Facts:\n- bought 2025-03-03\n- broke 2025-03-05\n- mailed shop@x.example at 10:12:\nno answer",
    "Thanks\nI need:\n2 chairs\n1 table",
    "Hi,\n\n---\nProduct A: broken\n---\nProduct B: missing\n---\nWhat now?",
    "I sent it to <claims@ins.example> on 3 March 2025 and they wrote back:\nnot covered. Why?",
    "Please deliver to:\n\nJane Roe\n12 High Street\n+44 20 7946 0000",
    "Köszönöm\nA számla rendben van\nKérek egy másolatot",
    "שלום,\n\nתודה על התשובה\nאבל זה לא עובד\nמה עושים",
    "From my phone I can log in, from my laptop not.\nSent from the app it works.\nWhy?",
    "👍",
]


@pytest.mark.parametrize("text", KEPT)
def test_stays(text: str) -> None:
    assert parse(HEAD + text.encode()).text == text


@pytest.mark.parametrize(
    ("body", "new"),
    [
        (
            "Hi,\n\nIt broke.\n\nThanks\nBob\n\nP.S. Please call before 10.",
            "Hi,\n\nIt broke.\n\nP.S. Please call before 10.",
        ),
        (
            "No.\n\nBest,\nJo\n\nOn 2025-03-03 10:12 AM, S wrote:\n> a\n\nSee the lamp, too.",
            "No.\n\nSee the lamp, too.",
        ),
        ("Not fixed. On Mon, Mar 3, 2025 at 10:12 AM Shop <s@x.example> wrote:\n> Is it?", "Not fixed."),
    ],
    ids=["postscript", "below the quote", "on the header's line"],
)
def test_is_kept_beside_signature_and_quote(body: str, new: str) -> None:
    assert parse(HEAD + body.encode()).text == new
