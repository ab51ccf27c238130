"""faster-whisper: the same weights under CTranslate2, several times quicker on a CPU."""

import os
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from nlp.asr.fallback import TEMPERATURES, Decoded, decode_all
from nlp.asr.protocol import Asked, Regions, Samples, SpokenLanguage
from nlp.asr.whisper import MARKS_PER_SECOND, REGIONS, RELIABLE_FROM, UNTRANSLATING
from nlp.asr.whisper_text import Timed, compression, word_times, words_of_alignment, words_of_marks
from nlp.transcript import Word


class FasterWhisperRecogniser:
    """A loaded CTranslate2 model of Whisper."""

    languages: frozenset[str] | None
    may_loop = True
    regions: Regions = REGIONS
    reliable_from = RELIABLE_FROM

    def __init__(
        self,
        folder: Path,
        *,
        size: str,
        compute_type: str = "float32",
        temperatures: Sequence[float] = TEMPERATURES,
        most_tokens: int | None = None,
    ) -> None:
        """Load ``folder`` with model.bin, config.json and tokenizer.json; ``size`` names it in results.

        ``compute_type`` is CTranslate2's on a CPU; ``most_tokens`` bounds the text of a window, None leaves
        Whisper's own bound.
        """
        # CTranslate2 and its friends take a second and 200 MB: only where this engine is chosen.
        import ctranslate2  # noqa: PLC0415
        from faster_whisper import WhisperModel  # noqa: PLC0415

        threads = int(os.environ.get("OMP_NUM_THREADS", "0") or 0)
        on_gpu = ctranslate2.get_cuda_device_count() > 0
        # local_files_only: a model without its tokenizer fails here instead of asking a hub.
        self._model: Any = WhisperModel(
            str(folder),
            device="cuda" if on_gpu else "cpu",
            compute_type="float16" if on_gpu else compute_type,
            cpu_threads=threads,
            local_files_only=True,
        )
        self._temperatures = tuple(temperatures)
        self._most_tokens = most_tokens or self._model.max_length // 2
        self.name = f"faster-whisper:{size}"
        kept = self._model.model.compute_type
        self.version = version("faster-whisper") + ("" if kept == "float32" else f"+{kept}")
        self.languages = None if self._model.model.is_multilingual else frozenset({"en"})
        self.translates = self._model.model.is_multilingual and not any(
            part in size for part in UNTRANSLATING
        )

    def recognise(self, windows: Sequence[Samples], asked: Asked) -> list[tuple[Word, ...]]:
        """See Recogniser.recognise."""
        if not windows:
            return []
        encoded = self._encoded(windows)
        tokenizer = self._tokenizer(self._known(asked.language) or self._commonest(encoded), asked)
        decoded = decode_all(
            len(windows),
            lambda rows, temperature: self._decoded(encoded, rows, temperature, tokenizer, asked),
            self._temperatures,
        )
        if asked.translate:
            return [
                words_of_marks(
                    found,
                    first_mark=tokenizer.timestamp_begin,
                    read=tokenizer.decode,
                    length_ms=len(window) // 16,
                )
                for window, found in zip(windows, decoded, strict=True)
            ]
        timed = self._aligned(encoded, decoded, tokenizer, [len(window) // 160 for window in windows])
        return [words_of_alignment(words, found) for words, found in zip(timed, decoded, strict=True)]

    def identify_language(self, samples: Samples) -> SpokenLanguage | None:
        """See Recogniser.identify_language."""
        if self.languages is not None:
            return SpokenLanguage("en", 1.0)
        ((token, probability), *_) = self._model.model.detect_language(self._encoded([samples]))[0]
        return SpokenLanguage(token.strip("<|>"), float(probability))

    def _encoded(self, windows: Sequence[Samples]) -> Any:
        """What the encoder makes of the windows, once for everything that follows."""
        extract = self._model.feature_extractor
        frames = extract.nb_max_frames
        mels = np.zeros((len(windows), extract.mel_filters.shape[0], frames), np.float32)
        for row, window in enumerate(windows):
            padded = np.zeros(
                extract.n_samples, np.float32
            )  # with its silence: the level of the mel needs it
            padded[: len(window)] = window[: extract.n_samples]
            mels[row] = extract(padded)[:, :frames]
        return self._model.encode(mels)

    def _known(self, language: str | None) -> str | None:
        """What the model is told: None (find out) for a language it does not know."""
        if self.languages is not None:
            return "en"
        return language if language in self._model.supported_languages else None

    def _commonest(self, encoded: Any) -> str:
        codes = [str(found[0][0]).strip("<|>") for found in self._model.model.detect_language(encoded)]
        return max(set(codes), key=codes.count)

    def _tokenizer(self, language: str, asked: Asked) -> Any:
        # Part of faster_whisper, which is loaded by now.
        from faster_whisper.tokenizer import Tokenizer  # noqa: PLC0415

        task = "translate" if asked.translate else "transcribe"
        return Tokenizer(
            self._model.hf_tokenizer, self._model.model.is_multilingual, task=task, language=language
        )

    def _decoded(
        self, encoded: Any, rows: Sequence[int], temperature: float, tokenizer: Any, asked: Asked
    ) -> list[Decoded]:
        # Part of faster_whisper, which is loaded by now.
        from faster_whisper.transcribe import get_suppressed_tokens  # noqa: PLC0415

        hot = ", ".join(asked.vocabulary) or None
        prompt = self._model.get_prompt(tokenizer, [], without_timestamps=not asked.translate, hotwords=hot)
        # CTranslate2 gives half of max_length to the text, and not more than the prompt leaves of it.
        longest = max(2 * self._most_tokens, len(prompt) + self._most_tokens)
        chance = {"sampling_topk": 0, "sampling_temperature": temperature} if temperature > 0 else {}
        found = self._model.model.generate(
            self._rows(encoded, rows),
            [prompt] * len(rows),
            beam_size=1,
            max_length=min(longest, self._model.max_length),
            return_scores=True,
            return_no_speech_prob=True,
            suppress_tokens=list(get_suppressed_tokens(tokenizer, [-1])),
            **chance,
        )
        return [self._judged(one, tokenizer) for one in found]

    def _judged(self, found: Any, tokenizer: Any) -> Decoded:
        tokens = tuple(found.sequences_ids[0])
        text = tokenizer.decode([token for token in tokens if token < tokenizer.eot]).strip()
        # The score is the mean over the text; the end of text counts as one more token.
        mean = found.scores[0] * len(tokens) / (len(tokens) + 1)
        return Decoded(tokens, mean, compression(text), found.no_speech_prob)

    def _rows(self, encoded: Any, rows: Sequence[int]) -> Any:
        """The encoder's output of some windows."""
        if len(rows) == encoded.shape[0]:
            return encoded
        # Part of faster_whisper, which is loaded by now.
        from ctranslate2 import DataType, Device, StorageView  # noqa: PLC0415

        here = np.array(encoded.to_device(Device.cpu).to(DataType.float32))
        return StorageView.from_array(np.ascontiguousarray(here[list(rows)]))

    def _aligned(
        self, encoded: Any, decoded: Sequence[Decoded], tokenizer: Any, mel_frames: Sequence[int]
    ) -> list[list[Timed]]:
        """Words with times from the cross-attention, all windows at once."""
        texts = [[token for token in found.tokens if token < tokenizer.eot] for found in decoded]
        rows = [row for row, text in enumerate(texts) if text]
        timed: list[list[Timed]] = [[] for _ in decoded]
        if not rows:
            return timed
        results = self._model.model.align(
            self._rows(encoded, rows),
            list(tokenizer.sot_sequence),
            [texts[row] for row in rows],
            [max(mel_frames[row], 2) for row in rows],
        )
        for row, result in zip(rows, results, strict=True):
            words, groups = tokenizer.split_to_word_tokens([*texts[row], tokenizer.eot])
            lengths = [len(group) for group in groups[:-1]]
            path = result.alignments
            times = word_times(
                [token for token, _ in path], [at for _, at in path], lengths, per_second=MARKS_PER_SECOND
            )
            at = 0
            for word, length, (start, end) in zip(words, lengths, times, strict=False):
                chance = float(np.mean(result.text_token_probs[at : at + length]))
                timed[row].append((word, start, end, chance))
                at += length
        return timed
