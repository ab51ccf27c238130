"""Every millisecond of speech is in one window, and every word finds its way back."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from nlp.audio.recording import open_recording
from nlp.channels import Side
from nlp.packing import (
    SILENCE_MS,
    Piece,
    Window,
    by_piece,
    in_recording,
    joined,
    packed,
    samples_of,
    single,
)
from nlp.transcript import Party, Stretch, Word
from tests.nlp.sounds import tone, write_wav

AGENT, CUSTOMER, THIRD = Side(0, Party.AGENT), Side(1, Party.CUSTOMER), Side(2, Party.UNKNOWN)
LENGTHS = some.lists(some.tuples(some.integers(1, 5000), some.integers(100, 40_000)), max_size=25)


def stretches(gaps_and_lengths: list[tuple[int, int]]) -> list[Stretch]:
    found, at = [], 0
    for gap, length in gaps_and_lengths:
        found.append(Stretch(at + gap, at + gap + length))
        at += gap + length
    return found


@given(LENGTHS, LENGTHS, some.booleans())
def test_windows_hold_all_speech_once_in_order(
    first: list[tuple[int, int]],
    second: list[tuple[int, int]],
    apart: bool,  # noqa: FBT001
) -> None:
    regions = {AGENT: stretches(first), CUSTOMER: stretches(second)}
    windows = packed(regions, window_ms=30_000, apart=apart)
    for window in windows:
        assert 0 < window.length_ms <= 30_000
        ends = [piece.end_ms + SILENCE_MS for piece in window.pieces[:-1]]
        assert [piece.at_ms for piece in window.pieces] == [0, *ends]
        if apart:
            assert len({piece.side for piece in window.pieces}) == 1
    for side, spans in regions.items():
        pieces = [p for window in windows for p in window.pieces if p.side == side]
        for window in windows:
            own = [p.region.start_ms for p in window.pieces if p.side == side]
            assert own == sorted(own)
        covered = sorted((p.region.start_ms, p.region.end_ms) for p in pieces)
        assert sum(end - start for start, end in covered) == sum(s.end_ms - s.start_ms for s in spans)
        for start, end in covered:
            assert any(span.start_ms <= start and end <= span.end_ms for span in spans)


def test_windows_are_full() -> None:
    regions = {side: stretches([(900, 3700)] * 60) for side in (AGENT, CUSTOMER)}
    windows = packed(regions, window_ms=30_000)
    assert sum(window.speech_ms for window in windows) / (len(windows) * 30_000) > 0.8


def test_languages_do_not_share_a_window() -> None:
    regions = {
        AGENT: [Stretch(0, 1000)],
        CUSTOMER: [Stretch(0, 1000)],
        THIRD: [Stretch(2000, 3000)],
    }
    windows = packed(regions, window_ms=30_000, languages={0: "en", 1: "hu", 2: "en"})
    assert [(w.language, [p.side.audio_channel for p in w.pieces]) for w in windows] == [
        ("en", [0, 2]),
        ("hu", [1]),
    ]


def test_single_regions_are_windows_of_their_own() -> None:
    windows = single({CUSTOMER: [Stretch(5, 9)], AGENT: [Stretch(0, 4)]}, {0: "en"})
    assert [(w.language, w.pieces) for w in windows] == [
        (None, (Piece(CUSTOMER, Stretch(5, 9), 0),)),
        ("en", (Piece(AGENT, Stretch(0, 4), 0),)),
    ]


def test_near_spans_are_joined_up_to_the_longest() -> None:
    spans = [Stretch(0, 2000), Stretch(2500, 4000), Stretch(9000, 9500), Stretch(9600, 30_000)]
    assert joined(spans, join_gap_ms=3000, longest_ms=20_000) == [
        Stretch(0, 4000),
        Stretch(9000, 9500),
        Stretch(9600, 30_000),
    ]
    assert joined([], join_gap_ms=3000, longest_ms=20_000) == []


def test_the_sound_of_a_window_is_that_of_its_pieces(tmp_path: Path) -> None:
    quiet, loud = tone(4.0, level=0.1), tone(4.0, level=0.6)
    window = Window((Piece(CUSTOMER, Stretch(1000, 2000), 0), Piece(AGENT, Stretch(3500, 4500), 1200)))
    with open_recording(write_wav(tmp_path / "a.wav", quiet, loud)) as recording:
        samples = samples_of(window, recording)
    assert len(samples) == 2200 * 16
    assert float(np.abs(samples[: 1000 * 16]).max()) == pytest.approx(0.6, abs=0.01)
    assert not samples[1000 * 16 : 1200 * 16].any()
    assert float(np.abs(samples[1200 * 16 : 1700 * 16]).max()) == pytest.approx(0.1, abs=0.01)
    assert not samples[1700 * 16 :].any()  # the recording ends there


def test_a_word_goes_to_the_region_of_its_middle_at_its_own_time() -> None:
    window = Window((Piece(AGENT, Stretch(10_000, 11_000), 0), Piece(CUSTOMER, Stretch(4000, 5000), 1200)))
    words = [
        Word(100, 400, "a", None),
        Word(800, 1300, "over", None),  # its middle, 1050, lies nearer to the first piece
        Word(900, 1500, "the", None),  # 1200
        Word(1300, 1400, "joint", None),
        Word(2100, 2600, "late", None),
    ]
    found = by_piece(window, words)
    assert [[word.text for word in piece] for piece in found] == [["a", "over"], ["the", "joint", "late"]]
    first, second = window.pieces
    assert in_recording(first, words[1]) == Word(10_800, 11_000, "over", None)
    assert in_recording(second, words[2]) == Word(4000, 4300, "the", None)
    assert in_recording(second, words[3]) == Word(4100, 4200, "joint", None)
    assert in_recording(second, words[4]) == Word(4900, 5000, "late", None)
