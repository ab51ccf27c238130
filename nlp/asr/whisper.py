"""openai-whisper, the reference recogniser: any language, slow on a CPU."""

from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from nlp.asr.fallback import TEMPERATURES, Decoded, decode_all
from nlp.asr.protocol import Asked, Regions, Samples, SpokenLanguage
from nlp.asr.whisper_text import Timed, word_times, words_of_alignment, words_of_marks
from nlp.transcript import Word

# Whisper hears 30 s at once, for the price of any part; the last half second keeps word ends off the edge.
REGIONS = Regions(longest_ms=28_000, join_gap_ms=600, window_ms=29_500, batch=8)
RELIABLE_FROM = 0.5  # mean word probability; not measured here, for want of weights
UNTRANSLATING = ("turbo", "distil")  # sizes that were not trained to translate
MARKS_PER_SECOND = 50


class WhisperRecogniser:
    """A loaded openai-whisper checkpoint."""

    languages: frozenset[str] | None
    may_loop = True
    regions = REGIONS
    reliable_from = RELIABLE_FROM

    def __init__(
        self,
        checkpoint: Path,
        *,
        temperatures: Sequence[float] = TEMPERATURES,
        most_tokens: int | None = None,
    ) -> None:
        """Load ``checkpoint``, a file with ``dims`` and ``model_state_dict``.

        ``most_tokens`` bounds the text of a window; None leaves Whisper's own bound.
        """
        # torch and whisper take seconds and hundreds of MB: only where this engine is chosen.
        import torch  # noqa: PLC0415
        import whisper  # noqa: PLC0415

        self._torch: Any = torch
        self._whisper: Any = whisper
        self._model: Any = whisper.load_model(str(checkpoint)).eval()
        heads = whisper._ALIGNMENT_HEADS.get(checkpoint.stem)
        if heads is not None:  # loading by path leaves out the heads that give exact word times
            self._model.set_alignment_heads(heads)
        self._temperatures, self._most_tokens = tuple(temperatures), most_tokens
        self._half = self._model.device.type == "cuda"
        self.name = f"whisper:{checkpoint.stem}"
        self.version = version("openai-whisper")
        self.languages = None if self._model.is_multilingual else frozenset({"en"})
        self.translates = self._model.is_multilingual and not checkpoint.stem.startswith(UNTRANSLATING)

    def recognise(self, windows: Sequence[Samples], asked: Asked) -> list[tuple[Word, ...]]:
        """See Recogniser.recognise."""
        if not windows:
            return []
        with self._torch.inference_mode():
            encoded = self._encoded(windows)
            language = known_language(asked.language, self.languages) or self._commonest(encoded)
            decoded = decode_all(
                len(windows),
                lambda rows, temperature: self._decoded(encoded, rows, temperature, language, asked),
                self._temperatures,
            )
            task = "translate" if asked.translate else "transcribe"
            tokenizer = self._tokenizer(language, task)
            words = []
            for row, (window, found) in enumerate(zip(windows, decoded, strict=True)):
                if asked.translate:
                    length_ms = len(window) // 16
                    words.append(
                        words_of_marks(
                            found,
                            first_mark=tokenizer.timestamp_begin,
                            read=tokenizer.decode,
                            length_ms=length_ms,
                        )
                    )
                else:
                    timed = self._aligned(encoded[row : row + 1], found.tokens, tokenizer, len(window) // 160)
                    words.append(words_of_alignment(timed, found))
            return words

    def identify_language(self, samples: Samples) -> SpokenLanguage | None:
        """See Recogniser.identify_language."""
        if self.languages is not None:
            return SpokenLanguage("en", 1.0)
        with self._torch.inference_mode():
            _, (probabilities,) = self._model.detect_language(self._encoded([samples]))
        code = max(probabilities, key=probabilities.__getitem__)
        return SpokenLanguage(str(code), float(probabilities[code]))

    def _encoded(self, windows: Sequence[Samples]) -> Any:
        """What the encoder makes of the windows, once for everything that follows."""
        samples = np.stack([self._whisper.pad_or_trim(np.asarray(w, dtype=np.float32)) for w in windows])
        mel = self._whisper.log_mel_spectrogram(samples, self._model.dims.n_mels).to(self._model.device)
        return self._model.encoder(mel.half() if self._half else mel)

    def _commonest(self, encoded: Any) -> str:
        _, found = self._model.detect_language(encoded)
        codes = [max(probabilities, key=probabilities.__getitem__) for probabilities in found]
        return str(max(set(codes), key=codes.count))

    def _tokenizer(self, language: str, task: str) -> Any:
        # Part of whisper, which is loaded by now.
        from whisper.tokenizer import get_tokenizer  # noqa: PLC0415

        multilingual = self._model.is_multilingual
        return get_tokenizer(
            multilingual, num_languages=self._model.num_languages, language=language, task=task
        )

    def _decoded(
        self, encoded: Any, rows: Sequence[int], temperature: float, language: str, asked: Asked
    ) -> list[Decoded]:
        options = self._whisper.DecodingOptions(
            task="translate" if asked.translate else "transcribe",
            language=language,
            temperature=temperature,
            sample_len=self._most_tokens,
            prompt=", ".join(asked.vocabulary) or None,
            without_timestamps=not asked.translate,
            fp16=self._half,
        )
        # Each loop of a window is its own: whisper compresses the text of the whole window.
        found = self._whisper.decode(self._model, encoded[list(rows)], options)
        return [
            Decoded(tuple(one.tokens), one.avg_logprob, one.compression_ratio, one.no_speech_prob or 0.0)
            for one in found
        ]

    def _aligned(self, encoded: Any, tokens: Sequence[int], tokenizer: Any, mel_frames: int) -> list[Timed]:
        """Words with times from the cross-attention, read as whisper.timing does, without encoding again."""
        # Parts of whisper, which is loaded by now.
        from whisper.model import disable_sdpa  # noqa: PLC0415
        from whisper.timing import dtw, median_filter  # noqa: PLC0415

        text = [token for token in tokens if token < tokenizer.eot]
        if not text:
            return []
        begin = [*tokenizer.sot_sequence, tokenizer.no_timestamps]
        sequence = self._torch.tensor([[*begin, *text, tokenizer.eot]], device=self._model.device)
        attention: dict[int, Any] = {}
        hooks = [
            block.cross_attn.register_forward_hook(
                lambda _, __, output, layer=layer: attention.__setitem__(layer, output[-1][0])
            )
            for layer, block in enumerate(self._model.decoder.blocks)
        ]
        try:
            with disable_sdpa():
                logits = self._model.decoder(sequence, encoded)[0]
        finally:
            for hook in hooks:
                hook.remove()
        chances = logits[len(begin) - 1 : len(begin) - 1 + len(text), : tokenizer.eot].softmax(dim=-1)
        chances = chances[np.arange(len(text)), text].tolist()
        heads = self._model.alignment_heads.indices().T.tolist()
        weights = self._torch.stack([attention[layer][head] for layer, head in heads])
        weights = weights[:, :, : max(mel_frames // 2, 1)].float().softmax(dim=-1)
        deviation, mean = self._torch.std_mean(weights, dim=-2, keepdim=True, unbiased=False)
        matrix = median_filter((weights - mean) / deviation, 7).mean(axis=0)
        token_path, time_path = dtw(-matrix[len(begin) - 1 : -1])
        texts, groups = tokenizer.split_to_word_tokens([*text, tokenizer.eot])
        lengths = [len(group) for group in groups[:-1]]
        times = word_times(token_path, time_path, lengths, per_second=MARKS_PER_SECOND)
        timed, at = [], 0
        for word, length, (start, end) in zip(texts, lengths, times, strict=False):
            timed.append((word, start, end, float(np.mean(chances[at : at + length]))))
            at += length
        return timed


def known_language(language: str | None, languages: frozenset[str] | None) -> str | None:
    """What Whisper is told: English if it knows nothing else, None (find out) for what it does not know."""
    # The list is small, the package is not: this runs where whisper is installed anyway.
    from whisper.tokenizer import LANGUAGES  # noqa: PLC0415

    if languages is not None:
        return "en"
    return language if language in LANGUAGES else None
