"""faster-whisper: the same weights under CTranslate2, several times quicker on a CPU."""

import os
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp.asr.guards import silent
from nlp.asr.protocol import Regions
from nlp.asr.whisper import REGIONS, RELIABLE_FROM, TEMPERATURES, segment_of
from nlp.transcript import Segment


class FasterWhisperRecogniser:
    """A loaded CTranslate2 model of Whisper."""

    languages: frozenset[str] | None
    regions: Regions = REGIONS
    reliable_from = RELIABLE_FROM

    def __init__(self, folder: Path, *, size: str) -> None:
        """Load ``folder`` with model.bin, config.json and tokenizer.json; ``size`` names it in results."""
        # CTranslate2 and its friends take a second and 200 MB: only where this engine is chosen.
        from faster_whisper import WhisperModel  # noqa: PLC0415

        threads = int(os.environ.get("OMP_NUM_THREADS", "0") or 0)
        # local_files_only: a model without its tokenizer fails here instead of asking a hub.
        self._model: Any = WhisperModel(
            str(folder), device="auto", compute_type="auto", cpu_threads=threads, local_files_only=True
        )
        self.name = f"faster-whisper:{size}"
        self.version = version("faster-whisper")
        self.languages = None if self._model.model.is_multilingual else frozenset({"en"})

    def recognise(self, samples: NDArray[np.float32], *, language: str | None) -> list[Segment]:
        """See Recogniser.recognise."""
        if silent(samples):
            return []
        found, _ = self._model.transcribe(
            np.ascontiguousarray(samples, dtype=np.float32),
            language=self._known(language),
            beam_size=5,
            temperature=TEMPERATURES,
            condition_on_previous_text=False,
            word_timestamps=True,
            hallucination_silence_threshold=2.0,
            vad_filter=False,
        )
        segments = (segment_of(map(asdict, segment.words or ()), samples) for segment in found)
        return [segment for segment in segments if segment is not None]

    def _known(self, language: str | None) -> str | None:
        """What the model is told: None (find out) for a language it does not know."""
        return language if language in self._model.supported_languages else None

    def identify_language(self, samples: NDArray[np.float32]) -> str | None:
        """See Recogniser.identify_language."""
        if self.languages is not None:
            return "en"
        language, _, _ = self._model.detect_language(np.ascontiguousarray(samples, dtype=np.float32))
        return str(language)
