"""The systems that were written in PyTorch, in its own words.

Layers and weights of the losses are those of the modules beside this one; the optimisers are
torch's, with torch's own defaults.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn, optim

from . import pytorch_tutorial, pytorch_walkthrough, udacity
from .system import Terms

# By layer, [1, channels, height, width].
Features = dict[str, torch.Tensor]


@dataclass(frozen=True)
class TorchSystem:
    """What PyTorch computes of a system: targets, losses, the optimiser and the closure's clamp."""

    targets: Callable[[Features, Features], Any]
    loss: Callable[[Features, Any], Terms]
    optimizer: Callable[[list[torch.Tensor]], optim.Optimizer]
    clamps: bool = False


def _udacity_gram(features: torch.Tensor) -> torch.Tensor:
    _, d, h, w = features.size()
    matrix = features.view(d, h * w)
    return torch.mm(matrix, matrix.t())


def _kurniawan_gram(features: torch.Tensor) -> torch.Tensor:
    flat = features.view(features.shape[0], features.shape[1], -1)
    return torch.bmm(flat, torch.transpose(flat, 1, 2))


def _udacity(gram: Callable[[torch.Tensor], torch.Tensor]) -> TorchSystem:
    def targets(content: Features, style: Features) -> tuple:
        return content[udacity.CONTENT_LAYER], {layer: gram(style[layer]) for layer in style}

    def loss(features: Features, drawn_to: tuple) -> Terms:
        content_target, grams = drawn_to
        content = torch.mean((features[udacity.CONTENT_LAYER] - content_target) ** 2)
        style = 0
        for layer, weight in udacity.STYLE_WEIGHTS.items():
            _, d, h, w = features[layer].shape
            error = torch.mean((gram(features[layer]) - grams[layer]) ** 2)
            style += weight * error / (d * h * w)
        return Terms.of(udacity.CONTENT_WEIGHT * content, udacity.STYLE_WEIGHT * style)

    return TorchSystem(targets, loss, lambda target: optim.Adam(target, lr=0.003))


def _entries_gram(features: torch.Tensor) -> torch.Tensor:
    a, b, c, d = features.size()
    rows = features.view(a * b, c * d)
    return torch.mm(rows, rows.t()).div(a * b * c * d)


def _walkthrough() -> TorchSystem:
    def targets(content: Features, style: Features) -> list:
        return [
            (content[layer], _entries_gram(style[layer])) for layer in pytorch_walkthrough.LAYERS
        ]

    def loss(features: Features, drawn_to: list) -> Terms:
        content = style = 0
        for layer, (content_target, gram) in zip(pytorch_walkthrough.LAYERS, drawn_to):
            content += torch.mean((features[layer] - content_target) ** 2)
            style += torch.mean((_entries_gram(features[layer]) - gram) ** 2)
        return Terms.of(
            content * pytorch_walkthrough.CONTENT_WEIGHT, style * pytorch_walkthrough.STYLE_WEIGHT
        )

    return TorchSystem(
        targets, loss, lambda target: optim.Adam(target, lr=0.02, betas=(0.99, 0.999))
    )


def _tutorial() -> TorchSystem:
    def targets(content: Features, style: Features) -> tuple:
        grams = {layer: _entries_gram(style[layer]) for layer in pytorch_tutorial.STYLE_LAYERS}
        return content[pytorch_tutorial.CONTENT_LAYER], grams

    def loss(features: Features, drawn_to: tuple) -> Terms:
        content_target, grams = drawn_to
        content = nn.functional.mse_loss(features[pytorch_tutorial.CONTENT_LAYER], content_target)
        style = 0
        for layer, gram in grams.items():
            style += nn.functional.mse_loss(_entries_gram(features[layer]), gram)
        return Terms.of(
            content * pytorch_tutorial.CONTENT_WEIGHT, style * pytorch_tutorial.STYLE_WEIGHT
        )

    return TorchSystem(targets, loss, optim.LBFGS, clamps=True)


TORCH_SYSTEMS = {
    "udacity": _udacity(_udacity_gram),
    "kurniawan": _udacity(_kurniawan_gram),
    "pytorch-walkthrough": _walkthrough(),
    "pytorch-tutorial": _tutorial(),
}
