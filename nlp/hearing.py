"""Feeds spans of speech to a recogniser in the regions it likes, and keeps what lies in speech."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from nlp.asr.guards import within_speech
from nlp.asr.protocol import Recogniser, Regions
from nlp.audio.recording import Recording
from nlp.channels import Side
from nlp.transcript import Party, Segment, Word
from nlp.vad import SpeechSpan

LANGUAGE_SAMPLE_MS = 30_000
WORD_TIME_ERROR_MS = 300


def hear(
    engine: Recogniser,
    recording: Recording,
    spans: Mapping[Side, Sequence[SpeechSpan]],
    *,
    language: str | None,
    progress: Callable[[float], None],
) -> list[tuple[Party, Segment]]:
    """Segments of all sides with their party; times in ms from the recording's start."""
    todo = [
        (side, region, spoken)
        for side, spoken in spans.items()
        for region in regions_of(spoken, engine.regions)
    ]
    total = sum(region.end_ms - region.start_ms for _, region, _ in todo)
    heard: list[tuple[Party, Segment]] = []
    done = 0
    for side, region, spoken in todo:
        samples = recording.samples(side.audio_channel, start_ms=region.start_ms, end_ms=region.end_ms)
        for segment in engine.recognise(samples, language=language):
            placed = place(segment, region, side.audio_channel, spoken)
            if placed is not None:
                heard.append((side.party, replace(placed, speaker=side.speaker)))
        done += region.end_ms - region.start_ms
        progress(done / total)
    return heard


def regions_of(spans: Sequence[SpeechSpan], regions: Regions) -> list[SpeechSpan]:
    """Neighbouring spans joined as the engine likes them."""
    joined: list[SpeechSpan] = []
    for span in spans:
        near = joined and span.start_ms - joined[-1].end_ms <= regions.join_gap_ms
        if near and span.end_ms - joined[-1].start_ms <= regions.longest_ms:
            joined[-1] = SpeechSpan(joined[-1].start_ms, span.end_ms)
        else:
            joined.append(span)
    return joined


def place(
    segment: Segment, region: SpeechSpan, audio_channel: int, spans: Sequence[SpeechSpan]
) -> Segment | None:
    """The segment in the recording's time; words in whose time nobody speaks are dropped."""
    begin = region.start_ms
    words = [
        Word(begin + word.start_ms, min(begin + word.end_ms, region.end_ms), word.text, word.confidence)
        for word in segment.words
    ]
    kept = within_speech(words, lambda start, end: overlaps(spans, start, end))
    if words and not kept:
        return None
    text = segment.text if len(kept) == len(words) else " ".join(word.text for word in kept)
    start = kept[0].start_ms if kept else begin + segment.start_ms
    end = kept[-1].end_ms if kept else min(begin + segment.end_ms, region.end_ms)
    return Segment(start, end, text, tuple(kept), segment.confidence, audio_channel)


def overlaps(spans: Sequence[SpeechSpan], start_ms: int, end_ms: int) -> bool:
    """Whether a word's time touches speech, within what word times are exact to."""
    return any(
        span.start_ms - WORD_TIME_ERROR_MS < end_ms and start_ms < span.end_ms + WORD_TIME_ERROR_MS
        for span in spans
    )


def language_of(
    engine: Recogniser, recording: Recording, spans: Mapping[Side, Sequence[SpeechSpan]]
) -> str | None:
    """The language of the first half minute of speech, all sides; None where nobody speaks."""
    first = sorted(
        ((span, side) for side, spoken in spans.items() for span in spoken), key=lambda pair: pair[0].start_ms
    )
    pieces, left = [], LANGUAGE_SAMPLE_MS
    for span, side in first:
        end = min(span.end_ms, span.start_ms + left)
        pieces.append(recording.samples(side.audio_channel, start_ms=span.start_ms, end_ms=end))
        left -= end - span.start_ms
        if left <= 0:
            break
    return engine.identify_language(np.concatenate(pieces)) if pieces else None
