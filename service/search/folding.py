"""The words of a text as the full-text index knows them: without case, accents, points and final letters."""

import unicodedata
from dataclasses import dataclass

from service.phrases.spoken import tokens_of

LONGEST_WORD = 64  # letters of a word that are indexed; PostgreSQL takes no word beyond 2046 bytes
FINALS = str.maketrans("ךםןףץ", "כמנפצ")
# What Hebrew writes together with the word that follows: and, the, in, to, as, from, that, and their pairs.
PREFIXES = (
    "ו",
    "ה",
    "ב",
    "ל",
    "כ",
    "מ",
    "ש",
    "וה",
    "וב",
    "ול",
    "וכ",
    "ומ",
    "וש",
    "שה",
    "שב",
    "של",
    "כש",
    "מה",
)
SHORTEST_PREFIXED = 2


@dataclass(frozen=True, slots=True)
class Word:
    """One word: letters and digits alone, and the characters it takes in the text."""

    key: str
    start: int
    end: int


def words_of(text: str) -> list[Word]:
    """The words of a text in their order; masks such as [CARD] are none."""
    found: list[Word] = []
    for token in tokens_of(text):
        key = "" if token.key[0] == "[" else folded(token.key)
        if key and found and _is_invisible(text[found[-1].end : token.start]):
            before = found.pop()
            found.append(Word((before.key + key)[:LONGEST_WORD], before.start, token.end))
        elif key:
            found.append(Word(key, token.start, token.end))
    return found


def folded(word: str) -> str:
    """A word without case, accents and signs, ends of Hebrew words written as in their middle."""
    if word.isascii() and word.isalnum():
        return word.lower()[:LONGEST_WORD]
    letters = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in letters if letter.isalnum()).translate(FINALS)[:LONGEST_WORD]


def _is_invisible(between: str) -> bool:
    """Whether two pieces are one word to the eye: a soft hyphen, joiners or marks of direction part them."""
    return between != "" and all(unicodedata.category(sign) == "Cf" for sign in between)


def written_as(key: str) -> tuple[str, ...]:
    """A word as it may stand in a text: a Hebrew one also behind a prefix."""
    if len(key) < SHORTEST_PREFIXED or not all("א" <= letter <= "ת" for letter in key):
        return (key,)
    return (key, *(prefix + key for prefix in PREFIXES))
