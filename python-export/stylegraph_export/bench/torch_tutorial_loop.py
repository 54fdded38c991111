"""PyTorch's tutorial's kind of loop for the losses of a case: autograd and torch's Adam.

Pictures and features are [1, channels, height, width]; the picture is RGB in the case's pixels.
"""

import contextlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.nn import functional

from stylegraph_export.cli import run
from stylegraph_export.reference import pictures

from .loss_log import LossLog, loop_parser


class Tutorial:
    """The picture and its train step."""

    def __init__(
        self,
        weights: Path,
        content: np.ndarray,
        style: np.ndarray,
        memory_format: torch.memory_format = torch.contiguous_format,
        bfloat16: bool = False,
    ) -> None:
        arrays = np.load(weights)
        self._described: dict[str, Any] = json.loads(str(arrays["described"]))
        self._format = memory_format
        self._bfloat16 = bfloat16
        self._layers = [
            (name, stride, self._kernel(arrays, name), torch.from_numpy(arrays[f"{name}/bias"]))
            for name, stride in self._described["layers"].items()
        ]
        self._mean, self._scale = (
            torch.tensor(self._described[name]).reshape(1, -1, 1, 1) for name in ("mean", "scale")
        )
        with torch.no_grad(), self._precision():
            self._content_target = self._features(self._batch(content))[0]
            self._style_targets = self._features(self._batch(style))[1]
        self.picture = self._batch(content).requires_grad_()
        self._optimizer = torch.optim.Adam([self.picture], **self._described["adam"])

    def train_step(self) -> float:
        """Updates the picture; gives the loss that it had before."""
        self._optimizer.zero_grad()
        with self._precision():
            loss = self._loss()
        loss.backward()
        self._optimizer.step()
        with torch.no_grad():
            self.picture.clamp_(0, self._described["white"])
        return loss.item()

    def _loss(self) -> torch.Tensor:
        content, grams = self._features(self.picture)
        styles = [
            functional.mse_loss(gram.float(), target.float())
            for gram, target in zip(grams, self._style_targets)
        ]
        loss = self._described["styleWeight"] / len(styles) * sum(styles)
        content_loss = functional.mse_loss(content.float(), self._content_target.float())
        loss += self._described["contentWeight"] * content_loss
        return loss + self._described["tvWeight"] * _total_variation(self.picture)

    def _features(self, rgb: torch.Tensor) -> tuple[torch.Tensor, list[torch.Tensor]]:
        """The content's features, and the Gram matrices of the style's layers."""
        rgb = rgb * self._described["toBytes"]
        ordered = rgb.flip(1) if self._described["channelOrder"] == "BGR" else rgb
        x = (ordered - self._mean) * self._scale
        content, grams, stride = None, [], 1
        for name, layer_stride, kernel, bias in self._layers:
            if layer_stride != stride:
                x = functional.max_pool2d(x, 2)
                stride = layer_stride
            x = functional.relu(functional.conv2d(x, kernel, bias, padding=1))
            if name in self._described["styleLayers"]:
                grams.append(_gram(x))
            if name == self._described["contentLayer"]:
                content = x
        return content, grams

    def _precision(self) -> contextlib.AbstractContextManager:
        return torch.autocast("cpu", torch.bfloat16, enabled=self._bfloat16)

    def _kernel(self, arrays: Any, name: str) -> torch.Tensor:
        kernel = torch.from_numpy(arrays[f"{name}/kernel"].transpose(3, 2, 0, 1).copy())
        return kernel.contiguous(memory_format=self._format)

    def _batch(self, picture: np.ndarray) -> torch.Tensor:
        values = np.float32(picture) / np.float32(self._described["toBytes"])
        rgb = torch.from_numpy(values.transpose(2, 0, 1)[np.newaxis].copy())
        return rgb.contiguous(memory_format=self._format)


def _gram(features: torch.Tensor) -> torch.Tensor:
    _, channels, height, width = features.shape
    flat = features.reshape(channels, height * width)
    return flat @ flat.t() / (height * width)


def _total_variation(picture: torch.Tensor) -> torch.Tensor:
    down = (picture[:, :, 1:] - picture[:, :, :-1]).abs().sum()
    return down + (picture[:, :, :, 1:] - picture[:, :, :, :-1]).abs().sum()


def main(arguments: list[str] | None = None) -> None:
    """The command line; arguments are sys.argv's unless given."""
    parser = loop_parser("torch_tutorial_loop")
    parser.add_argument("--weights", type=Path, required=True, metavar="FILE.npz")
    parser.add_argument("--channels-last", action="store_true")
    parser.add_argument("--bfloat16", action="store_true", help="under autocast")
    options = parser.parse_args(arguments)
    tutorial = Tutorial(
        options.weights,
        pictures.read(options.content),
        pictures.read(options.style),
        torch.channels_last if options.channels_last else torch.contiguous_format,
        options.bfloat16,
    )
    log = LossLog(options.log)
    for _ in range(options.steps):
        log.step(tutorial.train_step())


if __name__ == "__main__":
    run(main)
