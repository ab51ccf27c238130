"""openai-whisper, the reference recogniser: any language, slow on a CPU."""

from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp.asr.guards import plausible, silent, within_sound, without_loops
from nlp.asr.protocol import Regions
from nlp.transcript import Segment, Word

TEMPERATURES = (0.0, 0.2, 0.4, 0.6)
REGIONS = Regions(
    longest_ms=28_000, join_gap_ms=3_000
)  # Whisper hears 30 s at once, for the price of any part
RELIABLE_FROM = 0.5  # mean word probability; not measured here, for want of weights


class WhisperRecogniser:
    """A loaded openai-whisper checkpoint."""

    languages: frozenset[str] | None
    regions = REGIONS
    reliable_from = RELIABLE_FROM

    def __init__(self, checkpoint: Path) -> None:
        """Load ``checkpoint``, a file with ``dims`` and ``model_state_dict``."""
        # torch and whisper take seconds and hundreds of MB: only where this engine is chosen.
        import whisper  # noqa: PLC0415

        self._whisper = whisper
        self._model: Any = whisper.load_model(str(checkpoint))
        heads = whisper._ALIGNMENT_HEADS.get(checkpoint.stem)
        if heads is not None:  # loading by path leaves out the heads that give exact word times
            self._model.set_alignment_heads(heads)
        self.name = f"whisper:{checkpoint.stem}"
        self.version = version("openai-whisper")
        self.languages = None if self._model.is_multilingual else frozenset({"en"})

    def recognise(self, samples: NDArray[np.float32], *, language: str | None) -> list[Segment]:
        """See Recogniser.recognise."""
        if silent(samples):
            return []
        result = self._model.transcribe(
            np.ascontiguousarray(samples, dtype=np.float32),
            language=known_language(language, self.languages),
            temperature=TEMPERATURES,
            condition_on_previous_text=False,
            word_timestamps=True,
            hallucination_silence_threshold=2.0,
            fp16=self._model.device.type == "cuda",
            verbose=None,
        )
        segments = (segment_of(found["words"], samples) for found in result["segments"] if "words" in found)
        return [segment for segment in segments if segment is not None]

    def identify_language(self, samples: NDArray[np.float32]) -> str | None:
        """See Recogniser.identify_language."""
        if self.languages is not None:
            return "en"
        window = self._whisper.pad_or_trim(np.ascontiguousarray(samples, dtype=np.float32))
        mel = self._whisper.log_mel_spectrogram(window, self._model.dims.n_mels).to(self._model.device)
        _, probabilities = self._model.detect_language(mel)
        return str(max(probabilities, key=probabilities.__getitem__))


def known_language(language: str | None, languages: frozenset[str] | None) -> str | None:
    """What Whisper is told: English if it knows nothing else, None (find out) for what it does not know."""
    # The list is small, the package is not: this runs where whisper is installed anyway.
    from whisper.tokenizer import LANGUAGES  # noqa: PLC0415

    if languages is not None:
        return "en"
    return language if language in LANGUAGES else None


def segment_of(found: Iterable[Mapping[str, Any]], samples: NDArray[np.float32]) -> Segment | None:
    """Whisper's words (seconds, text with its leading space) as a guarded segment; None if none is left."""
    raw = [
        Word(round(word["start"] * 1000), round(word["end"] * 1000), word["word"], float(word["probability"]))
        for word in found
    ]
    kept = without_loops(within_sound([word for word in raw if word.text.strip()], samples))
    if not plausible(kept):
        return None
    confidence = float(np.mean([word.confidence or 0.0 for word in kept]))
    words = tuple(Word(word.start_ms, word.end_ms, word.text.strip(), word.confidence) for word in kept)
    text = "".join(word.text for word in kept).strip()  # with Whisper's own spaces: not every script has them
    return Segment(words[0].start_ms, words[-1].end_ms, text, words, confidence, audio_channel=0)
