"""English number words."""

from nlp.redaction.number_words.values import NumberWords, Said, numbered, words

_UNITS = (
    "zero oh o nought naught nil",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine niner",
)
_TEENS = (
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty fourty", "fifty", "sixty", "seventy", "eighty", "ninety")

ENGLISH = NumberWords(
    "en",
    numbers={
        **numbered(Said.UNIT, enumerate(_UNITS)),
        **numbered(Said.TEEN, enumerate(_TEENS, 10)),
        **numbered(Said.TENS, zip(range(20, 100, 10), _TENS, strict=True)),
        **numbered(Said.HUNDRED, [(100, "hundred")]),
        **numbered(Said.THOUSAND, [(1000, "thousand")]),
    },
    joins=words("and"),
    repeats={"double": 2, "dubble": 2, "twice": 2, "triple": 3, "treble": 3, "thrice": 3, "quadruple": 4},
    homophones={
        "to": "2", "too": "2", "for": "4", "fore": "4", "won": "1", "ate": "8", "tree": "3", "sicks": "6",
        "fife": "5", "fower": "4", "owe": "0", "tu": "2", "free": "3", "nein": "9", "aight": "8", "sex": "6",
    },
    fillers=words(
        "uh um er erm ah eh hm hmm mm mhm uhm and then dash hyphen slash space plus dot comma pause so"
        " okay ok yes yeah"
        " yep right next now is its it s that thats the let me see lets wait sorry hold on just a"
        " second sec moment"
        " followed by again think i no actually well like you know mean hang after comes my bad got"
        " digits digit last first group part with end ends ending here starting starts begins beginning"
    ),
    doubtful=words("oh o nil"),
    articles=words("one"),
    not_before=words("moment second sec minute minutes more thing of day time other another last"),
)  # fmt: skip
