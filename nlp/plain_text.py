"""Text that every store accepts: composed characters, plain newlines, nothing that hides."""

import re
import unicodedata

# Control and non-characters that no store accepts or that hide text; tab and newline stay.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_NEWLINES = re.compile("\r\n?|\u2028|\u2029|\x85")


def clean(text: str) -> str:
    """Newlines as ``\\n``, composed characters, no control characters, no lone surrogates."""
    return unicodedata.normalize("NFC", _FORBIDDEN.sub("", _NEWLINES.sub("\n", text)))
