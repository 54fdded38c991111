"""tf-tutorial: TensorFlow's official tutorial "Neural style transfer" (2019-).

Pictures are RGB in 0-1 and multiplied by 255 for the network; features after ReLU.
"""

from typing import Any, NamedTuple

import numpy as np
import tensorflow as tf

from .adam import tensorflow_adam
from .pictures import UNIT
from .system import Search, System, Terms

STYLE_LAYERS = ("block1_conv1", "block2_conv1", "block3_conv1", "block4_conv1", "block5_conv1")
CONTENT_LAYERS = ("block5_conv2",)
STYLE_WEIGHT = 1e-2
CONTENT_WEIGHT = 1e4
TOTAL_VARIATION_WEIGHT = 30
# tf.keras.optimizers.Adam(learning_rate=0.02, beta_1=0.99, epsilon=1e-1); beta_2 is its default.
LEARNING_RATE, BETA_1, BETA_2, EPSILON = 0.02, 0.99, 0.999, 1e-1
# Ten epochs of a hundred.
STEPS = 1000


class Targets(NamedTuple):
    """The content's features and the style's Gram matrices, by layer."""

    content: dict[str, Any]
    style: dict[str, Any]


def gram_matrix(features: tf.Tensor) -> tf.Tensor:
    """Of [1, height, width, channels]: [1, channels, channels], divided by the positions."""
    products = tf.linalg.einsum("bijc,bijd->bcd", features, features)
    height, width = features.shape[1:3]
    return products / float(height * width)


def targets(content: dict, style: dict) -> Targets:
    """The targets that a content and a style picture set; they may differ in size."""
    return Targets(
        {layer: content[layer] for layer in CONTENT_LAYERS},
        {layer: gram_matrix(style[layer]) for layer in STYLE_LAYERS},
    )


def loss(features: dict, picture: tf.Tensor, drawn_to: Targets) -> Terms:
    """The terms: 1e-2 and 1e4 times the layers' mean of mean squares; 30 total variations."""
    style = tf.add_n(
        [
            tf.reduce_mean((gram_matrix(features[layer]) - target) ** 2)
            for layer, target in drawn_to.style.items()
        ]
    )
    content = tf.add_n(
        [
            tf.reduce_mean((features[layer] - target) ** 2)
            for layer, target in drawn_to.content.items()
        ]
    )
    return Terms.of(
        style=style * STYLE_WEIGHT / len(STYLE_LAYERS),
        content=content * CONTENT_WEIGHT / len(CONTENT_LAYERS),
        tv=TOTAL_VARIATION_WEIGHT * tf.image.total_variation(picture)[0],
    )


def search(start: np.ndarray) -> Search:
    """Adam, clipped to 0-1 after each update."""
    return tensorflow_adam(
        start, LEARNING_RATE, BETA_1, BETA_2, EPSILON, lambda picture: np.clip(picture, 0, 1)
    )


TF_TUTORIAL = System(
    name="tf-tutorial",
    layers=(*STYLE_LAYERS, *CONTENT_LAYERS),
    units="keras",
    pixels=UNIT,
    steps=STEPS,
    start="content",
    targets=targets,
    loss=loss,
    search=search,
)
