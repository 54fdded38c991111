"""Writes VGG as a SavedModel of one flat graph, so that TensorFlow for Java can differentiate it.

A SavedModel of TensorFlow 2 wraps its signature in a function call, which has no gradient in
TensorFlow's C++ registry. Here every operation stands in the graph itself, and the weights are
resource variables that the saver restores natively: as constants they would be copied by every
graph optimisation.
"""

import sys
from pathlib import Path

import keras
import tensorflow as tf

from . import __version__
from .architecture import Convolution, Preprocessing

INPUT = "picture"

tf.get_logger().setLevel("ERROR")


def write_saved_model(
    convolutions: list[Convolution], preprocessing: Preprocessing, folder: Path
) -> None:
    """Writes the SavedModel into folder, which must not exist.

    Signature serving_default: input "picture", float32 [1, height, width, 3], RGB in 0-255; outputs
    per layer "NAME" (after ReLU) and "NAME/preactivation" (before), float32 [1, height / stride,
    width / stride, channels]; each is the tensor of the same name, ":0". A height or width that a
    pooling cannot halve loses its last row or column there.
    """
    graph = tf.Graph()
    with graph.as_default(), tf.compat.v1.Session(graph=graph) as session:
        picture = tf.compat.v1.placeholder(tf.float32, [1, None, None, 3], name=INPUT)
        outputs = {}
        features = _preprocess(picture, preprocessing)
        block = 1
        for convolution in convolutions:
            if convolution.block != block:
                features = tf.nn.max_pool2d(features, 2, 2, "VALID", name=f"block{block}_pool")
                block = convolution.block
            before, features = _layer(features, convolution, session)
            outputs[convolution.name] = features
            outputs[f"{convolution.name}/preactivation"] = before
        _save(session, picture, outputs, folder)


def versions() -> dict[str, str]:
    """The versions of what writes the model, as the manifest has them."""
    return {
        "stylegraph-export": __version__,
        "tensorflow": tf.__version__,
        "keras": keras.__version__,
        "python": ".".join(map(str, sys.version_info[:3])),
    }


def _preprocess(picture: tf.Tensor, preprocessing: Preprocessing) -> tf.Tensor:
    if preprocessing.channel_order == "BGR":
        picture = tf.reverse(picture, axis=[3])
    centred = tf.subtract(picture, preprocessing.mean, name="centred")
    if preprocessing.scale == 1.0:
        return centred
    return tf.multiply(centred, preprocessing.scale, name="scaled")


def _layer(
    features: tf.Tensor, convolution: Convolution, session: tf.compat.v1.Session
) -> tuple[tf.Tensor, tf.Tensor]:
    kernel = _variable(f"{convolution.name}/kernel", convolution.kernel, session)
    bias = _variable(f"{convolution.name}/bias", convolution.bias, session)
    # A name that ends in a slash is taken as it is, though the variables have made it a scope.
    name = f"{convolution.name}/"
    product = tf.nn.conv2d(features, kernel, 1, "SAME", name=f"{name}convolution")
    before = tf.nn.bias_add(product, bias, name=f"{name}preactivation")
    return before, tf.nn.relu(before, name=name)


def _variable(name: str, value, session: tf.compat.v1.Session) -> tf.Variable:
    variable = tf.compat.v1.get_variable(
        name,
        value.shape,
        tf.float32,
        initializer=tf.compat.v1.zeros_initializer(),
        use_resource=True,
    )
    variable.load(value, session)
    return variable


def _save(
    session: tf.compat.v1.Session,
    picture: tf.Tensor,
    outputs: dict[str, tf.Tensor],
    folder: Path,
) -> None:
    saved_model = tf.compat.v1.saved_model
    signature = saved_model.predict_signature_def({INPUT: picture}, outputs)
    builder = saved_model.Builder(str(folder))
    builder.add_meta_graph_and_variables(
        session,
        [saved_model.SERVING],
        {saved_model.DEFAULT_SERVING_SIGNATURE_DEF_KEY: signature},
        strip_default_attrs=True,
    )
    builder.save()
