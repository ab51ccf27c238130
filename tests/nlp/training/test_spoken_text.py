"""Written texts as they are spoken."""

import pytest

from nlp.training.spoken_text import runs, spoken


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I can't log in!", "i can't log in"),
        ("It costs $24.50, 30% less", "it costs twenty four dollars and fifty cents thirty percent less"),
        ("account 4529110", "account four five two nine one one zero"),
        ("in 1982 and 2000 and 1900", "in nineteen eighty two and two thousand and nineteen hundred"),
        ("room 007", "room zero zero seven"),
        ("‘quoted’ … 12", "quoted twelve"),
    ],
)
def test_texts_are_written_as_they_are_said(text: str, words: str) -> None:
    assert spoken(text) == words.split()


def test_unknown_words_cut_a_sentence() -> None:
    known = frozenset({"<s>", "my", "name", "is", "</s>"})
    assert list(runs(["<s>", "my", "name", "is", "Zeschke", "</s>"], known)) == [
        ("<s>", "my", "name", "is"),
        ("</s>",),
    ]
