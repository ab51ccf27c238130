"""Cuts what a party says into statements, where a reason may stand: sentences and stretches of them."""

from collections.abc import Iterator

from nlp.pieces import SENTENCE_END

STRETCH = 18  # words; a reason is stated in about a sentence, and greetings around it only dilute it
STEP = 9  # speech without sentence ends is read in stretches that overlap
SHORTEST = 3  # words of a sentence that is read on its own


def statements(text: str) -> list[str]:
    """The text's sentences and stretches in their order, each once; the text itself where it is short."""
    sentences = [sentence.split() for sentence in SENTENCE_END.split(text.strip())]
    found = [" ".join(words) for stretch in _stretches(sentences) for words in stretch]
    return list(dict.fromkeys(found))


def _stretches(sentences: list[list[str]]) -> Iterator[list[list[str]]]:
    """Yield a stretch of sentences that fit together, followed by each of them."""
    together: list[list[str]] = []
    for sentence in sentences:
        if together and sum(map(len, together)) + len(sentence) > STRETCH:
            yield _joined(together)
            together = []
        if len(sentence) > STRETCH:
            yield [sentence[start : start + STRETCH] for start in range(0, len(sentence) - STEP, STEP)]
        else:
            together.append(sentence)
    if together:
        yield _joined(together)


def _joined(sentences: list[list[str]]) -> list[list[str]]:
    whole = [word for sentence in sentences for word in sentence]
    apart = [sentence for sentence in sentences if len(sentence) >= SHORTEST]
    return [whole, *apart] if len(sentences) > 1 else [whole]
