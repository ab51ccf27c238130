"""Words that no dictionary holds are read out by rule."""

import pytest

from nlp.asr.letter_sounds import pronunciation


@pytest.mark.parametrize(
    ("word", "sounds"),
    [
        ("Zorbaflex", "Z AO R B AE F L EH K S"),
        ("quenbix", "K W EH N B IH K S"),
        ("Brightwave", "B R AY T W EY V"),
        ("Tellaro", "T EH L AA R OW"),
        ("boutique", "B AW T IH K"),
        ("ADSL", "EY D IY EH S EH L"),
        ("brrt", "B IY AA R AA R T IY"),
        ("Bálint", "B AE L IH N T"),
        ("o'neil-3", "AA N EY L"),
    ],
)
def test_words_in_latin_letters_have_sounds(word: str, sounds: str) -> None:
    assert pronunciation(word) == sounds


@pytest.mark.parametrize("word", ["", "2000", "Шар", "שלום", "a岩"])
def test_what_cannot_be_read_out_has_none(word: str) -> None:
    assert pronunciation(word) is None


@pytest.mark.parametrize("word", ["e", "the", "x", "aeiou", "tionque", "ghghgh", "y" * 200])
def test_every_spelling_is_read_to_its_end(word: str) -> None:
    assert pronunciation(word)
