"""Training learns, and what is published computes what was trained."""

import copy
from pathlib import Path

import numpy as np
import pytest
import torch

from nlp.adapters import Adapter, merged
from nlp.encoder import Encoder, mean_pool, padded
from nlp.training.adapter_fit import FrozenStates, Recipe, Trainee, fit
from nlp.training.goemotions import LabelledTexts
from tests.nlp.tiny_encoder import WIDTH, tiny_encoder

TEXTS = ("i am happy .", "i am very angry about the bill !", "i am very happy", "angry . angry !") * 8
LABELS = np.array([[1, 0], [0, 1], [1, 0], [0, 1]] * 8, np.int8)
RECIPE = Recipe(first_layer=1, rank=4, epochs=15, batch=8, rate=1e-2, head_rate=1e-1, dropout=0.0)


def fitted_on(encoder: Encoder) -> tuple[dict[str, torch.Tensor], np.ndarray, np.ndarray]:
    parts = (encoder.embeddings, copy.deepcopy(encoder.layers))
    result = fit(parts, encoder.tokens(TEXTS), LabelledTexts(TEXTS, LABELS), recipe=RECIPE)
    return result.tensors, result.weight, result.bias


@pytest.mark.slow
def test_two_labels_are_learned_through_the_published_form(tmp_path: Path) -> None:
    encoder = tiny_encoder(tmp_path)
    tensors, weight, bias = fitted_on(encoder)
    adapter = Adapter(encoder.version, 1, tensors)
    published = Encoder(
        _Model(encoder), encoder._tokenizer, version=encoder.version, adapter=lambda _: adapter
    )
    logits = published.encode(TEXTS, adapter="any") @ weight.T + bias
    np.testing.assert_array_equal(logits > 0, LABELS == 1)


def test_merged_layers_compute_what_the_attached_pairs_compute(tmp_path: Path) -> None:
    encoder = tiny_encoder(tmp_path)
    layers = copy.deepcopy(encoder.layers)
    prior = np.full(2, 0.5, np.float32)
    trainee = Trainee(layers, dimensions=WIDTH, prior=prior, recipe=RECIPE)
    for layer in layers:
        layer.eval()
    with torch.no_grad():
        for pair in trainee.low_rank.values():
            pair.normal_(std=0.1)
        result = trainee.fitted()
        frozen = FrozenStates(encoder.embeddings, encoder.layers[:1], encoder.tokens(TEXTS[:3]))
        hidden, mask = frozen.batch(np.arange(3))
        attached = trainee.logits(hidden, mask).numpy()
        for layer in merged(encoder.layers, Adapter(encoder.version, 1, result.tensors)):
            hidden = layer(hidden, (1 - mask)[:, None, None, :] * -1e9)
        pooled = torch.nn.functional.normalize(mean_pool(hidden, mask), dim=1).numpy()
    np.testing.assert_allclose(pooled @ result.weight.T + result.bias, attached, atol=1e-3)


def test_frozen_states_are_those_of_the_lower_layers(tmp_path: Path) -> None:
    encoder = tiny_encoder(tmp_path)
    tokens = encoder.tokens(TEXTS[:2])
    frozen = FrozenStates(encoder.embeddings, encoder.layers[:1], tokens)
    ids, _ = padded(tokens[1:])
    with torch.no_grad():
        expected = encoder.layers[0](encoder.embeddings(input_ids=ids), None)[0]
    hidden, mask = frozen.batch(np.array([1, 0]))
    np.testing.assert_allclose(hidden[0].numpy(), expected.numpy(), atol=2e-3)
    assert mask.sum(1).tolist() == [len(tokens[1]), len(tokens[0])]


class _Model:
    """An encoder's parts under the names that transformers gives them."""

    def __init__(self, encoder: Encoder) -> None:
        self.embeddings = encoder.embeddings
        self.encoder = type("Stack", (), {"layer": encoder.layers})
        self.config = type("Config", (), {"hidden_size": encoder.dimensions})
