"""A two-layer encoder with random weights, an adapter and heads: real files, made in a moment."""

import json
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import save_file
from safetensors.torch import save_file as save_tensors
from transformers import BertConfig, BertModel

from nlp.artifacts import Artifact, digests, register
from nlp.encoder import Encoder, open_encoder

WORDS = [
    "i",
    "am",
    "very",
    "happy",
    "sad",
    "angry",
    "about",
    "the",
    "order",
    "bill",
    "thank",
    "you",
    "please",
    "not",
    ".",
    "!",
    "?",
    "face",
    "with",
    "tears",
    "of",
    "joy",
]
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
WIDTH = 32


def write_encoder(directory: Path) -> Path:
    """Write config, weights and vocabulary as the published package lays them out."""
    directory.mkdir(parents=True, exist_ok=True)
    vocabulary = SPECIAL + WORDS
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=WIDTH,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=256,
    )
    BertModel(config).save_pretrained(directory)
    (directory / "vocab.txt").write_text("\n".join(vocabulary) + "\n", "utf-8")
    settings = {"tokenizer_class": "BertTokenizer", "do_lower_case": True, "model_max_length": 256}
    (directory / "tokenizer_config.json").write_text(json.dumps(settings), "utf-8")
    return directory


def tiny_encoder(tmp_path: Path) -> Encoder:
    """Write an encoder and open it, with ``tmp_path``/models as its models folder."""
    return open_encoder(tmp_path / "models", weights_dir=write_encoder(tmp_path / "encoder"))


def write_adapter(models: Path, encoder_version: str, *, name: str = "emotion") -> None:
    """Write an adapter that changes one linear layer and one norm of the upper layer."""
    directory = models / name
    directory.mkdir(parents=True, exist_ok=True)
    tensors = {
        "1.attention.self.query.lora_a": torch.randn(4, WIDTH),
        "1.attention.self.query.lora_b": torch.randn(WIDTH, 4),
        "1.output.LayerNorm.bias": torch.linspace(-1, 1, WIDTH),
    }
    metadata = {"encoder": encoder_version, "first_layer": "1"}
    save_tensors(tensors, directory / "adapter.safetensors", metadata=metadata)
    register(models, Artifact(name, "1", digests(directory, "adapter.safetensors")))


def write_emotion(models: Path, encoder_version: str, *, bias: dict[str, float]) -> None:
    """Write an emotion model whose answer depends on its biases alone; thresholds are .5."""
    write_adapter(models, encoder_version)
    directory = models / "emotion"
    weight = np.zeros((len(bias), WIDTH), np.float32)
    save_file(
        {"weight": weight, "bias": np.array(list(bias.values()), np.float32)}, directory / "head.safetensors"
    )
    (directory / "labels.json").write_text(
        json.dumps([{"label": n, "threshold": 0.5} for n in bias]), "utf-8"
    )
    files = digests(directory, "adapter.safetensors", "head.safetensors", "labels.json")
    register(models, Artifact("emotion", "7", files))
