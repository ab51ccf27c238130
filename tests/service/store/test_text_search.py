"""The full-text index and what is found with it, alike on SQLite and PostgreSQL."""

import random
from collections.abc import Sequence
from contextlib import suppress
from uuid import UUID

import pytest

from service.errors import InvalidInput
from service.search import Query, Sought, parse, words_of
from service.store import interactions, roles, text_search, transcripts
from service.store.database import Database, Session
from service.store.interactions import InteractionFilter
from service.store.tables import InteractionRow, SearchEntryRow
from service.store.text_search import Order, TextHit
from service.store.transcripts import NewTranscript, NewTurn
from tests.service.store.made import later, make_interaction

HOSTILE = [
    *(
        'x" OR "y',
        "a' | 'b",
        "NEAR(a b)",
        "words:a",
        "{a}",
        "a AND b",
        "^a",
        "a + b",
        "a:*b'",
        "%",
        "_",
        "(((",
        '"""',
    ),
    *(
        "'; DROP TABLE turns; --",
        "a\x00b",
        "\\",
        "a & !b",
        "<->",
        "a:A:b",
        "'a' <2> 'b'",
        "\u202e a",
        "\ud800 a",
    ),
    "a" * 900,
]
MADE = NewTranscript(engine="x", engine_version="1", audio_channels=2)


def call(session: Session, *said: str, minutes: float = 0, subject: str | None = None, **known: str) -> UUID:
    """An interaction; "agent: hello" or the customer's words alone."""
    row = make_interaction(session, started_at=later(minutes), **known)
    transcribe(session, row.id, said, subject=subject)
    return row.id


def transcribe(session: Session, one: UUID, said: Sequence[str], subject: str | None = None) -> None:
    """Turns as a worker writes them."""
    turns = []
    for number, line in enumerate(said):
        party, _, text = line.rpartition(": ")
        who = party or "customer"
        turns.append(
            NewTurn(party=who, text=text, start_ms=number * 1000, audio_channel=int(who == "customer"))
        )
    transcripts.replace(session, one, MADE, turns=turns)
    interactions.mark_transcribed(session, one, subject=subject)


def find(session: Session, query: str, *, party: str | None = None, **asked: str) -> list[UUID]:
    """Every interaction found."""
    filters = InteractionFilter(**asked)  # type: ignore[arg-type]
    page = text_search.search(session, parse(query, party=party), filters=filters, limit=500)
    return [hit.interaction.id for hit in page.items]


def hit(session: Session, query: str) -> TextHit:
    """The best hit."""
    return text_search.search(session, parse(query)).items[0]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("refund", "I want a REFUND."),
        ("felmondas", "A felmondást intézem, felmondás!"),
        ("MÉNÉS", "menes"),
        ('"money back"', "Give me my money back"),
        ("cancel*", "the cancellation"),
        ('"my con*"', "my contract"),
        ("dont", "I don’t know"),
        ("שלום", "שָׁלוֹם וברכה"),
        ("חשבון", "הבעיה בחשבון שלי"),
        ("בלבן", "בלבןֿ"),
        ("strasse", "in der Straße"),
        ("refund", "re\u200bfund re\u00adfund"),
        ("refund", "\u202erefund\u202c"),
        ("e-mail", "my e mail"),
        ("refund OR credit", "some credit"),
    ],
)
def test_words_are_found_however_they_are_written(session: Session, query: str, said: str) -> None:
    wanted = call(session, said)
    call(session, "agent: something else entirely")

    assert find(session, query) == [wanted]


@pytest.mark.parametrize(
    "query", ["fund", '"back money"', "refund -money", "agent:refund", "card", "refund zebra"]
)
def test_what_was_not_said_is_not_found(session: Session, query: str) -> None:
    call(session, "refund my money back, my card is [CARD]".replace("my card is ", ""))

    assert find(session, query) == []


def test_the_words_may_be_said_in_several_turns_but_those_of_one_turn_go_first(session: Session) -> None:
    apart = call(session, "the router", "agent: ok", "is broken", minutes=2)
    together = call(session, "the router is broken", minutes=1)

    assert find(session, "router broken") == [together, apart]
    page = text_search.search(session, parse("router broken"), order="newest")
    assert [one.interaction.id for one in page.items] == [apart, together]


def test_each_party_can_be_asked_for(session: Session) -> None:
    by_agent = call(session, "agent: a refund", "hello")
    by_customer = call(session, "agent: hello", "a refund", minutes=1)

    assert find(session, "agent:refund") == [by_agent]
    assert find(session, "customer:refund agent:hello") == [by_customer]
    assert find(session, "refund", party="agent") == [by_agent]
    assert find(session, "refund party:customer") == [by_customer]
    assert find(session, "refund -agent:refund") == [by_customer]


