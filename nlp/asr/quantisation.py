"""Whether a model may compute in 8 bits: only after it was measured so on telephone speech."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rapidfuzz.distance import Levenshtein

FILE = "int8_verdict.json"
MAX_ADDED_POINTS = 0.3  # of word error rate, in per cent
MAX_DELETED_RUN = 5  # words: a missing phrase is worse than as many scattered errors
LEAST_WORDS = 300
HOPELESS = 50.0  # per cent word errors: nothing can be compared where little is understood


@dataclass(frozen=True, slots=True)
class WordErrors:
    """Errors of a text against what was said; ``deleted_run`` is the longest row of words left out."""

    words: int = 0
    errors: int = 0
    deleted_run: int = 0

    @property
    def rate(self) -> float:
        """Word error rate in per cent: substitutions, deletions and insertions by words said."""
        return 100 * self.errors / self.words if self.words else 0.0

    def __add__(self, other: "WordErrors") -> "WordErrors":
        longest = max(self.deleted_run, other.deleted_run)
        return WordErrors(self.words + other.words, self.errors + other.errors, longest)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was measured on which weights, and whether 8 bits are good enough."""

    passes: bool
    reason: str
    model_sha256: str
    words: int
    rate_float32: float
    rate_int8: float
    deleted_run_float32: int
    deleted_run_int8: int


def word_errors(said: Sequence[str], heard: Sequence[str]) -> WordErrors:
    """Errors of the cheapest alignment (Levenshtein over words), and its longest row of deletions."""
    steps = Levenshtein.editops(said, heard)
    run = longest = 0
    last = -2
    for step in steps:
        if step.tag != "delete":
            continue
        run = run + 1 if step.src_pos == last + 1 else 1
        last, longest = step.src_pos, max(longest, run)
    return WordErrors(len(said), len(steps), longest)


def judged(full: WordErrors, quantised: WordErrors, *, model_sha256: str) -> Verdict:
    """At most 0.3 points more word errors, and no row of more than five words that full precision hears."""
    reason = ""
    if full.words < LEAST_WORDS:
        reason = f"{full.words} words are too few to tell; {LEAST_WORDS} are needed."
    elif full.rate > HOPELESS:
        reason = f"At {full.rate:.0f} % word errors in full precision nothing can be compared."
    elif quantised.rate > full.rate + MAX_ADDED_POINTS:
        reason = f"8 bits cost {quantised.rate - full.rate:.1f} points of word error rate."
    elif quantised.deleted_run > max(full.deleted_run, MAX_DELETED_RUN):
        reason = f"8 bits leave out {quantised.deleted_run} words in a row."
    return Verdict(
        passes=not reason,
        reason=reason,
        model_sha256=model_sha256,
        words=full.words,
        rate_float32=round(full.rate, 2),
        rate_int8=round(quantised.rate, 2),
        deleted_run_float32=full.deleted_run,
        deleted_run_int8=quantised.deleted_run,
    )


def compute_type_for(folder: Path) -> str:
    """``int8`` where the verdict beside the weights says so of these very weights, else ``float32``."""
    verdict = read_verdict(folder)
    if verdict is None or not verdict.passes or verdict.model_sha256 != model_digest(folder):
        return "float32"
    return "int8"


def read_verdict(folder: Path) -> Verdict | None:
    """The verdict beside the weights, None where there is none that can be read."""
    try:
        return Verdict(**json.loads((folder / FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def write_verdict(folder: Path, verdict: Verdict) -> None:
    """Put the verdict beside the weights; raises OSError."""
    fresh = folder / f"{FILE}.new"
    fresh.write_text(json.dumps(asdict(verdict), indent=2) + "\n", encoding="utf-8")
    fresh.replace(folder / FILE)


def model_digest(folder: Path) -> str:
    """SHA-256 of the weights, in hex."""
    with (folder / "model.bin").open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
