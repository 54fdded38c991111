"""gatys: Gatys, Ecker and Bethge, "A Neural Algorithm of Artistic Style" (arXiv:1508.06576, 2015).

Pictures are RGB in 0-255; features after ReLU, with max pooling. The paper leaves the optimiser's
bounds open: here it is projected L-BFGS, and the picture of the lowest loss is kept.
"""

import numpy as np
import tensorflow as tf

from .pictures import BYTES
from .projected_lbfgs import projected_lbfgs
from .system import Search, System, Terms

STYLE_LAYERS = ("block1_conv1", "block2_conv1", "block3_conv1", "block4_conv1", "block5_conv1")
CONTENT_LAYER = "block4_conv2"
# w_l: one over the number of layers (section "Methods").
LAYER_WEIGHT = 1 / 5
# alpha over beta, the ratio of most of the paper's figures.
CONTENT_TO_STYLE = 1e-3


def gram(features: tf.Tensor) -> tf.Tensor:
    """Equation 3: G_ij is the sum over the positions of F_ik F_jk."""
    _, height, width, maps = features.shape
    rows = tf.reshape(features, [height * width, maps])
    return tf.tensordot(rows, rows, axes=[[0], [0]])


def targets(content: dict, style: dict) -> tuple:
    """The content's features, and the style's Gram per layer."""
    return content[CONTENT_LAYER], [gram(style[layer]) for layer in STYLE_LAYERS]


def loss(features: dict, picture: tf.Tensor, drawn_to: tuple) -> Terms:
    """Equations 1, 4, 5 and 7.

    content = 1e-3 * half the sum of the squared differences; style = the sum over the layers of
    1/5 * the sum of the Gram's squared differences / (4 N^2 M^2), of N maps of M positions.
    """
    content_target, style_targets = drawn_to
    content = tf.reduce_sum((features[CONTENT_LAYER] - content_target) ** 2) / 2
    style = tf.constant(0.0)
    for layer, target in zip(STYLE_LAYERS, style_targets):
        _, height, width, maps = features[layer].shape
        difference = tf.reduce_sum((gram(features[layer]) - target) ** 2)
        style += LAYER_WEIGHT * difference / (4.0 * maps**2 * (height * width) ** 2)
    return Terms.of(style=style, content=CONTENT_TO_STYLE * content)


def search(start: np.ndarray) -> Search:
    """Projected L-BFGS with 50 pairs, within 0-255."""
    return projected_lbfgs(start, lower=0, upper=255, history=50)


GATYS = System(
    name="gatys",
    layers=(*STYLE_LAYERS, CONTENT_LAYER),
    units="keras",
    pixels=BYTES,
    steps=500,
    start="noise",
    targets=targets,
    loss=loss,
    search=search,
    keep_best=True,
)
