"""IP addresses, and web addresses that carry what belongs to a person: credentials, tokens, e-mails."""

import re
from collections.abc import Iterator
from ipaddress import ip_address

from nlp.redaction.lines import Line
from nlp.redaction.spans import Span

_IP = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w]|\.\d)", re.ASCII)
_IP6 = re.compile(r"(?<![\w:])(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{1,4}(?![\w:])", re.IGNORECASE | re.ASCII)
_VERSION = re.compile(r"(?:version|firmware|build|release|\bv)\.?\s?$", re.IGNORECASE)
_URL = re.compile(r"(?:https?|ftp)://[^\s<>\"')]{4,2000}", re.IGNORECASE)
_PERSONAL = re.compile(
    r"://[^/\s@]{1,200}@|[?&#;][^=&\s]{0,40}(?:token|mail|user|session|sid|key|phone|name|auth|code|passw|pwd|sig|account|customer)"
    r"[^=&\s]{0,40}=[^&\s]",
    re.IGNORECASE,
)


def find_networks(line: Line) -> Iterator[Span]:
    """IPv4 and IPv6 addresses; URLs with user data."""
    text = line.shown
    for pattern in (_IP, _IP6):
        for match in pattern.finditer(text):
            if _is_address(match.group()) and not _VERSION.search(
                text, max(0, match.start() - 12), match.start()
            ):
                yield Span(match.start(), match.end(), "ip")
    if "://" in text:
        for match in _URL.finditer(text):
            if _PERSONAL.search(match.group()):
                yield Span(match.start(), match.end(), "url")


def _is_address(written: str) -> bool:
    try:
        address = ip_address(written)
    except ValueError:
        return False
    return not address.is_unspecified
