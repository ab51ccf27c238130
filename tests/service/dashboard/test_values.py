"""Small parts: pieces of a turn, numbers and dates, periods, drawings."""

from datetime import UTC, date, datetime, timedelta

import pytest
from babel import Locale

from service.dashboard.charts import Bar, Piece, Point, Stretch, conversation, lines, ranked, stacked
from service.dashboard.findings import no_emotion
from service.dashboard.formats import Formats, humanise, zone
from service.dashboard.picked import label, picked, span
from service.dashboard.rendering import with_parameter
from service.dashboard.sound import Event, interludes
from service.dashboard.spoken import is_shaded, pieces
from service.errors import InvalidInput
from service.store.periods import Bucket
from service.store.tables import TranscriptRow, TurnFindingRow, TurnRow

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Hello there, Dana.", [[0, 1, "Hello", 0.9], [2, 3, " there,", 0.6], [4, 5, "Dana.", 0.3]]),
        (
            "my card is [card] thanks",
            [[0, 1, "my", 1], [1, 2, "[card]", 1], [2, 3, "[card]", 1], [3, 4, "thanks", 1]],
        ),
        ("nothing fits", [[0, 1, "quite", 1], [1, 2, "different", 1]]),
        ("no words at all", []),
        ("", [[0, 1, "", None]]),
    ],
)
def test_pieces_hold_every_sign_once(text: str, words: list[list[object]]) -> None:
    found = pieces(text, words)
    assert "".join(f"[{piece.text}]" if piece.kind == "mask" else piece.text for piece in found) == text


def test_pieces_know_times_doubt_and_masks() -> None:
    found = pieces(
        "call [phone] now or [card]",
        [[0, 300, "call", 0.4], [300, 900, "[phone]", 0.9], [900, 990, "now", 0.6]],
    )
    by_text = {piece.text: piece for piece in found}
    assert (by_text["call"].doubt, by_text["now"].doubt) == ("doubtful", "unsure")
    assert (by_text["phone"].kind, by_text["phone"].start_ms) == ("mask", 300)
    assert (by_text["card"].kind, by_text["card"].start_ms) == ("mask", None)
    assert is_shaded(found)


def test_numbers_and_times_are_written_as_the_language_does() -> None:
    moment = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)
    english = Formats(Locale.parse("en"), zone("Europe/Budapest"))
    hungarian = Formats(Locale.parse("hu"), zone("Europe/Budapest"))
    assert english.moment(moment).startswith("Nov 22, 2026")
    assert hungarian.percent(0.1234, 1) == "12,3%"
    assert english.number(1234567) == "1,234,567"
    assert (english.signed(-1.26), english.signed(0.04), english.signed(2)) == ("−1.3", "0.0", "+2.0")
    assert (english.clock(65_000), english.clock(3_605_000)) == ("1:05", "1:00:05")
    nothing = {
        english.number(None),
        english.percent(None),
        english.clock(None),
        english.moment(None),
        english.day(None),
    }
    assert nothing == {"–"}


@pytest.mark.parametrize(
    ("asked", "first", "last", "bucket"),
    [
        ({}, date(2026, 10, 26), TODAY, Bucket.WEEK),
        ({"period": "7"}, date(2026, 11, 16), TODAY, Bucket.DAY),
        ({"period": "91"}, date(2026, 8, 24), TODAY, Bucket.WEEK),
        ({"period": "364"}, date(2025, 11, 24), TODAY, Bucket.MONTH),
        ({"period": "9999"}, date(2026, 10, 26), TODAY, Bucket.WEEK),
        ({"first": "2026-01-01", "last": "2026-01-31"}, date(2026, 1, 1), date(2026, 1, 31), Bucket.WEEK),
        ({"first": "2026-11-01"}, date(2026, 11, 1), TODAY, Bucket.WEEK),
        ({"last": "2026-01-31"}, date(2026, 1, 4), date(2026, 1, 31), Bucket.WEEK),
    ],
)
def test_periods(asked: dict[str, str], first: date, last: date, bucket: Bucket) -> None:
    period = picked(asked, today=TODAY, known=(date(2025, 1, 1), TODAY))
    assert (period.first, period.last, period.bucket) == (first, last, bucket)
    assert period.before.last == first - timedelta(days=1)


