"""How numbers are said in six languages, and which words may stand between their digits."""

from nlp.redaction.number_words.lexicon import languages_of, lexicon_of
from nlp.redaction.number_words.values import NumberWords, Said, plain, words

__all__ = ["NumberWords", "Said", "languages_of", "lexicon_of", "plain", "words"]
