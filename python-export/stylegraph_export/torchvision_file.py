"""Reads VGG's convolutions from the files that torchvision publishes."""

from pathlib import Path

import numpy as np

from .architecture import CONVOLUTIONS_PER_BLOCK, kernel_shapes
from .cli import BadInput
from .torch_file import read_tensors

PREFIX = "features."
GIVE = "give VGG16 or VGG19 as torchvision has them, without batch normalisation"


def read_torchvision(path: Path) -> tuple[str, list[tuple[np.ndarray, np.ndarray]]]:
    """Reads a state dict of torchvision's VGG16 or VGG19; its classifier is ignored.

    Returns the architecture ("vgg16" or "vgg19") and each convolution's kernel [3, 3, channels in,
    channels out] and bias in order. Raises BadInput for a file that cannot be read or holds
    something else.
    """
    tensors = read_tensors(path, PREFIX)
    architecture = _nearest(tensors)
    shapes = _shapes(architecture)
    if others := sorted(tensors.keys() ^ shapes.keys()):
        verb = "has" if others[0] in tensors else "lacks"
        raise BadInput(f"{path} {verb} {others[0]!r}, unlike {architecture}; {GIVE}")
    for name, shape in shapes.items():
        if tensors[name].shape != shape:
            raise BadInput(
                f"{path}: {name} has the shape {list(tensors[name].shape)}, and {list(shape)} in "
                f"{architecture}; {GIVE}"
            )
    arrays = [tensors[name].astype(np.float32) for name in shapes]
    kernels = [kernel.transpose(2, 3, 1, 0) for kernel in arrays[::2]]
    return architecture, list(zip(kernels, arrays[1::2]))


def _nearest(tensors: dict[str, np.ndarray]) -> str:
    """The architecture whose names differ least from those of the file."""
    return min(CONVOLUTIONS_PER_BLOCK, key=lambda it: len(tensors.keys() ^ _shapes(it).keys()))


def _shapes(architecture: str) -> dict[str, tuple[int, ...]]:
    """What the file holds: each convolution's kernel [out, in, 3, 3] and bias, in order.

    torchvision numbers all layers: a convolution and its ReLU are two, a pooling after a block one.
    """
    shapes = {}
    kernels = iter(kernel_shapes(architecture))
    number = 0
    for count in CONVOLUTIONS_PER_BLOCK[architecture]:
        for _ in range(count):
            height, width, channels_in, channels = next(kernels)
            shapes[f"{PREFIX}{number}.weight"] = (channels, channels_in, height, width)
            shapes[f"{PREFIX}{number}.bias"] = (channels,)
            number += 2
        number += 1
    return shapes
