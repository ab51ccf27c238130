"""Layers of the encoder that multiply in bfloat16: twice as quick on processors with instructions for it.

Only the weights and what they are multiplied with are rounded (to 8 bits of mantissa); sums, norms and what
runs from layer to layer stay in float32. Integers of 8 bits would be no quicker here and change labels:
docs/decisions/0024.
"""

from collections.abc import Sequence
from typing import Any

import torch
import torch.nn.functional as nn

PRECISIONS = ("auto", "float32")  # auto: bfloat16 where the processor multiplies in it
TOKEN_BUDGET = 1024  # tokens in one batch: what lies between the products stays in the processor's cache


def multiplies_halves() -> bool:
    """Whether the processor has instructions for bfloat16; without them it would be many times slower."""
    found = torch.cpu.get_capabilities()
    return bool(found.get("avx512_bf16") or found.get("amx_bf16"))


class HalfLayer:
    """One layer of a BERT encoder, called as the layer itself is: (hidden states, attention bias)."""

    def __init__(self, layer: Any) -> None:
        attention, after = layer.attention.self, layer.attention.output
        self._heads: int = attention.num_attention_heads
        self._inward = _Product(attention.query, attention.key, attention.value)
        self._attended = _Product(after.dense)
        self._wide = _Product(layer.intermediate.dense)
        self._narrow = _Product(layer.output.dense)
        self._norms = (after.LayerNorm, layer.output.LayerNorm)

    def __call__(self, hidden: Any, bias: Any) -> Any:
        """Hidden states (texts, tokens, dimensions) in float32 of the layer; ``bias`` hides padding."""
        texts, tokens, width = hidden.shape
        shape = (texts, tokens, 3, self._heads, width // self._heads)
        query, key, value = self._inward(hidden).view(shape).permute(2, 0, 3, 1, 4)
        mask = None if bias is None else bias.to(query.dtype)
        seen = nn.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        seen = seen.transpose(1, 2).reshape(texts, tokens, width)
        hidden = self._norms[0](self._attended(seen).float().add_(hidden))
        return self._norms[1](self._narrow(nn.gelu(self._wide(hidden))).float().add_(hidden))


class _Product:
    """One or several linear layers of the same input, side by side."""

    def __init__(self, *linear: Any) -> None:
        self._weight = torch.cat([one.weight.detach() for one in linear]).bfloat16()
        self._bias = torch.cat([one.bias.detach() for one in linear]).bfloat16()

    def __call__(self, values: Any) -> Any:
        return nn.linear(values.bfloat16(), self._weight, self._bias)


def halved(layers: Sequence[Any]) -> list[Any]:
    """The same layers, multiplying in bfloat16; the given ones stay as they are."""
    return [HalfLayer(layer) for layer in layers]
