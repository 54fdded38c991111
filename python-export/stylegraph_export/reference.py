"""The recipe tf-eager in plain Python, to hold the Java engine against.

python -m stylegraph_export.reference --model savedmodels/vgg16-hed --content a.png --style b.png \\
    --steps 15 --log reference.jsonl

It follows the TensorFlow blog post "Neural Style Transfer: Creating Art with Deep Learning using
tf.keras and eager execution" (2018), with the total variation term that later versions added. The
features come from Keras layers that are given the model's weights; the SavedModel's graph is not
used. Pictures are float32 [1, height, width, 3], RGB in 0-255.
"""

import contextlib
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import keras
import numpy as np
import tensorflow as tf
from keras.applications.vgg19 import preprocess_input
from PIL import Image

from . import manifest
from .cli import BadInput, Parser, run

STYLE_LAYERS = ("block1_conv1", "block2_conv1", "block3_conv1", "block4_conv1", "block5_conv1")
CONTENT_LAYER = "block5_conv2"
STYLE_WEIGHT = 1e-2
CONTENT_WEIGHT = 1e3
# The tutorial's 30 is for pixels in 0-1.
TV_WEIGHT = 30 / 255
# float32, as in TensorFlow's kernel, where 1 - BETA_2 is 1e-5 off.
LEARNING_RATE = np.float32(10.0)
BETA_1 = np.float32(0.9)
BETA_2 = np.float32(0.999)
EPSILON = np.float32(1e-8)


class Targets(NamedTuple):
    """What the picture is drawn to: content features and, per style layer, the style's Gram."""

    content: tf.Tensor
    grams: list[tf.Tensor]


class Terms(NamedTuple):
    """The weighted terms of the loss, scalars; total is the sum of the others."""

    total: tf.Tensor
    content: tf.Tensor
    style: tf.Tensor
    tv: tf.Tensor


class Step(NamedTuple):
    """One step: its number from 1, and the terms of the picture before the step's update."""

    number: int
    terms: Terms
    picture: tf.Tensor


def main(arguments: list[str] | None = None) -> None:
    """The command line; arguments are sys.argv's unless given."""
    parser = Parser(prog="stylegraph_export.reference", description="Run tf-eager in Python.")
    parser.add_argument("--model", type=Path, required=True, help="an exported model's folder")
    parser.add_argument("--content", type=Path, required=True, help="a picture, used as it is")
    parser.add_argument("--style", type=Path, required=True, help="a picture, used as it is")
    parser.add_argument("--picture", type=Path, help="where to start (default: the content)")
    parser.add_argument("--steps", type=int, default=15, help="default: 15")
    parser.add_argument("--log", type=Path, help="JSON lines (default: standard output)")
    parser.add_argument("--gradient", type=Path, help="a .npy file for the start's gradient")
    options = parser.parse_args(arguments)
    if options.steps < 0:
        parser.error(f"--steps ({options.steps}) must not be negative")

    model = load_model(options.model)
    content = read_picture(options.content)
    targets = targets_of(model, content, read_picture(options.style))
    start = read_picture(options.picture) if options.picture else content
    if start.shape != content.shape:
        raise BadInput(f"--picture {options.picture} must be as large as --content")
    if options.gradient:
        _, gradient = value_and_gradient(model, start, targets)
        with options.gradient.open("wb") as file:
            np.save(file, gradient.numpy()[0])
    began = time.monotonic()
    with _open_log(options.log) as log:
        for step in stylize(model, start, targets, options.steps):
            terms = {name: float(term) for name, term in step.terms._asdict().items()}
            seconds = round(time.monotonic() - began, 3)
            line = {"step": step.number, **terms, "seconds": seconds}
            print(json.dumps(line), file=log, flush=True)


def load_model(folder: Path) -> keras.Model:
    """Keras layers with the weights of an exported model.

    Takes BGR minus mean in 0-255; gives a dictionary of layer name to features after ReLU. Raises
    BadInput for a folder without a whole model.
    """
    described = manifest.read_whole(folder)
    if described is None:
        raise BadInput(f"--model {folder} holds no whole model; export it again")
    variables = tf.train.load_checkpoint(str(folder / "variables" / "variables"))
    picture = keras.Input((None, None, 3))
    features, stride, outputs = picture, 1, {}
    for layer in described["layers"]:
        if layer["stride"] != stride:
            features = keras.layers.MaxPooling2D()(features)
            stride = layer["stride"]
        name = layer["name"]
        convolution = keras.layers.Conv2D(
            layer["channels"], 3, padding="same", activation="relu", name=name
        )
        features = outputs[name] = convolution(features)
        convolution.set_weights(
            [variables.get_tensor(f"{name}/{part}") for part in ("kernel", "bias")]
        )
    return keras.Model(picture, outputs)


