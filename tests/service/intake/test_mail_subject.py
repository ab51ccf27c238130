"""Subjects without the marks of answers and forwards."""

import pytest

from service.intake.mail_subject import bare_subject, subject_key, subject_text


@pytest.mark.parametrize(
    "written",
    [
        "Re: My bill",
        "RE: FW: My bill",
        "Re[2]: My bill",
        "AW: WG: My bill",
        "Vá: My bill",
        "VÁ: Továbbítás: My bill",
        "השב: My bill",
        "תגובה: הועבר: My bill",
        "RIF: I: My bill",
        "RES: ENC: My bill",
        "Odp: PD: My bill",
        "SV: VS: My bill",
        "[Ticket 12] Re: [EXT] my  bill",
        "回复：My bill",
    ],
)
def test_marks_of_answers_are_left_out(written: str) -> None:
    assert bare_subject(" ".join(written.split())) == ("my bill", True)


def test_a_subject_that_only_looks_marked_stays() -> None:
    assert bare_subject("Return: my bill") == ("return: my bill", False)
    assert bare_subject("[shop] News") == ("news", False)


def test_encoded_words_raw_bytes_and_hidden_signs_are_read() -> None:
    assert subject_text(b"=?utf-8?q?V=C3=A1:_Sz=C3=A1mla?=") == "Vá: Számla"
    assert subject_text("Vá: \u202eSzámla\u200b".encode()) == "Vá: Számla"
    assert subject_text(b"R\xe9f: Facture") == "Réf: Facture"
    assert subject_text(b"=?nonsense?q?x?=") == "=?nonsense?q?x?="


def test_without_subject_or_parties_there_is_no_key() -> None:
    assert subject_key("Re:", ["a@b.example"]) == (None, True)
    assert subject_key("Re: x", []) == (None, True)
    assert subject_key("Re: x", ["b", "a"]) == ("x\na b", True)
