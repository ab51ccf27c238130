"""Fits the heads of English sentiment: one for texts at large, one for contact centres, and their gate.

One head for both reads the hard sentences rightly only where they count so much that reviews and comments
suffer (own sentences ten times: hard set .45 to .61, comments .70 to .67). With two heads and a gate neither
gives way to the other.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from nlp.sentiment import ServiceHead
from nlp.training.calibration import temperature
from nlp.training.sentiment_data import ScoredTexts

PUBLIC = 0.03  # what a review or comment counts for the service head beside an own sentence
GATED = 3.0  # what an own sentence counts for the gate: there are fewer of them
SHARPER = 2.0  # the gate's log-odds are doubled: less of the wrong head in clear cases


@dataclass(frozen=True)
class Encoded:
    """Texts and their vectors."""

    texts: ScoredTexts
    vectors: NDArray[np.float32]


@dataclass(frozen=True)
class Heads:
    """What was fitted; ``weight`` and ``bias`` are the general head's, its temperature divided out."""

    weight: NDArray[np.float32]
    bias: NDArray[np.float32]
    service: ServiceHead

    def logits(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """As the model gives them, before the temperature of the mixture."""
        return self.service.mixed(vectors, vectors @ self.weight.T + self.bias)


def fit(public: Encoded, own: Encoded, held: Encoded, *, in_general: NDArray[np.float64]) -> Heads:
    """Fit on reviews and comments, on own sentences; ``held`` comments give the general head's temperature.

    ``own.texts.weights`` are those for the service head, ``in_general`` those of the same sentences for the
    general one.
    """
    vectors = np.concatenate([public.vectors, own.vectors])
    classes = np.concatenate([public.texts.classes, own.texts.classes])
    general = _regression(vectors, classes, np.concatenate([public.texts.weights, in_general]), strength=1.0)
    divisor = temperature(general.decision_function(held.vectors), held.texts.classes)
    shares = np.full(len(public.vectors), PUBLIC)
    service = _regression(vectors, classes, np.concatenate([shares, own.texts.weights]), strength=10.0)
    is_own = np.repeat([0, 1], [len(public.vectors), len(own.vectors)])
    gate = _regression(vectors, is_own, np.where(is_own == 1, GATED, 1.0), strength=100.0)
    return Heads(
        _plain(general.coef_ / divisor),
        _plain(general.intercept_ / divisor),
        ServiceHead(
            _plain(service.coef_),
            _plain(service.intercept_),
            _plain(gate.coef_[0] * SHARPER),
            float(gate.intercept_[0] * SHARPER),
        ),
    )


def tensors(heads: Heads) -> dict[str, NDArray[np.float32]]:
    """As they are written."""
    service = heads.service
    return {
        "weight": heads.weight,
        "bias": heads.bias,
        "service_weight": service.weight,
        "service_bias": service.bias,
        "gate_weight": service.gate_weight,
        "gate_bias": np.array([service.gate_bias], np.float32),
    }


def _regression(
    vectors: NDArray[np.float32], classes: NDArray[Any], weights: NDArray[np.float64], *, strength: float
) -> LogisticRegression:
    return LogisticRegression(C=strength, max_iter=2000).fit(vectors, classes, sample_weight=weights)


def _plain(values: NDArray[Any]) -> NDArray[np.float32]:
    return np.ascontiguousarray(values, np.float32)  # safetensors writes memory as it lies
