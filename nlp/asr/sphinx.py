"""PocketSphinx: English, with a model that comes in the package, so that no download is ever needed."""

from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp.artifacts import read_manifest
from nlp.asr.guards import silent, within_sound
from nlp.asr.protocol import Regions
from nlp.asr.telephone_band import BandModel, extended, is_narrow, load_band_model
from nlp.errors import MissingArtifact
from nlp.transcript import Segment, Word

FRAME_MS = 10
SPEECH_RMS = 0.1  # the level at which the model's features fit best
LANGUAGE_WEIGHTS = {"lw": 5.5, "fwdflatlw": 7.5, "bestpathlw": 8.5}
SHORTEST = 1600  # a tenth of a second holds no word
# Mean posterior of the words. Measured over telephone-band calls: flite voices 0.57-0.75 (16 % word errors),
# a real 8 kHz call 0.31-0.32 (invention throughout).
RELIABLE_FROM = 0.45
BAND_ARTIFACT = "telephone_band"


class SphinxRecogniser:
    """One decoder; not for use by several threads at once."""

    name = "sphinx"
    languages: frozenset[str] | None = frozenset({"en"})
    regions = Regions(longest_ms=20_000, join_gap_ms=0)
    reliable_from = RELIABLE_FROM

    def __init__(self, *, models: Path | None = None) -> None:
        """Load the packaged model, and from ``models`` the estimate of bands a telephone line cuts off."""
        # The native library and its 30 MB model: only where this engine is chosen.
        from pocketsphinx import Decoder  # noqa: PLC0415

        self._decoder: Any = Decoder(samprate=16_000, loglevel="FATAL", **LANGUAGE_WEIGHTS)
        self._bands = open_bands(models)
        self.version = version("pocketsphinx") + ("+band" if self._bands else "")

    def recognise(self, samples: NDArray[np.float32], *, language: str | None) -> list[Segment]:
        """See Recogniser.recognise."""
        if len(samples) < SHORTEST or silent(samples):
            return []
        decoder = self._decoder
        decoder.start_utt()
        # full_utt: cepstral means over the whole region, not a running guess.
        decoder.process_raw(self._prepared(samples), full_utt=True)
        decoder.end_utt()
        if decoder.hyp() is None:
            return []
        words = tuple(within_sound(words_of(decoder.seg()), samples))
        if not words:
            return []
        confidence = float(np.mean([word.confidence or 0.0 for word in words]))
        text = " ".join(word.text for word in words)
        return [Segment(words[0].start_ms, words[-1].end_ms, text, words, confidence, audio_channel=0)]

    def identify_language(self, samples: NDArray[np.float32]) -> str | None:
        """It can only ever hear English."""
        return "en"

    def _prepared(self, samples: NDArray[np.float32]) -> bytes:
        """Level and bandwidth as the acoustic model knows them, as 16-bit samples."""
        rms = float(np.sqrt(np.mean(samples**2)))
        level = samples * np.float32(SPEECH_RMS / max(rms, 1e-4))
        if self._bands is not None and is_narrow(level):
            level = extended(level, self._bands)
        return np.asarray(np.clip(level, -1.0, 1.0) * 32767, dtype="<i2").tobytes()


def open_bands(models: Path | None) -> BandModel | None:
    """The estimate of missing bands; without it telephone speech is understood less well."""
    if models is None:
        return None
    try:
        return load_band_model(read_manifest(models).path(BAND_ARTIFACT, "weights.npz"))
    except MissingArtifact:
        return None


def words_of(found: Any) -> tuple[Word, ...]:
    """Words of a decoder's segmentation, without fillers and pronunciation marks such as ``the(2)``."""
    words = []
    for part in found:
        text = part.word.split("(")[0]
        if text and text[0] not in "<[+":
            start, end = part.start_frame * FRAME_MS, (part.end_frame + 1) * FRAME_MS
            words.append(Word(start, end, text, confidence_of(part)))
    return tuple(words)


def confidence_of(part: Any) -> float:
    """Posterior probability of the word in the lattice."""
    return float(min(max(part.prob, 0.0), 1.0))
