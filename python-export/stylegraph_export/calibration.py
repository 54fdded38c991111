"""Rescales a VGG so that its features are as large as those of ImageNet's VGG19.

A network of convolutions and ReLUs computes the same thing in other units when each block's output
is multiplied by s[block]: the block's first kernel is multiplied by s[block] / s[block - 1], its
biases by s[block], its other kernels by 1. Published weights of the style and content terms then
keep their balance on a network whose deep features are smaller.
"""

import keras
import numpy as np
from keras.applications.vgg19 import preprocess_input
from skimage import data, transform

from .architecture import Convolution

# Photographs that scikit-image's wheel carries.
PHOTOGRAPHS = ("astronaut", "chelsea", "coffee", "rocket")
SIZE = 384
# The mean Gram entries of block1..5_conv1 that the TensorFlow tutorial "Neural style transfer"
# prints for its style picture (VGG19, ImageNet).
TARGET_MEAN_GRAM = np.array([263.8, 9101.0, 7661.0, 134289.0, 1487.0])
METHOD = (
    "each block is scaled until the mean entry of the Gram matrix (features' * features / "
    "(height * width), after ReLU) of blockB_conv1 over the photographs at 384x384 is "
    "[263.8, 9101, 7661, 134289, 1487], the values of ImageNet's VGG19 in the TensorFlow "
    "tutorial; block1 is left as it is"
)


def block_scales(model: keras.Model) -> list[float]:
    """Measures the five factors on a VGG whose input is BGR minus mean in 0-255; the first is 1.

    Rounded to four digits, so that machines that add in another order agree on the weights.
    """
    scales = np.sqrt(TARGET_MEAN_GRAM / _mean_gram(model))
    return [1.0] + [float(f"{scale:.4g}") for scale in scales[1:]]


def rescale(convolutions: list[Convolution], scales: list[float]) -> list[Convolution]:
    """The same network with block b's output multiplied by scales[b - 1]."""
    rescaled = []
    scale_before = 1.0
    for convolution in convolutions:
        scale = scales[convolution.block - 1]
        kernel = convolution.kernel * np.float32(scale / scale_before)
        bias = convolution.bias * np.float32(scale)
        rescaled.append(Convolution(convolution.name, kernel, bias))
        scale_before = scale
    return rescaled


def _mean_gram(model: keras.Model) -> np.ndarray:
    outputs = [model.get_layer(f"block{block}_conv1").output for block in range(1, 6)]
    features_of = keras.Model(model.input, outputs)
    per_photograph = []
    for name in PHOTOGRAPHS:
        photograph = transform.resize(
            getattr(data, name)().astype(np.float32),
            (SIZE, SIZE, 3),
            anti_aliasing=True,
            preserve_range=True,
        )
        layers = features_of(preprocess_input(photograph[np.newaxis]))
        per_photograph.append([_gram(layer.numpy()).mean() for layer in layers])
    return np.mean(per_photograph, axis=0)


def _gram(features: np.ndarray) -> np.ndarray:
    flat = features.reshape(-1, features.shape[-1])
    return flat.T @ flat / len(flat)
