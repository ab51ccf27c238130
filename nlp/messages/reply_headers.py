"""Recognises what mail programs put above an earlier mail, by its shape and the words of any language.

Three shapes: a line "... wrote:" (date, name and address in any order, wrapped over a few lines), a block of
header fields (From, Sent, To, Subject) and a separator ("-----Original Message-----").
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nlp.messages.wording import FIELDS, FORWARDED, ORIGINAL, WROTE, fold

_MAX_LINES = 5  # lines of a wrapped header
_MAX_LENGTH = 500
_MAX_BARE = 150  # of a header without a colon
# Between a name and its verb: "Jo a écrit", "Jo ha scritto", "Jo ezt írta", "Jo a következőt írta".
_AUXILIARIES = frozenset({"a", "ha", "ezt", "az", "alabbit", "kovetkezot", "o", "sunu", "je", "hat"})
_UNSPACED_VERBS = tuple(verb for verb in WROTE if verb[0] >= "\u3000")  # no space parts them from a name
_ADDRESS = re.compile(r"[<\[(]\s*(?:mailto:)?\s*[^\s<>\[\]()]+@[^\s<>\[\]()]+\s*[>\])]")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|(?<!\d)\d{1,2}[./-]\d{1,2}[./-]\d{2}(?!\d)")
_TIME = re.compile(r"(?<!\d)\d{1,2}[:.h]\d{2}(?!\d)")
_WORDS = re.compile(r"[^\W\d_]+")
_BRACKETED = re.compile(r"\([^()]*\)|<[^<>]*>|\[[^\[\]]*\]")
_RUN_ON = re.compile(r"[>)\]][^:：<>]{0,60}[:：](?=\s{2,}\S)")
_SENTENCE_END = re.compile(r"[.!?…]\s+(?=\S)|\S-{2,}\s*(?=\S)")
_EDGE = " \t\"'*_-–—>|“”„«»"
_COLONS = (":", "：")
_FORWARDED_BY = ("forwarded by ", "weitergeleitet von ", "transfere par ")
_BLOCK_LINES = 10
_PLEASE_ABOVE = (
    "above this line",
    "oberhalb dieser zeile",
    "au-dessus de cette ligne",
    "e vonal fole",
    "מעל שורה זו",
)


def separator(line: str) -> str | None:
    """``original`` or ``forwarded`` for a line that separates an earlier mail, else None."""
    core = line.strip()
    if not core or len(core) > 120:
        return None
    inner = core.strip("-_=—–―─*~>#<• \t")
    words = fold(inner).rstrip(":： ")
    framed = core[0] in "-_=—–―─*~<#" and len(core) - len(inner) >= 2
    if not framed and not core.endswith(_COLONS) and not words.startswith("original message processed by"):
        return None
    if words in FORWARDED or words.startswith(_FORWARDED_BY):
        return "forwarded"
    if words.startswith("original message processed by"):
        return "original"
    asked = any(mark in words for mark in _PLEASE_ABOVE)
    return "original" if framed and (words in ORIGINAL or asked or _framed_verb(core, inner)) else None


def _framed_verb(core: str, inner: str) -> bool:
    """Whether it is a reply header between dashes: "---- On Mon, 3 Mar 2025, Jo wrote ----"."""
    if not core.endswith(("--", "——", "__", "==")) or not inner:
        return False
    verb = _verb(inner)
    known = _YEAR.search(inner) or _TIME.search(inner) or _ADDRESS.search(inner)
    return verb is not None and verb.last and (known is not None or len(inner.split()) <= 4)


def header_block(lines: Sequence[str], index: int) -> bool:
    """Whether a block of header fields begins here: who sent it, and two of when, to whom, about what.

    A form that a customer fills in ("From: London, To: Paris") has neither address nor a full date.
    """
    if field(lines[index]) is None:
        return False
    found: dict[str, str] = {}
    gap = 0
    for line in lines[index : index + _BLOCK_LINES]:
        kind = field(line)
        if kind is None:
            gap += 1
            if gap > 2 or (not line.strip() and len(found) >= 3):
                break
            continue
        gap = 0
        found.setdefault(kind, line)
    sender, date = found.get("sender", ""), found.get("date", "")
    others = len(found) - 1
    if not sender.partition(":")[2].strip(_EDGE):
        timed = _YEAR.search(date) is not None and _TIME.search(date) is not None
        return timed and "@" in found.get("to", "")
    if others >= 2 and "@" in "".join(lines[index : index + 3]):
        return True
    dated = _YEAR.search(date) is not None or _TIME.search(date) is not None
    # A traveller's form says from, to, date; a mail from, date, to.
    ordered = dated and others >= 2 and list(found)[:2] == ["sender", "date"]
    return ordered or ("subject" in found and "date" in found and (dated or others >= 3))


def field(line: str) -> str | None:
    """Which header field a line holds: sender, date, to, copy or subject."""
    label, colon, _ = line[:60].replace("：", ":").partition(":")
    if not colon:
        return None
    return FIELDS.get(" ".join(fold(label.strip(_EDGE)).split()))


def attribution(lines: Sequence[str], index: int, quoted_after: Sequence[bool]) -> int:
    """How many lines the "... wrote:" takes that begins here; 0 if none does.

    ``quoted_after[n]`` says whether the first line with text from line n on is quoted.
    """
    joined = ""
    for count in range(1, min(_MAX_LINES, len(lines) - index) + 1):
        line = lines[index + count - 1].strip()
        if not line or line.startswith(">") or len(joined) + len(line) > _MAX_LENGTH:
            return 0
        joined = f"{joined} {line}".strip()
        if _attributes(joined, quoted=quoted_after[index + count]):
            later = [line.strip() for line in lines[index + 1 : index + count]]
            return 0 if _begins_later(joined, later, quoted=quoted_after[index + count]) else count
    return 0


def shared(line: str, later: Sequence[str], *, quoted: bool) -> int:
    """Where the header begins in its first line: behind a sentence of new text ("Yes. On Monday ...")."""
    for end in _SENTENCE_END.finditer(line):
        before, after = line[: end.start() + 1].strip(), line[end.end() :]
        words = before.rstrip(".!?…- ").split()
        # "Le lun. 3 mars" and "On Sept. 3" are dates.
        abbreviated = line[end.start()] == "." and (
            len(words) < 2 or len(words[-1]) < 4 or after[:1].isdigit()
        )
        sentence = words and not abbreviated and not any(map(str.isdigit, before))
        if sentence and _attributes(" ".join([after, *later]).strip(), quoted=quoted):
            return end.end()
    return 0


def _begins_later(whole: str, later: Sequence[str], *, quoted: bool) -> bool:
    """Whether the first line is new text that stands just above the header, not its beginning."""
    rests = [" ".join(later[start:]) for start in range(len(later))]
    if not any(_attributes(rest, quoted=quoted) for rest in rests):
        return False
    first = whole[: len(whole) - len(rests[0])].strip()
    if rests[0].startswith(("<", "[", "(")):
        return False
    ended = first.endswith((".", "!", "?")) and not first[-2:-1].isdigit()
    dated = _YEAR.search(first) or _TIME.search(first)
    return ended or not dated or _YEAR.search(rests[0]) is not None


def _attributes(joined: str, *, quoted: bool) -> bool:
    """Whether this is a whole reply header; less is wanted of it where a quote follows."""
    run_on = _RUN_ON.search(joined)
    text = (joined[: run_on.end()] if run_on else joined).rstrip(" \t*_”\"'")
    bare = text.rstrip(":： ")
    dated, timed = _YEAR.search(bare) is not None, _TIME.search(bare) is not None
    addressed = _ADDRESS.search(bare) is not None
    if bare == text:
        # Some write no colon: "2011/4/7 Jo Doe <jo@x>", "On Mon, 3 Mar 2025 at 10:12 Jo <jo@x> wrote"
        ends = quoted and bare.endswith((">", ">)"))
        wrote = dated and timed and fold(bare).rpartition(" ")[2] in WROTE
        return addressed and (dated or timed) and (ends or wrote) and len(bare) < _MAX_BARE
    if len(bare) < 5:
        return False
    verb = _verb(bare)
    if verb is None:
        # Programs of unknown languages and those that write no verb: "Mon, 3 Mar 2025 at 10:12, Jo <jo@x>:"
        whole = addressed and dated and timed and bare[-1] in ">)]"
        return whole or (quoted and (addressed or (dated and "@" in bare)))
    if quoted:
        return dated or timed or addressed or verb.last
    if addressed:
        behind = _ADDRESS.split(bare)[-1]
        return not verb.own or (len(_BRACKETED.sub(" ", behind).split()) <= 3 and (dated or timed))
    return verb.last and verb.named and not verb.own and (timed or (dated and "@" in bare))


@dataclass(frozen=True, slots=True)
class _Verb:
    own: bool  # beside words that no mail program writes: somebody's own sentence
    last: bool  # followed by no more than a name
    named: bool  # beside what can be a name


def _verb(bare: str) -> _Verb | None:
    written = _WORDS.findall(_BRACKETED.sub(" ", bare))
    words = [fold(word) for word in written]
    for place in range(len(words) - 1, -1, -1):
        own = WROTE.get(words[place])
        if own is not None:
            tail = [word for word in written[place + 1 :] if len(word) > 2]
            before = [word for word in written[:place] if fold(word) not in _AUXILIARIES]
            beside = (tail or before[-1:] or [""])[0]
            named = beside[:1].isupper() or beside == beside.swapcase() or f", {beside} " in bare
            return _Verb(not own.isdisjoint(words), len(tail) <= 4, named)
    return _Verb(own=False, last=True, named=True) if fold(bare).endswith(_UNSPACED_VERBS) else None
