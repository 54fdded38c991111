"""Runs the systems that were written in PyTorch in PyTorch, with its autograd, in float32.

Pictures that are optimised and features are [1, channels, height, width].
"""

import math

import numpy as np
import torch
from torch import nn

from stylegraph_export.cli import ExportError

from .backbone import Backbone
from .system import Report, System, Terms
from .torch_systems import TORCH_SYSTEMS, Features


class Vgg:
    """The backbone from RGB [1, 3, height, width] in 0-255 to the deepest of the layers."""

    def __init__(self, backbone: Backbone, layers: tuple[str, ...]) -> None:
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
            convolution = _convolution(*backbone.weights(name))
            modules += [(f"{name}/preactivation", convolution), (name, nn.ReLU())]
        deepest = max(i for i, (name, _) in enumerate(modules) if name in layers)
        self._modules = modules[: deepest + 1]

    def __call__(self, rgb: torch.Tensor) -> Features:
        """The layers' features by name."""
        x = ((rgb.flip(1) if self._reversed else rgb) - self._mean) * self._scale
        features = {}
        for name, module in self._modules:
            x = module(x)
            if name in self._layers:
                features[name] = x
        return features


def _convolution(kernel: np.ndarray, bias: np.ndarray) -> nn.Conv2d:
    """Of a kernel [3, 3, channels in, channels out]; not to be trained."""
    convolution = nn.Conv2d(*kernel.shape[2:], kernel_size=3, padding=1).requires_grad_(False)
    convolution.weight.copy_(torch.from_numpy(kernel.transpose(3, 2, 0, 1).copy()))
    convolution.bias.copy_(torch.from_numpy(bias))
    return convolution


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
