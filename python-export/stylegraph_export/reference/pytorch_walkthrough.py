"""pytorch-walkthrough: an article on Gatys et al. with VGG19's features 0, 5, 10, 19 and 28.

Pictures are standardised RGB and not bounded; features are torchvision's after its in-place ReLU.
"""

import numpy as np
import tensorflow as tf

from .adam import torch_adam
from .pictures import STANDARDISED
from .system import Search, System, Terms

# Indices 0, 5, 10, 19, 28 of vgg19.features; for content as for style.
LAYERS = ("block1_conv1", "block2_conv1", "block3_conv1", "block4_conv1", "block5_conv1")
STYLE_WEIGHT = 1e4
CONTENT_WEIGHT = 1e-2
LEARNING_RATE = 0.02
# betas=[0.99, 0.999]; epsilon is torch's default.
BETA_1, BETA_2, EPSILON = 0.99, 0.999, 1e-8


def gram_matrix(features: tf.Tensor) -> tf.Tensor:
    """F'F over the number of entries of features [1, height, width, channels]."""
    batch, height, width, channels = features.shape
    flat = tf.reshape(features, [batch * height * width, channels])
    return tf.matmul(flat, flat, transpose_a=True) / (batch * channels * height * width)


def targets(content: dict, style: dict) -> list:
    """Per layer the content's features and the style's Gram."""
    return [(content[layer], gram_matrix(style[layer])) for layer in LAYERS]


def loss(features: dict, picture: tf.Tensor, drawn_to: list) -> Terms:
    """The terms: sums over the layers of mean squares."""
    style = content = tf.constant(0.0)
    for layer, (content_target, style_target) in zip(LAYERS, drawn_to):
        content += tf.reduce_mean((features[layer] - content_target) ** 2)
        style += tf.reduce_mean((gram_matrix(features[layer]) - style_target) ** 2)
    return Terms.of(style=style * STYLE_WEIGHT, content=content * CONTENT_WEIGHT)


def search(start: np.ndarray) -> Search:
    """Adam without bounds."""
    return torch_adam(start, LEARNING_RATE, BETA_1, BETA_2, EPSILON)


PYTORCH_WALKTHROUGH = System(
    name="pytorch-walkthrough",
    layers=LAYERS,
    units="torch",
    pixels=STANDARDISED,
    steps=2000,
    start="content",
    targets=targets,
    loss=loss,
    search=search,
)
