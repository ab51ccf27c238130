"""Packs regions of speech from all sides into full windows, and finds the way back for words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from nlp.audio.recording import SAMPLE_RATE, Recording
from nlp.channels import Side
from nlp.transcript import Stretch, Word

SILENCE_MS = 200  # between two regions: enough for a recogniser to end a word, cheap enough to waste
OPEN_WINDOWS = 4  # a region may fill the hole at the end of one of this many windows
PER_MS = SAMPLE_RATE // 1000


@dataclass(frozen=True, slots=True)
class Piece:
    """A region of one side and where in its window it begins."""

    side: Side
    region: Stretch
    at_ms: int

    @property
    def end_ms(self) -> int:
        """Where in its window it ends."""
        return self.at_ms + self.region.end_ms - self.region.start_ms


@dataclass(frozen=True, slots=True)
class Window:
    """What a recogniser hears at once: pieces in order, silence between them, all of one language."""

    pieces: tuple[Piece, ...]
    language: str | None = None

    @property
    def length_ms(self) -> int:
        """Length with the silence between the pieces."""
        return self.pieces[-1].end_ms if self.pieces else 0

    @property
    def speech_ms(self) -> int:
        """Length without the silence."""
        return sum(piece.region.end_ms - piece.region.start_ms for piece in self.pieces)


def joined(spans: Iterable[Stretch], *, join_gap_ms: int, longest_ms: int) -> list[Stretch]:
    """Neighbouring spans of one side as regions, none longer than ``longest_ms`` by joining."""
    regions: list[Stretch] = []
    for span in spans:
        near = regions and span.start_ms - regions[-1].end_ms <= join_gap_ms
        if near and span.end_ms - regions[-1].start_ms <= longest_ms:
            regions[-1] = Stretch(regions[-1].start_ms, span.end_ms)
        else:
            regions.append(span)
    return regions


def single(
    regions: Mapping[Side, Sequence[Stretch]], languages: Mapping[int, str | None] | None = None
) -> list[Window]:
    """One window per region, in order of side and time; ``languages`` by audio channel."""
    known = languages or {}
    return [
        Window((Piece(side, region, 0),), known.get(side.audio_channel))
        for side, found in regions.items()
        for region in found
    ]


def packed(
    regions: Mapping[Side, Sequence[Stretch]],
    *,
    window_ms: int,
    languages: Mapping[int, str | None] | None = None,
    apart: bool = False,
) -> list[Window]:
    """Windows of at most ``window_ms`` that hold every region once.

    Regions stand in order of time within a window and side; a window may go on with the next side of the same
    language, unless sides are to be kept ``apart``. A region longer than a window is cut. Windows of one
    language follow each other; ``languages`` tells it by audio channel.
    """
    known = languages or {}
    windows: list[Window] = []
    for language in dict.fromkeys(known.get(side.audio_channel) for side in regions):
        open_windows: list[Window] = []
        for side, found in regions.items():
            if known.get(side.audio_channel) != language:
                continue
            if apart:
                windows += open_windows
                open_windows = []
            for region in found:
                for part in cut(region, window_ms):
                    windows += put(open_windows, side, part, Window((), language), window_ms=window_ms)
        windows += open_windows
    return windows


def put(
    open_windows: list[Window], side: Side, region: Stretch, fresh: Window, *, window_ms: int
) -> list[Window]:
    """Put a region into the first open window with room, else into a fresh one; returns what that closes."""
    for number, window in enumerate(open_windows):
        at = window.length_ms + SILENCE_MS
        if at + region.end_ms - region.start_ms <= window_ms:
            piece = Piece(side, region, at)
            open_windows[number] = replace(window, pieces=(*window.pieces, piece))
            return []
    open_windows.append(replace(fresh, pieces=(Piece(side, region, 0),)))
    return [open_windows.pop(0)] if len(open_windows) > OPEN_WINDOWS else []


def cut(region: Stretch, longest_ms: int) -> list[Stretch]:
    """The region in equal parts that fit."""
    length = region.end_ms - region.start_ms
    parts = max(-(-length // longest_ms), 1)
    marks = [region.start_ms + length * part // parts for part in range(parts + 1)]
    return [Stretch(start, end) for start, end in pairwise(marks)]


def samples_of(window: Window, recording: Recording) -> NDArray[np.float32]:
    """The window's sound, 16 kHz, shape (n,)."""
    samples = np.zeros(window.length_ms * PER_MS, np.float32)
    for piece in window.pieces:
        part = recording.samples(
            piece.side.audio_channel, start_ms=piece.region.start_ms, end_ms=piece.region.end_ms
        )
        first = piece.at_ms * PER_MS
        samples[first : first + len(part)] = part[: len(samples) - first]
    return samples


def by_piece(window: Window, words: Iterable[Word]) -> list[list[Word]]:
    """The words of each piece, still in the window's time: a word belongs to the piece of its middle.

    A word in the silence between two pieces belongs to the nearer one.
    """
    found: list[list[Word]] = [[] for _ in window.pieces]
    for word in words:
        middle = (word.start_ms + word.end_ms) / 2
        distances = [max(piece.at_ms - middle, middle - piece.end_ms, 0) for piece in window.pieces]
        found[int(np.argmin(distances))].append(word)
    return found


def in_recording(piece: Piece, word: Word) -> Word:
    """The word in the recording's time, cut to its region."""
    shift = piece.region.start_ms - piece.at_ms
    start = min(max(word.start_ms + shift, piece.region.start_ms), piece.region.end_ms)
    end = min(max(word.end_ms + shift, start), piece.region.end_ms)
    return replace(word, start_ms=start, end_ms=end)
