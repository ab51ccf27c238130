"""Text that every store accepts: composed characters, plain newlines, nothing that hides."""

import re
import unicodedata

# Control and non-characters that no store accepts or that hide text; tab and newline stay.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
# What shows nothing and parts or turns round what is read: zero-width spaces, soft hyphens, marks of
# direction. Joiners stay: emoji and Persian are written with them.
_INVISIBLE = re.compile("[\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_NEWLINES = re.compile("\r\n?|\u2028|\u2029|\x85")


def clean(text: str) -> str:
    """Newlines as ``\\n``, composed characters; no control or invisible signs, no lone surrogates."""
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", _FORBIDDEN.sub("", _NEWLINES.sub("\n", text))))
