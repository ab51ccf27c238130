"""Divides a mail's lines into what was written now and what is quoted from before."""

import re

from nlp.messages.html_text import QUOTE_MARK

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
# "On 3 April, Jo <jo@mail.com> wrote:" as mail programs write it, by the verb and its language.
_WROTE = re.compile(
    r"""^(?:\s*[-*_]{0,5}\s*)(?:
        on\b.{4,300}\bwrote                                     # English
      | .{3,200}<[^<>\s]+@[^<>\s]+>.{0,80}\bwrote
      | am\b.{4,300}\b(?:schrieb|geschrieben)\b.{0,200}         # German
      | .{4,300}\bschrieb\b.{0,200}
      | le\b.{4,300}\ba\s+écrit                                 # French
      | el\b.{4,300}\bescribi[óo]                               # Spanish
      | .{4,300}\bezt\s+írta\b.{0,120}                          # Hungarian
      | .{4,300}\bkeltezéssel\b.{1,200}\bírta
      | \d{4}.{4,200}\bírta
      | (?:בתאריך|ב-?\s?\d|ביום).{4,300}(?:כתב(?:/?ה)?|מאת.{2,200})
      | (?:il|in\s+data)\b.{4,300}\bha\s+scritto                # Italian
      | (?:em|a)\b.{4,300}\bescreveu                            # Portuguese
      | (?:op|.{4,200}\bom)\b.{4,300}\bschreef\b.{0,200}        # Dutch
      | .{4,300}\b(?:napisał(?:\(a\))?|napsala?|skrev|kirjoitti|пишет|написала?)\b.{0,120}
    )\s*:?\s*:\s*$""",
    re.IGNORECASE | re.VERBOSE,
)
_DATED = re.compile(r"\d")
_ORIGINAL = re.compile(
    r"^\s*-{2,}\s*(?:original (?:message|appointment)|forwarded (?:message|by .{1,80})|reply separator"
    r"|ursprüngliche (?:nachricht|e-?mail)|original-?nachricht|weitergeleitete nachricht"
    r"|eredeti üzenet|továbbított (?:üzenet|levél)|message (?:d'origine|d’origine|original|transféré)"
    r"|mensaje (?:original|reenviado)|mensagem original|messaggio (?:originale|inoltrato)"
    r"|oorspronkelijk bericht|הודעה (?:מקורית|שהועברה)|пересылаемое сообщение)\s*-*\s*$"
    r"|^\s*begin forwarded message\s*:\s*$|^\s*anfang der weitergeleiteten",
    re.IGNORECASE,
)
_FORWARD = re.compile(r"forward|weitergeleitet|továbbít|transféré|reenviado|inoltrat|שהועברה|пересыл", re.I)
_FROM = re.compile(
    r"^[\s*|]*(?:from|von|de|da|van|feladó|מאת|från|fra|od|от|lähettäjä)\s*\**\s*:\**\s*\S", re.IGNORECASE
)
_OTHER_FIELD = re.compile(
    r"^[\s*|]*(?:sent|date|to|subject|cc|gesendet|datum|an|betreff|küldve|elküldve|dátum|címzett|tárgy"
    r"|envoyé|à|objet|enviado(?: el)?|fecha|para|asunto|inviato|data|a|oggetto|verzonden|aan|onderwerp"
    r"|reply-to|отправлено|дата|кому|тема|נשלח|תאריך|אל|נושא)"
    r"\s*\**\s*:",
    re.IGNORECASE,
)
_RULE = re.compile(r"^\s*[_\-=*]{10,}\s*$")
_MAX_WROTE_LINES = 4
_WRAPPED_WIDTH = 60  # a quoted line at least so long may have been broken by the sender's program


