"""Hungarian number words: compounds written together or apart."""

from functools import lru_cache

from nlp.redaction.number_words.values import NumberWords, Said, numbered, plain, words

_UNITS = (
    "nulla zéró zero", "egy egyes", "kettő két ketto ket kettes", "három harom hármas", "négy negy négyes",
    "öt ötös", "hat hatos", "hét hetes", "nyolc nyolcas", "kilenc kilences",
)  # fmt: skip
_TENS = (
    "húsz husz", "harminc", "negyven", "ötven otven", "hatvan", "hetven", "nyolcvan", "kilencven",
)  # fmt: skip
_NUMBERS = {
    **numbered(Said.UNIT, enumerate(_UNITS)),
    **numbered(Said.TEEN, [(10, "tíz tiz")]),
    **numbered(Said.TENS, zip(range(20, 100, 10), _TENS, strict=True)),
    **numbered(Said.TENS, [(20, "huszon")]),
    **numbered(Said.TENS, [(10, "tizen")]),  # before a unit, as the tens are
    **numbered(Said.HUNDRED, [(100, "száz szaz")]),
    **numbered(Said.THOUSAND, [(1000, "ezer")]),
}
_HEADS = sorted(
    ((word, value) for word, (said, value) in _NUMBERS.items() if said in (Said.TENS, Said.TEEN)),
    key=lambda pair: -len(pair[0]),
)


@lru_cache(maxsize=4096)
def compound(word: str) -> int | None:
    """ "négyezerszáztizenegy": 4111; None where the word is no number."""
    known = _NUMBERS.get(word)
    if known is not None:
        return known[1]
    for written, size in (("ezer", 1000), ("száz", 100), ("szaz", 100)):
        before, found, after = word.partition(plain(written))
        if found:
            count = compound(before) if before else 1
            rest = compound(after) if after else 0
            if count is None or rest is None or not 0 < count < 1000 or rest >= size:
                return None
            return count * size + rest
    for head, value in _HEADS:
        unit = _NUMBERS.get(word.removeprefix(head)) if word.startswith(head) else None
        if unit is not None and unit[0] is Said.UNIT and unit[1]:
            return value + unit[1]
    return None


HUNGARIAN = NumberWords(
    "hu",
    numbers=_NUMBERS,
    compound=compound,
    compound_parts=tuple(
        plain(part) for part in ("tizen", "huszon", "harminc", "ven", "van", "száz", "ezer")
    ),
    repeats={
        plain(word): count
        for word, count in {
            "dupla": 2,
            "duplán": 2,
            "kétszer": 2,
            "tripla": 3,
            "háromszor": 3,
            "négyszer": 4,
        }.items()
    },
    homophones={
        plain(word): digit for word, digit in {"het": "7", "ot": "5", "nyóc": "8", "kilens": "9"}.items()
    },
    fillers=words(
        "öö ööö ő izé hát hm és aztán utána majd a az akkor igen jó oké ok várjon várj egy pillanat"
        " pillanatot kötőjel"
        " szóköz vonal per nem bocsánat elnézést na most még lássuk nézzük úgy hogy vesszőpont ezután"
        " jön következik végén"
        " végül mindjárt másodperc"
    ),
    doubtful=words("hat het ot ket zero"),
    articles=words("egy"),
    not_before=words("pillanat pillanatot perc kis másodperc"),
)
