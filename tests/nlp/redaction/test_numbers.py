"""Numbers are read as they are said in six languages, and keep their place."""

import pytest

from nlp.redaction.numbers import runs
from tests.nlp.redaction.said import LANGUAGES, cardinal, digit


def read(text: str, language: str | None = None) -> str:
    return " ".join(run.digits for run in runs(text, language=language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_below_ten_thousand_is_read_as_it_is_said(language: str) -> None:
    for value in (*range(100), *range(100, 10_000, 37)):
        assert read(f"x {cardinal(language, value)} x", language) == str(value), cardinal(language, value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_digits_in_a_row_are_one_run(language: str) -> None:
    for first in range(10):
        for second in range(1, 10):
            said = f"{digit(language, second)}, {digit(language, first)}, {digit(language, second)}"
            assert read(said, language) == f"{second}{first}{second}", said


@pytest.mark.parametrize(
    ("said", "digits"),
    [
        ("four one double two", "4122"),
        ("triple oh seven", "0007"),
        ("one second, four five", "45"),
        ("zweimal die vier null", "440"),
        ("ein und zwanzig", "21"),
        ("huszon egy kilencven kilenc", "2199"),
        ("dupla négy", "44"),
        ("négyezer-száztizenegy", "4111"),
        ("soixante et onze quatre-vingt-dix-sept", "7197"),
        ("septante deux", "72"),
        ("doble cero treinta y cuatro", "0034"),
        ("פעמיים ארבע שתים עשרה", "4412"),
        ("עשרים ו שלוש", "23"),
        ("fünf 3 vier 12", "53412"),
        ("four uh let me see one", "41"),
        ("4\u200b1\u200f1 1", "4111"),
        ("٤١١١", "4111"),
    ],
)
def test_ways_of_saying(said: str, digits: str) -> None:
    assert read(said) == digits


def test_common_words_that_are_numbers_elsewhere_are_none_in_a_sentence_without_any() -> None:
    for text in ("he hat sich once more", "the cent and the mil", "un peu", "egy kis hát"):
        assert read(text) == ""


def test_places_are_those_of_the_words() -> None:
    text = "card: four one, uh, double two."
    (run,) = runs(text)
    assert text[run.start : run.end] == "four one, uh, double two"
    assert [text[number.start : number.end] for number in run.numbers] == ["four", "one", "double two"]
