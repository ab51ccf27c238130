"""Fakes with behaviour: pipelines that read small documents and do what their texts ask for."""

import json
import math
import re
import struct
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import structlog

from nlp.checkpoint import Checkpoint
from nlp.errors import UnreadableAudio, UnreadableMessage
from nlp.recording_options import RecordingOptions
from nlp.transcript import Notice, Party, SpokenPhrase, Stretch, Transcript, Turn
from tests.summary_fakes import FakeSummary, summary_of

log = structlog.get_logger()

SECRET = "4111 1111 1111 1111"  # in the message of an unexpected error; it must not reach a log or a table


@dataclass
class Obedience:
    """Does what a text asks for: "fail permanently", "fail twice", "run out of memory", "sleep 0.2".

    Texts that begin with "analysis:" are for the second pipeline, all others for the first.
    """

    second: bool = False
    seen: Counter[str] = field(default_factory=Counter)

    def obey(self, text: str) -> None:
        """Raise, sleep or do nothing."""
        if text.startswith("analysis:") != self.second:
            return
        self.seen[text] += 1
        if match := re.search(r"sleep ([0-9.]+)", text):
            time.sleep(float(match.group(1)))
        if "fail permanently" in text:
            raise UnreadableMessage("unreadable_messages", "The document cannot be read.", "Send another.")
        if "fail twice" in text and self.seen[text] <= 2:
            raise RuntimeError(f"something went wrong near {SECRET}")
        if "run out of memory" in text:
            raise MemoryError(SECRET)


@dataclass
class FakeTranscription:
    """Reads message documents; a "recording" is a text file, one turn a line ("agent: hello"), a mail too."""

    obedience: Obedience = field(default_factory=Obedience)

    def recording(
        self,
        path: Path,
        options: RecordingOptions,
        *,
        progress: Callable[[float], None] | None = None,
        checkpoint: Checkpoint | None = None,
    ) -> Transcript:
        """Each line a turn of one second; a line that the checkpoint knows is not heard again."""
        lines = _lines(path)
        if not lines:
            raise UnreadableAudio("unreadable_audio", "The recording cannot be decoded.", "Send it as WAV.")
        turns = []
        finished = checkpoint.begin("fake") if checkpoint is not None else {}
        for number, line in enumerate(lines):
            if number not in finished:
                self.obedience.obey(line)
                log.info("line_heard", number=number)
                if checkpoint is not None:
                    checkpoint.add({number: []})
            if progress is not None:
                progress((number + 1) / len(lines))
            turns.append(_turn(line, start_ms=number * 1000))
        return Transcript(
            "fake",
            "1",
            tuple(turns),
            language=options.language or "en",
            duration_ms=len(lines) * 1000,
            reliable=True,
            audio_channels=2,
            spoken_phrases=self.spoken_phrases(path, options)[0],
        )

    def email(self, path: Path, *, author: Party = Party.CUSTOMER) -> Transcript:
        """The whole text is one turn of the author; its first line is the subject."""
        subject, _, text = path.read_text(encoding="utf-8").partition("\n")
        self.obedience.obey(text)
        return Transcript("mail", "1", (Turn(author, text.strip()),), language="en", subject=subject)

    def messages(self, path: Path) -> Transcript:
        """One turn for each message of a document."""
        document = json.loads(path.read_text(encoding="utf-8"))
        messages = document.get("messages") or [document]
        for message in messages:
            self.obedience.obey(message["text"])
        turns = tuple(Turn(Party(message["party"]), message["text"]) for message in messages)
        return Transcript("messages", "1", turns, reliable=True)

    def spoken_phrases(
        self, path: Path, options: RecordingOptions, *, known: Transcript | None = None
    ) -> tuple[tuple[SpokenPhrase, ...], tuple[Notice, ...]]:
        """Every line with the phrase in it is a hit, of its turn's party, but in a pause."""
        lines = _lines(path)
        if not lines:
            raise UnreadableAudio("unreadable_audio", "The recording cannot be decoded.", "Send it as WAV.")
        if "unspeakable" in options.spoken_phrases:
            return (), (Notice("spoken_phrase_not_sought", "Nobody can pronounce it."),)
        turns = [_turn(line, start_ms=number * 1000) for number, line in enumerate(lines)]
        parties = [turn.party for turn in (turns if known is None else known.turns)]
        hits = [
            SpokenPhrase(phrase, turn.start_ms or 0, turn.end_ms or 0, 0.8, 0, party)
            for turn, party in zip(turns, parties, strict=True)
            for phrase in options.spoken_phrases
            if phrase in turn.text
            and not any(pause.start_ms <= (turn.start_ms or 0) < pause.end_ms for pause in options.pauses)
        ]
        return tuple(hits), ()

    def imported(self, path: Path, options: RecordingOptions, *, recording: Path | None = None) -> Transcript:
        """Each line a turn; a recording beside it tells the length."""
        lines = _lines(path)
        turns = tuple(_turn(line, start_ms=number * 1000) for number, line in enumerate(lines))
        length = None if recording is None else len(_lines(recording)) * 1000
        return Transcript("imported:fake", "1", turns, reliable=True, duration_ms=length)

    def playback(
        self, path: Path, transcript: Transcript, target: Path, *, pauses: Sequence[Stretch] = ()
    ) -> None:
        """The recording itself, said to be safe."""
        target.write_bytes(b"PLAY" + path.read_bytes() + b"".join(b"\n(pause)" for _ in pauses))