def divide(text: str) -> tuple[str, str]:
    """(new text, quoted text). Answers written between quoted lines count as new."""
    lines = text.split("\n")
    plain = [_INVISIBLE.sub("", line) for line in lines]
    new: list[str] = []
    quoted: list[str] = []
    index = 0
    while index < len(lines):
        if _cut(plain, index):
            quoted += lines[index:]
            break
        header = _wrote_lines(plain, index)
        if header and not _quote_follows(plain, index + header):
            quoted += lines[index:]
            break
        is_quote = bool(header) or plain[index].lstrip().startswith(">") or _remainder(plain, index)
        (quoted if is_quote else new).extend(lines[index : index + max(header, 1)])
        index += max(header, 1)
    return _tidy(new), _tidy(quoted)


def forwarded(quoted: str) -> str:
    """The message inside a forward, without its header block; empty if the quote is no forward."""
    lines = quoted.split("\n")
    marked = next((index for index, line in enumerate(lines[:3]) if _FORWARD.search(line)), None)
    if marked is None:
        return ""
    body = marked + 1
    while body < len(lines) and (not lines[body].strip() or _is_field(lines[body])):
        body += 1
    return _tidy([re.sub(r"^(?:> ?)", "", line) for line in lines[body:]])


def _cut(lines: list[str], index: int) -> bool:
    """Whether everything from this line on is the earlier message."""
    line = lines[index]
    if line.strip() == QUOTE_MARK or _ORIGINAL.match(line):
        return True
    if _RULE.match(line):
        following = next((later for later in lines[index + 1 : index + 3] if later.strip()), "")
        return bool(_FROM.match(following)) and _header_block(lines, lines.index(following, index))
    return bool(_FROM.match(line)) and _header_block(lines, index)


def _header_block(lines: list[str], index: int) -> bool:
    """A "From:" line followed by at least two more header fields, as Outlook writes them."""
    following = [line for line in lines[index + 1 : index + 9] if line.strip()][:6]
    return sum(_OTHER_FIELD.match(line) is not None for line in following) >= 2


def _is_field(line: str) -> bool:
    return bool(_FROM.match(line.lstrip("> ")) or _OTHER_FIELD.match(line.lstrip("> ")))


def _wrote_lines(lines: list[str], index: int) -> int:
    """How many lines the "... wrote:" that begins here takes; 0 if none begins here."""
    joined = ""
    for count in range(1, min(_MAX_WROTE_LINES, len(lines) - index) + 1):
        line = lines[index + count - 1].strip()
        if not line or line.startswith(">") or len(joined) + len(line) > 500:
            return 0
        joined = f"{joined} {line}".strip()
        if _says_wrote(joined) or (_addressed(joined) and _quote_follows(lines, index + count)):
            # A line of new text just above may seem to belong to it: the header begins as late as it can.
            later = " ".join(line.strip() for line in lines[index + 1 : index + count])
            return 0 if _says_wrote(later) or _addressed(later) else count
    return 0


def _says_wrote(line: str) -> bool:
    return line.endswith(":") and _WROTE.match(line) is not None and _DATED.search(line) is not None


def _addressed(line: str) -> bool:
    """A dated line with an address and a colon: a reply header in whatever language, if a quote follows."""
    return line.endswith(":") and "@" in line and _DATED.search(line) is not None


def _quote_follows(lines: list[str], index: int) -> bool:
    following = next((line for line in lines[index:] if line.strip()), "")
    return following.lstrip().startswith(">")


def _remainder(lines: list[str], index: int) -> bool:
    """The end of a long quoted line that a mail program broke without repeating the ``>``."""
    if not 0 < index < len(lines) - 1 or not lines[index].strip():
        return False
    before, after = lines[index - 1], lines[index + 1]
    between = before.startswith(">") and after.startswith(">")
    return between and len(before) >= _WRAPPED_WIDTH and len(lines[index]) < _WRAPPED_WIDTH // 2


def _tidy(lines: list[str]) -> str:
    text = "\n".join(line.rstrip() for line in lines if line.strip() != QUOTE_MARK)
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n")
