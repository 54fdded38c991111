"""Reads VGG's convolutions from the files that Keras writes and torchvision publishes.

The arrays are read as data: no Keras object of the file is built, and no PyTorch object, so a file
from a stranger cannot run code.
"""

import io
import re
import zipfile
from pathlib import Path

import h5py
import numpy as np

from .architecture import CONVOLUTIONS_PER_BLOCK, Convolution, kernel_shapes, layer_names
from .cli import BadInput
from .torch_file import is_torch_file
from .torchvision_file import read_torchvision

ACCEPTED = (
    "a Keras .weights.h5, .h5 or .keras file (keras.applications) or a torchvision .pth file of "
    "VGG16 or VGG19"
)


def read_vgg(path: Path) -> tuple[str, list[Convolution]]:
    """Reads a file of VGG16 or VGG19, with or without the classifier.

    Its name's ending tells a torchvision file (.pth, .pt) from a Keras one. Returns the
    architecture ("vgg16" or "vgg19") and all its convolutions in order. Raises BadInput for a file
    that cannot be read or holds something else.
    """
    if not path.is_file():
        raise BadInput(f"{path} is not a file; give {ACCEPTED}")
    architecture, pairs = read_torchvision(path) if is_torch_file(path) else _read_keras(path)
    convolutions = [
        Convolution(name, kernel, bias)
        for name, (kernel, bias) in zip(layer_names(architecture), pairs)
    ]
    for convolution in convolutions:
        if not (np.isfinite(convolution.kernel).all() and np.isfinite(convolution.bias).all()):
            raise BadInput(f"{path}: the weights of {convolution.name} are not finite numbers")
    return architecture, convolutions


def _read_keras(path: Path) -> tuple[str, list[tuple[np.ndarray, np.ndarray]]]:
    pairs = _read_convolutions(path)
    shapes = [kernel.shape for kernel, _ in pairs]
    for architecture in CONVOLUTIONS_PER_BLOCK:
        if shapes == kernel_shapes(architecture):
            return architecture, pairs
    raise BadInput(
        f"{path} holds {len(pairs)} convolutions of 3x3 that are neither VGG16's 13 nor "
        f"VGG19's 16; give {ACCEPTED}"
    )


def _read_convolutions(path: Path) -> list[tuple[np.ndarray, np.ndarray]]:
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                source = io.BytesIO(archive.read("model.weights.h5"))
        else:
            source = path
        with h5py.File(source, "r") as file:
            return _convolutions_in(file)
    except (OSError, KeyError, RuntimeError, ValueError, zipfile.BadZipFile) as error:
        raise BadInput(
            f"{path} cannot be read as Keras weights (damaged or another format); give {ACCEPTED}"
        ) from error


def _convolutions_in(file: h5py.File) -> list[tuple[np.ndarray, np.ndarray]]:
    """Every group that holds one 3x3 kernel and one bias, in the order of their names."""
    found = {}

    def visit(name: str, item: h5py.Group | h5py.Dataset) -> None:
        # Optimisers keep arrays of the kernels' shapes.
        if not isinstance(item, h5py.Group) or name.startswith("optimizer"):
            return
        arrays = [child for child in item.values() if isinstance(child, h5py.Dataset)]
        arrays.sort(key=lambda array: -array.ndim)
        if [array.ndim for array in arrays] != [4, 1]:
            return
        kernel, bias = arrays
        if kernel.shape[:2] == (3, 3) and kernel.shape[3:] == bias.shape:
            found[name] = (kernel[:].astype(np.float32), bias[:].astype(np.float32))

    file.visititems(visit)
    return [found[name] for name in sorted(found, key=_natural_key)]


def _natural_key(name: str) -> list[tuple[int, str]]:
    """Orders conv2d, conv2d_1, conv2d_2, conv2d_10."""
    return [(int(number or 0), text) for text, number in re.findall(r"(\D+)(\d*)", name)]
