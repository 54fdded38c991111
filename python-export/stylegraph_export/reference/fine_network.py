"""VGG with other pools and another edge than it was trained with, in float64."""

from collections.abc import Iterable

import tensorflow as tf

from .backbone import Backbone

POOLINGS = ("max", "average", "l2")
PADDINGS = ("zero", "replicate")
# So that pooled features keep about their size: style-transfer-pytorch.
AVERAGE_RESCALE, L2_RESCALE = 2.0, 0.78


def features(
    backbone: Backbone, rgb: tf.Tensor, layers: Iterable[str], pooling: str, padding: str
) -> dict[str, tf.Tensor]:
    """Features after ReLU by layer, [1, height / stride, width / stride, channels].

    rgb is [1, height, width, 3] in 0-255, float64. padding is that of the first convolution: what
    it sees beyond the edge is "zero" or the edge's pixel again ("replicate"). pooling is over
    windows of 2x2 that do not overlap: the largest, twice the mean ("average"), or 0.78 times the
    root of the sum of the squares ("l2").
    """
    wanted = set(layers)
    seen = tf.cast(backbone.preprocess(rgb), tf.float64)
    stride, found = 1, {}
    for number, (name, layer_stride) in enumerate(backbone.layers.items()):
        if layer_stride != stride:
            seen, stride = _pool(seen, pooling), layer_stride
        kernel, bias = (tf.constant(part, tf.float64) for part in backbone.weights(name))
        edges = "SYMMETRIC" if number == 0 and padding == "replicate" else "CONSTANT"
        padded = tf.pad(seen, [[0, 0], [1, 1], [1, 1], [0, 0]], edges)
        seen = tf.nn.relu(tf.nn.conv2d(padded, kernel, 1, "VALID") + bias)
        if name in wanted:
            found[name] = seen
        if len(found) == len(wanted):
            break
    return found


def _pool(seen: tf.Tensor, pooling: str) -> tf.Tensor:
    """Of each window's four features: views of every second row and column."""
    height, width = seen.shape[1] // 2 * 2, seen.shape[2] // 2 * 2
    four = tf.stack([seen[:, y:height:2, x:width:2] for y in (0, 1) for x in (0, 1)])
    if pooling == "average":
        return AVERAGE_RESCALE * tf.reduce_mean(four, 0)
    if pooling == "l2":
        return L2_RESCALE * _root(tf.reduce_sum(four**2, 0))
    return tf.reduce_max(four, 0)


def _root(squares: tf.Tensor) -> tf.Tensor:
    """The square root, which has no gradient at zero."""
    zero = squares == 0
    return tf.where(zero, tf.zeros_like(squares), tf.sqrt(tf.where(zero, 1.0, squares)))
