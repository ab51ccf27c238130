"""Languages are named where the text is long enough, and English is not mistaken."""

import pytest

from nlp.language import LanguageIdentifier, is_latin

IDENTIFIER = LanguageIdentifier()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("My parcel has not arrived and I want a refund", "en"),
        ("i lost my password", "en"),
        ("A csomagom még mindig nem érkezett meg", "hu"),
        ("ההזמנה שלי עדיין לא הגיעה", "he"),
        ("Ich möchte meinen Vertrag kündigen", "de"),
        ("Je voudrais annuler ma commande", "fr"),
        ("Quiero cancelar mi pedido por favor", "es"),
    ],
)
def test_names_the_language(text: str, language: str) -> None:
    found, confidence = IDENTIFIER.identify(text)
    assert found == language
    assert 0.7 <= confidence <= 1


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("köszönöm", "hu"),
        ("nem működik", "hu"),
        ("תודה", "he"),
        ("ok תודה", "he"),
        ("danke", "de"),
        ("نعم", "ar"),
    ],
)
def test_the_shortest_lines_are_told_by_their_words_or_letters(text: str, language: str) -> None:
    assert IDENTIFIER.identify(text) == (language, 0.8)


@pytest.mark.parametrize("text", ["not working", "Anna Nagy", "no", "да", "thanks, köszönöm"])
def test_a_short_line_that_names_no_language_or_two_has_none(text: str) -> None:
    assert IDENTIFIER.identify(text) == (None, 0.0)


def test_other_letters_than_latin_ones_are_seen() -> None:
    assert is_latin("great 👍")
    assert is_latin("12 34")
    assert is_latin("nagyon jó")
    assert not is_latin("спасибо")
    assert not is_latin("谢谢你 ok")


@pytest.mark.parametrize("text", ["", "ok", "[card] [phone] 12 34", "hello Anna", "!!! ??? ..."])
def test_short_text_has_no_language(text: str) -> None:
    assert IDENTIFIER.identify(text) == (None, 0.0)
