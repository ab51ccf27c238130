"""Words that PocketSphinx is to expect: how they are pronounced, and how it then spells them."""

from pathlib import Path

import pytest

from nlp.asr.sphinx import phones_of, teach
from nlp.pronunciation import Letters, load_letters
from nlp.transcription import MODELS


class Dictionary:
    """A decoder's dictionary: what it knows, and what it was taught."""

    def __init__(self) -> None:
        self.taught: list[tuple[str, str, bool]] = []

    def lookup_word(self, word: str) -> str | None:
        letters = {"a": "EY", "d": "D IY", "s": "EH S", "l": "EH L"}
        return {"bill": "B IH L", **letters}.get(word)

    def add_word(self, word: str, phones: str, *, update: bool) -> None:
        self.taught.append((word, phones, update))


@pytest.fixture(scope="module")
def letters() -> Letters:
    return load_letters(Path(MODELS) / "pronunciation" / "letters.npz")


@pytest.mark.parametrize(
    ("word", "phones"),
    [
        ("Bill", "B IH L"),
        ("ADSL", "EY D IY EH S EH L"),
        ("Quenbix", "K W IH N B IH K S"),
        ("2000", None),
        ("Шар", None),
        ("a岩", None),
        ("'", None),
    ],
)
def test_words_are_read_out(letters: Letters, word: str, phones: str | None) -> None:
    assert phones_of(Dictionary(), word, letters) == phones


def test_accents_do_no_harm(letters: Letters) -> None:
    assert phones_of(Dictionary(), "Bálint", letters) == phones_of(Dictionary(), "Balint", letters)


def test_each_word_is_taught_once_beside_its_like(letters: Letters) -> None:
    decoder = Dictionary()
    spelling = teach(decoder, ("Bill ADSL", "Bill", "2000"), letters)
    assert spelling == {"bill~": "Bill", "adsl~": "ADSL"}
    assert decoder.taught == [("bill~", "B IH L", False), ("adsl~", "EY D IY EH S EH L", True)]


def test_without_a_model_of_letters_the_dictionary_is_left() -> None:
    assert teach(Dictionary(), ("Bill", "Quenbix"), None) == {"bill~": "Bill"}
