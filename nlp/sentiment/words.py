"""Words and pairs of words of a text as numbers of hashed buckets: what no encoder's vector keeps."""

import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

BUCKETS = 1 << 16
SCALE = 10.0  # beside standardised vectors: measured
_WORD = re.compile(r"[^\W_]{2,}")
_POINTS = re.compile(
    r"[\u0591-\u05c7]"
)  # Hebrew vowel signs and accents: written or not, it is the same word
_FINAL = str.maketrans("ךםןףץ", "כמנפצ")  # a suffix makes a final letter an inner one


def words(text: str) -> list[str]:
    """Lower-case words; accents stay, Hebrew points go, final letters are as inner ones."""
    plain = _POINTS.sub("", unicodedata.normalize("NFKC", text)).lower().translate(_FINAL)
    return _WORD.findall(plain)


def counts(texts: Sequence[str]) -> csr_matrix:
    """1 + ln(count) of each bucket, (texts, BUCKETS); no word that anybody said can be read from it."""
    starts, buckets, values = [0], list[int](), list[float]()
    for text in texts:
        said = words(text)
        terms = [*said, *(f"{first} {second}" for first, second in pairwise(said))]
        found = Counter(zlib.crc32(term.encode()) % BUCKETS for term in terms)
        buckets += found.keys()
        values += [1.0 + float(np.log(count)) for count in found.values()]
        starts.append(len(buckets))
    rows = (np.array(values, np.float32), np.array(buckets, np.int64), np.array(starts, np.int64))
    return csr_matrix(rows, shape=(len(texts), BUCKETS))


def features(texts: Sequence[str], rarity: NDArray[np.float32]) -> csr_matrix:
    """Counts weighted by rarity (inverse document frequency), each row of length ``SCALE``."""
    weighted = counts(texts).multiply(rarity).tocsr()
    lengths = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    weighted.data *= np.repeat(SCALE / np.maximum(lengths, 1e-9), np.diff(weighted.indptr))
    return weighted


def rarity(texts: Sequence[str], *, least: int = 2) -> NDArray[np.float32]:
    """ln((1 + texts) / (1 + texts with the bucket)) + 1; 0 for buckets of fewer texts than ``least``."""
    having = np.bincount(counts(texts).indices, minlength=BUCKETS)
    found = np.log((1 + len(texts)) / (1 + having)) + 1
    rare: NDArray[np.float32] = np.where(having >= least, found, 0.0).astype(np.float16).astype(np.float32)
    return rare
