"""Which voice is the agent's: a linear model over the words of each voice, with a calibrated confidence."""

import json
import re
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nlp.artifacts import read_manifest
from nlp.errors import MissingArtifact
from nlp.transcript import Party

NAME = "party_roles"
FILES = ("weights.npz", "settings.json")
BUCKETS = 1 << 16
OPENING_WORDS = 40  # greeting, name, "how can I help": counted apart from what comes later
WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Roles:
    """The party of each voice, and how sure it is which voice is the agent's, 0..1."""

    parties: tuple[Party, ...]
    confidence: float


class PartyRoles:
    """Weights of hashed words and word pairs; ``languages`` are those it was trained on."""

    def __init__(
        self,
        weights: NDArray[np.float32],
        *,
        scale: float,
        threshold: float,
        languages: frozenset[str],
        version: str,
    ) -> None:
        self._weights = weights
        self._scale = scale
        self.threshold = threshold
        self.languages = languages
        self.version = version

    def roles(self, voices: Sequence[str]) -> Roles:
        """Tell agent and customer from what each voice said; unknown where that is not sure.

        The confidence is the probability that the voice which sounds most like an agent is one:
        softmax(scale x score). With more than two voices, each of the others is a customer only if it is
        sure to differ from the agent, taken by itself.
        """
        scores = np.array([self.score(voice) for voice in voices])
        if len(scores) < 2:
            return Roles((Party.UNKNOWN,) * len(scores), 0.0)
        agent = int(scores.argmax())
        apart = self._scale * (scores[agent] - scores)
        confidence = float(1.0 / np.exp(-apart).sum())
        if confidence < self.threshold:
            return Roles((Party.UNKNOWN,) * len(scores), confidence)
        sure = 1.0 / (1.0 + np.exp(-apart)) >= self.threshold
        parties = [Party.CUSTOMER if yes else Party.UNKNOWN for yes in sure]
        parties[agent] = Party.AGENT
        return Roles(tuple(parties), confidence)

    def score(self, text: str) -> float:
        """How much a voice talks like an agent; differences count, not the number itself."""
        return float(sum(self._weights[bucket] * value for bucket, value in features(text).items()))


def features(text: str) -> Mapping[int, float]:
    """Hashed words and pairs, those of the opening apart: (1 + ln count) / sqrt(number of words).

    The hash keeps no word that anybody said in the artefact. Punctuation and digits are left out: an offline
    recogniser writes none.
    """
    words = WORD.findall(text.lower().replace("’", "'"))
    counts: Counter[str] = Counter()
    for zone, part in (("open", words[:OPENING_WORDS]), ("all", words)):
        counts.update(f"{zone} {word}" for word in part)
        counts.update(f"{zone} {first} {second}" for first, second in pairwise(part))
    weighted: dict[int, float] = {}
    for name, count in counts.items():
        bucket = zlib.crc32(name.encode()) % BUCKETS
        weighted[bucket] = weighted.get(bucket, 0.0) + 1.0 + float(np.log(count))
    length = float(np.sqrt(max(len(words), 1)))
    return {bucket: value / length for bucket, value in weighted.items()}


def open_party_roles(models: Path) -> PartyRoles:
    """Load the artefact; raises MissingArtifact."""
    manifest = read_manifest(models)
    weights, settings = (manifest.path(NAME, file) for file in FILES)
    try:
        said = json.loads(settings.read_text("utf-8"))
        with np.load(weights) as arrays:
            table = arrays["weights"].astype(np.float32)
        if table.shape != (BUCKETS,):
            raise ValueError("another number of weights was expected")
        return PartyRoles(
            table,
            scale=float(said["scale"]),
            threshold=float(said["threshold"]),
            languages=frozenset(said["languages"]),
            version=manifest.artifact(NAME).version,
        )
    except (ValueError, KeyError, TypeError) as error:
        detail = "The model of party roles cannot be read."
        raise MissingArtifact("corrupt_artifact", detail, "Restore the models folder.") from error
