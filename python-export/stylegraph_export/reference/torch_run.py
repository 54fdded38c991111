"""Runs the systems that were written in PyTorch in PyTorch, with its autograd and optimisers.

Layers and weights of the losses are those of the modules beside this one; everything else is
PyTorch's own. Pictures that are optimised and features are [1, channels, height, width].
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import nn, optim

from stylegraph_export.cli import BadInput, ExportError

from . import pytorch_tutorial, pytorch_walkthrough, udacity
from .backbone import Backbone
from .system import Report, System, Terms

Features = dict[str, torch.Tensor]


@dataclass(frozen=True)
class TorchSystem:
    """What PyTorch computes of a system: targets, losses, the optimiser and the closure's clamp."""

    targets: Callable[[Features, Features], Any]
    loss: Callable[[Features, Any], Terms]
    optimizer: Callable[[list[torch.Tensor]], optim.Optimizer]
    clamps: bool = False


def of(system: System) -> Callable[[System, Backbone, np.ndarray, np.ndarray], "TorchRun"]:
    """What makes this system's run. Raises BadInput if it was not written in PyTorch."""
    if system.name not in TORCH_SYSTEMS:
        raise BadInput(
            f"--framework torch: {system.name} was not written in PyTorch; "
            f"choose one of: {', '.join(TORCH_SYSTEMS)}"
        )
    return TorchRun


class Vgg(nn.Module):
    """The backbone from RGB in 0-255 to the named layer's depth, frozen."""

    def __init__(self, backbone: Backbone, layers: tuple[str, ...]) -> None:
        super().__init__()
        self._layers = layers
        self._reversed = backbone.channel_order == "BGR"
        self._mean = torch.from_numpy(backbone.mean).reshape(1, 3, 1, 1)
        self._scale = torch.from_numpy(backbone.scale).reshape(1, -1, 1, 1)
        modules: list[tuple[str, nn.Module]] = []
        stride = 1
        for name, layer_stride in backbone.layers.items():
            if layer_stride != stride:
                modules.append(("pool", nn.MaxPool2d(2)))
                stride = layer_stride
            kernel, bias = backbone.weights(name)
            convolution = nn.Conv2d(*kernel.shape[2:], kernel_size=3, padding=1)
            convolution.weight.data = torch.from_numpy(kernel.transpose(3, 2, 0, 1).copy())
            convolution.bias.data = torch.from_numpy(bias)
            modules += [(f"{name}/preactivation", convolution), (name, nn.ReLU())]
        deepest = max(i for i, (name, _) in enumerate(modules) if name in layers)
        self._names = [name for name, _ in modules[: deepest + 1]]
        self._modules_in_order = nn.ModuleList(module for _, module in modules[: deepest + 1])
        self.requires_grad_(False)

    def forward(self, rgb: torch.Tensor) -> Features:
        """Features by layer, of RGB [1, 3, height, width]."""
        x = ((rgb.flip(1) if self._reversed else rgb) - self._mean) * self._scale
        features = {}
        for name, module in zip(self._names, self._modules_in_order):
            x = module(x)
            if name in self._layers:
                features[name] = x
        return {name: features[name] for name in self._layers}


class TorchRun:
    """A system with its targets. Pictures are RGB in 0-255, [height, width, 3], any real type."""

    def __init__(
        self, system: System, backbone: Backbone, content: np.ndarray, style: np.ndarray
    ) -> None:
        self.system = system
        self._torch = TORCH_SYSTEMS[system.name]
        self._vgg = Vgg(backbone, system.layers)
        self._scale = backbone.feature_scale(system.units)
        white, mean, deviation = system.pixels.white, system.pixels.mean, system.pixels.deviation
        self._white = white
        self._mean = torch.tensor(mean, dtype=torch.float32).reshape(1, 3, 1, 1)
        self._deviation = torch.tensor(deviation, dtype=torch.float32).reshape(1, 3, 1, 1)
        with torch.no_grad():
            self._targets = self._torch.targets(
                *(self._scaled_features(self._own(picture)) for picture in (content, style))
            )

    def features(self, picture: np.ndarray) -> dict[str, np.ndarray]:
        """By layer, [height, width, channels], in the backbone's own units."""
        with torch.no_grad():
            features = self._vgg(self._to_bytes(self._own(picture)))
        return {name: _channels_last(tensor) for name, tensor in features.items()}

    def evaluate(self, picture: np.ndarray) -> tuple[Terms, np.ndarray]:
        """The terms, and the total's gradient with respect to RGB in 0-255."""
        own = self._own(picture).requires_grad_()
        terms = self._backward(own)
        return terms, self.system.pixels.gradient_to_bytes(_channels_last(own.grad))

    def optimise(self, start: np.ndarray, steps: int, report: Report) -> np.ndarray:
        """Runs the optimiser from start; gives the result. Raises ExportError where numbers end."""
        picture = self._own(start).requires_grad_()
        optimizer = self._torch.optimizer([picture])
        done = 0

        def closure() -> float:
            nonlocal done
            self._clamp(picture)
            if done == steps:
                raise _AllDoneError
            optimizer.zero_grad()
            terms = self._backward(picture)
            done += 1
            report(done, terms)
            if not math.isfinite(terms.total):
                raise ExportError(f"step {done} has no finite loss ({terms.total})")
            return terms.total

        try:
            while done < steps:
                optimizer.step(closure)
        except _AllDoneError:
            pass
        self._clamp(picture)
        return _channels_last(self._to_bytes(picture.detach()))

    def _clamp(self, picture: torch.Tensor) -> None:
        if self._torch.clamps:
            picture.data.clamp_(0, 1)

    def _backward(self, picture: torch.Tensor) -> Terms:
        terms = self._torch.loss(self._scaled_features(picture), self._targets)
        terms.total.backward()
        return Terms(*(float(torch.as_tensor(term).detach()) for term in terms))

    def _scaled_features(self, picture: torch.Tensor) -> Features:
        features = self._vgg(self._to_bytes(picture))
        return {name: tensor * self._scale for name, tensor in features.items()}

    def _own(self, picture: np.ndarray) -> torch.Tensor:
        rgb = torch.from_numpy(np.float32(picture).transpose(2, 0, 1)[np.newaxis].copy())
        return (rgb / self._white - self._mean) / self._deviation

    def _to_bytes(self, picture: torch.Tensor) -> torch.Tensor:
        return (picture * self._deviation + self._mean) * self._white


class _AllDoneError(Exception):
    """Ends an optimiser that would evaluate once more than was asked for."""


def _channels_last(tensor: torch.Tensor) -> np.ndarray:
    return tensor.numpy()[0].transpose(1, 2, 0)


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
