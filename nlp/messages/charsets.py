"""Bytes of a mail to text, whatever its charset label says."""

import re

from nlp.plain_text import clean

_META = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{2,40})", re.IGNORECASE)
# Labels that senders use for a larger set than the one they name.
_SUPERSETS = {
    "us-ascii": "utf-8", "ascii": "utf-8", "iso-8859-1": "cp1252", "latin-1": "cp1252",
    "iso-8859-8-i": "iso-8859-8", "iso-8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030",
    "shift_jis": "cp932", "ks_c_5601-1987": "cp949",
}  # fmt: skip


def decoded(content: bytes, declared: str | None) -> str:
    """The text; a wrong or unknown charset falls back to UTF-8, then Windows-1252, then replacement signs."""
    label = (declared or "").strip().lower()
    for charset in (_SUPERSETS.get(label, label), "utf-8", "cp1252"):
        if not charset:
            continue
        try:
            return clean(content.decode(charset))
        except (LookupError, ValueError):  # an unknown charset; bytes that are not of it
            continue
    return clean(content.decode("utf-8", errors="replace"))


def declared_in_html(content: bytes) -> str | None:
    """The charset named in an HTML page's head, if any."""
    match = _META.search(content[:4096])
    return match.group(1).decode("ascii", errors="replace") if match else None
