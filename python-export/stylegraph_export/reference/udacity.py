"""udacity and kurniawan: the exercise of Udacity's deep-learning course, and a talk's answer to it.

Udacity, deep-learning-v2-pytorch, Style_Transfer_Exercise; Eka Kurniawan, "Style Transfer, an
introduction". They differ in the Gram matrix's code and the number of steps. Pictures are
standardised RGB and not bounded; features are torchvision's after its in-place ReLU.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import tensorflow as tf

from .adam import torch_adam
from .pictures import STANDARDISED
from .system import Search, System, Terms

# conv1_1 to conv5_1.
STYLE_WEIGHTS = {
    "block1_conv1": 1.0,
    "block2_conv1": 0.8,
    "block3_conv1": 0.5,
    "block4_conv1": 0.3,
    "block5_conv1": 0.1,
}
CONTENT_LAYER = "block4_conv2"
CONTENT_WEIGHT = 1
STYLE_WEIGHT = 1e6
LEARNING_RATE = 0.003
# The defaults of torch.optim.Adam.
BETA_1, BETA_2, EPSILON = 0.9, 0.999, 1e-8

Gram = Callable[[tf.Tensor], tf.Tensor]


class Targets(NamedTuple):
    """The content's features and, per style layer, the style's Gram."""

    content: Any
    grams: list


def gram(features: tf.Tensor) -> tf.Tensor:
    """F'F of features [1, height, width, channels], not divided: [channels, channels]."""
    matrix = tf.reshape(features, [-1, features.shape[-1]])
    return tf.matmul(matrix, matrix, transpose_a=True)


def batched_gram(features: tf.Tensor) -> tf.Tensor:
    """Kurniawan's: [batch, channels, channels] of features [batch, height, width, channels]."""
    batch, height, width, channels = features.shape
    flat = tf.transpose(tf.reshape(features, [batch, height * width, channels]), [0, 2, 1])
    return tf.matmul(flat, tf.transpose(flat, [0, 2, 1]))


def targets(gram: Gram, content: dict, style: dict) -> Targets:
    """The targets that a content and a style picture set; they may differ in size."""
    return Targets(content[CONTENT_LAYER], [gram(style[layer]) for layer in STYLE_WEIGHTS])


def loss(gram: Gram, features: dict, picture: tf.Tensor, drawn_to: Targets) -> Terms:
    """The terms: a layer's style is weight * mean square / (channels * height * width)."""
    content = tf.reduce_mean((features[CONTENT_LAYER] - drawn_to.content) ** 2)
    style = tf.constant(0.0)
    for (layer, weight), target in zip(STYLE_WEIGHTS.items(), drawn_to.grams):
        _, height, width, channels = features[layer].shape
        of_layer = weight * tf.reduce_mean((gram(features[layer]) - target) ** 2)
        style += of_layer / (channels * height * width)
    return Terms.of(style=STYLE_WEIGHT * style, content=CONTENT_WEIGHT * content)


def search(start: np.ndarray) -> Search:
    """Adam without bounds."""
    return torch_adam(start, LEARNING_RATE, BETA_1, BETA_2, EPSILON)


def _system(name: str, gram: Gram, steps: int) -> System:
    return System(
        name=name,
        layers=(*STYLE_WEIGHTS, CONTENT_LAYER),
        units="torch",
        pixels=STANDARDISED,
        steps=steps,
        start="content",
        targets=partial(targets, gram),
        loss=partial(loss, gram),
        search=search,
    )


UDACITY = _system("udacity", gram, 2000)
KURNIAWAN = _system("kurniawan", batched_gram, 1000)
