"""Redaction finds what must not be stored and leaves the rest alone."""

from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.redaction import Redactor, Span
from nlp.redaction.issuers import issued, luhn
from nlp.redaction.numbers import runs

REDACTOR = Redactor()
SPOKEN = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
TEST_CARDS = ("4111111111111111", "5555555555554444", "378282246310005", "6011111111111117", "4222222222222")
NOISE = st.text(alphabet="ab 0123456789+-.()@[]\n" + "דק", max_size=60)


def masked(text: str) -> str:
    return REDACTOR.redact(text).text


def test_masks_typed_cards_with_any_separator() -> None:
    assert masked("pay with 4111 1111 1111 1111 please") == "pay with [card] please"
    assert masked("4111-1111-1111-1111") == "[card]"
    assert masked("3782.822463.10005, thanks") == "[card], thanks"
    assert masked("card 4111 1111 1111 1111 03/27") == "card [card] [expiry]"


def test_keeps_numbers_that_no_scheme_issues() -> None:
    for text in ("order 1234567890123", "tracking 9400 1000 0000 0000 0000 00", "parcel 1Z999AA10123456784"):
        assert masked(text) == text


def test_forgives_a_mistyped_card_only_after_a_word_that_names_it() -> None:
    assert masked("my visa is 4111 1111 1111 1112") == "my visa is [card]"
    assert masked("4111 1111 1111 1112") == "4111 1111 1111 1112"


def test_masks_spoken_cards() -> None:
    digits = " ".join(["four", *["one"] * 15])
    assert masked(f"it is {digits} thank you") == "it is [card] thank you"
    assert (
        masked("forty one eleven, double one double one, uh eleven eleven, and one one one one") == "[card]"
    )
    assert masked("4 1 1 1 one one one one oh nine double seven triple three") == "[card]"


def test_spoken_homophones_count_inside_a_number_only() -> None:
    text = "card for one one one one to three for five six seven eight nine zero one two"
    assert masked(text).startswith("card for [card]")
    assert masked("to one for two") == "to one for two"


def test_masks_phones() -> None:
    assert masked("call (212) 555-0142 x12 now") == "call [phone] now"
    assert masked("or +36 30 123 4567.") == "or [phone]."
    assert masked("my number is two one two five five five oh one four two") == "my number is [phone]"
    assert Redactor(region="HU").redact("06 30 123 4567").text == "[phone]"


def test_keeps_dates_sums_orders_and_addresses() -> None:
    for text in (
        "on 2024-11-05 at 10:30:00",
        "I paid 1,234,567.00",
        "order number 2125550142",
        "firmware 3.160.14.148",
        "two or three times",
    ):
        assert masked(text) == text


def test_masks_typed_and_spoken_addresses() -> None:
    assert masked("write to jo.smith+x@mail.example.com.") == "write to [email]."
    assert masked("it is john dot smith at g mail dot com okay") == "it is [email] okay"
    assert masked("j o seven at hotmail dot co dot uk") == "[email]"
    assert masked("john [at] mail [dot] com") == "[email]"
    assert masked("we met at the shop dot com") == "we met at the shop dot com"


def test_masks_ibans() -> None:
    assert masked("to DE89 3704 0044 0532 0130 00 today") == "to [iban] today"
    assert masked("gb82west12345698765432") == "[iban]"
    assert masked("HU42 1177 3016 1111 1018 0000 0000") == "[iban]"
    assert masked("DE88 3704 0044 0532 0130 00") != "[iban]"


def test_offsets_are_those_of_the_original_text() -> None:
    text = "mail a@b.example, card 4111111111111111"
    assert REDACTOR.redact(text).spans == (Span(5, 16, "email"), Span(23, 39, "card"))
    assert [text[span.start : span.end] for span in REDACTOR.redact(text).spans] == [
        "a@b.example",
        "4111111111111111",
    ]


def test_the_longest_finding_wins() -> None:
    spans = REDACTOR.redact("HU42 1177 3016 1111 1018 0000 0000").spans
    assert [span.kind for span in spans] == ["iban"]


def test_long_hostile_text_is_read_in_time() -> None:
    for text in (" " * 50_000, "a@" * 20_000, "1" * 50_000, "a b " * 10_000, "at a . " * 5_000):
        REDACTOR.redact(text)


@settings(max_examples=60, deadline=None)
@given(NOISE, st.sampled_from(TEST_CARDS), NOISE)
def test_redacting_twice_changes_nothing(before: str, card: str, after: str) -> None:
    once = REDACTOR.redact(before + card + after)
    assert REDACTOR.redact(once.text).text == once.text
    assert REDACTOR.redact(once.text).spans == ()


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40), st.sampled_from(TEST_CARDS), st.sampled_from(("", " ", "-", ".")), st.data())
def test_no_card_is_left(before: str, card: str, separator: str, data: st.DataObject) -> None:
    cut = data.draw(st.integers(1, len(card) - 1))
    written = separator.join([card[:cut], card[cut:]])
    rest = REDACTOR.redact(f"{before} x {written} y").text
    assert not any(luhn(run.digits) and issued(run.digits) for run in runs(rest))


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(TEST_CARDS),
    st.lists(st.sampled_from((" ", ", ", " uh ", " and ")), min_size=16, max_size=16),
)
def test_spoken_cards_are_found_whatever_is_between(card: str, gaps: list[str]) -> None:
    spoken = "".join(SPOKEN[int(sign)] + gap for sign, gap in zip(card, gaps, strict=False))
    assert masked(f"so {spoken}end").startswith("so [card]")


@settings(max_examples=60, deadline=None)
@given(NOISE)
def test_spans_describe_exactly_what_was_masked(text: str) -> None:
    redacted = REDACTOR.redact(text)
    rebuilt, position = "", 0
    for span in redacted.spans:
        assert position <= span.start < span.end <= len(text)
        rebuilt += text[position : span.start] + span.mask
        position = span.end
    assert rebuilt + text[position:] == redacted.text
