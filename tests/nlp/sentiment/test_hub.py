"""A sentiment model of the user's choice: a tiny random one, really saved and loaded."""

from pathlib import Path

import pytest
import torch
from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

from nlp.errors import MissingArtifact
from nlp.sentiment.hub import open_hub, values_of

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "good", "bad", "."]


def checkpoint(folder: Path, *labels: str) -> str:
    torch.manual_seed(0)
    (folder / "vocab.txt").write_text("\n".join(WORDS), "utf-8")
    config = BertConfig(
        vocab_size=len(WORDS),
        hidden_size=8,
        num_hidden_layers=1,
        num_attention_heads=1,
        intermediate_size=8,
        id2label=dict(enumerate(labels)),
        label2id={label: number for number, label in enumerate(labels)},
    )
    model = BertForSequenceClassification(config)
    with torch.no_grad():
        model.classifier.weight.zero_()
        model.classifier.bias.copy_(torch.tensor([0.0] * (len(labels) - 1) + [20.0]))
    model.save_pretrained(folder)
    BertTokenizer(str(folder / "vocab.txt")).save_pretrained(folder)
    return str(folder)


def test_its_classes_become_scores(tmp_path: Path) -> None:
    model = open_hub(checkpoint(tmp_path, "negative", "neutral", "positive"), allow_download=False)
    assert model.predict(["good .", "", "bad . " * 300]) == [5.0, 0.0, 5.0]
    assert model.predict([]) == []
    assert model.version == str(tmp_path)


def test_stars_are_a_scale(tmp_path: Path) -> None:
    model = open_hub(checkpoint(tmp_path, "5 stars", "3 stars", "1 star", "2 stars"), allow_download=False)
    assert model.predict(["good"]) == [-2.5]


@pytest.mark.parametrize(
    ("labels", "values"),
    [
        (["NEGATIVE", "POSITIVE"], [-1, 1]),
        (["pos", "neu", "neg"], [1, 0, -1]),
        (["LABEL_0", "LABEL_1", "LABEL_2"], [-1, 0, 1]),
        (["LABEL_0", "LABEL_1"], [-1, 1]),
    ],
)
def test_classes_are_known_by_name_or_by_place(labels: list[str], values: list[float]) -> None:
    assert values_of(dict(enumerate(labels))) == values


def test_classes_that_are_no_sentiment_are_refused() -> None:
    with pytest.raises(MissingArtifact, match="spam"):
        values_of({0: "spam", 1: "ham"})


def test_a_model_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(MissingArtifact, match="cannot be loaded"):
        open_hub(str(tmp_path / "none"), allow_download=False)
