"""Who speaks when: segmentation in overlapping windows, a print per voice, clusters, stretches."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from nlp.audio.recording import Recording
from nlp.diarization.clustering import Print, speakers_of
from nlp.diarization.filterbank import filterbank
from nlp.diarization.segmentation import (
    FRAME_STEP,
    FRAME_WIDTH,
    FRAMES,
    RATE,
    WINDOW,
    Segmentation,
)
from nlp.diarization.weights import segmentation_weights, voice_model

HOP_FRAMES = 296  # half a window
HOP = HOP_FRAMES * FRAME_STEP
BATCH = 4  # windows at a time: 20 MB of the network's first layer
FRAME_MS = FRAME_STEP * 1000 / RATE
OFFSET_MS = (FRAME_WIDTH - FRAME_STEP) / 2 * 1000 / RATE  # from a frame's first sample to what it stands for
HEARD = 0.3  # from this share of the windows on, somebody may be speaking
SHORTEST_PIECE_MS = 200  # a "yes" is longer
SHORTEST_PRINT_MS = 400
LONGEST_PRINT_MS = 3000  # of each part: more tells nothing new and costs time
BREATH_MS = 300  # a longer pause may be a change of speaker that the segmentation missed
OWN_PRINT_MS = 1500

Activity = NDArray[np.uint8]
VoicePrint = Callable[[NDArray[np.float32]], NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class SpeakerStretch:
    """An uninterrupted stretch of one speaker; ms from the recording's start."""

    start_ms: int
    end_ms: int
    speaker: int


@dataclass(frozen=True, slots=True)
class Diarization:
    """``activity`` is (frames, speakers): how many of the windows over a frame hear the speaker, 0..1."""

    activity: NDArray[np.float16]

    @property
    def speakers(self) -> int:
        """How many voices were told apart."""
        return int(self.activity.shape[1])

    def stretches(self) -> tuple[SpeakerStretch, ...]:
        """Where each speaker is active, by start; those of two speakers overlap where both speak."""
        found = []
        for speaker in range(self.speakers):
            for first, last in runs(self.activity[:, speaker] >= 0.5):
                found.append(SpeakerStretch(time_ms(first), time_ms(last), speaker))
        return tuple(sorted(found, key=lambda stretch: (stretch.start_ms, stretch.end_ms)))

    def split(self, start_ms: int, end_ms: int) -> tuple[SpeakerStretch, ...]:
        """A stretch of speech cut where the speaker changes: all of it belongs to somebody.

        What nobody was heard to say goes to whoever is nearest in time.
        """
        if self.speakers < 2:
            return (SpeakerStretch(start_ms, end_ms, 0),)
        first = max(int((start_ms - OFFSET_MS) / FRAME_MS), 0)
        last = max(int((end_ms - OFFSET_MS) / FRAME_MS), first) + 1
        owners = smoothed(self._owners(first, last))
        changes = [0, *(np.flatnonzero(np.diff(owners)) + 1).tolist(), len(owners)]
        times = [start_ms, *(time_ms(first + change) for change in changes[1:-1]), end_ms]
        return tuple(
            SpeakerStretch(begin, end, int(owners[change]))
            for (begin, end), change in zip(pairwise(times), changes[:-1], strict=True)
        )

    def _owners(self, first: int, last: int) -> NDArray[np.int64]:
        """Whose each frame is: of whoever speaks loudest in it, else of who speaks nearest to it."""
        reach = 0
        while True:
            begin = max(first - reach, 0)
            part = self.activity[begin : last + reach]
            where = np.flatnonzero(part.max(axis=1, initial=0.0) >= HEARD)
            if len(where) or (begin == 0 and last + reach >= len(self.activity)):
                break
            reach = 4 * reach + FRAMES
        if not len(where):
            return np.zeros(last - first, np.int64)
        frames = np.arange(first, last) - begin
        after = np.minimum(np.searchsorted(where, frames), len(where) - 1)
        before = np.maximum(after - 1, 0)
        nearer = np.where(np.abs(where[after] - frames) < np.abs(where[before] - frames), after, before)
        return np.asarray(part[where[nearer]].argmax(axis=1), np.int64)


class Diarizer:
    """Holds the two networks; reads a recording window by window."""

    def __init__(self, segmentation: Segmentation, voice_print: VoicePrint) -> None:
        self._segmentation = segmentation
        self._voice_print = voice_print

    def diarize(
        self,
        recording: Recording,
        audio_channel: int,
        *,
        speakers: int | None = None,
        expected: int | None = None,
    ) -> Diarization:
        """Tell the voices of one audio channel apart; ``speakers`` and ``expected`` as in `speakers_of`."""
        local: list[Activity] = []
        prints: list[Print] = []
        for samples in batches_of(recording, audio_channel):
            for window, activity in zip(samples, self._segmentation.activity(samples), strict=True):
                prints += self._prints(window, activity, len(local), finely=expected is not None)
                local.append(activity)
        chosen = speakers_of(prints, speakers=speakers, expected=expected)
        return Diarization(stitched(local, list(zip(prints, chosen, strict=True))))

    def _prints(
        self, window: NDArray[np.float32], activity: Activity, number: int, *, finely: bool
    ) -> list[Print]:
        found = []
        alone = activity.sum(axis=1) == 1
        for voice in np.argsort(activity.argmax(axis=0)).tolist():  # who speaks first is number one
            speaks = activity[:, voice] == 1
            for first, last in parts_of(speaks, finely=finely):
                within = np.zeros(FRAMES, bool)
                within[first:last] = speaks[first:last]
                clean = int((within & alone).sum() * FRAME_MS)
                heard = within & alone if clean >= SHORTEST_PRINT_MS else within
                if heard.sum() * FRAME_MS >= SHORTEST_PRINT_MS:
                    clean = clean if clean >= SHORTEST_PRINT_MS else 0
                    vector = self._voice_print(spoken(window, heard))
                    found.append(Print(number, voice, clean, vector, first, last))
        return found


