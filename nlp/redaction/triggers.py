"""Words without which a text has nothing to mask: number words, signs of addresses, names, what announces."""

from functools import lru_cache

from nlp.redaction.addresses import STREET_WORDS
from nlp.redaction.cue_words import CUE_WORDS
from nlp.redaction.emails import SPOKEN_SIGNS
from nlp.redaction.gazetteer import AMBIGUOUS, given_names, surnames
from nlp.redaction.name_words import ANNOUNCES
from nlp.redaction.number_words.lexicon import LANGUAGES
from nlp.redaction.phrase_table import PhraseTable


@lru_cache(maxsize=1)
def triggers() -> frozenset[str]:
    """All of them, ``plain``; made when first needed."""
    numbers = {word for one in LANGUAGES.values() for word in (*one.numbers, *one.repeats)}
    names = (given_names() | surnames()) - AMBIGUOUS
    announcing = PhraseTable({kind: ANNOUNCES[kind] for kind in ("sure", "title")}).key_words
    secrets = PhraseTable({kind: CUE_WORDS[kind] for kind in ("password", "username", "secret")}).key_words
    return frozenset(numbers | SPOKEN_SIGNS | names | announcing | secrets | STREET_WORDS)
