"""What mail programs and writers say in each language, merged into tables; a language is one module here.

The tables are looked up word by word: no pattern is compiled when a mail is read. They hold folded words,
since many write without accents; what is looked up is folded first.
"""

import unicodedata

from nlp.messages.wording import (
    ar,
    cs,
    da,
    de,
    el,
    en,
    es,
    fi,
    fr,
    he,
    hu,
    it,
    ja,
    ko,
    nl,
    no,
    pl,
    pt,
    ro,
    ru,
    sk,
    sv,
    tr,
    uk,
    zh,
)

LANGUAGES = tuple(
    module.WORDING
    for module in (
        *(en, hu, he, de, fr, es, it, pt, nl, pl),
        *(sv, da, no, fi, cs, sk, ro, ru, uk, tr, ar, el, zh, ja, ko),
    )
)


def fold(text: str) -> str:
    """Lower case without accents, points and the like."""
    text = text.casefold()
    if text.isascii():
        return text
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))


def _phrases(field: str) -> list[tuple[str, frozenset[str]]]:
    """Each phrase of a field in any language, with the language's own words."""
    return [
        (fold(phrase), frozenset(fold(language.own).split("|")))
        for language in LANGUAGES
        for phrase in getattr(language, field).split("|")
        if phrase
    ]


def _tuple(field: str) -> tuple[str, ...]:
    return tuple(phrase for phrase, _ in _phrases(field))


def _own_words() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for verb, own in _phrases("wrote"):
        found[verb] = found.get(verb, frozenset()) | own
    return found


WROTE = _own_words()  # a verb of a reply header: words that no mail program writes beside it
FIELDS = {
    label: field
    for field in ("subject", "copy", "to", "date", "sender")
    for label, _ in _phrases(field)
}  # fmt: skip
ORIGINAL = frozenset(_tuple("original"))
FORWARDED = frozenset(_tuple("forwarded"))
FORWARDS = frozenset(_tuple("forwards"))
DEVICE = _tuple("device")
DEVICE_ENDS = _tuple("device_ends")
CLOSING = frozenset(_tuple("closing"))
LEGAL = tuple(
    (tuple(fold(language.legal).split("|")), tuple(fold(language.legal_terms).split("|")))
    for language in LANGUAGES
    if language.legal
)
AWAY, AWAY_TEXT = _tuple("away"), _tuple("away_text")
BOUNCED, BOUNCED_TEXT = _tuple("bounced"), _tuple("bounced_text")
READ, READ_TEXT = _tuple("read"), _tuple("read_text")
POSTSCRIPT = frozenset(_tuple("postscript"))
# Words of devices and mail programs in any language, as parts of words.
DEVICES = tuple(
    fold(
        "iphone|ipad|ipod|android|samsung|galaxy|huawei|xiaomi|redmi|nokia|htc|oneplus|pixel|xperia|motorola|"
        "blackberry|windows|mobil|handy|phone|tablet|outlook|gmail|mail|proton|yahoo|aol|gmx|spark|thunderbird|"
        "superhuman|poczt|wireless|taptalk|app|telefo|téléphone|celul|cellul|komórk|kännyk|puhelin|appareil|"
        "gerät|dispositi|apparaat|enhed|device|cep |טלפון|נייד|סמארטפון|אייפון|אנדרואיד|телефон|смартфон|"
        "мобил|мобіл|هاتف|جوال"
    ).split("|")
)