def read_picture(path: Path) -> tf.Tensor:
    """A picture file's pixels. Raises BadInput."""
    try:
        with Image.open(path) as image:
            pixels = np.asarray(image.convert("RGB"), np.float32)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise BadInput(f"{path} cannot be read as a picture: {error}") from error
    return tf.constant(pixels[np.newaxis])


def gram(features: tf.Tensor) -> tf.Tensor:
    """F'F / (height * width) of features [1, height, width, channels]: [channels, channels]."""
    flat = tf.reshape(features, [-1, features.shape[-1]])
    return tf.matmul(flat, flat, transpose_a=True) / tf.cast(tf.shape(flat)[0], tf.float32)


def mean_square(difference: tf.Tensor) -> tf.Tensor:
    """The mean over all entries of the square."""
    return tf.reduce_mean(tf.square(difference))


def targets_of(model: keras.Model, content: tf.Tensor, style: tf.Tensor) -> Targets:
    """The targets that a content and a style picture set; they may differ in size."""
    style_features = model(preprocess_input(style))
    return Targets(
        content=model(preprocess_input(content))[CONTENT_LAYER],
        grams=[gram(style_features[layer]) for layer in STYLE_LAYERS],
    )


def loss(model: keras.Model, picture: tf.Tensor, targets: Targets) -> Terms:
    """The terms of a picture.

    style = 1e-2 * mean over the five layers of mean_square(gram - target); content = 1e3 *
    mean_square(features - target); tv = 30 / 255 * the sum of the absolute differences of
    neighbouring pixels, down and across.
    """
    features = model(preprocess_input(picture))
    layers = [
        mean_square(gram(features[layer]) - target)
        for layer, target in zip(STYLE_LAYERS, targets.grams)
    ]
    style = STYLE_WEIGHT * tf.add_n(layers) / len(layers)
    content = CONTENT_WEIGHT * mean_square(features[CONTENT_LAYER] - targets.content)
    tv = TV_WEIGHT * tf.image.total_variation(picture)[0]
    return Terms(total=style + content + tv, content=content, style=style, tv=tv)


def value_and_gradient(
    model: keras.Model, picture: tf.Tensor, targets: Targets
) -> tuple[Terms, tf.Tensor]:
    """The terms of a picture, and the gradient of their total in the picture's own shape."""
    with tf.GradientTape() as tape:
        tape.watch(picture)
        terms = loss(model, picture, targets)
    return terms, tape.gradient(terms.total, picture)


def stylize(model: keras.Model, start: tf.Tensor, targets: Targets, steps: int) -> Iterator[Step]:
    """Runs Adam from start, clipping to 0-255 after each update.

    Adam in the form of TensorFlow 1 (Kingma and Ba, arXiv:1412.6980, section 2, last paragraph):
    epsilon is added to the root of the uncorrected second moment.
    """
    picture = start
    first = second = tf.zeros_like(start)
    power_1 = power_2 = np.float32(1)
    for number in range(1, steps + 1):
        terms, gradient = value_and_gradient(model, picture, targets)
        yield Step(number, terms, picture)
        first = BETA_1 * first + (1 - BETA_1) * gradient
        second = BETA_2 * second + (1 - BETA_2) * tf.square(gradient)
        power_1, power_2 = power_1 * BETA_1, power_2 * BETA_2
        rate = LEARNING_RATE * np.sqrt(1 - power_2) / (1 - power_1)
        picture = picture - rate * first / (tf.sqrt(second) + EPSILON)
        picture = tf.clip_by_value(picture, 0.0, 255.0)


def _open_log(path: Path | None) -> contextlib.AbstractContextManager:
    return path.open("w", encoding="utf-8") if path else contextlib.nullcontext(sys.stdout)


if __name__ == "__main__":
    run(main)