def parts_of(speaks: NDArray[np.bool_], *, finely: bool) -> list[tuple[int, int]]:
    """The window divided in the pauses between a voice's longer stretches.

    Each part is judged by itself: the segmentation may take two people for one. ``finely`` cuts long
    stretches too. In calls, whose few voices are known well, that finds changes without a pause; in meetings
    prints of three seconds confuse voices (more error on the AMI clips).
    """
    joined: list[tuple[int, int]] = []
    for first, last in runs(speaks):
        if joined and (first - joined[-1][1]) * FRAME_MS < BREATH_MS:
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    longer = [run for run in joined if (run[1] - run[0]) * FRAME_MS >= OWN_PRINT_MS]
    middles = [(before[1] + after[0]) // 2 for before, after in pairwise(longer)]
    parts: list[tuple[int, int]] = []
    for first, last in pairwise([0, *middles, len(speaks)]):
        spoken_frames = first + np.flatnonzero(speaks[first:last])
        pieces = 1 if not finely else max(1, round(len(spoken_frames) * FRAME_MS / LONGEST_PRINT_MS))
        cuts = [int(piece[0]) for piece in np.array_split(spoken_frames, pieces)[1:]]
        parts += pairwise([first, *cuts, last])
    return parts


def spoken(window: NDArray[np.float32], frames: NDArray[np.bool_]) -> NDArray[np.float32]:
    """The samples under the frames, one after the other, three seconds at most: the longest runs first."""
    kept, left = [], LONGEST_PRINT_MS * RATE // 1000
    offset = (FRAME_WIDTH - FRAME_STEP) // 2
    for first, last in sorted(runs(frames), key=lambda run: run[0] - run[1]):
        start = first * FRAME_STEP + offset
        kept.append(window[start : min(last * FRAME_STEP + offset, start + left)])
        left -= len(kept[-1])
        if left <= 0:
            break
    return np.concatenate(kept)


def batches_of(recording: Recording, audio_channel: int) -> Iterator[NDArray[np.float32]]:
    """Overlapping windows, a few at a time, shape (n, 160000); the last ones are filled up with silence."""
    batch: list[NDArray[np.float32]] = []
    length = recording.frames * RATE // recording.rate  # a telephone recording is kept at its own rate
    for first in range(0, max(length - (WINDOW - HOP), 1), HOP):
        samples = recording.samples(
            audio_channel, start_ms=first * 1000 // RATE, end_ms=(first + WINDOW) * 1000 // RATE
        )[:WINDOW]
        batch.append(np.pad(samples, (0, WINDOW - len(samples))))
        if len(batch) == BATCH:
            yield np.stack(batch)
            batch = []
    if batch:
        yield np.stack(batch)


def stitched(local: Sequence[Activity], whose: Sequence[tuple[Print, int]]) -> NDArray[np.float16]:
    """Activity of the speakers over the whole recording: the mean over the windows that cover a frame.

    Half precision: ten hours are two million frames.
    """
    speakers = max((speaker for _, speaker in whose), default=-1) + 1
    total = np.zeros((max(len(local) - 1, 0) * HOP_FRAMES + FRAMES, speakers), np.float16)
    covered = np.zeros((len(total), 1), np.float16)
    weight = (1.0 - np.abs(np.linspace(-0.95, 0.95, FRAMES))).astype(np.float16)  # edges know less
    for number in range(len(local)):
        covered[number * HOP_FRAMES : number * HOP_FRAMES + FRAMES, 0] += weight
    for one, speaker in whose:
        part = slice(one.first, min(one.last, FRAMES))
        begin = one.window * HOP_FRAMES
        heard = weight[part] * local[one.window][part, one.voice]
        total[begin + part.start : begin + part.stop, speaker] += heard
    total /= np.maximum(covered, np.float16(0.01))
    return np.minimum(total, np.float16(1.0))


def smoothed(owners: NDArray[np.int64]) -> NDArray[np.int64]:
    """Pieces too short to be a word go to who spoke before, at the start to who speaks next."""
    changes = [0, *(np.flatnonzero(np.diff(owners)) + 1).tolist(), len(owners)]
    kept = owners.copy()
    pieces = [(a, b) for a, b in pairwise(changes) if (b - a) * FRAME_MS >= SHORTEST_PIECE_MS]
    if not pieces:
        kept[:] = np.bincount(owners).argmax()
        return kept
    kept[: pieces[0][0]] = owners[pieces[0][0]]
    for (first, _), (following, _) in zip(pieces, [*pieces[1:], (len(owners), 0)], strict=True):
        kept[first:following] = owners[first]
    return kept


def runs(active: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """First and last + 1 of each unbroken run."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], active.astype(np.int8), [0]])))
    return [(int(first), int(last)) for first, last in zip(edges[::2], edges[1::2], strict=True)]


def time_ms(frame: int) -> int:
    """Where a frame begins to count, ms from the recording's start."""
    return round(frame * FRAME_MS + OFFSET_MS)


def open_diarizer() -> Diarizer:
    """Load both networks from their package; raises MissingArtifact."""
    model: Any = voice_model()

    def voice_print(samples: NDArray[np.float32]) -> NDArray[np.float32]:
        features = filterbank(samples)
        with torch.inference_mode():
            vector = model(torch.from_numpy(features - features.mean(axis=0))[None])[0].numpy()
        return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-9), np.float32)

    return Diarizer(Segmentation(segmentation_weights()), voice_print)