@dataclass(frozen=True)
class FakeReason:
    """A reason of the taxonomy."""

    name: str
    parent: str | None
    description: str = ""


@dataclass(frozen=True)
class FakeTaxonomy:
    """Two top reasons, one with a sub-reason."""

    name: str = "fake"
    version: str = "1"
    reasons: tuple[FakeReason, ...] = (
        FakeReason("billing and payments", None, "Bills."),
        FakeReason("wrong charge", "billing and payments", "A bill is wrong."),
        FakeReason("orders and delivery", None, "Parcels."),
    )


@dataclass(frozen=True)
class FakeScore:
    """A reason or an emotion found."""

    name: str = ""
    label: str = ""
    parent: str | None = None
    score: float = 0.9
    primary: bool = False
    turn: int | None = 0


@dataclass(frozen=True)
class FakeTurnFindings:
    """What is found in a turn."""

    emotions: tuple[FakeScore, ...] = ()
    sentiment: float | None = 0.0


@dataclass(frozen=True)
class FakeFindings:
    """What is found in an interaction."""

    call_reasons: tuple[FakeScore, ...]
    emotions: tuple[FakeScore, ...]
    emotions_by_party: Mapping[str, tuple[FakeScore, ...]]
    sentiment: float | None
    sentiment_by_party: Mapping[str, Mapping[str, object]]
    turns: tuple[FakeTurnFindings, ...]
    no_reason: str | None
    language: str | None = "en"
    characteristics: Mapping[str, object] = field(default_factory=lambda: {"turns": 1})
    models: Mapping[str, str] = field(default_factory=lambda: {"call_reasons": "9"})
    thresholds: Mapping[str, float] = field(default_factory=lambda: {"call_reasons": 0.5})
    gist: "FakeGist | None" = None
    summary: FakeSummary = field(default_factory=FakeSummary)


@dataclass(frozen=True)
class FakeGist:
    """What an interaction is about."""

    vector: bytes
    turn: int | None


TOPICS = (
    ("money", "refund", "bill"),
    ("parcel", "delivery", "late"),
    ("password", "login"),
    ("wifi", "router"),
)


def meaning(text: str) -> bytes:
    """A vector with one dimension for each topic, as long as one; zeros where there is none."""
    words = text.lower().split()
    counts = [float(sum(words.count(word) for word in topic)) for topic in TOPICS]
    length = math.hypot(*counts) or 1.0
    return struct.pack("<4e", *(count / length for count in counts))


@dataclass
class FakeAnalysis:
    """Finds "wrong charge" where a bill is named, "orders and delivery" for a parcel, anger in capitals."""

    obedience: Obedience = field(default_factory=lambda: Obedience(second=True))
    taxonomy: FakeTaxonomy = field(default_factory=FakeTaxonomy)
    reads_with: None = None
    models: Mapping[str, str] = field(default_factory=lambda: {"call_reasons": "9", "summary": "fake-1"})
    thresholds: Mapping[str, float] = field(default_factory=lambda: {"call_reasons": 0.5})

    def find_reasons(
        self, transcripts: Sequence[Transcript]
    ) -> list[tuple[tuple[FakeScore, ...], str | None]]:
        """The reasons of each alone."""
        found = [self.analyze(one) for one in transcripts]
        return [(one.call_reasons, one.no_reason) for one in found]

    encoder = "fake"

    def gist(self, transcript: Transcript) -> FakeGist | None:
        """Of the customer's words; none where there is no word it knows."""
        said = [turn.text for turn in transcript.turns if turn.party == Party.CUSTOMER]
        vector = meaning(" ".join(said))
        return FakeGist(vector, 0) if any(vector) else None

    def summary(self, transcript: Transcript, evidence: int | None = None) -> FakeSummary:
        """What is picked alone."""
        return summary_of(transcript)

    def query(self, text: str) -> bytes:
        """The same of a query."""
        return meaning(text)

    def analyze(self, transcript: Transcript) -> FakeFindings:
        """Findings by keyword; does what texts that begin with "analysis:" ask for."""
        for turn in transcript.turns:
            self.obedience.obey(turn.text)
        text = " ".join(turn.text for turn in transcript.turns)
        anger = (FakeScore(label="anger"),) if text.isupper() else ()
        reasons = _reasons(text.lower())
        return FakeFindings(
            call_reasons=reasons,
            emotions=anger,
            emotions_by_party=_by_party(transcript, anger),
            sentiment=-3.0 if anger else 0.0,
            sentiment_by_party={"customer": {"score": 0.0, "quarters": [None] * 4}},
            turns=tuple(FakeTurnFindings(anger) for _ in transcript.turns),
            no_reason=None if reasons else "abstained",
            gist=self.gist(transcript),
            summary=summary_of(transcript),
        )


def _by_party(transcript: Transcript, found: tuple[FakeScore, ...]) -> Mapping[str, tuple[FakeScore, ...]]:
    """Those who speak feel it."""
    return {str(turn.party): found for turn in transcript.turns} if found else {}


def _reasons(text: str) -> tuple[FakeScore, ...]:
    if "bill" in text:
        top = FakeScore("billing and payments", primary=True)
        return top, FakeScore("wrong charge", parent="billing and payments", score=0.7)
    return (FakeScore("orders and delivery", primary=True),) if "parcel" in text else ()


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _turn(line: str, *, start_ms: int) -> Turn:
    party, _, text = line.partition(": ")
    return Turn(Party(party), text, start_ms=start_ms, end_ms=start_ms + 1000, audio_channel=0)
