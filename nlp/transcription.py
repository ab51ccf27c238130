"""The first pipeline: a recording, a mail or messages become redacted turns."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from nlp.asr.protocol import Recogniser
from nlp.asr.selection import open_recogniser
from nlp.audio.recording import MAX_CHANNELS, Limits, Recording, open_recording
from nlp.channels import Side, levels_of, sides_of, without_crosstalk
from nlp.checkpoint import Checkpoint, digest_of
from nlp.hearing import Wanted, hear
from nlp.imported import imported
from nlp.masking import masked_text, masked_turns
from nlp.messages import read_email, read_messages
from nlp.parties import Parties, open_parties, voices_apart, with_roles
from nlp.phrases import SpokenSearch, open_spoken_search, spoken_phrases
from nlp.playback import secrets_of, write_playback
from nlp.recording_options import RecordingOptions
from nlp.redaction import DEFAULT_KINDS, Redactor, open_redactor
from nlp.sound import measured
from nlp.spoken import given_language, language_of_text, not_understood, speech_of, spoken_notices, wanted_of
from nlp.transcript import Notice, Party, Segment, SpokenPhrase, Stretch, Transcript, Turn
from nlp.turns import confidence_of, turns_of
from nlp.vad import SpeechSpan, speech_spans, unpaused
from nlp.written import mail_notices, mail_turns, message_turns

Progress = Callable[[float], None]
SpeechFinder = Callable[[Recording, int], Sequence[SpeechSpan]]
OpenEngine = Callable[[], tuple[Recogniser, tuple[Notice, ...]]]
OpenSearch = Callable[[], SpokenSearch]
MODELS = Path(__file__).resolve().parent.parent / "models"
DEFAULTS = RecordingOptions()
TEXT_ENGINE, TEXT_VERSION = "text", "1"


@dataclass(frozen=True, slots=True)
class SpeechOptions:
    """How recordings are heard; ``engine`` as nlp.asr.selection names them."""

    engine: str = "auto"
    weights_dir: Path | None = None
    allow_download: bool = True
    max_audio_seconds: int = 4 * 3600
    phone_region: str = "US"
    masked_kinds: frozenset[str] = DEFAULT_KINDS
    ner: str = ""  # a spaCy pipeline for names, by package or folder
    models_dir: Path = MODELS


def open_transcription(options: SpeechOptions) -> "Transcription":
    """A pipeline whose recogniser is loaded with the first recording."""

    def open_engine() -> tuple[Recogniser, tuple[Notice, ...]]:
        return open_recogniser(
            options.engine,
            weights=options.weights_dir,
            allow_download=options.allow_download,
            models=options.models_dir,
        )

    return Transcription(
        open_engine,
        open_redactor(options.phone_region, options.masked_kinds, options.ner),
        limits=Limits(seconds=options.max_audio_seconds),
        parties=open_parties(options.models_dir),
        open_search=lambda: open_spoken_search(options.models_dir),
    )


class Transcription:
    """Composes decoding, channels, speech detection, recognition, turns and redaction."""

    def __init__(
        self,
        open_engine: OpenEngine,
        redactor: Redactor,
        *,
        limits: Limits | None = None,
        find_speech: SpeechFinder = speech_spans,
        open_search: OpenSearch = lambda: open_spoken_search(MODELS),
        parties: Parties | None = None,
    ) -> None:
        """Without ``parties`` the voices of a mono recording are not told apart."""
        self._open_engine = open_engine
        self._redactor = redactor
        self._limits = limits or Limits()
        self._find_speech = find_speech
        self._open_search = open_search
        self._parties = parties
        self._opened: tuple[Recogniser, tuple[Notice, ...]] | None = None
        self._search: SpokenSearch | None = None

    def engine(self) -> tuple[Recogniser, tuple[Notice, ...]]:
        """The recogniser and its notices, loaded once; raises UnknownEngine."""
        if self._opened is None:
            self._opened = self._open_engine()
        return self._opened

    def recording(
        self,
        path: Path,
        options: RecordingOptions = DEFAULTS,
        *,
        progress: Progress | None = None,
        checkpoint: Checkpoint | None = None,
    ) -> Transcript:
        """Hear a recording; ``progress`` gets 0..1. Raises UnreadableAudio, UnknownEngine.

        With a ``checkpoint``, what an earlier attempt at the same recording finished is not done again.
        """
        with open_recording(path, limits=self._limits_for(options.channel_map)) as recording:
            levels = levels_of(recording)
            sides, notices = sides_of(recording, levels, channel_map=options.channel_map)
            recording, echoes = without_crosstalk(recording, levels, sides)
            notices += echoes
            spans = {
                side: unpaused(self._find_speech(recording, side.audio_channel), options.pauses)
                for side in sides
            }
            engine, _ = self.engine()
            wanted = wanted_of(engine, recording, spans, options)
            voices, told = voices_apart(recording, spans, self._parties)
            segments = hear(
                engine,
                recording,
                voices,
                wanted,
                progress=progress or (lambda _: None),
                checkpoint=checkpoint,
                source=digest_of(path) if checkpoint is not None else "",
            )
            notices = (*notices, *told)
            heard = self._heard(recording, voices, segments, wanted, options, notices)
            transcript = with_roles(heard, self._parties)
            if not options.spoken_phrases:
                return transcript
            hits, told = self._sought(recording, spans, options, transcript)
            return replace(transcript, spoken_phrases=hits, notices=(*transcript.notices, *told))

    def spoken_phrases(
        self, path: Path, options: RecordingOptions, *, known: Transcript | None = None
    ) -> tuple[tuple[SpokenPhrase, ...], tuple[Notice, ...]]:
        """Seek ``options.spoken_phrases`` in the sound, no recogniser asked; raises UnreadableAudio.

        A ``known`` transcript tells languages and parties, and nothing is found where it is masked.
        """
        known = known or Transcript(TEXT_ENGINE, TEXT_VERSION, (), language=given_language(options))
        with self._sides(path, options) as (recording, spans, notices):
            hits, told = self._sought(recording, spans, options, known)
            return hits, (*notices, *told)

    def email(self, path: Path, *, author: Party = Party.CUSTOMER) -> Transcript:
        """Read a mail: one turn of what its author wrote, be it in the subject. Raises UnreadableMessage."""
        mail = read_email(path)
        return replace(
            self._written(mail_turns(mail, author), subject=mail.subject),
            automatic=mail.automatic.kind if mail.automatic else None,
            attachments=tuple(replace(file, name=self._masked(file.name)) for file in mail.attachments),
            notices=mail_notices(mail),
        )

    def messages(self, path: Path) -> Transcript:
        """Read a chat, note, comment or survey: one turn per message. Raises UnreadableMessage."""
        return self._written(message_turns(read_messages(path)))

    def imported(
        self, path: Path, options: RecordingOptions = DEFAULTS, *, recording: Path | None = None
    ) -> Transcript:
        """Take a transcript that was made elsewhere, redacted; nothing is recognised.

        Its recording, if there, tells what sound can. Raises UnreadableTranscript, UnreadableAudio.
        """
        found = imported(
            path,
            self._redactor,
            channel_map=options.channel_map,
            language=options.language,
            pauses=options.pauses,
        )
        if found.language and all(turn.party is Party.UNKNOWN for turn in found.turns):
            found = with_roles(found, self._parties)
        if recording is None:
            return found
        with self._sides(recording, options) as (heard, spans, notices):
            hits, told = self._sought(heard, spans, options, found)
            return replace(
                found,
                duration_ms=heard.duration_ms,
                audio_channels=heard.audio_channels,
                sound=measured(heard, speech_of(spans), pauses=options.pauses),
                spoken_phrases=hits,
                notices=(*found.notices, *notices, *told),
            )

    def texts(self, turns: Sequence[tuple[Party, str]]) -> Transcript:
        """Take turns as they are, redacted."""
        return self._written([Turn(party, text) for party, text in turns])

    def playback(
        self, path: Path, transcript: Transcript, target: Path, *, pauses: Sequence[Stretch] = ()
    ) -> None:
        """Write the redacted derivative of a recording as FLAC, see nlp.playback; raises UnreadableAudio."""
        most = replace(self._limits, audio_channels=MAX_CHANNELS)
        with open_recording(path, limits=most, keep_lower_rate=True) as recording:
            write_playback(recording, transcript, target, pauses=pauses)

    @contextmanager
    def _sides(
        self, path: Path, options: RecordingOptions
    ) -> Iterator[tuple[Recording, dict[Side, list[SpeechSpan]], tuple[Notice, ...]]]:
        """A recording with the speech on each side and what was noticed, before anything is recognised."""
        with open_recording(path, limits=self._limits_for(options.channel_map)) as recording:
            levels = levels_of(recording)
            sides, notices = sides_of(recording, levels, channel_map=options.channel_map)
            recording, _ = without_crosstalk(recording, levels, sides)
            find, pauses = self._find_speech, options.pauses
            spans = {side: unpaused(find(recording, side.audio_channel), pauses) for side in sides}
            yield recording, spans, (*recording.notices, *notices)

    def _limits_for(self, channel_map: Mapping[int, Party] | None) -> Limits:
        """More than two audio channels need a map that names more than two."""
        named = max(channel_map, default=-1) + 1 if channel_map else 0
        most = MAX_CHANNELS if named > 2 else 2
        return replace(self._limits, audio_channels=most)

    def _heard(
        self,
        recording: Recording,
        spans: Mapping[Side, Sequence[SpeechSpan]],
        segments: Sequence[tuple[Party, Segment]],
        wanted: Wanted,
        options: RecordingOptions,
        notices: tuple[Notice, ...],
    ) -> Transcript:
        engine, engine_notices = self.engine()
        language = language_of_text(spans, wanted)
        turns, redactions, values = masked_turns(turns_of(segments), self._redactor, language=language)
        confidence = confidence_of(turns)
        languages = {channel: code for channel, code in wanted.languages.items() if code is not None}
        foreign = not_understood(engine, wanted)
        told = (*foreign, *spoken_notices(engine, wanted, options, segments))
        return Transcript(
            engine=engine.name,
            engine_version=engine.version,
            turns=turns,
            language=language if turns else given_language(options),
            duration_ms=recording.duration_ms,
            reliable=not foreign and (confidence or 0.0) >= engine.reliable_from if turns else None,
            confidence=confidence,
            audio_channels=recording.audio_channels,
            languages=languages,
            sound=measured(recording, speech_of(spans), pauses=options.pauses),
            redactions=redactions,
            notices=(*engine_notices, *recording.notices, *notices, *told),
            thresholds={"reliable_confidence": engine.reliable_from},
            masked_kinds=tuple(sorted(self._redactor.kinds)),
            masked_values=values,
        )

    def _sought(
        self,
        recording: Recording,
        spans: Mapping[Side, Sequence[SpeechSpan]],
        options: RecordingOptions,
        known: Transcript,
    ) -> tuple[tuple[SpokenPhrase, ...], tuple[Notice, ...]]:
        if not options.spoken_phrases:
            return (), ()
        self._search = self._search or self._open_search()
        own = dict.fromkeys((side.audio_channel for side in spans), known.language) if known.language else {}
        return spoken_phrases(
            self._search,
            recording,
            speech_of(spans),
            options.spoken_phrases,
            languages=known.languages or own,
            parties={side.audio_channel: side.party for side in spans},
            turns=known.turns,
            secrets=secrets_of(known, options.pauses),
        )

    def _written(self, turns: Sequence[Turn], *, subject: str | None = None) -> Transcript:
        masked, redactions, values = masked_turns(turns, self._redactor)
        title, more = masked_text(subject or "", self._redactor)
        return Transcript(
            engine=TEXT_ENGINE,
            engine_version=TEXT_VERSION,
            turns=masked,
            reliable=True,
            subject=title or None,
            redactions=redactions,
            masked_kinds=tuple(sorted(self._redactor.kinds)),
            masked_values=(*values, *more),
        )

    def _masked(self, text: str) -> str:
        return self._redactor.redact(text).text if text else ""
