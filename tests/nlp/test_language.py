"""Languages are named where the text is long enough, and English is not mistaken."""

import pytest

from nlp.language import LanguageIdentifier

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


@pytest.mark.parametrize("text", ["", "ok", "[card] [phone] 12 34", "hello Anna", "!!! ??? ..."])
def test_short_text_has_no_language(text: str) -> None:
    assert IDENTIFIER.identify(text) == (None, 0.0)
