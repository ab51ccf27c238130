"""National identity numbers that give themselves away by their form and checksum."""

import re
from collections.abc import Iterator

from stdnum.es import dni, nie
from stdnum.fr import nir
from stdnum.il import idnr
from stdnum.it import codicefiscale
from stdnum.us import ssn

from nlp.redaction.lines import Line
from nlp.redaction.spans import Span

_SSN = re.compile(r"(?<![\w-])\d{3}[- ]\d{2}[- ]\d{4}(?![\w-])", re.ASCII)
_NINO = re.compile(
    r"(?<!\w)(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D](?!\w)",
    re.IGNORECASE | re.ASCII,
)
_DNI = re.compile(r"(?<!\w)(?:\d{8}|[XYZ]-?\d{7})[- ]?[A-Z](?!\w)", re.IGNORECASE | re.ASCII)
_NIR = re.compile(
    r"(?<![\w-])[12][ .]?\d{2}[ .]?\d{2}[ .]?\d[\dAB][ .]?\d{3}[ .]?\d{3}[ .]?\d{2}(?![\w-])", re.ASCII
)
_IL = re.compile(r"(?<![\w-])\d{8}-\d(?![\w-])", re.ASCII)
_HU = re.compile(r"(?<![\w-])[1-8][- ]\d{6}[- ]\d{4}(?![\w-])", re.ASCII)
_IT = re.compile(r"(?<!\w)[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z](?!\w)", re.IGNORECASE | re.ASCII)
_CHECKED = (
    (_SSN, ssn.is_valid), (_NIR, nir.is_valid), (_IL, idnr.is_valid), (_IT, codicefiscale.is_valid),
    (_DNI, lambda written: dni.is_valid(written) or nie.is_valid(written)), (_NINO, lambda _: True),
)  # fmt: skip


def find_ids(line: Line) -> Iterator[Span]:
    """US SSN, UK NINO, Spanish DNI and NIE, French NIR, Israeli, Hungarian and Italian numbers."""
    text = line.shown
    for pattern, valid in _CHECKED:
        for match in pattern.finditer(text):
            if valid(re.sub(r"[ .\-]", "", match.group())):
                yield Span(match.start(), match.end(), "national_id")
    for match in _HU.finditer(text):
        if hungarian(re.sub(r"\D", "", match.group())):
            yield Span(match.start(), match.end(), "national_id")


def hungarian(digits: str) -> bool:
    """Whether the last of 11 digits is the checksum: weights 1-10, reversed since 1997, modulo 11."""
    values = [int(sign) for sign in digits]
    return len(values) == 11 and any(
        sum(weight * value for weight, value in zip(weights, values, strict=False)) % 11 == values[10]
        for weights in (range(1, 11), range(10, 0, -1))
    )
