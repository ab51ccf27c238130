"""Adapters: small trained changes to the encoder's upper layers, merged into a copy of them when loaded."""

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open

from nlp.errors import MissingArtifact

REMEDY = "Train the artefact again with this encoder: python -m nlp train NAME --data PATH"


@dataclass(frozen=True)
class Adapter:
    """Changes to layers ``first_layer`` and above, made for one encoder version.

    ``tensors`` are named ``<layer>.<parameter>``. A pair ``<linear>.lora_a`` (rank, in) and
    ``<linear>.lora_b`` (out, rank) adds ``lora_b @ lora_a`` to that linear layer's weight; any other name
    replaces the parameter (biases, norms).
    """

    encoder: str
    first_layer: int
    tensors: Mapping[str, torch.Tensor]


def read_adapter(path: Path) -> Adapter:
    """Read an adapter from a safetensors file; raises MissingArtifact when it is none."""
    try:
        with safe_open(str(path), framework="pt") as file:
            metadata = file.metadata() or {}
            tensors = {name: file.get_tensor(name).float() for name in file.keys()}  # noqa: SIM118 (no dict)
        return Adapter(metadata["encoder"], int(metadata["first_layer"]), tensors)
    except (SafetensorError, OSError, KeyError, ValueError) as error:
        raise MissingArtifact("corrupt_artifact", f"{path.name} is not an adapter.", REMEDY) from error


def merged(layers: list[Any], adapter: Adapter) -> list[Any]:
    """Copy the layers from ``first_layer`` up and add the changes; the given layers stay untouched."""
    upper = {number: copy.deepcopy(layers[number]) for number in range(adapter.first_layer, len(layers))}
    parameters = {
        f"{n}.{name}": value for n, layer in upper.items() for name, value in layer.named_parameters()
    }
    with torch.no_grad():
        for name, tensor in adapter.tensors.items():
            _apply(parameters, adapter.tensors, name, tensor)
    return list(upper.values())


def _apply(
    parameters: Mapping[str, Any], tensors: Mapping[str, torch.Tensor], name: str, tensor: torch.Tensor
) -> None:
    stem, _, kind = name.rpartition(".")
    try:
        if kind == "lora_a":
            parameters[f"{stem}.weight"].add_(tensors[f"{stem}.lora_b"] @ tensor)
        elif kind != "lora_b":
            parameters[name].copy_(tensor)
    except (KeyError, RuntimeError) as error:
        raise MissingArtifact("corrupt_artifact", "The adapter does not fit this encoder.", REMEDY) from error
