"""Fits a perceptron with Adam in numpy, sets its temperature, and writes it as half floats."""

import itertools
from pathlib import Path

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Layers = list[tuple[Floats, Floats]]

EPOCHS, BATCH, RATE, DECAY = 14, 256, 2e-3, 1e-5
SMOOTHED = 0.001


def fit(inputs: Floats, kinds: Ints, sizes: tuple[int, ...], chance: Generator) -> Layers:
    """Weights and biases for these layer sizes, the rate of learning falling to nothing."""
    layers: Layers = [
        (chance.normal(0, np.sqrt(2 / fan_in), (fan_in, out)).astype(np.float32), np.zeros(out, np.float32))
        for fan_in, out in itertools.pairwise(sizes)
    ]
    moments = [[np.zeros_like(it) for it in (w, b, w, b)] for w, b in layers]
    steps, step = EPOCHS * (len(kinds) // BATCH), 0
    for _ in range(EPOCHS):
        order = chance.permutation(len(kinds))
        for start in range(0, len(order) - BATCH + 1, BATCH):
            step += 1
            batch = order[start : start + BATCH]
            rate = RATE * 0.5 * (1 + np.cos(np.pi * step / steps))
            _adam(layers, moments, _slopes(layers, inputs[batch], kinds[batch]), rate, step)
    return layers


def answers(layers: Layers, inputs: Floats) -> list[Floats]:
    """What each layer holds, the inputs first."""
    held = [inputs]
    for number, (weights, biases) in enumerate(layers):
        out = held[-1] @ weights + biases
        held.append(np.maximum(out, 0) if number + 1 < len(layers) else out)
    return held


def chances(logits: Floats) -> Floats:
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)


def _slopes(layers: Layers, inputs: Floats, kinds: Ints) -> Layers:
    held = answers(layers, inputs)
    slope = chances(held[-1])
    slope += -SMOOTHED / slope.shape[1]
    slope[np.arange(len(kinds)), kinds] -= 1 - SMOOTHED
    slope /= len(kinds)
    slopes: Layers = []
    for number in range(len(layers) - 1, -1, -1):
        slopes.append((held[number].T @ slope, slope.sum(axis=0)))
        if number:
            slope = (slope @ layers[number][0].T) * (held[number] > 0)
    return slopes[::-1]


def _adam(layers: Layers, moments: list[list[Floats]], slopes: Layers, rate: float, step: int) -> None:
    for (weights, biases), held, (by_weight, by_bias) in zip(layers, moments, slopes, strict=True):
        for place, (value, slope) in enumerate(((weights, by_weight + DECAY * weights), (biases, by_bias))):
            first, second = held[place], held[place + 2]
            first += 0.1 * (slope - first)
            second += 0.001 * (slope * slope - second)
            step_taken = rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
            np.subtract(value, step_taken, out=value)


def temperature_of(layers: Layers, inputs: Floats, kinds: Ints) -> float:
    """By how much to divide the last layer so that the probabilities are honest on what was never learnt."""
    logits = answers(layers, inputs)[-1]
    rows = np.arange(len(kinds))
    options = np.linspace(0.3, 3, 55)
    costs = [-np.log(chances(logits / option)[rows, kinds] + 1e-9).mean() for option in options]
    return float(options[int(np.argmin(costs))])


def write(path: Path, layers: Layers, classes: tuple[str, ...], temperature: float) -> None:
    held = {f"weights{number}": weights.astype(np.float16) for number, (weights, _) in enumerate(layers)}
    held |= {f"biases{number}": biases.astype(np.float16) for number, (_, biases) in enumerate(layers)}
    np.savez_compressed(
        path, layers=len(layers), classes=np.array(classes), temperature=temperature, **held, allow_pickle=False
    )
