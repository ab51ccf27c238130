"""PocketSphinx: English, with a model that comes in the package, so that no download is ever needed."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from nlp.artifacts import Manifest, read_manifest
from nlp.asr.guards import silent
from nlp.asr.protocol import Asked, Regions, Samples, SpokenLanguage
from nlp.asr.telephone_band import as_trained, load_band_model
from nlp.asr.word_confidence import read_calibration
from nlp.pronunciation import Letters, load_letters
from nlp.transcript import Word

FRAME_MS = 10
SHORTEST = 1600  # a tenth of a second holds no word
# Mean confidence of the words, calibrated: less than half of them right. Measured over telephone-band calls:
# flite voices 0.88-0.93 (8.5 % word errors), a real 8 kHz call 0.33 (invention throughout).
RELIABLE_FROM = 0.5
BANDS = ("telephone_band", "weights.npz")
PRONUNCIATION = ("pronunciation", "letters.npz")
SPELLED = 5  # letters of the longest abbreviation
TAUGHT = "~"  # ends a word of the vocabulary in the decoder, beside the same word of its own
LANGUAGE = ("call_language", "english.lm.bin")
CONFIDENCE = ("word_confidence", "sphinx.json")


class SphinxRecogniser:
    """One decoder; not for use by several threads at once."""

    name = "sphinx"
    languages: frozenset[str] | None = frozenset({"en"})
    translates = False
    may_loop = False
    regions = Regions(longest_ms=20_000, join_gap_ms=0)
    reliable_from = RELIABLE_FROM

    def __init__(self, *, models: Path | None = None, calibrate: bool = True) -> None:
        """Load the packaged model, and from ``models`` what fits it to calls: bands, language, confidence.

        Without ``calibrate`` confidences are the decoder's own posteriors. Raises MissingArtifact where
        ``models`` is given but not whole.
        """
        # The native library and its 30 MB model: only where this engine is chosen.
        from pocketsphinx import Decoder  # noqa: PLC0415

        self._manifest = manifest = read_manifest(models) if models is not None else None
        language = {"lm": str(manifest.path(*LANGUAGE))} if manifest else {}
        self._open: Callable[[], Any] = partial(Decoder, samprate=16_000, loglevel="FATAL", **language)
        self._decoder: Any = self._open()
        self._taught: tuple[tuple[str, ...], Any, dict[str, str]] = ((), self._decoder, {})
        self._bands = load_band_model(manifest.path(*BANDS)) if manifest else None
        self._calibration = read_calibration(manifest.path(*CONFIDENCE)) if manifest and calibrate else None
        self.version = version("pocketsphinx") + (
            versions_of(manifest, calibrated=calibrate) if manifest else ""
        )

    def recognise(self, windows: Sequence[Samples], asked: Asked) -> list[tuple[Word, ...]]:
        """See Recogniser.recognise."""
        decoder, spelling = self._decoder_for(asked.vocabulary)
        return [self._words(decoder, spelling, samples) for samples in windows]

    def identify_language(self, samples: Samples) -> SpokenLanguage | None:
        """It can only ever hear English."""
        return SpokenLanguage("en", 1.0)

    def _decoder_for(self, vocabulary: tuple[str, ...]) -> tuple[Any, dict[str, str]]:
        """A decoder that expects these words, and how they are spelled; the last one is kept."""
        if not vocabulary:
            return self._decoder, {}
        if self._taught[0] != vocabulary:
            decoder = self._open()  # a word once learned cannot be unlearned
            self._taught = (vocabulary, decoder, teach(decoder, vocabulary, self._letters()))
        return self._taught[1], self._taught[2]

    def _letters(self) -> Letters | None:
        """How words that no dictionary has are pronounced; read where a vocabulary asks for it."""
        return load_letters(self._manifest.path(*PRONUNCIATION)) if self._manifest else None

    def _words(self, decoder: Any, spelling: Mapping[str, str], samples: Samples) -> tuple[Word, ...]:
        if len(samples) < SHORTEST or silent(samples):
            return ()
        decoder.start_utt()
        # full_utt: cepstral means over the whole region, not a running guess.
        decoder.process_raw(as_trained(samples, self._bands), full_utt=True)
        decoder.end_utt()
        words = words_of(decoder.seg(), spelling) if decoder.hyp() is not None else ()
        return self._calibration.calibrated(words) if self._calibration else words


def versions_of(manifest: Manifest, *, calibrated: bool) -> str:
    """The artefacts in use, stored with every transcript."""
    used = (BANDS, LANGUAGE, CONFIDENCE) if calibrated else (BANDS, LANGUAGE)
    return "".join(f"+{name}-{manifest.artifact(name).version}" for name, _ in used)


def teach(decoder: Any, vocabulary: Sequence[str], letters: Letters | None) -> dict[str, str]:
    """Give the decoder each word of the vocabulary once more; returns how what it writes then is spelled.

    PocketSphinx takes a word that it is taught into its language model as likely as the average word: rare
    words and names, which the model never saw or hardly, become a hundred times likelier by that.
    """
    known = {}
    for word in dict.fromkeys(word for entry in vocabulary for word in entry.split()):
        phones = phones_of(decoder, word, letters)
        if phones:
            known[f"{word.casefold()}{TAUGHT}"] = (word, phones)
    for number, (written, (_, phones)) in enumerate(known.items(), start=1):
        decoder.add_word(written, phones, update=number == len(known))
    return {written: word for written, (word, _) in known.items()}


def phones_of(decoder: Any, word: str, letters: Letters | None) -> str | None:
    """As the dictionary has it; short capitals letter by letter; else by its spelling.

    None where a word cannot be read out in English.
    """
    split = unicodedata.normalize("NFKD", word)  # accents become characters of their own
    plain = "".join(letter for letter in split if letter.isalpha() or letter == "'")
    if not plain.isascii() or not any(letter.isalpha() for letter in plain):
        return None
    if plain.isupper() and 1 < len(plain) <= SPELLED:
        return " ".join(decoder.lookup_word(letter) or "" for letter in plain.lower())
    if listed := decoder.lookup_word(plain.lower()):
        return str(listed)
    phones = letters.pronounce(plain.lower()) if letters is not None else None
    return " ".join(phones) if phones else None


def words_of(found: Any, spelling: Mapping[str, str]) -> tuple[Word, ...]:
    """Words of a decoder's segmentation, without fillers and pronunciation marks such as ``the(2)``."""
    words = []
    for part in found:
        text = part.word.split("(")[0]
        text = spelling.get(text, text)
        if text and text[0] not in "<[+":
            start, end = part.start_frame * FRAME_MS, (part.end_frame + 1) * FRAME_MS
            words.append(Word(start, end, f" {text}", confidence_of(part)))
    return tuple(words)


def confidence_of(part: Any) -> float:
    """Posterior probability of the word in the lattice."""
    return float(min(max(part.prob, 0.0), 1.0))
