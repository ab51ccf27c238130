"""Trains an adapter: low-rank changes to the encoder's upper layers, with a linear head for many labels."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
import torch.nn.functional as nn
from numpy.typing import NDArray

from nlp.encoder import attention_bias, mean_pool, padded
from nlp.training.goemotions import LabelledTexts


@dataclass(frozen=True)
class Recipe:
    """How to train; ``weight_power`` w gives each label the positive weight (negatives / positives) ** w."""

    first_layer: int = 2
    rank: int = 32
    scale: float = 2.0
    epochs: int = 3
    batch: int = 64
    rate: float = 1e-3
    head_rate: float = 2e-3
    vector_rate: float = 5e-4
    warm_up: float = 0.06
    decay: float = 0.01
    dropout: float = 0.1
    weight_power: float = 0.4
    seed: int = 7


@dataclass(frozen=True)
class Fitted:
    """What training yields: the adapter's tensors and the head on unit vectors (labels, dimensions)."""

    tensors: dict[str, torch.Tensor]
    weight: NDArray[np.float32]
    bias: NDArray[np.float32]


class Trainee:
    """The encoder's upper layers with low-rank changes attached, and the head: everything that learns."""

    def __init__(
        self, layers: list[Any], *, dimensions: int, prior: NDArray[np.float32], recipe: Recipe
    ) -> None:
        self.recipe = recipe
        self.layers = layers[recipe.first_layer :]
        self.low_rank: dict[str, Any] = {}
        self.vectors: dict[str, Any] = {}
        for number, layer in enumerate(self.layers, recipe.first_layer):
            self._attach(number, layer)
        self.spread = dimensions**0.5  # unit vectors are stretched to entries of about 1
        self.head = torch.nn.Linear(dimensions, len(prior))
        with torch.no_grad():
            self.head.weight.mul_(0.1)
            self.head.bias.copy_(torch.from_numpy(np.log(prior / (1 - prior))))

    def _attach(self, number: int, layer: Any) -> None:
        layer.train()
        layer.attention.self.dropout.p = 0.0  # attention without dropout has a far quicker path
        for name, parameter in layer.named_parameters():
            parameter.requires_grad_(parameter.ndim == 1)
            if parameter.ndim == 1:
                self.vectors[f"{number}.{name}"] = parameter
        for name, module in layer.named_modules():
            if isinstance(module, torch.nn.Linear):
                self._attach_pair(f"{number}.{name}", module)

    def _attach_pair(self, name: str, linear: Any) -> None:
        down = torch.nn.Parameter(
            torch.randn(self.recipe.rank, linear.in_features) * linear.in_features**-0.5
        )
        up = torch.nn.Parameter(torch.zeros(linear.out_features, self.recipe.rank))
        self.low_rank[f"{name}.lora_a"], self.low_rank[f"{name}.lora_b"] = down, up
        scale = self.recipe.scale

        def add(_: Any, inputs: tuple[Any], output: Any) -> Any:
            return output + scale * nn.linear(nn.linear(inputs[0], down), up)

        linear.register_forward_hook(add)

    def logits(self, hidden: Any, mask: Any) -> Any:
        """Scores before the sigmoid, (texts, labels), from the frozen layers' output."""
        bias = attention_bias(mask)
        for layer in self.layers:
            hidden = layer(hidden, bias)
        pooled = nn.normalize(mean_pool(hidden, mask), dim=1) * self.spread
        return self.head(nn.dropout(pooled, self.recipe.dropout, training=self.layers[0].training))

    def groups(self) -> list[dict[str, Any]]:
        """Parameter groups for the optimiser, each with its learning rate."""
        recipe = self.recipe
        return [
            {"params": list(self.low_rank.values()), "lr": recipe.rate, "weight_decay": recipe.decay},
            {"params": list(self.vectors.values()), "lr": recipe.vector_rate, "weight_decay": 0.0},
            {"params": list(self.head.parameters()), "lr": recipe.head_rate, "weight_decay": recipe.decay},
        ]

    def fitted(self) -> Fitted:
        """Copy out what was learned; the scale goes into ``lora_b``, the stretch into the head."""
        tensors = {name: value.detach().clone() for name, value in {**self.low_rank, **self.vectors}.items()}
        for name in tensors:
            if name.endswith(".lora_b"):
                tensors[name] *= self.recipe.scale
        weight = (self.head.weight.detach() * self.spread).numpy().copy()
        return Fitted(tensors, weight, self.head.bias.detach().numpy().copy())


