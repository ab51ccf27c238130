"""Divides a mail's lines into what was written now and what is quoted from before."""

import re
from collections.abc import Sequence

from nlp.messages.html_text import ATTRIBUTION_MARK, QUOTE_MARK
from nlp.messages.reply_headers import attribution, field, header_block, separator, shared

_RULE = re.compile(r"^\s*[_\-=*—–─]{5,}\s*$")
_COLON = re.compile("[:：@]")  # one of them ends or stands in every reply header
_WRAPPED_WIDTH = 60  # a quoted line at least so long may have been broken by the sender's program
_MAX_HEADER = 500  # characters; a longer line is no header


def divide(text: str) -> tuple[str, str]:
    """(new text, quoted text). Answers written between quoted lines count as new."""
    stretches, quoted = stretches_of(text)
    return _tidy([line for stretch in stretches for line in stretch]), quoted


def stretches_of(text: str) -> tuple[list[list[str]], str]:
    """(stretches of new lines between what is quoted, quoted text)."""
    lines = text.split("\n")
    quoted_after = _quoted_after(lines)
    colons = _colons_within(lines)
    new: list[list[str]] = [[]]
    quoted: list[str] = []
    begun = False
    index = 0
    while index < len(lines):
        line = lines[index]
        if len(line) <= _MAX_HEADER and _cut(lines, index, begun=begun):
            quoted += lines[index:]
            break
        header = attribution(lines, index, quoted_after) if colons[index] else 0
        later = lines[index + 1 : index + header]
        if header and (begins := shared(line, later, quoted=quoted_after[index + header])):
            new[-1].append(line[:begins])
            lines[index] = line[begins:]
        if header and not quoted_after[index + header]:
            quoted += lines[index:]
            break
        if header or line.lstrip().startswith((">", ATTRIBUTION_MARK)) or _remainder(lines, index):
            quoted += lines[index : index + max(header, 1)]
            new += [[]] if new[-1] else []
        else:
            new[-1].append(line)
            begun = begun or bool(line.strip())
        index += max(header, 1)
    return new, _tidy(quoted)


def forwarded(quoted: str, *, said: bool) -> str:
    """The message inside a forward, without its header block; empty if the quote is no forward.

    ``said`` tells that the mail's subject says it is one.
    """
    lines = [line.lstrip(ATTRIBUTION_MARK) for line in quoted.split("\n")]
    marked = next((at for at, line in enumerate(lines[:4]) if separator(line) == "forwarded"), None)
    if marked is None and not said:
        return ""
    body = 0 if marked is None else marked + 1
    while body < len(lines) and not _is_text(lines, body):
        body += 1
    return _tidy([re.sub(r"^> ?", "", line) for line in lines[body:]])


def _is_text(lines: Sequence[str], index: int) -> bool:
    """Whether the forwarded message begins here: no blank line, separator, field, nor a field's end."""
    line = lines[index].lstrip("> ")
    heads = not line.strip() or field(line) or separator(line) or _RULE.match(line)
    goes_on = index and field(lines[index - 1].lstrip("> ")) in ("to", "copy") and "@" in line
    return not heads and not goes_on


def _cut(lines: Sequence[str], index: int, *, begun: bool) -> bool:
    """Whether everything from this line on is the earlier message."""
    line = lines[index].lstrip(ATTRIBUTION_MARK)
    if line.strip() == QUOTE_MARK:
        return True
    kind = separator(line)
    if kind == "forwarded" or (kind == "original" and (begun or _followed_by_fields(lines, index))):
        return True
    if _RULE.match(line):
        following = next(
            (at for at in range(index + 1, min(index + 4, len(lines))) if lines[at].strip()), None
        )
        return following is not None and _block(lines, following)
    return _block(lines, index)


def _block(lines: Sequence[str], index: int) -> bool:
    if ":" not in lines[index][:60] and "：" not in lines[index][:60]:
        return False
    return header_block([line.lstrip(ATTRIBUTION_MARK) for line in lines[index : index + 12]], 0)


def _followed_by_fields(lines: Sequence[str], index: int) -> bool:
    return any(field(line) for line in lines[index + 1 : index + 4])


def _quoted_after(lines: Sequence[str]) -> list[bool]:
    """For each line, and the end: whether the first line with text from there on is quoted."""
    found = [False] * (len(lines) + 1)
    for index in range(len(lines) - 1, -1, -1):
        stripped = lines[index].lstrip()
        found[index] = stripped.startswith(">") if stripped else found[index + 1]
    return found


def _colons_within(lines: Sequence[str]) -> list[bool]:
    """For each line, whether a reply header that begins there could end: a colon in one of the next lines."""
    found = [False] * len(lines)
    nearest = len(lines) + 99
    for index in range(len(lines) - 1, -1, -1):
        if len(lines[index]) <= _MAX_HEADER and _COLON.search(lines[index]):
            nearest = index
        found[index] = nearest - index < 5
    return found


def _remainder(lines: Sequence[str], index: int) -> bool:
    """The end of a long quoted line that a mail program broke without repeating the ``>``."""
    if not 0 < index < len(lines) - 1 or not lines[index].strip():
        return False
    before, after = lines[index - 1], lines[index + 1]
    between = before.startswith(">") and after.startswith(">")
    return between and len(before) >= _WRAPPED_WIDTH and len(lines[index]) < _WRAPPED_WIDTH // 2


def _tidy(lines: Sequence[str]) -> str:
    text = "\n".join(line.lstrip(ATTRIBUTION_MARK).rstrip() for line in lines if line.strip() != QUOTE_MARK)
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n")
