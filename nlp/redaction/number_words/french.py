"""French number words: seventy is sixty-ten, eighty four-twenties."""

from nlp.redaction.number_words.values import NumberWords, Said, numbered, words

_UNITS = ("zéro zero", "un une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf")
_TEENS = ("dix", "onze", "douze", "treize", "quatorze", "quinze", "seize")
_TENS = (
    (20, "vingt vingts"), (30, "trente"), (40, "quarante"), (50, "cinquante"), (60, "soixante"),
    (70, "septante"), (80, "huitante octante"), (90, "nonante"),
)  # fmt: skip

FRENCH = NumberWords(
    "fr",
    numbers={
        **numbered(Said.UNIT, enumerate(_UNITS)),
        **numbered(Said.TEEN, enumerate(_TEENS, 10)),
        **numbered(Said.TENS, _TENS),
        **numbered(Said.HUNDRED, [(100, "cent cents")]),
        **numbered(Said.THOUSAND, [(1000, "mille mil")]),
    },
    joins=words("et"),
    repeats={"double": 2, "triple": 3},
    homophones={
        "cet": "7",
        "cette": "7",
        "set": "7",
        "sète": "7",
        "oeuf": "9",
        "wit": "8",
        "sink": "5",
        "katre": "4",
    },
    fillers=words(
        "euh heu hum ben bah et puis ensuite alors après le la les c est oui voilà donc attendez une"
        " seconde instant"
        " tiret espace barre virgule point ok d accord pardon non je vérifie chiffres attends un moment"
        " encore suivi de"
        " à la fin se termine par voyons"
    ),
    doubtful=words("un une six zero cent cents mil neuf sept onze double triple"),
    articles=words("un une"),
    not_before=words("instant moment seconde minute fois"),
    twenties=True,
)