def fit(
    encoder_parts: tuple[Any, list[Any]],
    tokens: list[list[int]],
    examples: LabelledTexts,
    *,
    recipe: Recipe,
) -> Fitted:
    """Train on tokenised examples; parts are embeddings and layers (which are changed)."""
    torch.manual_seed(recipe.seed)
    embeddings, layers = encoder_parts
    share = examples.labels.mean(0).clip(1e-4, 0.999).astype(np.float32)
    frozen = FrozenStates(embeddings, layers[: recipe.first_layer], tokens)
    trainee = Trainee(layers, dimensions=embeddings.word_embeddings.embedding_dim, prior=share, recipe=recipe)
    torch.set_flush_denormal(True)  # the optimiser's tiny early values cost ten times as much otherwise
    try:
        _run_epochs(trainee, frozen, examples.labels, share)
    finally:
        torch.set_flush_denormal(False)
    return trainee.fitted()


def _run_epochs(trainee: Trainee, frozen: "FrozenStates", labels: Any, share: NDArray[np.float32]) -> None:
    recipe = trainee.recipe
    targets = torch.from_numpy(labels.astype(np.float32))
    weights = torch.from_numpy(((1 - share) / share) ** recipe.weight_power)
    optimiser = torch.optim.AdamW(trainee.groups())
    steps = recipe.epochs * -(-len(labels) // recipe.batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _rate(step, steps, recipe.warm_up))
    rng = np.random.default_rng(recipe.seed)
    for epoch in range(recipe.epochs):
        started, losses = time.monotonic(), []
        for batch in _shuffled(frozen.lengths, batch=recipe.batch, rng=rng):
            hidden, mask = frozen.batch(batch)
            losses.append(_step(trainee, hidden, mask, targets[batch], weights, optimiser))
            schedule.step()
            if len(losses) % 100 == 0:
                _say(f"  {len(losses)} batches", losses[-100:], started)
        _say(f"epoch {epoch + 1}", losses, started)


def _say(what: str, losses: list[float], started: float) -> None:
    print(f"{what}: loss {np.mean(losses):.4f}, {time.monotonic() - started:.0f} s", flush=True)


def _step(trainee: Trainee, hidden: Any, mask: Any, targets: Any, weights: Any, optimiser: Any) -> float:
    loss = nn.binary_cross_entropy_with_logits(trainee.logits(hidden, mask), targets, pos_weight=weights)
    optimiser.zero_grad()
    loss.backward()
    for group in optimiser.param_groups:
        torch.nn.utils.clip_grad_norm_(group["params"], 1.0)
    optimiser.step()
    return float(loss.detach())


class FrozenStates:
    """Outputs of the frozen lower layers, computed once for all epochs and kept in half precision."""

    def __init__(self, embeddings: Any, layers: list[Any], tokens: list[list[int]]) -> None:
        self.lengths = np.array([len(ids) for ids in tokens])
        self.starts = np.concatenate([[0], np.cumsum(self.lengths)])
        width = embeddings.word_embeddings.embedding_dim
        self.states = torch.empty((int(self.starts[-1]), width), dtype=torch.float16)
        order = np.argsort(self.lengths)
        for start in range(0, len(order), 256):
            rows = order[start : start + 256]
            self._run(embeddings, layers, rows, [tokens[i] for i in rows])

    def _run(self, embeddings: Any, layers: list[Any], rows: Any, tokens: list[list[int]]) -> None:
        ids, mask = padded(tokens)
        with torch.no_grad():
            hidden, bias = embeddings(input_ids=ids), attention_bias(mask)
            for layer in layers:
                hidden = layer(hidden, bias)
        for place, row in enumerate(rows):
            self.states[self.starts[row] : self.starts[row + 1]] = hidden[place, : self.lengths[row]].half()

    def batch(self, rows: Any) -> tuple[Any, Any]:
        """Padded states (texts, longest, dimensions) and mask of the chosen texts."""
        longest = int(self.lengths[rows].max())
        hidden = torch.zeros((len(rows), longest, self.states.shape[1]))
        mask = torch.zeros((len(rows), longest))
        for place, row in enumerate(rows):
            length = int(self.lengths[row])
            hidden[place, :length] = self.states[self.starts[row] : self.starts[row + 1]].float()
            mask[place, :length] = 1.0
        return hidden, mask


def _rate(step: int, steps: int, warm_up: float) -> float:
    """Learning rate's share of its top: a straight rise, then a straight fall to 0."""
    rise = max(1, round(steps * warm_up))
    return (step + 1) / rise if step < rise else max(0.0, (steps - step) / (steps - rise))


def _shuffled(lengths: Any, *, batch: int, rng: np.random.Generator) -> Iterator[Any]:
    """Random batches of texts of like length: sorted within stretches of fifty batches."""
    order = rng.permutation(len(lengths))
    found = []
    for start in range(0, len(order), batch * 50):
        stretch = order[start : start + batch * 50]
        stretch = stretch[np.argsort(lengths[stretch], kind="stable")]
        found += [stretch[i : i + batch] for i in range(0, len(stretch), batch)]
    for number in rng.permutation(len(found)):
        yield found[number]
