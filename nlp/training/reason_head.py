"""Fits the call-reason head: a softmax that accepts several labels for one text, and its temperature."""

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from nlp.call_reasons import Head

Numbers = NDArray[np.float32]
PENALTY = 3e-6  # measured: 3e-6 and 1e-5 are alike on public sets, larger ones lose
STEPS = 120


def fit_head(labels: Sequence[str], vectors: Numbers, accepted: Numbers, weights: Numbers) -> Head:
    """Maximise the probability of the accepted labels together.

    ``vectors`` is (texts, dimensions), ``accepted`` (texts, labels) of 0 and 1, ``weights`` (texts,). A text
    with several accepted labels does not say which of them is right; the others in its class decide.
    """
    x, wrong = torch.from_numpy(vectors), torch.from_numpy(accepted == 0)
    share = torch.from_numpy(weights / weights.sum())
    weight = torch.zeros(vectors.shape[1], accepted.shape[1], requires_grad=True)
    bias = torch.zeros(accepted.shape[1], requires_grad=True)
    optimiser = torch.optim.LBFGS(
        [weight, bias], max_iter=STEPS, history_size=10, line_search_fn="strong_wolfe"
    )

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        value = _missed(x @ weight + bias, wrong, share) + PENALTY * (weight**2).sum()
        value.backward()
        return value

    optimiser.step(loss)
    return Head(tuple(labels), weight.detach().numpy(), bias.detach().numpy())


def temperature(logits: Numbers, accepted: Numbers, weights: Numbers) -> float:
    """Divisor of the logits that makes held-out texts most probable: calibration by one number."""
    z, wrong = torch.from_numpy(logits), torch.from_numpy(accepted == 0)
    share = torch.from_numpy(weights / weights.sum())
    grid = np.linspace(0.5, 3.0, 51)
    return float(min(grid, key=lambda t: float(_missed(z / t, wrong, share))))


def balanced(accepted: Numbers, weights: Numbers) -> Numbers:
    """Weight rare labels up, by the square root of how much rarer than the mean they are."""
    shares = accepted / accepted.sum(axis=1, keepdims=True)
    mass = (shares * weights[:, None]).sum(axis=0)
    rarity = np.sqrt(mass.mean() / np.maximum(mass, 1e-6))
    balanced_weights: Numbers = (weights * (shares @ rarity)).astype(np.float32)
    return balanced_weights


def _missed(logits: torch.Tensor, wrong: torch.Tensor, share: torch.Tensor) -> torch.Tensor:
    accepted = torch.logsumexp(logits.masked_fill(wrong, -1e9), 1)
    loss: torch.Tensor = (share * (torch.logsumexp(logits, 1) - accepted)).sum()
    return loss
