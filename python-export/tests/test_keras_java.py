"""Keras models without manifest in the Java engine, against Keras itself."""

import json

import keras
import numpy as np
import pytest
import tensorflow as tf
from conftest import REPOSITORY, relative_difference
from PIL import Image

from stylegraph_export import export, keras_fixture

applications = keras.applications
# Name, constructor, preprocessing, --model-input, the layers compared.
MODELS = {
    "vgg16": (
        applications.VGG16,
        applications.vgg16.preprocess_input,
        "caffe",
        ["block1_conv1", "block3_conv3", "block4_pool", "block5_conv2"],
    ),
    "vgg19": (
        applications.VGG19,
        applications.vgg19.preprocess_input,
        "caffe",
        ["block1_conv2", "block2_pool", "block5_conv4"],
    ),
    "resnet50": (
        applications.ResNet50,
        applications.resnet50.preprocess_input,
        "caffe",
        ["conv1_relu", "pool1_pool", "conv2_block1_1_conv", "conv2_block3_out", "conv4_block6_out"],
    ),
    "mobilenetv2": (
        applications.MobileNetV2,
        applications.mobilenet_v2.preprocess_input,
        "tf",
        ["Conv1", "expanded_conv_project", "block_2_add", "block_6_expand_relu", "out_relu"],
    ),
}
# No block's stride divides its sides.
SIZE = (97, 81)


@pytest.fixture(scope="module", params=MODELS)
def network(request):
    """A model with random weights and batch norm's statistics, and what belongs to it."""
    build, preprocess, mode, layers = MODELS[request.param]
    keras.utils.set_random_seed(11)
    model = build(include_top=False, weights=None, input_shape=(None, None, 3))
    generator = np.random.default_rng(11)
    for layer in model.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            size = layer.gamma.shape
            spreads = [generator.uniform(0.5, 1.5, size), generator.normal(0, 0.2, size)]
            seen = [generator.normal(0, 0.2, size), generator.uniform(0.5, 1.5, size)]
            layer.set_weights(spreads + seen)
    return request.param, model, preprocess, mode, layers


def write(model, way, folder):
    """Saves a model in one of Keras's two ways."""
    if way == "export":
        model.export(str(folder), verbose=False)
    else:
        tf.saved_model.save(model, str(folder))


@pytest.mark.parametrize("way", ["export", "save"])
def test_features_equal_keras(way, network, java, photograph, tmp_path):
    name, model, preprocess, mode, layers = network
    write(model, way, tmp_path / name)
    picture = photograph("coffee", SIZE)
    files = {layer: tmp_path / f"{layer}.npy" for layer in layers}
    java(
        *("evaluate", "--model", tmp_path / name, "--model-input", mode, "--size", 0),
        *("--content", picture, "--style", picture, "--picture", picture, "--precision", "fp32"),
        *("--style-layers", ",".join(layers), "--content-layers", layers[-1]),
        *(part for layer, file in files.items() for part in ("--features", f"{layer}={file}")),
    )
    pixels = np.asarray(Image.open(picture), np.float32)[np.newaxis]
    looked_at = keras.Model(model.inputs, [model.get_layer(layer).output for layer in layers])
    for layer, expected in zip(layers, looked_at(preprocess(pixels.copy())), strict=True):
        actual = np.load(files[layer])
        assert np.linalg.norm(expected) > 0
        difference = relative_difference(actual, np.reshape(expected, actual.shape))
        assert difference < 1e-5, (layer, difference)


def test_the_same_weights_in_our_own_export(java, photograph, tmp_path):
    keras.utils.set_random_seed(12)
    model = applications.VGG16(include_top=False, weights=None, input_shape=(None, None, 3))
    model.save_weights(tmp_path / "vgg16.weights.h5")
    ours = export.export(str(tmp_path / "vgg16.weights.h5"), "ours", tmp_path)
    write(model, "export", tmp_path / "theirs")
    content, style = photograph("chelsea", SIZE), photograph("coffee", SIZE)
    losses = []
    for options in ([ours], [tmp_path / "theirs", "--model-input", "caffe"]):
        printed = java(
            *("evaluate", "--json", "--size", 0, "--precision", "fp32", "--model", *options),
            *("--content", content, "--style", style, "--picture", style),
        )
        losses.append(json.loads(printed))
    assert losses[0]["total"] > 0
    assert losses[1] == pytest.approx(losses[0], rel=1e-5)


def test_losses_and_gradient_equal_keras(java, photograph, tmp_path):
    _, every_layer = keras_fixture.network()
    tiny = REPOSITORY / "src" / "test" / "resources" / keras_fixture.NAME / "export"
    content, style = photograph("chelsea", SIZE), photograph("coffee", SIZE)
    picture = photograph("astronaut", SIZE)
    printed = java(
        *("evaluate", "--json", "--size", 0, "--precision", "fp32", "--model", tiny),
        *("--model-input", "unit", "--content", content, "--style", style, "--picture", picture),
        *("--style-layers", "conv_relu:0.25,swish:0.5,inner-conv:0.25"),
        *("--content-layers", "dilated", "--style-weight", 2, "--content-weight", 3),
        *("--tv-weight", 0, "--gradient", tmp_path / "gradient.npy"),
    )

    def features(pixels):
        # The recipe is written for features of 0-255, the network takes 0-1.
        layers = [255 * 0.226 * layer for layer in every_layer(pixels / 255)]
        return dict(zip(keras_fixture.LAYERS, layers, strict=True))

    def gram(layer):
        return tf.einsum("bijc,bijd->cd", layer, layer) / (layer.shape[1] * layer.shape[2])

    def read(file):
        return tf.constant(np.asarray(Image.open(file), np.float32)[np.newaxis])

    seen = read(picture)
    targets, wanted = features(read(content)), features(read(style))
    with tf.GradientTape() as tape:
        tape.watch(seen)
        here = features(seen)
        style_loss = tf.add_n(
            [
                weight * tf.reduce_mean((gram(here[name]) - gram(wanted[name])) ** 2)
                for name, weight in (("conv_relu", 0.25), ("swish", 0.5), ("inner-conv", 0.25))
            ]
        )
        content_loss = tf.reduce_mean((here["dilated"] - targets["dilated"]) ** 2)
        total = 2 * style_loss + 3 * content_loss
    losses = json.loads(printed)
    assert losses["total"] == pytest.approx(float(total), rel=1e-5)
    gradient = np.load(tmp_path / "gradient.npy")
    assert relative_difference(gradient, tape.gradient(total, seen)[0]) < 1e-5
