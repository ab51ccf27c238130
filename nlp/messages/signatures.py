"""Takes the signature off the end of a mail's new text."""

import re

from nlp.messages.html_text import SIGNATURE_MARK

_DELIMITER = re.compile(r"^\s*(?:--|—|__|-{3,}|_{3,})\s*$")
_DEVICE = re.compile(
    r"^\s*(?:--\s?)?(?:sent (?:from|via|by|with|using) (?:my |the |a )?[\w'’ .\-+®™]{2,60}"
    r"|get outlook for \w+.*|(?:von|gesendet) (?:von )?(?:meinem|mit|unterwegs).{0,60}"
    r"|diese nachricht wurde von meinem.{0,80}|envoyé (?:de|depuis|à partir de) .{2,60}"
    r"|enviado (?:desde|de) .{2,60}|inviato da(?:l mio)? .{2,60}|verstuurd vanaf .{2,60}"
    r"|(?:az )?\w*\s?\w*(?:omról|emről|ről|ról) küldve|elküldve .{2,60}ról"
    r"|נשלח מ.{2,60}|отправлено с .{2,60})\s*\.?\s*$",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"^\s*(?:(?:best|kind|kindest|warm|warmest|many|with (?:kind|best|warm))?\s*(?:regards|wishes)"
    r"|(?:all the )?best|cheers|regards|respectfully|take care|yours|br|rgds"
    r"|(?:yours )?(?:sincerely|faithfully|truly)(?: yours)?"
    r"|(?:many )?thanks(?: (?:again|a lot|so much|in advance))?|thx|ty"
    r"|thank you(?: (?:again|very much|so much|in advance|for your help))?"
    r"|(?:mit )?(?:freundlichen|besten|vielen|herzlichen|lieben)\s+(?:grüßen|grüssen|dank)|mfg"
    r"|(?:viele|beste) grüße|üdvözlettel|tisztelettel|üdv|köszönettel|köszi"
    r"|köszönöm(?: szépen| a segítséget)?"
    r"|(?:bien )?cordialement|(?:meilleures )?salutations|merci(?: d'avance)?"
    r"|saludos(?: cordiales)?|un saludo|atentamente|gracias|בברכה|תודה(?: רבה)?|בתודה|בכבוד רב)"
    r"(?:\s+(?:and|und|és|et|y)\s+[\w ]{2,20})?"
    r"(?:,\s*(?-i:[A-ZÀ-ÝŐŰא-ת][\w.'-]*)(?:\s(?-i:[A-ZÀ-ÝŐŰא-ת])[\w.'-]*){0,2})?\s*[,.!\-–]*\s*$",
    re.IGNORECASE,
)
_DISCLAIMER = re.compile(
    r"^\s*(?:confidential(?:ity)? (?:notice|note)|disclaimer|please consider the environment"
    r"|this (?:e-?mail|message)(?: and any \w+)? (?:is|are|may|contain)"
    r"|the information (?:contained )?in this (?:e-?mail|message)"
    r"|diese e-?mail enthält|ez az (?:e-?mail|üzenet) bizalmas)",
    re.IGNORECASE,
)
_MAX_LINES = 14  # a signature is shorter; below a delimiter up to twice that
_MAX_LINE = 72  # characters; longer lines are sentences
_MAX_NAME_LINES = 8  # name, title, company, phone, address below the closing words


def separate(text: str, *, author: str = "") -> tuple[str, str]:
    """(text, signature); it begins at its delimiter, closing words, a device line or the author's name."""
    lines = text.split("\n")
    start = min(
        (begin for begin in (_marked(lines), _delimited(lines), _disclaimed(lines)) if begin is not None),
        default=None,
    )
    body, tail = (lines, []) if start is None else (lines[:start], lines[start:])
    cut = _closed(body, author)
    if cut is not None:
        body, tail = body[:cut], [*body[cut:], *tail]
    return _joined(body), _joined(tail)


def _marked(lines: list[str]) -> int | None:
    return next((index for index, line in enumerate(lines) if line.strip() == SIGNATURE_MARK), None)


def _delimited(lines: list[str]) -> int | None:
    """The last delimiter that is followed by no more than a signature's lines."""
    first = max(1, len(lines) - 2 * _MAX_LINES)
    for index in range(len(lines) - 2, first - 1, -1):
        below = [line for line in lines[index + 1 :] if line.strip()]
        exact = lines[index].rstrip("\n") in ("-- ", "--")
        short = all(len(line) <= _MAX_LINE for line in below) and len(below) <= _MAX_LINES
        if _DELIMITER.match(lines[index]) and below and (exact or short):
            return index
    return None


def _disclaimed(lines: list[str]) -> int | None:
    for index, line in enumerate(lines):
        if index and _DISCLAIMER.match(line) and not lines[index - 1].strip():
            return index
    return None


def _closed(lines: list[str], author: str) -> int | None:
    """The line of closing words or of a device's boast, with nothing but short lines after it."""
    cut: int | None = None
    short = 0
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index].strip()
        if not line:
            continue
        if len(line) > _MAX_LINE:
            return cut
        if _DEVICE.match(line):
            cut, short = index, 0
        elif _names(line, author) and index and not lines[index - 1].strip():
            cut, short = index, short + 1
        elif _CLOSING.match(line) and index:
            return index
        elif short >= _MAX_NAME_LINES or (short and line.endswith(("?", "."))):
            return cut
        else:
            short += 1
    return cut


def _names(line: str, author: str) -> bool:
    """Whether a line is the author's full or first name, perhaps with a dash before it."""
    name = line.strip(" -–—*,.").lower()
    full = author.lower()
    return bool(full) and (name == full or name == full.split()[0])


def _joined(lines: list[str]) -> str:
    text = "\n".join(line.rstrip() for line in lines if line.strip() != SIGNATURE_MARK)
    return text.strip("\n").strip()
