"""pytorch-tutorial: PyTorch's official tutorial "Neural Transfer Using PyTorch" (Jacq 2017).

Pictures are RGB in 0-1, standardised for the network; the losses stand before the ReLUs.
"""

import numpy as np
import tensorflow as tf

from .lbfgs import torch_lbfgs
from .pictures import UNIT
from .system import Search, System, Terms

# conv_1 to conv_5: the first five of the network.
STYLE_LAYERS = tuple(
    f"{name}/preactivation"
    for name in ("block1_conv1", "block1_conv2", "block2_conv1", "block2_conv2", "block3_conv1")
)
# conv_4.
CONTENT_LAYER = "block2_conv2/preactivation"
STYLE_WEIGHT = 1_000_000
CONTENT_WEIGHT = 1
# num_steps. The tutorial looks at its count between steps of 20 evaluations and stops once it is
# over 300, so that it makes 320.
STEPS = 300


def gram_matrix(features: tf.Tensor) -> tf.Tensor:
    """F'F over the number of entries of features [1, height, width, channels]."""
    a, c, d, b = features.shape
    rows = tf.transpose(tf.reshape(features, [a * c * d, b]))
    return tf.matmul(rows, rows, transpose_b=True) / (a * b * c * d)


def mse_loss(a: tf.Tensor, b: tf.Tensor) -> tf.Tensor:
    """torch's mse_loss: the mean of the squared differences."""
    return tf.reduce_mean(tf.math.squared_difference(a, b))


def targets(content: dict, style: dict) -> tuple:
    """The content's features, and the style's Gram per layer."""
    return content[CONTENT_LAYER], [gram_matrix(style[layer]) for layer in STYLE_LAYERS]


def loss(features: dict, picture: tf.Tensor, drawn_to: tuple) -> Terms:
    """The terms: the sum over the style layers, and the content layer's."""
    content_target, style_targets = drawn_to
    style = tf.add_n(
        [
            mse_loss(gram_matrix(features[layer]), target)
            for layer, target in zip(STYLE_LAYERS, style_targets)
        ]
    )
    content = mse_loss(features[CONTENT_LAYER], content_target)
    return Terms.of(style=style * STYLE_WEIGHT, content=content * CONTENT_WEIGHT)


def search(start: np.ndarray) -> Search:
    """optim.LBFGS as it comes; the closure clamps to 0-1 first, and so is the result clamped."""
    return torch_lbfgs(start, before_evaluation=lambda picture: np.clip(picture, 0, 1))


PYTORCH_TUTORIAL = System(
    name="pytorch-tutorial",
    # The content's is one of them.
    layers=STYLE_LAYERS,
    units="torch",
    pixels=UNIT,
    steps=STEPS,
    start="content",
    targets=targets,
    loss=loss,
    search=search,
)
