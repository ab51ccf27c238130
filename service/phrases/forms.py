"""Whether a word is a form of another: English, Hungarian and Hebrew endings and prefixes, no dictionary.

Both words come without accents. Endings are taken from the grammars: English plural, past and -ing; Hungarian
plural, possessive and case, joined by the vowels that harmony asks for; Hebrew one-letter prefixes (up to
three) and the plural and possessive endings. A short word takes no endings: it would be found everywhere.
"""

import re
import unicodedata
from functools import lru_cache

_SHORTEST, _SHORTEST_HEBREW = 4, 2
_ENGLISH = ("s", "es", "ed", "d", "ing", "'s", "er", "ers")
_OWNED = (
    *("", "k", "ok", "ak", "ek", "m", "om", "am", "em", "d", "od", "ad", "ed", "a", "e", "ja", "je", "i"),
    *("ai", "ei", "jai", "jei", "unk", "nk", "juk", "uk", "aim", "eim", "tok", "tek", "aik", "eik"),
)
_CASE = (
    *("", "t", "ot", "at", "et", "nak", "nek", "val", "vel", "ban", "ben", "ba", "be", "bol", "rol", "tol"),
    *("n", "on", "en", "an", "ra", "re", "hoz", "hez", "nal", "nel", "ig", "kent", "ert", "va", "ve", "ul"),
)
_HUNGARIAN = frozenset(owned + case for owned in _OWNED for case in _CASE)
_ENDINGS = _HUNGARIAN | frozenset(_ENGLISH)
_PREFIXES = re.compile("[ושהכלבמ]{1,3}")
_FINAL = str.maketrans("ךםןףץ", "כמנפצ")
_HEBREW_ENDINGS = frozenset(
    ending.translate(_FINAL)
    for ending in ["ה", "ת", "ים", "ות", "י", "ך", "ו", "נו", "כם", "הם", "יו", "יה", "יי", "ית"]
)


@lru_cache(maxsize=65536)
def bare(word: str) -> str:
    """The word without accents: ő, ö and o are one, as they are for those who type without them."""
    if word.isascii():
        return word
    apart = unicodedata.normalize("NFD", word)
    return "".join(sign for sign in apart if unicodedata.category(sign) != "Mn")


def is_form(word: str, base: str) -> bool:
    """Whether ``word`` is ``base`` or a form of it; both ``bare``."""
    if word == base:
        return True
    if base and "\u05d0" <= base[0] <= "\u05ea":
        return len(base) >= _SHORTEST_HEBREW and _hebrew(word, base)
    if len(base) < _SHORTEST:
        return False
    return _ends(word, base) or (base[-1] == "y" and _ends(word, base[:-1] + "ie"))


def _ends(word: str, base: str) -> bool:
    if not word.startswith(base):
        return base[-1] == "e" and word in (base[:-1] + "ing", base + "d")
    ending = word[len(base) :]
    doubled = (
        ending[:1] == base[-1]
    )  # cancelled, számlával but hasznunkkal: the v of -val becomes the last letter
    return ending in _ENDINGS or (doubled and (ending[1:] in _ENDINGS or "v" + ending[1:] in _ENDINGS))


def _hebrew(word: str, base: str) -> bool:
    base, word = base.translate(_FINAL), word.translate(_FINAL)
    prefix = _PREFIXES.match(word)
    longest = prefix.end() if prefix else 0
    for cut in range(longest + 1):
        rest = word[cut:]
        if rest.startswith(base):
            ending = rest[len(base) :]
            if not ending or (len(base) > _SHORTEST_HEBREW and ending in _HEBREW_ENDINGS):
                return True
        # a feminine ה gives way to its endings: חברה, חברות, חברת
        if (
            len(base) > 3
            and base[-1] == "ה"
            and rest.startswith(base[:-1])
            and rest[len(base) - 1 :] in ("ות", "ת")
        ):
            return True
    return False
