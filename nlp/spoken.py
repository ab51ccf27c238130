"""Which language is spoken on each audio channel, and in which the text is to be."""

import string
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from nlp.asr.protocol import Recogniser, Samples
from nlp.audio.recording import Recording
from nlp.channels import Side
from nlp.hearing import Wanted
from nlp.recording_options import RecordingOptions
from nlp.transcript import Notice, Party, Segment, Stretch
from nlp.vad import SpeechSpan

LANGUAGE_SAMPLE_MS = 30_000
LEAST_SPEECH_MS = 6_000  # less of it, or less certainty, and a channel takes the language of the others
LEAST_CERTAINTY = 0.5

Spans = Mapping[Side, Sequence[SpeechSpan]]


def wanted_of(engine: Recogniser, recording: Recording, spans: Spans, options: RecordingOptions) -> Wanted:
    """The wishes for a recording, with the language of every audio channel: the one given, or told by ear."""
    given = given_language(options)
    languages: dict[int, str | None]
    if given is None:
        languages = languages_of(engine, recording, spans)
    else:
        languages = {side.audio_channel: given for side, spoken in spans.items() if spoken}
    return Wanted(languages, options.translate and engine.translates, options.vocabulary)


def given_language(options: RecordingOptions) -> str | None:
    """The language that was given: "en-US" is English."""
    return options.language.split("-")[0].lower() if options.language else None


def language_of_text(spans: Spans, wanted: Wanted) -> str | None:
    """English where it was translated, else what is spoken longest."""
    if wanted.translate:
        return "en"
    length: Counter[str] = Counter()
    for side, spoken in spans.items():
        code = wanted.languages.get(side.audio_channel)
        if code is not None:
            length[code] += sum(span.end_ms - span.start_ms for span in spoken)
    return max(length, key=length.__getitem__, default=None)


def spoken_notices(
    engine: Recogniser,
    wanted: Wanted,
    options: RecordingOptions,
    segments: Iterable[tuple[Party, Segment]],
) -> tuple[Notice, ...]:
    """What became of the wishes for English text and for expected words."""
    return (*translation_notices(engine, wanted, options), *vocabulary_notices(options, segments))


def not_understood(engine: Recogniser, wanted: Wanted) -> tuple[Notice, ...]:
    """A notice for each language that the recogniser does not know: its words are guesses."""
    known = engine.languages
    return tuple(
        Notice(
            "language_not_supported",
            f"{engine.name} does not understand the language {code!r}: the words are guesses.",
        )
        for code in dict.fromkeys(wanted.languages.values())
        if known is not None and code is not None and code not in known
    )


def translation_notices(engine: Recogniser, wanted: Wanted, options: RecordingOptions) -> tuple[Notice, ...]:
    """What became of the wish for English text."""
    foreign = sorted({code for code in wanted.languages.values() if code not in (None, "en")})
    if not options.translate or not foreign:
        return ()
    if not wanted.translate:
        return (
            Notice(
                "translation_not_supported", f"{engine.name} cannot translate: the text is not in English."
            ),
        )
    detail = (
        f"Translated into English from {', '.join(str(code) for code in foreign)}: words have the times of "
        "their sentence."
    )
    return (Notice("translated", detail),)


def languages_of(engine: Recogniser, recording: Recording, spans: Spans) -> dict[int, str | None]:
    """The language of each audio channel on which someone speaks, told from its first half minute of speech.

    A channel with little speech, or where the recogniser is not sure, takes the language of all together.
    """
    spoken = {side: found for side, found in spans.items() if found}
    if not spoken:
        return {}
    languages: dict[int, str | None] = {}
    unsure: list[int] = []
    for side, found in spoken.items():
        told = None
        if sum(span.end_ms - span.start_ms for span in found) >= LEAST_SPEECH_MS:
            told = engine.identify_language(first_speech(recording, {side: found}))
        if told is not None and told.probability >= LEAST_CERTAINTY:
            languages[side.audio_channel] = told.code
        else:
            unsure.append(side.audio_channel)
    if unsure:
        common = engine.identify_language(first_speech(recording, spoken))
        languages |= dict.fromkeys(unsure, common.code if common else None)
    return dict(sorted(languages.items()))


def first_speech(recording: Recording, spans: Spans) -> Samples:
    """The first half minute of speech of these sides, in order of time; 16 kHz."""
    ordered = sorted(
        ((span, side) for side, spoken in spans.items() for span in spoken), key=lambda pair: pair[0].start_ms
    )
    pieces, left = [], LANGUAGE_SAMPLE_MS
    for span, side in ordered:
        end = min(span.end_ms, span.start_ms + left)
        pieces.append(recording.samples(side.audio_channel, start_ms=span.start_ms, end_ms=end))
        left -= end - span.start_ms
        if left <= 0:
            break
    return np.concatenate(pieces)


def vocabulary_notices(
    options: RecordingOptions, segments: Iterable[tuple[Party, Segment]]
) -> tuple[Notice, ...]:
    """How many of the expected words were heard; not which, for names are among them."""
    if not options.vocabulary:
        return ()
    heard = " ".join(" ".join(bare(word.text) for word in segment.words) for _, segment in segments)
    expected = [" ".join(bare(word) for word in entry.split()) for entry in options.vocabulary]
    found = sum(f" {entry} " in f" {heard} " for entry in expected)
    return (Notice("vocabulary", f"{found} of {len(expected)} expected words and names were heard."),)


def bare(word: str) -> str:
    """A word without the signs around it, small and large letters alike."""
    return word.strip(string.punctuation + "¿¡“”„«»…").casefold()


def speech_of(spans: Mapping[Side, Sequence[SpeechSpan]]) -> dict[int, tuple[Stretch, ...]]:
    """Where someone speaks, by audio channel, in order of time."""
    found: dict[int, list[Stretch]] = {}
    for side, spoken in spans.items():
        found.setdefault(side.audio_channel, []).extend(
            Stretch(span.start_ms, span.end_ms) for span in spoken
        )
    return {
        channel: tuple(sorted(spoken, key=lambda span: span.start_ms)) for channel, spoken in found.items()
    }
