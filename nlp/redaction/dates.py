"""Dates as they are said and written in six languages: days, months by name or number, years."""

from collections.abc import Sequence

from nlp.redaction.lines import Line
from nlp.redaction.number_words import words
from nlp.redaction.tokens import Token

MONTHS = words(
    "january february march april may june july august september october november december jan feb mar"
    " apr jun jul"
    " aug sep sept oct nov dec január február március április május június július augusztus szeptember"
    " október"
    " november december januar februar märz maerz april mai juni juli august september oktober november"
    " dezember"
    " jänner janvier février fevrier mars avril mai juin juillet août aout septembre octobre novembre"
    " décembre"
    " decembre enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
    " ינואר פברואר מרץ מרס אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר"
)
_ORDINALS = words(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
    " fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth elseje elsején másodika"
    " másodikán"
    " harmadika harmadikán negyedike negyedikén ötödike ötödikén hatodika hatodikán hetedike hetedikén"
    " nyolcadika"
    " nyolcadikán kilencedike kilencedikén tizedike tizedikén huszadika harmincadika ersten zweiten"
    " dritten vierten"
    " fünften sechsten siebten achten neunten zehnten elften zwölften premier primero"
)
_SUFFIXES = ("1st", "2nd", "3rd", "0th", "1th", "2th", "3th", "4th", "5th", "6th", "7th", "8th", "9th")
_ENDINGS = ("teenth", "zigsten", "zehnten", "adika", "edike", "adikán", "edikén", "odika", "odikán")
_BETWEEN = words(
    "of the de del du des den der am le the year in slash dash point dot stroke im jahr év hó nap és and et y"
)
_LONGEST = 14  # tokens


_HUNGARIAN_MONTHS = tuple(
    words("január február március április május június július augusztus szeptember október november december")
)


def is_month(word: str) -> bool:
    """Whether the word is a month: "march", "márciusban", "במרץ"."""
    return (
        word in MONTHS
        or word[1:] in MONTHS
        or any(word.startswith(month) for month in _HUNGARIAN_MONTHS if word[0] == month[0])
    )


def date_from(line: Line, index: int) -> tuple[int, int] | None:
    """Tokens (first, after) of the date that begins at this token; None if none does.

    A date has a day or year beside a month's name, or four digits and more.
    """
    read = line.tokens
    numbers = line.number_at
    at = after = index
    digits = parts = 0
    named = False
    while at < len(read) and at - index < _LONGEST and (at == index or read[at].joined):
        number = numbers.get(at)
        if number is not None:
            digits += len(number.digits)
            parts += 1
            at = after = number.after
        elif is_month(read[at].word) or _is_ordinal(read[at].word):
            named = named or is_month(read[at].word)
            parts += 1
            at = after = at + 1
        elif (at > index and read[at].word in _BETWEEN) or (at > index and _is_filler(read, at, line)):
            at += 1
        else:
            break
    whole = (named and parts >= 2) or (3 < digits <= 8)
    return (index, after) if whole and after > index else None


def _is_filler(read: Sequence[Token], at: int, line: Line) -> bool:
    return read[at].word in line.words.fillers


def _is_ordinal(word: str) -> bool:
    if word[0].isdecimal():
        return word.endswith(_SUFFIXES)
    return word in _ORDINALS or word.endswith(_ENDINGS)