def test_a_hit_shows_the_turn_with_the_words_marked(session: Session) -> None:
    call(session, "agent: " + "hello " * 80, "well " * 60 + "the <b>Refund</b> of my money " + "please " * 60)
    found = hit(session, "money refund")

    assert found.turn is not None
    assert (found.party, found.turn.position, found.turns) == ("customer", 1, 1)
    assert [text for text, marked in found.excerpt.pieces if marked] == ["Refund", "money"]
    assert len(found.excerpt.text) <= 240
    assert "<b>Refund</b>" in found.excerpt.text


def test_the_subject_is_found_and_weighs_more(session: Session) -> None:
    said = call(session, "invoice", minutes=1)
    written = call(session, "hello", subject="Your invoice 17")

    assert find(session, "invoice") == [written, said]
    assert find(session, "subject:invoice") == [written]
    assert find(session, "customer:invoice") == [said]
    found = hit(session, "invoice")
    assert (found.turn, found.party, found.excerpt.text) == (None, "subject", "Your invoice 17")


def test_a_new_transcript_takes_the_place_of_the_old_one(session: Session) -> None:
    one = call(session, "refund", subject="first")
    for _ in range(2):
        transcribe(session, one, ["invoice"], subject="second")

    assert find(session, "refund OR first") == []
    assert find(session, "invoice second") == [one]
    assert hit(session, "invoice").turns == 1


def test_roles_put_right_move_the_words_to_the_other_party(session: Session) -> None:
    one = call(session, "agent: refund", "hello")
    roles.set_channel_map(session, one, {"0": "customer", "1": "agent"})

    assert find(session, "customer:refund") == [one]
    assert find(session, "agent:refund") == []


def test_an_erased_interaction_leaves_no_word(database: Database) -> None:
    with database.transaction() as session:
        one = call(session, "refund", subject="invoice")
    with database.transaction() as session:
        session.delete(session.get(InteractionRow, one))
    with database.transaction() as session:
        assert session.query(SearchEntryRow).count() == 0
        other = call(session, "refund")
    with database.reading() as session:
        assert find(session, "refund") == [other]
        assert find(session, "invoice") == []


@pytest.mark.parametrize("order", ["best", "newest"])
def test_pages_hold_everything_once_while_more_arrives(session: Session, order: Order) -> None:
    made = {call(session, *["refund"] * (1 + number % 3), minutes=number) for number in range(10)}
    seen: list[UUID] = []
    cursor = None
    while True:
        page = text_search.search(session, parse("refund"), order=order, cursor=cursor, limit=3)
        seen += [one.interaction.id for one in page.items]
        cursor = page.next_cursor
        call(session, "refund", "refund", "refund", minutes=100)
        if cursor is None:
            break

    assert sorted(seen) == sorted(made)


@pytest.mark.parametrize("cursor", ["x", ".", "1.x", "-1.W10", "٣.W10", "9" * 5000])
def test_a_cursor_that_is_none_is_refused(session: Session, cursor: str) -> None:
    with pytest.raises(InvalidInput, match="bad_cursor"):
        text_search.search(session, parse("a"), cursor=cursor)


@pytest.mark.parametrize("query", HOSTILE)
def test_no_query_is_an_order_to_the_database(session: Session, query: str) -> None:
    call(session, "something")

    with suppress(InvalidInput):
        assert find(session, query) == []


def test_a_turn_without_end_is_found_to_its_end(session: Session) -> None:
    one = call(session, "blah " * 20_000 + "refund please " + "x" * 100_000)

    assert find(session, "refund") == [one]
    assert [text for text, marked in hit(session, "refund").excerpt.pieces if marked] == ["refund"]
    assert find(session, "x" * 64) == [one]


def test_filters_narrow_a_search(session: Session) -> None:
    call(session, "refund", agent="Kim")
    other = call(session, "refund", agent="Lee")

    assert find(session, "refund", agent="Lee") == [other]


def test_random_queries_find_what_reading_every_turn_finds(session: Session) -> None:
    chance = random.Random(4)
    words = ["red", "reds", "blue", "bluet", "שלום", "ושלום", "zöld"]
    made = {}
    for number in range(40):
        turns = [
            (chance.choice(["agent", "customer"]), " ".join(chance.choices(words, k=4))) for _ in range(3)
        ]
        made[call(session, *(f"{party}: {text}" for party, text in turns), minutes=number)] = turns
    for _ in range(60):
        marks = ["{}", "{}*", '"{} {}"', "agent:{}", "-{}", "{} OR {}"]
        kinds = ["{}", *chance.choices(marks, k=2)]
        query = " ".join(kind.format(*chance.choices(words, k=2)) for kind in kinds)
        wanted = {one for one, turns in made.items() if says(turns, parse(query))}
        assert set(find(session, query)) == wanted, query


def says(turns: Sequence[tuple[str, str]], query: Query) -> bool:
    """Whether turns hold what a query wants, read word by word."""
    read = [(party, [word.key for word in words_of(text)]) for party, text in turns]

    def has(sought: Sought) -> bool:
        return any(
            True for party, words in read if sought.party in (None, party) for _ in sought.places(words)
        )

    return all(any(map(has, group)) for group in query.groups) and not any(map(has, query.without))
