"""Hebrew number words, masculine and feminine, with "and" written to the word that follows."""

from nlp.redaction.number_words.values import NumberWords, Said, numbered, plain, words

_UNITS = (
    "אפס", "אחד אחת", "שניים שתיים שנים שתים שני שתי", "שלוש שלושה שלשה", "ארבע ארבעה", "חמש חמישה חמשה",
    "שש שישה ששה", "שבע שבעה", "שמונה שמנה", "תשע תשעה",
)  # fmt: skip
_TENS = ("עשרים", "שלושים שלשים", "ארבעים", "חמישים חמשים", "שישים ששים", "שבעים", "שמונים", "תשעים")
_NUMBERS = {
    **numbered(Said.UNIT, enumerate(_UNITS)),
    **numbered(Said.TEEN, [(10, "עשר עשרה")]),
    **numbered(Said.TENS, zip(range(20, 100, 10), _TENS, strict=True)),
    **numbered(Said.HUNDRED, [(100, "מאה מאות"), (200, "מאתיים")]),
    **numbered(Said.THOUSAND, [(1000, "אלף אלפים"), (2000, "אלפיים")]),
    **numbered(
        Said.UNIT,
        [(3, "שלושת"), (4, "ארבעת"), (5, "חמשת"), (6, "ששת"), (7, "שבעת"), (8, "שמונת"), (9, "תשעת")],
    ),
}
_AND = "ו"

HEBREW = NumberWords(
    "he",
    numbers={**_NUMBERS, **{_AND + word: said for word, said in _NUMBERS.items()}},
    joins=words(_AND),
    repeats={plain(word): count for word, count in {"פעמיים": 2, "כפול": 2, "דאבל": 2, "טריפל": 3}.items()},
    homophones={},
    fillers=words(
        "אה אהה אממ אמ המ ו ואז אחר כך אחרי זה כן רגע שנייה שניה בסדר אוקיי אוקי מקף רווח קו הוא היא זה"
        " זהו עכשיו"
        " תמתיני תמתין סליחה לא עוד ועכשיו הנה ואחריו ואחר ואחרי נראה בוא נקודה ובסוף אני בודק בודקת מסתיים"
    ),
    teen_after=words("עשר עשרה"),
)
