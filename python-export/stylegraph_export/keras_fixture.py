"""Writes the tiny Keras models of Java's tests, and what Keras computes of them.

python -m stylegraph_export.keras_fixture
"""

import json
import shutil
import tempfile
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf
from keras import layers

from .cli import Parser, run, say
from .fixture import DEFAULT_OUTPUT

NAME = "tiny-keras"
SEED = 5
SIDES = (13, 11)
# Of every kind of layer one; "gap" and "head" come after them and take no features.
LAYERS = (
    *("conv", "conv_bn", "conv_relu", "depthwise", "swish", "sum", "shared", "shared-2"),
    *("inner-conv", "called", "pool", "dilated", "logged"),
)
# TensorFlow's symbolic gradient is right up to this layer, and wrong of the next. The gradient
# written is that of its mean square.
LAST = "dilated"


@keras.saving.register_keras_serializable()
class Called(layers.Layer):
    """A layer whose work is done in a function of TensorFlow's that calls another."""

    @tf.function
    def inner(self, features):
        return tf.nn.leaky_relu(features)

    @tf.function
    def outer(self, features):
        return self.inner(features) + 1.0

    def call(self, features):
        return self.outer(features)

    def compute_output_shape(self, shape):
        return shape


def main(arguments: list[str] | None = None) -> None:
    """The command line; arguments are sys.argv's unless given."""
    parser = Parser(prog="stylegraph_export.keras_fixture", description="Write the tests' models.")
    parser.add_argument("--output", type=Path, default=DEFAULT_OUTPUT, help="the parent folder")
    options = parser.parse_args(arguments)
    write_fixture(options.output)
    say(f"wrote {options.output / NAME}")


def network() -> tuple[keras.Model, keras.Model]:
    """The model, the same on every call, and one that gives every layer of LAYERS."""
    keras.utils.set_random_seed(SEED)
    outputs = {}
    picture = features = layers.Input((None, None, 3))

    def then(layer, *more):
        outputs[layer.name] = layer([features, *more] if more else features)
        return outputs[layer.name]

    features = then(layers.Conv2D(4, 3, strides=2, name="conv"))
    features = then(layers.BatchNormalization(name="conv_bn"))
    features = first = then(layers.ReLU(6, name="conv_relu"))
    features = then(layers.DepthwiseConv2D(3, padding="same", name="depthwise"))
    features = then(layers.Activation("swish", name="swish"))
    features = then(layers.Add(name="sum"), first)
    shared = layers.Conv2D(4, 1, activation="relu", name="shared")
    features = outputs["shared"] = shared(features)
    features = outputs["shared-2"] = shared(features)
    seen = layers.Input((None, None, 4))
    inner = keras.Model(seen, layers.Conv2D(5, 3, padding="same", name="conv")(seen), name="inner")
    features = outputs["inner-conv"] = inner(features)
    features = then(Called(name="called"))
    features = then(layers.MaxPooling2D(name="pool"))
    features = then(layers.Conv2D(3, 3, dilation_rate=2, padding="same", name="dilated"))
    features = then(layers.Activation("log_softmax", name="logged"))
    gap = layers.GlobalAveragePooling2D(name="gap")(features)
    model = keras.Model(picture, layers.Dense(2, name="head")(gap), name="tiny")
    generator = np.random.default_rng(SEED)
    model.get_layer("conv_bn").set_weights(
        [generator.uniform(0.5, 1.5, 4), *generator.normal(0, 0.3, (2, 4)), np.full(4, 2.0)]
    )
    return model, keras.Model(picture, [outputs[name] for name in LAYERS])


def write_fixture(output: Path) -> None:
    """Writes the folder tiny-keras into output in place of an older one.

    export and save hold the model as model.export and tf.saved_model.save write it; expected.json
    has "picture", RGB in 0-255, [13, 11, 3]; "layers", the features by layer, of the picture in
    0-1; and "gradient", that of the mean square of LAST with respect to the picture.
    """
    model, every_layer = network()
    picture = np.random.default_rng(SEED).uniform(5, 250, (1, *SIDES, 3)).astype(np.float32)
    with tf.GradientTape() as tape:
        seen = tf.constant(picture)
        tape.watch(seen)
        features = dict(zip(LAYERS, every_layer(seen / 255), strict=True))
        loss = tf.reduce_mean(features[LAST] ** 2)
    expected = {
        "picture": numbers(picture),
        "layers": {name: numbers(value) for name, value in features.items()},
        "gradient": numbers(tape.gradient(loss, seen)),
    }
    with tempfile.TemporaryDirectory() as aside:
        fresh = Path(aside, NAME)
        model.export(str(fresh / "export"), verbose=False)
        tf.saved_model.save(model, str(fresh / "save"))
        (fresh / "expected.json").write_text(json.dumps(expected) + "\n", encoding="utf-8")
        shutil.rmtree(output / NAME, ignore_errors=True)
        shutil.copytree(fresh, output / NAME)


def numbers(tensor) -> list[float]:
    """A tensor's values in row-major order, as short as float32 allows."""
    return [float(f"{value:.9g}") for value in np.ravel(tensor)]


if __name__ == "__main__":
    run(main)
