"""Long texts are cut between sentences; nothing is lost."""

from hypothesis import given
from hypothesis import strategies as st

from nlp.pieces import cut, sentences


def test_short_texts_stay_whole() -> None:
    pieces = cut(["one  two.", ""], max_words=5)
    assert pieces.texts == ("one  two.", "")
    assert pieces.starts.tolist() == [0, 1, 2]


def test_sentences_are_packed() -> None:
    pieces = cut(["a b c. d e f. g h i. j."], max_words=6)
    assert pieces.texts == ("a b c. d e f.", "g h i. j.")


def test_an_endless_sentence_is_cut_between_words() -> None:
    assert cut(["a b c d e"], max_words=2).texts == ("a b", "c d", "e")


def test_sentences_are_parted() -> None:
    pieces = sentences(["Yes. It broke again!  Why? a b c d", "", "one"], max_words=3)
    assert pieces.texts == ("Yes.", "It broke again!", "Why?", "a b c", "d", "", "one")
    assert pieces.starts.tolist() == [0, 5, 6, 7]


@given(st.lists(st.text(alphabet="ab .!\n", max_size=80), max_size=5))
def test_no_word_is_lost(texts: list[str]) -> None:
    pieces = cut(texts, max_words=4)
    assert len(pieces.starts) == len(texts) + 1
    for number, text in enumerate(texts):
        own = pieces.texts[pieces.starts[number] : pieces.starts[number + 1]]
        assert own
        assert " ".join(own).split() == text.split()
