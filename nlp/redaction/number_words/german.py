"""German number words: tens after units, and any number in one word."""

from functools import lru_cache

from nlp.redaction.number_words.values import NumberWords, Said, numbered, words

_UNITS = (
    "null", "eins ein eine einen", "zwei zwo", "drei", "vier", "fünf fuenf", "sechs", "sieben", "acht",
    "neun",
)  # fmt: skip
_TEENS = (
    "zehn", "elf", "zwölf zwoelf", "dreizehn", "vierzehn", "fünfzehn fuenfzehn", "sechzehn", "siebzehn",
    "achtzehn",
    "neunzehn",
)  # fmt: skip
_TENS = (
    "zwanzig", "dreißig dreissig", "vierzig", "fünfzig fuenfzig", "sechzig", "siebzig", "achtzig", "neunzig",
)  # fmt: skip
_NUMBERS = {
    **numbered(Said.UNIT, enumerate(_UNITS)),
    **numbered(Said.TEEN, enumerate(_TEENS, 10)),
    **numbered(Said.TENS, zip(range(20, 100, 10), _TENS, strict=True)),
    **numbered(Said.HUNDRED, [(100, "hundert")]),
    **numbered(Said.THOUSAND, [(1000, "tausend")]),
}


@lru_cache(maxsize=4096)
def compound(word: str) -> int | None:
    """ "viertausendeinhundertelf": 4111; None where the word is no number."""
    known = _NUMBERS.get(word)
    if known is not None:
        return known[1]
    for magnitude, size in (("tausend", 1000), ("hundert", 100)):
        before, found, after = word.partition(magnitude)
        if found:
            count = compound(before) if before else 1
            rest = compound(after.removeprefix("und")) if after else 0
            fits = count is not None and rest is not None and 0 < count < 1000 and rest < size
            return count * size + rest if fits and count is not None and rest is not None else None
    unit, found, tens = word.partition("und")
    if not found:
        return None
    one, ten = _NUMBERS.get(unit), _NUMBERS.get(tens)
    if one is None or ten is None or one[0] is not Said.UNIT or ten[0] is not Said.TENS:
        return None
    return ten[1] + one[1]


GERMAN = NumberWords(
    "de",
    numbers=_NUMBERS,
    compound=compound,
    compound_parts=("und", "hundert", "tausend"),
    joins=words("und"),
    repeats={"doppel": 2, "doppelt": 2, "zweimal": 2, "dreimal": 3, "dreifach": 3, "viermal": 4},
    homophones={"ach": "8"},
    fillers=words(
        "äh ähm ehm öh hm und dann die der das ist sind ja genau also jetzt moment warten sie bitte mal"
        " noch minus strich"
        " leerzeichen okay ok so weiter nein entschuldigung sorry schrägstrich punkt sekunde kleinen"
        " einen danach kommt"
        " folgt gefolgt von wie war mal sehen endet mit zum schluss gleich"
    ),
    doubtful=words("elf null"),
    articles=words("ein eine einen"),
    not_before=words("moment sekunde minute mal"),
    reversed_tens=True,
)
