"""Spanish number words."""

from nlp.redaction.number_words.values import NumberWords, Said, numbered, words

_UNITS = ("cero", "uno una un", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve")
_TEENS = (
    "diez", "once", "doce", "trece", "catorce", "quince", "dieciséis dieciseis", "diecisiete", "dieciocho",
    "diecinueve",
)  # fmt: skip
_TENS = ("veinte", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa")
_TWENTIES = (
    "veintiuno veintiún veintiun veintiuna", "veintidós veintidos", "veintitrés veintitres", "veinticuatro",
    "veinticinco", "veintiséis veintiseis", "veintisiete", "veintiocho", "veintinueve",
)  # fmt: skip
_HUNDREDS = (
    "doscientos doscientas", "trescientos trescientas", "cuatrocientos cuatrocientas",
    "quinientos quinientas",
    "seiscientos seiscientas", "setecientos setecientas", "ochocientos ochocientas",
    "novecientos novecientas",
)  # fmt: skip

SPANISH = NumberWords(
    "es",
    numbers={
        **numbered(Said.UNIT, enumerate(_UNITS)),
        **numbered(Said.TEEN, enumerate(_TEENS, 10)),
        **numbered(Said.TENS, zip(range(20, 100, 10), _TENS, strict=True)),
        **numbered(Said.WHOLE, enumerate(_TWENTIES, 21)),
        **numbered(Said.HUNDRED, [(100, "cien ciento"), *zip(range(200, 1000, 100), _HUNDREDS, strict=True)]),
        **numbered(Said.THOUSAND, [(1000, "mil")]),
    },
    joins=words("y"),
    repeats={"doble": 2, "triple": 3},
    homophones={"sete": "7", "sinco": "5", "quatro": "4", "nuebe": "9", "tré": "3"},
    fillers=words(
        "eh em este esto mmm pues y luego después entonces el la los es sí vale a ver espere espera un"
        " momento momentito"
        " guion guión espacio barra coma punto ok bueno perdón no digo seguido de dígitos ahora otra"
        " vez déjeme ver termina"
        " en segundo y por último"
    ),
    doubtful=words("un una once mil triple"),
    articles=words("un una"),
    not_before=words("momento momentito segundo minuto vez"),
)
