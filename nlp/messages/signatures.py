"""Takes the signature off the end of a mail's new text: name and title, a device's boast, disclaimers.

Closing words ("Best regards,") begin a signature; a postscript below it is text again.
"""

import re
from collections.abc import Sequence

from nlp.messages.disclaimers import disclaimer_at, is_device
from nlp.messages.html_text import SIGNATURE_MARK
from nlp.messages.wording import CLOSING, POSTSCRIPT, fold

_DELIMITER = re.compile(r"^\s*(?:--|—|__|[-–—]{3,}|_{3,}|={3,}|\*{3,}|~{3,})\s*$")
# A phone number, address or page that is all of its line, but for a word or two before it.
_CONTACT = re.compile(
    r"^\W*(?:[^\W\d]{1,12}[.:]?\s*){0,2}[:.]?\s*"
    r"(?:\+?[\d(][\d\s().\-/]{6,}\d|<?(?:mailto:)?[\w.+-]+@[\w-]+(?:\.\w+)+>?|(?:https?://|www\.)\S+)\W*$"
)
_MAX_LINES = 14  # lines with text of a signature
_MAX_LINE = 72  # characters; longer lines are sentences
_MAX_CONTACT_LINES = 8
_NAME_WORDS = 5
_SENTENCE_WORDS = 5
_CLOSING_WORDS = 8
_CONJUNCTIONS = frozenset(fold("and|und|és|et|y|e|en|i|och|og|ja|a|și|и|та|ve|&|+").split("|"))
_PREFIXED = ("ו", "و")  # "and", written at the front of the word
_TRAILING = " \t,.!:;*_-–—~/♥❤☺😊🙂🙏)("
_ENDINGS = (".", "!", "?", "…", ":")


def separate(text: str, *, author: str = "") -> tuple[str, str]:
    """(text, signature); the text keeps what its author wrote, a postscript too."""
    return separate_stretches([text.split("\n")], author=author)


def separate_stretches(stretches: Sequence[Sequence[str]], *, author: str = "") -> tuple[str, str]:
    """As ``separate``, of the lines between quotes: each may end in a signature, the last may be one."""
    written = [stretch for stretch in stretches if any(map(str.strip, stretch))]
    kept: list[str] = []
    signature: list[str] = []
    for number, stretch in enumerate(written):
        last = number == len(written) - 1
        text, tail = _parted(stretch, author, begun=last and any(map(str.strip, kept)))
        kept += text
        signature += ["", *tail] if signature else tail
    return _joined(kept), _joined(signature)


def _parted(stretch: Sequence[str], author: str, *, begun: bool) -> tuple[list[str], list[str]]:
    """``begun`` says that there is text above it: all of it may be signature."""
    lines, marked = _unmarked(stretch, begun=begun)
    starts = (_delimited(lines, begun=begun), _disclaimed(lines, begun=begun))
    start = min((begin for begin in starts if begin is not None), default=len(lines))
    start = _contact(lines[: _closed(lines[:start], author, begun=begun)])
    kept, tail = _postscript(lines[start:])
    return [*lines[:start], *kept], [*tail, *marked]


def _unmarked(lines: Sequence[str], *, begun: bool) -> tuple[list[str], list[str]]:
    """Lines without those that HTML marks as signature, and those; all are text if nothing else is."""
    marked = [line.lstrip(SIGNATURE_MARK) for line in lines if line.startswith(SIGNATURE_MARK)]
    others = [line for line in lines if not line.startswith(SIGNATURE_MARK)]
    if marked and not begun and not any(line.strip() for line in others):
        return marked, []
    return others, marked


def _delimited(lines: Sequence[str], *, begun: bool) -> int | None:
    """The last delimiter that is followed by no more than a signature's lines."""
    for index in range(len(lines) - 2, max(0, len(lines) - 3 * _MAX_LINES) - 1, -1):
        if not _DELIMITER.match(lines[index]) or not (begun or any(map(str.strip, lines[:index]))):
            continue
        below = [line for line in lines[index + 1 :] if line.strip()]
        exact = lines[index].strip() == "--"
        # The same line again and again parts chapters of the text.
        once = sum(line.strip() == lines[index].strip() for line in lines) == 1
        alike = bool(below) and (exact or once) and _is_signature(below)
        if alike or (below and exact and once and len(below) <= _MAX_LINES):
            return index
    return None


def _disclaimed(lines: Sequence[str], *, begun: bool) -> int | None:
    """The line that begins a disclaimer; a mail that is one has no signature."""
    for index, line in enumerate(lines):
        if begun and disclaimer_at(lines, index):
            return index
        begun = begun or bool(line.strip())
    return None


def _closed(lines: Sequence[str], author: str, *, begun: bool) -> int:
    """Where closing words, a device's boast or the author's name begin the end; the length if none does."""
    cut = len(lines)
    below: list[str] = []  # lines with text from the current one on, down to the last cut
    seen = 0
    for index in range(len(lines) - 1, -1 if begun else 0, -1):
        line = lines[index].strip()
        if not line:
            continue
        seen += 1
        above = lines[index - 1] if index else ""
        named = _is_author(line, author, above) or _thanks(line, below)
        begins = named or is_device(line) or is_closing(line)
        if begins and (not below or _is_signature(below)):
            cut, below = index, []
            continue
        below.insert(0, line)
        if len(below) > _MAX_LINES or (len(line) > 2 * _MAX_LINE) or seen > 4 * _MAX_LINES:
            break
    return cut if begun or any(line.strip() for line in lines[:cut]) else len(lines)


