"""Lines that no person wrote into a mail: disclaimers, and what devices and mail programs add."""

from collections.abc import Sequence

from nlp.messages.wording import DEVICE, DEVICE_ENDS, DEVICES, LEGAL, fold

_MAX_PARAGRAPH = 25  # lines
_MAX_DEVICE = 90  # characters
_PLAIN = ("sent from my ", "sent from a ", "sent from the ", "sent from mobile")
_EDGE = " \t*_-–—<>[]()\"'|~."


def disclaimer_at(lines: Sequence[str], index: int) -> bool:
    """Whether a disclaimer begins here: it opens like one and has two terms of its language."""
    opening = fold(lines[index][:80].strip(_EDGE))
    if len(opening) < 6:
        return False
    for openings, terms in LEGAL:
        if opening.startswith(openings):
            paragraph = _paragraph(lines, index)
            if sum(term in paragraph for term in terms) >= 2:
                return True
    return False


def _paragraph(lines: Sequence[str], index: int) -> str:
    found: list[str] = []
    for line in lines[index : index + _MAX_PARAGRAPH]:
        # A heading ("Disclaimer") may stand alone above it.
        if not line.strip() and len("".join(found)) > 60:
            break
        found.append(line)
    return fold(" ".join(found)[:4_000])


def is_device(line: str) -> bool:
    """Whether a line is a device's or mail program's boast ("Sent from my iPhone") in any language."""
    text = fold(line.partition("http")[0].partition("<")[0].strip(_EDGE))
    if not text or len(text) > _MAX_DEVICE or "?" in text or len(text.split()) > 12:
        return False
    named = any(device in text for device in DEVICES)
    if text.startswith(DEVICE):
        return "," not in text and (named or (text.startswith(_PLAIN) and len(text.split()) <= 8))
    return named and (text.startswith(DEVICE_ENDS) or text.endswith(DEVICE_ENDS))
