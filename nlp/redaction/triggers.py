"""Words without which a text has nothing to mask: number words, signs of addresses, what announces."""

from nlp.redaction.emails import SPOKEN_SIGNS
from nlp.redaction.number_words.lexicon import LANGUAGES

_NUMBERS = (word for one in LANGUAGES.values() for word in (*one.numbers, *one.repeats))
TRIGGERS: frozenset[str] = frozenset(_NUMBERS) | SPOKEN_SIGNS
