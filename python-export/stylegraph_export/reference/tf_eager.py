"""tf-eager: TensorFlow's style-transfer notebook with eager execution (nst_blogpost, 2018).

Raymond Yuan, "Neural Style Transfer: Creating Art with Deep Learning using tf.keras and eager
execution". Pictures are RGB in 0-255; features after ReLU.
"""

from typing import Any, NamedTuple

import numpy as np
import tensorflow as tf

from .adam import tensorflow_adam
from .pictures import BYTES
from .system import Search, System, Terms

STYLE_LAYERS = ("block1_conv1", "block2_conv1", "block3_conv1", "block4_conv1", "block5_conv1")
CONTENT_LAYER = "block5_conv2"
# Defaults of run_style_transfer.
STYLE_WEIGHT = 1e-2
CONTENT_WEIGHT = 1e3
# The article computes the term but gives it no weight: the later official tutorial's 30, which is
# for pixels in 0-1.
TV_WEIGHT = 30 / 255
LEARNING_RATE = 10.0
# The defaults of tf.train.AdamOptimizer.
BETA_1, BETA_2, EPSILON = 0.9, 0.999, 1e-8


class Targets(NamedTuple):
    """What the picture is drawn to: content features and, per style layer, the style's Gram."""

    content: Any
    grams: list


def gram(features: tf.Tensor) -> tf.Tensor:
    """F'F / (height * width) of features [1, height, width, channels]: [channels, channels]."""
    flat = tf.reshape(features, [-1, features.shape[-1]])
    return tf.matmul(flat, flat, transpose_a=True) / tf.cast(tf.shape(flat)[0], tf.float32)


def mean_square(difference: tf.Tensor) -> tf.Tensor:
    """The mean over all entries of the square."""
    return tf.reduce_mean(tf.square(difference))


def targets(content: dict, style: dict) -> Targets:
    """The targets that a content and a style picture set; they may differ in size."""
    return Targets(content[CONTENT_LAYER], [gram(style[layer]) for layer in STYLE_LAYERS])


def loss(features: dict, picture: tf.Tensor, drawn_to: Targets) -> Terms:
    """The terms.

    style = 1e-2 * mean over the five layers of mean_square(gram - target); content = 1e3 *
    mean_square(features - target); tv = 30 / 255 * the sum of the absolute differences of
    neighbouring pixels, down and across.
    """
    layers = [
        mean_square(gram(features[layer]) - target)
        for layer, target in zip(STYLE_LAYERS, drawn_to.grams)
    ]
    return Terms.of(
        style=STYLE_WEIGHT * tf.add_n(layers) / len(layers),
        content=CONTENT_WEIGHT * mean_square(features[CONTENT_LAYER] - drawn_to.content),
        tv=TV_WEIGHT * tf.image.total_variation(picture)[0],
    )


def search(start: np.ndarray) -> Search:
    """Adam, clipped to 0-255 after each update."""
    return tensorflow_adam(
        start, LEARNING_RATE, BETA_1, BETA_2, EPSILON, lambda picture: np.clip(picture, 0, 255)
    )


TF_EAGER = System(
    name="tf-eager",
    layers=(*STYLE_LAYERS, CONTENT_LAYER),
    units="keras",
    pixels=BYTES,
    steps=1000,
    start="content",
    targets=targets,
    loss=loss,
    search=search,
    keep_best=True,
)