def _contact(lines: Sequence[str]) -> int:
    """Where a last paragraph begins that is a name with how to reach it; the length if it is none.

    A block that a sentence announces ("Write to:") is no signature.
    """
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    start = end
    while start and lines[start - 1].strip():
        start -= 1
    above = next((line.strip() for line in reversed(lines[:start]) if line.strip()), ":")
    block = lines[start:end]
    if not 2 <= len(block) <= _MAX_CONTACT_LINES or above.endswith(":"):
        return len(lines)
    named = _is_name(block[0].strip(" ,*"), caseless=False) and _is_signature(block)
    reachable = any(_CONTACT.search(line[:_MAX_LINE]) for line in block[1:])
    return start if named and reachable else len(lines)


def is_closing(line: str) -> bool:
    """Whether a line is closing words, alone, two of them, or with a name: "Thanks and regards, Jo"."""
    if len(line) > _MAX_LINE:
        return False
    core = line.strip(_TRAILING)
    folded = fold(core)
    if folded in CLOSING:
        return True
    words = core.split()
    for count in range(min(_CLOSING_WORDS, len(words) - 1), 0, -1):
        phrase = " ".join(words[:count])
        if fold(phrase).strip(_TRAILING) not in CLOSING:
            continue
        rest = words[count:]
        separated = phrase[-1] in ",:;-–—/!." or rest[0] in ("-", "–", "—", "/")
        if _closes_on(rest) or _is_name(" ".join(rest).strip(_TRAILING), caseless=separated):
            return True
    return False


def _thanks(line: str, below: Sequence[str]) -> bool:
    """Whether longer closing words stand just above a name: "Thanks in advance for your help,"."""
    words = line.split()
    if (
        not line.endswith(",")
        or not below
        or len(words) > _CLOSING_WORDS
        or not _is_name(below[0], caseless=False)
    ):
        return False
    return any(fold(" ".join(words[:count])) in CLOSING for count in range(1, len(words)))


def _closes_on(words: Sequence[str]) -> bool:
    """Whether more closing words follow, after a conjunction or not."""
    rest = words[1:] if fold(words[0]) in _CONJUNCTIONS else words
    folded = fold(" ".join(rest).strip(_TRAILING))
    return folded in CLOSING or (folded[:1] in _PREFIXED and folded[1:] in CLOSING)


def _is_name(text: str, *, caseless: bool) -> bool:
    """Whether this can be a name: up to four words that begin with a capital letter, where there are any."""
    words = text.split()
    if not 1 <= len(words) <= 4 or len(text) > 50:
        return False
    return all(word[0].isupper() or (caseless and _is_caseless(word)) for word in words)


def _is_caseless(word: str) -> bool:
    return word[0].isalpha() and word == word.swapcase()


def _is_author(line: str, author: str, above: str) -> bool:
    """Whether a line below a blank one is a name behind a dash, or the author's full or first name."""
    if above.strip():
        return False
    name = fold(line.strip(" -–—*,./~"))
    full = fold(author)
    if full and name in (full, full.split()[0]):
        return True
    dashed = line[0] in "-–—/~" and line[1:2].isalpha()
    return dashed and _is_name(line[1:].strip(_TRAILING), caseless=True)


def _is_signature(lines: Sequence[str]) -> bool:
    """Whether these lines can stand below a name: few, short, no sentence first, one later at most."""
    if len(lines) > _MAX_LINES or any(len(line) > 2 * _MAX_LINE for line in lines):
        return False
    first = lines[0].strip()
    sentences = sum(_is_sentence(line) for line in lines)
    listed = first.startswith(("- ", "* ", "• ")) and len(first.split()) > 3
    return not _is_sentence(first) and not first.endswith((":", "?")) and not listed and sentences <= 1


def _is_sentence(line: str) -> bool:
    words = line.split()
    if len(line) > _MAX_LINE and "|" not in line:
        return True
    if line.rstrip().endswith("?"):
        return len(words) > 1
    # "1111 Budapest, Minta utca 5." is an address.
    ended = line.rstrip().endswith(_ENDINGS) and not line.rstrip(" .").endswith(tuple("0123456789"))
    return (ended and len(words) >= _SENTENCE_WORDS and "|" not in line) or len(words) > 2 * _NAME_WORDS + 2


def _postscript(tail: Sequence[str]) -> tuple[list[str], list[str]]:
    """(postscript, the rest): words that the author wrote below the signature."""
    for index, line in enumerate(tail):
        first = fold(line.strip().partition(" ")[0])
        if first[-1:] in (".", ":", ",") and first.strip(".:,") in POSTSCRIPT:
            end = next((at for at in range(index, len(tail)) if not tail[at].strip()), len(tail))
            return ["", *tail[index:end]], [*tail[:index], *tail[end:]]
    return [], list(tail)


def _joined(lines: Sequence[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in lines)).strip("\n").strip()
