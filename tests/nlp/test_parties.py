"""A mono recording through the pipeline, with voices and roles that the test steers."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from nlp.asr.protocol import Asked, Regions, SpokenLanguage
from nlp.audio.recording import Recording
from nlp.diarization import Diarization
from nlp.errors import MissingArtifact
from nlp.parties import Parties, with_roles
from nlp.party_roles import BUCKETS, PartyRoles, features
from nlp.recording_options import RecordingOptions
from nlp.redaction import Redactor
from nlp.transcript import Party, Transcript, Turn, Word
from nlp.transcription import Transcription
from nlp.vad import SpeechSpan
from tests.nlp.sounds import noise, write_wav

GREETS, ASKS = "thank you for calling how can i help", "hi there is a problem with my bill"
FRAME_MS = 16.875


class ByLoudness:
    """Hears ASKS in loud regions, GREETS in quiet ones; remembers how long they were."""

    name, version, languages, reliable_from, may_loop = "loudness", "1", frozenset({"en", "hu"}), 0.5, False
    translates = False
    regions = Regions(longest_ms=28_000, join_gap_ms=600)

    def __init__(self) -> None:
        self.heard_ms: list[int] = []

    def recognise(self, windows: Sequence[NDArray[np.float32]], asked: Asked) -> list[tuple[Word, ...]]:
        found = []
        for samples in windows:
            self.heard_ms.append(len(samples) // 16)
            texts = (ASKS if np.sqrt(np.mean(samples**2)) > 0.15 else GREETS).split()
            found.append(
                tuple(Word(at * 200, at * 200 + 150, f" {text}", 0.9) for at, text in enumerate(texts))
            )
        return found

    def identify_language(self, samples: NDArray[np.float32]) -> SpokenLanguage | None:
        return SpokenLanguage("en", 0.9)


class Alternating:
    """A new voice every two seconds; ``voices`` of them."""

    def __init__(self, voices: int = 2) -> None:
        self._voices = voices

    def diarize(
        self,
        recording: Recording,
        audio_channel: int,
        *,
        speakers: int | None = None,
        expected: int | None = None,
    ) -> Diarization:
        frames = int(recording.duration_ms / FRAME_MS) + 1
        activity = np.zeros((frames, self._voices), np.float16)
        for frame in range(frames):
            activity[frame, int((frame + 1) * FRAME_MS + 6) // 2000 % self._voices] = 1.0
        return Diarization(activity)


def roles_model() -> PartyRoles:
    weights = np.zeros(BUCKETS, np.float32)
    for text, sign in ((GREETS, 1.0), (ASKS, -1.0)):
        for bucket in features(text):
            weights[bucket] += sign * 0.2
    return PartyRoles(weights, scale=3.0, threshold=0.9, languages=frozenset({"en"}), version="1")


def all_of_it(recording: Recording, audio_channel: int) -> list[SpeechSpan]:
    return [SpeechSpan(0, recording.duration_ms)]


def pipeline(engine: ByLoudness | None = None, *, voices: int = 2) -> Transcription:
    parties = Parties(lambda: Alternating(voices), roles_model)
    return Transcription(
        lambda: (engine or ByLoudness(), ()), Redactor(), find_speech=all_of_it, parties=parties
    )


def mono_call(folder: Path) -> Path:
    """Quiet and loud in turn, two seconds each, without a pause."""
    sound = np.concatenate([noise(2.0, level=level) for level in (0.1, 0.25, 0.1, 0.25)])
    return write_wav(folder / "mono.wav", sound)


def test_a_mono_call_becomes_turns_of_agent_and_customer(tmp_path: Path) -> None:
    engine = ByLoudness()
    transcript = pipeline(engine).recording(mono_call(tmp_path))
    assert [(turn.party, turn.speaker, turn.text) for turn in transcript.turns] == [
        (Party.AGENT, 0, GREETS),
        (Party.CUSTOMER, 1, ASKS),
        (Party.AGENT, 0, GREETS),
        (Party.CUSTOMER, 1, ASKS),
    ]
    assert engine.heard_ms == pytest.approx([2000] * 4, abs=40)  # nobody's words are joined with another's
    assert (transcript.role_confidence or 0.0) > 0.9
    assert transcript.thresholds["role_confidence"] == 0.9
    assert [notice.code for notice in transcript.notices] == ["roles_inferred"]


def test_dual_mono_is_told_apart_too(tmp_path: Path) -> None:
    sound = np.concatenate(
        [noise(2.0, level=level, seed=at) for at, level in enumerate((0.1, 0.25, 0.1, 0.25))]
    )
    transcript = pipeline().recording(write_wav(tmp_path / "dual.wav", sound, sound))
    assert [notice.code for notice in transcript.notices] == ["dual_mono", "roles_inferred"]
    assert {turn.party for turn in transcript.turns} == {Party.AGENT, Party.CUSTOMER}


def test_one_voice_stays_unknown(tmp_path: Path) -> None:
    transcript = pipeline(voices=1).recording(mono_call(tmp_path))
    assert {turn.party for turn in transcript.turns} == {Party.UNKNOWN}
    assert [notice.code for notice in transcript.notices] == ["roles_unknown"]
    assert transcript.role_confidence is None


def test_in_another_language_nobody_guesses(tmp_path: Path) -> None:
    transcript = pipeline().recording(mono_call(tmp_path), RecordingOptions(language="hu"))
    assert {turn.party for turn in transcript.turns} == {Party.UNKNOWN}
    assert {turn.speaker for turn in transcript.turns} == {0, 1}
    assert [notice.code for notice in transcript.notices] == ["roles_unknown"]


def test_a_mono_side_whose_party_is_known_is_left_alone(tmp_path: Path) -> None:
    transcript = pipeline().recording(mono_call(tmp_path), RecordingOptions(channel_map={0: Party.AGENT}))
    assert {(turn.party, turn.speaker) for turn in transcript.turns} == {(Party.AGENT, None)}
    assert transcript.notices == ()


def test_a_machine_without_the_voice_models_says_so_and_goes_on(tmp_path: Path) -> None:
    def missing() -> Alternating:
        raise MissingArtifact("missing_artifact", "The package is not installed.", "Install it.")

    parties = Parties(missing, roles_model)
    heard = Transcription(lambda: (ByLoudness(), ()), Redactor(), find_speech=all_of_it, parties=parties)
    transcript = heard.recording(mono_call(tmp_path))
    assert transcript.turns
    assert [notice.code for notice in transcript.notices] == ["voices_not_told_apart"]


def test_voices_that_say_nothing_telling_stay_unknown_with_their_numbers() -> None:
    turns = [Turn(Party.UNKNOWN, "mhm", speaker=0), Turn(Party.UNKNOWN, "yes", speaker=1)]
    heard = Transcript("engine", "1", tuple(turns), language="en")
    told = with_roles(heard, Parties(lambda: Alternating(), roles_model))
    assert told.turns == tuple(turns)
    assert told.role_confidence == pytest.approx(0.5, abs=0.1)
    assert told.thresholds == {"role_confidence": 0.9}
    assert [notice.code for notice in told.notices] == ["roles_unknown"]
