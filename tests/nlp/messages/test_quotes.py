"""Reply headers and quotes of the usual mail programs and languages."""

import pytest

from nlp.messages import quotes
from nlp.plain_text import clean

NEW = "It does not work."


@pytest.mark.parametrize(
    "header",
    [
        "On Mon, Jan 6, 2025 at 10:00 AM Help Desk <help@shop.example> wrote:",
        "Am 06.01.2025 um 10:00 schrieb Help Desk <help@shop.example>:",
        "Le lun. 6 janv. 2025 à 10:00, Help Desk <help@shop.example> a écrit :",
        "El lun, 6 ene 2025 a las 10:00, Help Desk (<help@shop.example>) escribió:",
        "Help Desk <help@shop.example> ezt írta (időpont: 2025. jan. 6., H, 10:00):",
        "2025. 01. 06. 10:00 keltezéssel, Help Desk írta:",
        "\u200f"
        "בתאריך יום ב׳, 6 בינו׳ 2025 ב-10:00 מאת Help\u200f <\u202ahelp@shop.example\u202c\u200f>:\u202c",
        "-----Original Message-----",
        "-----Ursprüngliche Nachricht-----",
        "----- Eredeti üzenet -----",
        "________________________________\nFrom: Help Desk <help@shop.example>\nSent: Monday\nTo: Jo",
        "Von: Help Desk\nGesendet: Montag, 6. Januar 2025 10:00\nAn: Jo\nBetreff: Hi",
        "Feladó: Help Desk\nElküldve: 2025. január 6.\nCímzett: Jo\nTárgy: Hi",
        "מאת: Help Desk\nנשלח: יום שני\nאל: Jo\nנושא: Hi",
        "De : Help Desk\nEnvoyé : lundi\nÀ : Jo\nObjet : Hi",
    ],
)
def test_everything_from_the_reply_header_on_is_quoted(header: str) -> None:
    new, quoted = quotes.divide(clean(f"{NEW}\n\n{header}\nOld text.\nMore."))
    assert new == NEW
    assert quoted.startswith(header.split("\n")[0]) or "help@shop.example" in quoted
    assert quoted.endswith("More.")


def test_answers_between_quoted_lines_are_new() -> None:
    text = "On 6 Jan 2025, Help <help@shop.example> wrote:\n> Which colour?\nBlue.\n\n> Which size?\nLarge."
    new, quoted = quotes.divide(text)
    assert new == "Blue.\n\nLarge."
    assert "> Which size?" in quoted


def test_a_broken_quoted_line_stays_quoted() -> None:
    long = "> " + "word " * 13
    assert quotes.divide(f"{NEW}\n{long}\nrest\n> more")[0] == NEW


def test_plain_sentences_are_not_headers() -> None:
    for text in (
        "On Monday I wrote: it works.",
        "From: here to there\nno fields",
        "I wrote 3 times:\nno answer",
    ):
        assert quotes.divide(text) == (text, "")
