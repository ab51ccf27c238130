"""Texts by the line: JSON lines in, one JSON line out for each, in order, in batches, memory flat."""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Protocol

from nlp.document import document
from nlp.errors import NlpError
from nlp.sought import EVERYTHING, Sought, left_out
from nlp.transcript import Party, Transcript

if TYPE_CHECKING:  # at run time it would load the models' libraries
    from nlp.analysis import Analysis
    from nlp.facts import Fact

BATCH_LINES = 256
BATCH_BYTES = 2_000_000  # long texts fill a batch sooner
LONGEST_LINE = 10_000_000  # bytes

Identity = str | int | None


class Reads(Protocol):
    """What it needs of the first pipeline."""

    def texts(self, turns: Sequence[tuple[Party, str]]) -> Transcript:
        """Take turns as they are, redacted."""


class Analyses(Protocol):
    """What it needs of the second pipeline."""

    def analyze_many(
        self, transcripts: Sequence[Transcript], sought: Collection[Sought] = EVERYTHING
    ) -> "list[Analysis]":
        """Analyse them together; what is not sought is not found."""


class BrokenLine(NlpError):
    """A line that cannot be analysed; ``identity`` is its id where it has one."""

    identity: Identity = None


class Names(Protocol):
    """What it needs to find facts: ``nlp.facts.FactFinder``."""

    def named_in(self, transcript: Transcript, language: str | None = None) -> "Sequence[Fact]":
        """The facts of a transcript in that language, if it does not say its own."""


@dataclass(frozen=True)
class Line:
    """One line in: its number from 1, its id and its turns, or what is wrong with it."""

    number: int
    size: int
    identity: Identity = None
    turns: tuple[tuple[Party, str], ...] = ()
    error: NlpError | None = None


def analyze_lines(
    file: BinaryIO,
    reads: Reads,
    analyses: Analyses,
    names: Names,
    sought: Collection[Sought] = EVERYTHING,
) -> Iterator[list[str]]:
    """Yield batches of JSON lines (without line ends), one for each line of ``file``, in its order.

    Only what is ``sought`` is computed; the fields of the rest are absent.
    """
    for batch in batches(lines(file)):
        yield _answers(batch, reads, analyses, names, sought)


def _answers(
    batch: Sequence[Line], reads: Reads, analyses: Analyses, names: Names, sought: Collection[Sought]
) -> list[str]:
    good = [line for line in batch if line.error is None]
    transcripts = [reads.texts(line.turns) for line in good]
    found = zip(good, transcripts, analyses.analyze_many(transcripts, sought), strict=True)
    absent = left_out(sought)
    documents: dict[int, dict[str, object]] = {}
    for line, transcript, analysis in found:
        facts = names.named_in(transcript, analysis.language) if Sought.FACTS in sought else ()
        whole = document(transcript, analysis, facts)
        documents[line.number] = whole.model_dump(mode="json", exclude=absent)
    return [_answer(line, documents.get(line.number)) for line in batch]


def _answer(line: Line, found: dict[str, object] | None) -> str:
    if line.error is not None:
        error = {"code": line.error.code, "detail": line.error.detail}
        return json.dumps({"id": line.identity, "line": line.number, "error": error}, ensure_ascii=False)
    return json.dumps({"id": line.identity, **(found or {})}, ensure_ascii=False)


def batches(read: Iterable[Line]) -> Iterator[list[Line]]:
    """Lines in batches, fewer of them where they are long."""
    batch: list[Line] = []
    size = 0
    for line in read:
        batch.append(line)
        size += line.size
        if len(batch) >= BATCH_LINES or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def lines(file: BinaryIO) -> Iterator[Line]:
    """Every line of a file, parsed; a broken one with its error."""
    number = 0
    while content := file.readline(LONGEST_LINE + 1):
        number += 1
        whole = content.endswith(b"\n") or len(content) <= LONGEST_LINE
        if not whole:
            _skip_line(file)
        yield _line(number, content if whole else None)


def _skip_line(file: BinaryIO) -> None:
    while (rest := file.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
        pass


def _line(number: int, content: bytes | None) -> Line:
    try:
        if content is None:
            raise BrokenLine("line_too_long", f"The line is longer than {LONGEST_LINE} bytes.")
        identity, turns = _parsed(content)
        return Line(number, len(content), identity, turns)
    except BrokenLine as error:
        return Line(number, 0, error.identity, error=error)


def _parsed(content: bytes) -> tuple[Identity, tuple[tuple[Party, str], ...]]:
    entry = _object(content)
    identity = entry.get("id")
    if identity is not None and (isinstance(identity, bool) or not isinstance(identity, str | int)):
        raise BrokenLine("invalid_id", "The id is neither a string nor a whole number.")
    try:
        return _clean(identity), _turns(entry)
    except BrokenLine as error:
        error.identity = _clean(identity)
        raise


def _object(content: bytes) -> dict[str, object]:
    try:
        entry = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise BrokenLine("invalid_json", "The line is not JSON in UTF-8.") from error
    if not isinstance(entry, dict):
        raise BrokenLine("invalid_line", "The line is not a JSON object with an id and a text or turns.")
    return entry


def _turns(entry: dict[str, object]) -> tuple[tuple[Party, str], ...]:
    if "text" in entry and "turns" in entry:
        raise BrokenLine("invalid_line", "The line has both a text and turns: one of them is wanted.")
    if "turns" not in entry:
        return ((Party.CUSTOMER, _text(entry)),)
    turns = entry["turns"]
    if not isinstance(turns, list):
        raise BrokenLine("invalid_turns", "Turns are not a list.")
    return tuple(_turn(turn) for turn in turns)


def _turn(turn: object) -> tuple[Party, str]:
    if not isinstance(turn, dict):
        raise BrokenLine("invalid_turns", "A turn is not an object with a party and a text.")
    party = turn.get("party", Party.UNKNOWN.value)
    if not isinstance(party, str) or party not in set(Party):
        raise BrokenLine("unknown_party", "A turn's party is none of agent, customer, system, unknown.")
    return Party(party), _text(turn)


def _text(entry: dict[str, object]) -> str:
    if "text" not in entry:
        raise BrokenLine("missing_text", "There is no text.")
    text = entry["text"]
    if not isinstance(text, str):
        raise BrokenLine("invalid_text", "The text is not a string.")
    return str(_clean(text))


def _clean(value: Identity) -> Identity:
    """Half signs that UTF-8 cannot carry (a lone surrogate written as an escape) become question marks."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
