"""A small perceptron: how likely each class is for each row of inputs, from a file of weights."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Network:
    """Layers of weights and biases, the classes in order, and the temperature that makes the answers honest."""

    classes: tuple[str, ...]
    layers: tuple[tuple[Floats, Floats], ...]
    temperature: float

    def likely(self, inputs: Floats) -> Floats:
        """A row of probabilities for each row of inputs."""
        held = inputs
        for number, (weights, biases) in enumerate(self.layers):
            held = held @ weights + biases
            if number + 1 < len(self.layers):
                np.maximum(held, 0, out=held)
        held = held / self.temperature
        held -= held.max(axis=1, keepdims=True)
        np.exp(held, out=held)
        return np.asarray(held / held.sum(axis=1, keepdims=True), np.float32)


@cache
def load(path: Path) -> Network:
    """The network of a file that the training script wrote."""
    with np.load(path, allow_pickle=False) as held:
        count = int(held["layers"])
        layers = tuple(
            (held[f"weights{number}"].astype(np.float32), held[f"biases{number}"].astype(np.float32))
            for number in range(count)
        )
        return Network(tuple(held["classes"].tolist()), layers, float(held["temperature"]))
