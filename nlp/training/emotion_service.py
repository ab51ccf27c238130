"""Fits the emotion model's head for contact centres, and its gate, on vectors that stay as they are."""

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from nlp.emotion import NAME, ServiceHead
from nlp.encoder import Encoder
from nlp.training.goemotions import LabelledTexts
from nlp.training.sentiment_data import FEELINGS, service_sentences

OWN = 2.0  # what an own sentence counts
PUBLIC = 0.03  # what a comment counts beside it
COMMENTS = 8000  # with one label, of the training split
THRESHOLD = 0.3
STRENGTH = 10.0
GATED = 3.0  # what an own sentence counts for the gate: there are fewer of them
SHARPER = 2.0  # the gate's log-odds are doubled, and lowered: only what is clearly service is read so
LOWERED = 6.0


def fit_service(encoder: Encoder, names: tuple[str, ...], comments: LabelledTexts) -> ServiceHead:
    """Fit on ``feeling_sentences.tsv``, neutral service sentences, and comments of one label."""
    texts, labels = _own(names)
    single = np.flatnonzero(comments.labels.sum(1) == 1)[:COMMENTS]
    public = comments.rows(single)
    vectors = encoder.encode((*texts, *public.texts), adapter=NAME)
    classes = np.concatenate([labels, public.labels.argmax(1)])
    own = np.arange(len(classes)) < len(texts)
    head = LogisticRegression(C=STRENGTH, max_iter=500)
    head.fit(vectors, classes, sample_weight=np.where(own, OWN, PUBLIC))
    gate = LogisticRegression(C=100.0, max_iter=2000)
    gate.fit(vectors, own, sample_weight=np.where(own, GATED, 1.0))
    weight = np.zeros((len(names), vectors.shape[1]), np.float32)
    bias = np.full(len(names), -30.0, np.float32)  # a label that no example has is never found
    weight[head.classes_], bias[head.classes_] = head.coef_, head.intercept_
    gate_weight = np.ascontiguousarray(gate.coef_[0] * SHARPER, np.float32)
    return ServiceHead(weight, bias, gate_weight, float(gate.intercept_[0] * SHARPER) - LOWERED, THRESHOLD)


def tensors(head: ServiceHead) -> dict[str, NDArray[np.float32]]:
    """As they are written beside the general head."""
    return {
        "service_weight": head.weight,
        "service_bias": head.bias,
        "gate_weight": head.gate_weight,
        "gate_bias": np.array([head.gate_bias], np.float32),
        "service_threshold": np.array([head.threshold], np.float32),
    }


def _own(names: tuple[str, ...]) -> tuple[list[str], NDArray[np.int64]]:
    """Own sentences and the number of their emotion; of service sentences only the neutral ones have one."""
    rows = [line.split("\t") for line in FEELINGS.read_text("utf-8").splitlines()]
    said = service_sentences()
    calm = [text for text, one in zip(said.texts, said.classes, strict=True) if one == 1]
    labels = [names.index(emotion) for _, emotion, _ in rows] + [names.index("neutral")] * len(calm)
    return [text for *_, text in rows] + calm, np.array(labels, np.int64)