def test_an_archive_is_shown_where_it_ends() -> None:
    old = date(2025, 3, 1)
    assert picked({}, today=TODAY, known=(old, old)).last == old
    assert picked({}, today=TODAY, known=None).last == TODAY
    with pytest.raises(InvalidInput):
        picked({"first": "2026-02-01", "last": "2026-01-01"}, today=TODAY, known=None)


def test_buckets_are_named() -> None:
    written = Formats(Locale.parse("en"), UTC)
    monday = date(2026, 11, 16)
    assert label(monday, Bucket.MONTH, written) == "Nov 2026"
    assert span(monday, TODAY, Bucket.WEEK, written) == "Nov 16 – Nov 22"


def test_drawings_are_safe_inside_a_page() -> None:
    evil = '"><script>alert(1)</script>'
    drawn = [
        ranked(
            [Bar(evil, 0.5, evil, evil, f"/interactions?reason={evil}", 0.4)], title=evil, description=evil
        ),
        stacked([Piece(evil, 0, 3, evil, "/x")], title=evil, description=evil),
        lines(
            [Point("a", evil, 1.5, evil, "/x"), Point("b", evil, None, evil, "/x")],
            title=evil,
            description=evil,
        ),
        conversation([Stretch(evil, 0, 900, "negative", evil, "#turn-0")], title=evil, description=evil),
    ]
    for chart in drawn:
        for svg in (chart.wide, chart.narrow):
            assert "<script" not in svg
            assert "style=" not in svg
            assert "http" not in svg
            assert "<title" in svg
            assert svg.startswith("<svg viewBox=")
    assert 'href="#turn-0"' in drawn[3].wide


def test_nothing_can_be_drawn() -> None:
    assert "<svg" in ranked([], title="t", description="d").wide
    assert "<svg" in lines([], title="t", description="d").wide


def test_names_and_addresses() -> None:
    assert humanise("billing_and_payments") == "Billing and payments"
    assert (
        with_parameter("/tasks?state=failed&done=x", "done", "redriven")
        == "/tasks?state=failed&done=redriven"
    )


def test_what_interrupts_a_conversation_is_told_where_it_begins() -> None:
    hold, gap, end = Event("hold", 1500, 4000), Event("gap", 5000, 6000), Event("hold", 9000, 9500)
    assert interludes([0, 2000, None, 5000], [hold, gap, end]) == [[], [hold], [], [gap], [end]]
    assert interludes([], [hold]) == [[hold]]


@pytest.mark.parametrize(
    ("emotions", "transcript", "told"),
    [
        ([], TranscriptRow(reliable=True), "no_emotion"),
        (None, TranscriptRow(reliable=True), "emotion_unsupported"),
        (None, TranscriptRow(reliable=None), "emotion_unsupported"),
        (None, TranscriptRow(reliable=False), "emotion_unreliable"),
    ],
)
def test_no_emotion_is_told_apart_from_one_that_could_not_be_read(
    emotions: list[dict[str, object]] | None, transcript: TranscriptRow, told: str
) -> None:
    said = [
        TurnRow(position=0, party="agent", text="Hello"),
        TurnRow(position=1, party="customer", text="Egy"),
        TurnRow(position=2, party="customer", text=" "),
    ]
    found = [
        TurnFindingRow(position=0, emotions=[]),
        TurnFindingRow(position=1, emotions=emotions),
        TurnFindingRow(position=2, emotions=None),
    ]
    assert no_emotion(transcript, said, found) == f"interaction.{told}"
