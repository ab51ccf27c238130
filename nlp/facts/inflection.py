"""Which word of a list an inflected word is a form of: English, Hungarian, Hebrew."""

import re
from collections.abc import Collection, Iterator
from functools import cache
from itertools import product

SHORT = 4  # letters; a shorter word has too many lookalikes for more than the plainest endings
_LONGEST_ENDING = 12

_ENGLISH = ("'s", "s", "es", "'")
# Hungarian endings in their order: what makes an adjective, plural or possessor, owner (-é), case.
_ADJECTIVES = ("", "i", "s", "os", "es", "ös", "as")
_POSSESSORS = (
    "", "k", "ok", "ek", "ök", "ak", "m", "om", "em", "öm", "am", "d", "od", "ed", "öd", "ad", "a", "e",
    "ja", "je",
    "nk", "unk", "ünk", "tok", "tek", "tök", "otok", "etek", "ötök", "uk", "ük", "juk", "jük", "ai", "ei",
    "jai", "jei",
    "aim", "eim", "jaim", "jeim", "aink", "eink", "jaink", "jeink", "já", "jé", "á", "é",
)  # fmt: skip
_OWNERS = ("", "é", "éi")
_CASES = (
    "", "t", "ot", "et", "öt", "at", "nak", "nek", "ban", "ben", "ba", "be", "ból", "ből", "hoz", "hez",
    "höz", "nál",
    "nél", "tól", "től", "n", "on", "en", "ön", "an", "ra", "re", "ról", "ről", "ig", "ért", "ként", "ul",
    "ül", "val",
    "vel", "vá", "vé", "kor", "stul", "stül",
)  # fmt: skip
_ASSIMILATED = ("al", "el", "á", "é")  # -val, -vel, -vá, -vé after a consonant, which is doubled
_DIGRAPHS = ("cs", "dz", "gy", "ly", "ny", "sz", "ty", "zs")
_LENGTHENED = {"á": "a", "é": "e"}  # a final vowel before an ending
# Hebrew: and, that/when/from that, the/in/as/to/from; before foreign words with a hyphen or without.
_HEBREW = re.compile(r"^(ו?(?:כש|לכש|מש|ש)?[הבכלמ]?)-?(?=.)")


class Inflections:
    """The words of a list, found in the forms that languages give them; ``languages``: None is any."""

    def __init__(self, words: Collection[str]) -> None:
        self._words = frozenset(words)

    def word(self, form: str, language: str | None) -> str | None:
        """The listed word that ``form`` (lower case) is a form of, the longest if there are several."""
        if form in self._words:
            return form
        stems = (stem for stem in self._stems(form, language) if stem in self._words)
        return max(stems, key=len, default=None)

    def _stems(self, form: str, language: str | None) -> Iterator[str]:
        if language in (None, "he"):
            yield from _without_prefix(form)
        if language != "he":
            yield from _without(form, _ENGLISH)
        if language in (None, "hu"):
            yield from _hungarian(form)


def _without_prefix(form: str) -> Iterator[str]:
    """Hebrew words without the particles written before them, each number of particles."""
    for length in range(1, min(5, len(form) - 1)):
        prefix = form[:length]
        found = _HEBREW.match(prefix + "x")
        if found is None or found.end() != length:
            continue
        rest = form[length:]
        yield rest
        if rest.startswith("-"):
            yield rest[1:]
        if rest.startswith("וו"):  # an initial vav is doubled after a particle
            yield rest[1:]


def _without(form: str, endings: Collection[str]) -> Iterator[str]:
    for ending in endings:
        if form.endswith(ending) and len(form) - len(ending) >= 2:
            yield form[: -len(ending)]


def _hungarian(form: str) -> Iterator[str]:
    """Every stem that, with a Hungarian ending, makes the form."""
    stem, hyphen, ending = form.rpartition("-")
    if hyphen:
        if ending in _endings() or ending[1:] in _ASSIMILATED:
            yield stem
        return
    for length in range(1, min(_LONGEST_ENDING, len(form) - 2) + 1):
        stem, ending = form[:-length], form[-length:]
        if ending in _endings() and (len(stem) >= SHORT or (ending in _CASES and length > 1)):
            yield stem
            if stem[-1] in _LENGTHENED:
                yield stem[:-1] + _LENGTHENED[stem[-1]]
        if ending in _ASSIMILATED:
            yield from _undoubled(stem)


def _undoubled(stem: str) -> Iterator[str]:
    """telekomm(al) is of telekom, tessz(el) of tesz."""
    for digraph in _DIGRAPHS:
        if stem.endswith(digraph[0] + digraph):
            yield stem[:-3] + digraph
    if len(stem) > 2 and stem[-1] == stem[-2]:
        yield stem[:-1]


@cache
def _endings() -> frozenset[str]:
    """Every ending that can be put together, some 10,000; -é and the like need a vowel lengthened before."""
    parts = product(_ADJECTIVES, _POSSESSORS, _OWNERS, _CASES)
    return frozenset("".join(part) for part in parts) - {""}
