"""Words of a text with their places; signs that nobody sees separate no words."""

import re
import unicodedata
from dataclasses import dataclass

_TOKEN = re.compile(r"\w+(?:[-'\"]\w+)*|[^\w\s]")
_JOINTS = str.maketrans({"’": "'", "׳": "'", "״": '"', "־": "-", "–": "-", "‑": "-"})


@dataclass(frozen=True, slots=True)
class Tokens:
    """Words in the spelling in which they are compared, and where each stands in the text: [start, end)."""

    words: tuple[str, ...]
    places: tuple[tuple[int, int], ...]

    def place(self, first: int, last: int) -> tuple[int, int]:
        """The characters from one word to another, both included."""
        return self.places[first][0], self.places[last][1]


def tokens(text: str) -> Tokens:
    """Cut a text into words and signs; a word may hold apostrophes and hyphens."""
    if text.isascii():
        found = [(match[0].lower(), match.span()) for match in _TOKEN.finditer(text)]
        return Tokens(tuple(word for word, _ in found), tuple(place for _, place in found))
    return _any_script(text)


def spelled(word: str) -> str:
    """Lower case, composed, without points and vowels of Hebrew."""
    return "".join(sign for sign in unicodedata.normalize("NFC", word.translate(_JOINTS)).casefold()
                   if not "\u0591" <= sign <= "\u05c7")  # fmt: skip


def _any_script(text: str) -> Tokens:
    kept = [place for place, sign in enumerate(text) if not _unseen(sign)]
    seen = "".join(text[place] for place in kept).translate(_JOINTS)
    words, places = [], []
    for found in _TOKEN.finditer(seen):
        words.append(spelled(found[0]))
        places.append((kept[found.start()], kept[found.end() - 1] + 1))
    return Tokens(tuple(words), tuple(places))


def _unseen(sign: str) -> bool:
    """Zero-width and direction signs, and combining marks of Hebrew, which stand within words."""
    return (
        unicodedata.category(sign) == "Cf"
        or "\u0591" <= sign <= "\u05bd"
        or sign in "\u05bf\u05c1\u05c2\u05c7"
    )
