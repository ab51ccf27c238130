"""Who speaks where the audio channels do not tell: voices before recognition, their roles after it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Protocol

from nlp.audio.recording import Recording
from nlp.channels import Side
from nlp.diarization import Diarization, open_diarizer
from nlp.errors import MissingArtifact
from nlp.party_roles import PartyRoles, open_party_roles
from nlp.transcript import Notice, Party, Transcript
from nlp.vad import SpeechSpan

USUAL_VOICES = 2
Spans = dict[Side, list[SpeechSpan]]


class TellsApart(Protocol):
    """What `nlp.diarization.Diarizer` does."""

    def diarize(
        self,
        recording: Recording,
        audio_channel: int,
        *,
        speakers: int | None = None,
        expected: int | None = None,
    ) -> Diarization:
        """Tell the voices of one audio channel apart."""
        ...


@dataclass(frozen=True, slots=True)
class Parties:
    """What tells parties apart; both models are loaded with the first recording that needs them."""

    diarizer: Callable[[], TellsApart]
    roles: Callable[[], PartyRoles]


def open_parties(models: Path) -> Parties:
    """The models of the packages and of the ``models`` folder."""
    return Parties(cache(open_diarizer), cache(lambda: open_party_roles(models)))


def voices_apart(
    recording: Recording, spans: Mapping[Side, Sequence[SpeechSpan]], parties: Parties | None
) -> tuple[Spans, tuple[Notice, ...]]:
    """The speech of each voice as a side of its own, where one audio channel carries all of them.

    Speech is cut where the voice changes, so that the recogniser never joins two people's words.
    """
    kept = {side: list(spoken) for side, spoken in spans.items()}
    mixed = [side for side, spoken in kept.items() if side.party is Party.UNKNOWN and spoken]
    if parties is None or len(kept) != 1 or not mixed:
        return kept, ()
    try:
        diarizer = parties.diarizer()
    except MissingArtifact as error:
        return kept, (Notice("voices_not_told_apart", f"{error.detail} {error.remedy}"),)
    side = mixed[0]
    told = diarizer.diarize(recording, side.audio_channel, expected=USUAL_VOICES)
    voices: Spans = {}
    for span in kept[side]:
        for piece in told.split(span.start_ms, span.end_ms):
            voice = replace(side, speaker=piece.speaker)
            voices.setdefault(voice, []).append(SpeechSpan(piece.start_ms, piece.end_ms))
    return voices, ()


def with_roles(transcript: Transcript, parties: Parties | None) -> Transcript:
    """The transcript with the parties of its voices, how sure that is, the threshold in force and a notice.

    Where the voices were not told apart, nothing is inferred; in a language that the model of roles does not
    know, or below its threshold, the parties stay unknown.
    """
    voices = sorted({turn.speaker for turn in transcript.turns if turn.speaker is not None})
    if parties is None or not voices:
        return transcript
    if len(voices) == 1:
        return unknown(transcript, "Only one voice was heard: nobody knows whose.")
    try:
        model = parties.roles()
    except MissingArtifact as error:
        return unknown(transcript, f"{error.detail} {error.remedy}")
    if transcript.language not in model.languages:
        return unknown(transcript, "In this language agent and customer cannot be told by what they say.")
    said = [" ".join(turn.text for turn in transcript.turns if turn.speaker == voice) for voice in voices]
    roles = model.roles(said)
    transcript = replace(
        transcript,
        role_confidence=roles.confidence,
        thresholds={**transcript.thresholds, "role_confidence": model.threshold},
    )
    if Party.AGENT not in roles.parties:
        return unknown(transcript, f"{len(voices)} voices were heard; which is the agent's is not sure.")
    party = dict(zip(voices, roles.parties, strict=True))
    turns = [
        replace(turn, party=party[turn.speaker]) if turn.speaker is not None else turn
        for turn in transcript.turns
    ]
    detail = f"{len(voices)} voices were told apart; who is the agent was inferred from what they say."
    return noticed(replace(transcript, turns=tuple(turns)), "roles_inferred", detail)


def unknown(transcript: Transcript, detail: str) -> Transcript:
    """The parties stay as they are, and the reader learns why."""
    return noticed(transcript, "roles_unknown", detail)


def noticed(transcript: Transcript, code: str, detail: str) -> Transcript:
    """With one more notice."""
    return replace(transcript, notices=(*transcript.notices, Notice(code, detail)))
