"""The usual way to label texts, to compare with: pipelines of transformers on models of the same size."""

import json
from collections.abc import Callable, Sequence
from typing import Any

import torch
from safetensors.torch import load_file
from transformers import AutoModel, AutoTokenizer, BertConfig, pipeline
from transformers import BertForSequenceClassification as Published
from transformers.modeling_outputs import SequenceClassifierOutput

from nlp.adapters import merged, read_adapter
from nlp.artifacts import read_manifest
from nlp.encoder import mean_pool, package_directory, spelled
from tests.bench.texts_per_second import MODELS

Labels = list[tuple[str, ...]]


class BertForSequenceClassification(Published):  # type: ignore[misc]  # transformers has no types
    """Our emotion model as transformers knows such models: encoder, mean of tokens, linear layer."""

    def forward(self, input_ids: Any, attention_mask: Any, **_: Any) -> SequenceClassifierOutput:
        """Logits of a batch, (texts, labels)."""
        hidden = self.bert(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        mean = torch.nn.functional.normalize(mean_pool(hidden, attention_mask.float()), dim=1)
        return SequenceClassifierOutput(logits=self.classifier(mean))


class EmotionPipeline:
    """`pipeline("text-classification")` with our encoder and head: the same labels for texts read whole."""

    def __init__(self) -> None:
        manifest, directory = read_manifest(MODELS), str(package_directory())
        entries = json.loads(manifest.path("emotion", "labels.json").read_text("utf-8"))
        head = load_file(manifest.path("emotion", "head.safetensors"))
        scale = torch.tensor([float(entry.get("scale", 1.0)) for entry in entries])
        shift = torch.tensor([float(entry.get("shift", 0.0)) for entry in entries])
        encoder = AutoModel.from_pretrained(directory, local_files_only=True)
        adapter = read_adapter(manifest.path("emotion", "adapter.safetensors"))
        layers = encoder.encoder.layer
        for number, layer in enumerate(merged(list(layers), adapter), adapter.first_layer):
            layers[number] = layer
        config = BertConfig.from_pretrained(directory, local_files_only=True, num_labels=len(entries))
        config.id2label = {number: entry["label"] for number, entry in enumerate(entries)}
        model = BertForSequenceClassification(config)
        model.bert = encoder
        model.classifier.weight.data = head["weight"].float() * scale[:, None]
        model.classifier.bias.data = head["bias"].float() * scale + shift
        tokenizer = AutoTokenizer.from_pretrained(directory, local_files_only=True)
        self._pipeline: Any = pipeline("text-classification", model=model.eval(), tokenizer=tokenizer)
        self._limits = {entry["label"]: float(entry["threshold"]) for entry in entries}

    def __call__(self, texts: Sequence[str], **options: int) -> Labels:
        """The labels of each text; one text at a time unless a batch size is given."""
        found = self._pipeline(
            [spelled(text) for text in texts],
            top_k=None,
            function_to_apply="sigmoid",
            truncation=True,
            max_length=256,
            **options,
        )
        return [
            tuple(sorted(one["label"] for one in row if one["score"] >= self._limits[one["label"]]))
            for row in found
        ]

    def batched(self, size: int) -> Callable[[Sequence[str]], Labels]:
        """The same in batches."""
        return lambda texts: self(texts, batch_size=size)


class ZeroShotPipeline:
    """`pipeline("zero-shot-classification")`, default settings, on a random NLI model of our encoder's size.

    Random weights are as slow as trained ones; the labels that it finds mean nothing.
    """

    def __init__(self, labels: Sequence[str]) -> None:
        torch.manual_seed(0)
        directory = str(package_directory())
        config = BertConfig.from_pretrained(directory, local_files_only=True)
        config.id2label = {0: "contradiction", 1: "neutral", 2: "entailment"}
        config.label2id = {name: number for number, name in config.id2label.items()}
        tokenizer = AutoTokenizer.from_pretrained(directory, local_files_only=True)
        model = Published(config).eval()
        self._pipeline: Any = pipeline("zero-shot-classification", model=model, tokenizer=tokenizer)
        self._labels = list(labels)

    def __call__(self, texts: Sequence[str]) -> Labels:
        """The likeliest label of each text."""
        return [(found["labels"][0],) for found in self._pipeline(list(texts), self._labels)]
