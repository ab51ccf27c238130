"""Says numbers in six languages: the truth for the redactor, written apart from what reads them."""

from collections.abc import Callable

LANGUAGES = ("en", "hu", "he", "de", "es", "fr")
DIGITS = {
    "en": "zero one two three four five six seven eight nine",
    "hu": "nulla egy kettő három négy öt hat hét nyolc kilenc",
    "he": "אפס אחת שתיים שלוש ארבע חמש שש שבע שמונה תשע",
    "de": "null eins zwei drei vier fünf sechs sieben acht neun",
    "es": "cero uno dos tres cuatro cinco seis siete ocho nueve",
    "fr": "zéro un deux trois quatre cinq six sept huit neuf",
}
TEENS = {
    "en": "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
    "de": "zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn",
    "es": "diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve",
    "fr": "dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf",
}
TENS = {
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
    "hu": "húsz harminc negyven ötven hatvan hetven nyolcvan kilencven",
    "he": "עשרים שלושים ארבעים חמישים שישים שבעים שמונים תשעים",
    "de": "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
    "es": "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
    "fr": "vingt trente quarante cinquante soixante",
}
_SPANISH_TWENTIES = ("uno", "dós", "trés", "cuatro", "cinco", "séis", "siete", "ocho", "nueve")
_SPANISH_HUNDREDS = (
    "ciento", "doscientos", "trescientos", "cuatrocientos", "quinientos", "seiscientos", "setecientos",
    "ochocientos", "novecientos",
)  # fmt: skip


def digit(language: str, value: int) -> str:
    """One digit."""
    return DIGITS[language].split()[value]


def _tens(language: str, value: int) -> str:
    return TENS[language].split()[value // 10 - 2]


def _english(value: int) -> str:
    if value < 10:
        return digit("en", value)
    if value < 20:
        return TEENS["en"].split()[value - 10]
    if value < 100:
        return _tens("en", value) + (f" {digit('en', value % 10)}" if value % 10 else "")
    if value < 1000:
        return f"{digit('en', value // 100)} hundred" + (
            f" and {_english(value % 100)}" if value % 100 else ""
        )
    return f"{_english(value // 1000)} thousand" + (f" {_english(value % 1000)}" if value % 1000 else "")


def _german(value: int) -> str:
    if value < 10:
        return digit("de", value)
    if value < 20:
        return TEENS["de"].split()[value - 10]
    if value < 100:
        unit = "ein" if value % 10 == 1 else digit("de", value % 10)
        return (f"{unit}und" if value % 10 else "") + _tens("de", value)
    size, word = (100, "hundert") if value < 1000 else (1000, "tausend")
    count = "ein" if value // size == 1 else _german(value // size)
    return f"{count}{word}" + (_german(value % size) if value % size else "")


def _hungarian(value: int) -> str:
    if value < 10:
        return digit("hu", value)
    if value < 30 and value % 10:
        return ("tizen" if value < 20 else "huszon") + digit("hu", value % 10)
    if value < 100:
        return "tíz" if value == 10 else _tens("hu", value) + (digit("hu", value % 10) if value % 10 else "")
    size, word = (100, "száz") if value < 1000 else (1000, "ezer")
    count = {1: "", 2: "két"}.get(value // size, _hungarian(value // size))
    return f"{count}{word}" + (_hungarian(value % size) if value % size else "")


def _hebrew(value: int) -> str:
    if value < 10:
        return digit("he", value)
    if value < 20:
        return "עשר" if value == 10 else f"{digit('he', value - 10)} עשרה"
    if value < 100:
        return _tens("he", value) + (f" ו{digit('he', value % 10)}" if value % 10 else "")
    if value < 1000:
        head = {1: "מאה", 2: "מאתיים"}.get(value // 100, f"{digit('he', value // 100)} מאות")
    else:
        head = {1: "אלף", 2: "אלפיים"}.get(
            value // 1000, f"{digit('he', value // 1000).removesuffix('ה')}ת אלפים"
        )
    rest = value % (100 if value < 1000 else 1000)
    return head + (f" {_hebrew(rest)}" if rest else "")


def _spanish(value: int) -> str:
    if value < 10:
        return digit("es", value)
    if value < 20:
        return TEENS["es"].split()[value - 10]
    if value < 30:
        return "veinte" if value == 20 else "veinti" + _SPANISH_TWENTIES[value - 21]
    if value < 100:
        return _tens("es", value) + (f" y {digit('es', value % 10)}" if value % 10 else "")
    if value < 1000:
        head = "cien" if value == 100 else _SPANISH_HUNDREDS[value // 100 - 1]
        return head + (f" {_spanish(value % 100)}" if value % 100 else "")
    head = "mil" if value < 2000 else f"{_spanish(value // 1000)} mil"
    return head + (f" {_spanish(value % 1000)}" if value % 1000 else "")


def _french(value: int) -> str:
    if value < 10:
        return digit("fr", value)
    if value < 20:
        return TEENS["fr"].split()[value - 10]
    if value < 70:
        joint = " et " if value % 10 == 1 else "-"
        return _tens("fr", value) + (joint + digit("fr", value % 10) if value % 10 else "")
    if value < 100:
        head, rest = ("soixante", value - 60) if value < 80 else ("quatre-vingt", value - 80)
        return head + ("s" if not rest else (" et " if value == 71 else "-") + _french(rest))
    size, word = (100, "cent") if value < 1000 else (1000, "mille")
    count = "" if value // size == 1 else f"{_french(value // size)} "
    return f"{count}{word}" + (f" {_french(value % size)}" if value % size else "")


_SAY: dict[str, Callable[[int], str]] = {
    "en": _english, "de": _german, "hu": _hungarian, "he": _hebrew, "es": _spanish, "fr": _french
}  # fmt: skip


def cardinal(language: str, value: int) -> str:
    """A number below ten thousand in words."""
    return _SAY[language](value)
