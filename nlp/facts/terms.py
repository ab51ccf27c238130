"""Terms of the users' lists, found by their aliases in inflected forms: spaCy's phrase matcher over stems."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import spacy
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from nlp.facts.inflection import Inflections
from nlp.facts.tokens import Tokens, tokens
from nlp.facts.values import FactKind

SENTENCE_ENDS = frozenset(".!?")


@dataclass(frozen=True, slots=True)
class Term:
    """Something that a list names; ``aliases`` are further names of it.

    ``exact_case``: found only as it is written, for names that are words as well (One, Orange); the first
    word of a sentence does not tell.
    """

    name: str
    kind: FactKind
    aliases: tuple[str, ...] = ()
    exact_case: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """A term between two words of a text, both included."""

    first: int
    last: int
    term: Term


class TermMatcher:
    """Finds the terms of lists in texts; made once for lists that may hold thousands of them.

    ``first_words``: names that must be written exactly are found at the beginning of sentences too.
    """

    def __init__(self, terms: Sequence[Term], *, first_words: bool = False) -> None:
        self._first_words = first_words
        self._terms = tuple(terms)
        self._vocab = _vocab()
        self._matcher = PhraseMatcher(self._vocab, attr="NORM")
        named = [
            [found for alias in (term.name, *term.aliases) if (found := tokens(alias).words)]
            for term in terms
        ]
        self._inflections = Inflections({word for aliases in named for words in aliases for word in words})
        for number, aliases in enumerate(named):
            if aliases:
                self._matcher.add(str(number), [self._document(words) for words in aliases])

    def find(self, text: str, cut: Tokens, language: str | None) -> list[Mention]:
        """The terms in a text that was cut into tokens, in order; of those that overlap the longest."""
        if not len(self._matcher):
            return []
        stems = [self._inflections.word(word, language) or word for word in cut.words]
        found = [
            Mention(first, end - 1, self._terms[int(self._vocab.strings[key])])
            for key, first, end in self._matcher(self._document(stems))
        ]
        return list(_longest(mention for mention in found if self._spelled(mention, text, cut)))

    def _document(self, words: Sequence[str]) -> Doc:
        document = Doc(self._vocab, words=list(words))
        for token in document:
            token.norm_ = token.text
        return document

    def _spelled(self, mention: Mention, text: str, cut: Tokens) -> bool:
        start, end = cut.place(mention.first, mention.last)
        if not mention.term.exact_case or text[start:end].lower() == text[start:end].upper():
            return True  # a script without capitals tells nothing by them
        if not self._first_words and (not mention.first or cut.words[mention.first - 1] in SENTENCE_ENDS):
            return False
        names = (mention.term.name, *mention.term.aliases)
        # the last sign may change before an ending: Posta, Postanal
        return any(text[start:end].startswith(name[:-1]) or name in text[start:end] for name in names)


def _longest(mentions: Iterator[Mention]) -> Iterator[Mention]:
    taken = -1
    for mention in sorted(mentions, key=lambda one: (one.first, -one.last, one.term.name)):
        if mention.first > taken:
            yield mention
            taken = mention.last


@cache
def _vocab() -> Vocab:
    """Without the words of any language: lists bring their own."""
    vocab: Vocab = spacy.blank("xx").vocab
    return vocab
