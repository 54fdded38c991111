"""Each system's terms and gradient against plain NumPy in float64, network included."""

import numpy as np
import pytest
import tensorflow as tf

from stylegraph_export import fixture, graph, manifest
from stylegraph_export.architecture import TORCH, Convolution
from stylegraph_export.reference import pictures, udacity
from stylegraph_export.reference.backbone import Backbone
from stylegraph_export.reference.systems import SYSTEMS
from stylegraph_export.reference.tensorflow_run import TensorflowRun

BGR_MEAN = np.array([103.939, 116.779, 123.68])
# torchvision's, of RGB in 0-1.
RGB_MEAN, RGB_STD = np.array([0.485, 0.456, 0.406]), np.array([0.229, 0.224, 0.225])
STYLE = tuple(f"block{block}_conv1" for block in range(1, 6))
FIRST = ("block1_conv1", "block1_conv2", "block2_conv1", "block2_conv2", "block3_conv1")


@pytest.fixture(scope="module")
def backbone(tiny_model):
    return Backbone(tiny_model)


@pytest.fixture(scope="module")
def torch_backbone(tmp_path_factory):
    """The tiny model in torch's units: of an input some 58 times smaller, so its biases are too."""
    layers = [
        Convolution(layer.name, layer.kernel, layer.bias / np.float32(58))
        for layer in fixture.convolutions()
    ]
    folder = tmp_path_factory.mktemp("models") / "tiny-torch"
    graph.write_saved_model(layers, TORCH, folder)
    source = {"kind": "random", "source": "", "sha256": "0" * 64, "licence": ""}
    described = manifest.describe(
        folder, folder.name, "vgg19", source, TORCH, None, layers, graph.versions()
    )
    manifest.write(described, folder)
    return Backbone(folder)


@pytest.fixture(scope="module")
def pixels(photograph):
    """Content, style and a third picture; the style has a size of its own."""
    return [
        pictures.read(photograph(*picture))
        for picture in (("chelsea", (32, 24)), ("coffee", (40, 28)), ("astronaut", (32, 24)))
    ]


def network(backbone, rgb):
    """Features by layer, each before and after ReLU, [height, width, channels]."""
    if backbone.units == "keras":
        features = rgb[..., ::-1] - BGR_MEAN
    else:
        features = (rgb / 255 - RGB_MEAN) / RGB_STD
    outputs, stride = {}, 1
    for name, layer_stride in backbone.layers.items():
        if layer_stride != stride:
            height, width = (side // 2 for side in features.shape[:2])
            blocks = features[: 2 * height, : 2 * width].reshape(height, 2, width, 2, -1)
            features, stride = blocks.max((1, 3)), layer_stride
        kernel, bias = map(np.float64, backbone.weights(name))
        padded = np.pad(features, ((1, 1), (1, 1), (0, 0)))
        windows = np.lib.stride_tricks.sliding_window_view(padded, (3, 3), (0, 1))
        before = np.einsum("yxcij,ijco->yxo", windows, kernel) + bias
        features = np.maximum(before, 0)
        outputs[name] = before, features
    return outputs


def gram(features):
    flat = features.reshape(-1, features.shape[-1])
    return flat.T @ flat


def total_variation(picture):
    return np.abs(np.diff(picture, axis=0)).sum() + np.abs(np.diff(picture, axis=1)).sum()


def expected_terms(recipe, backbone, content, style, rgb):
    """The terms in the words of the sources: content, style, tv."""
    of_content, of_style, of_picture = (network(backbone, of) for of in (content, style, rgb))
    torch = recipe in ("udacity", "kurniawan", "pytorch-walkthrough", "pytorch-tutorial")
    # The features are about 255 * 0.226 times larger in Keras's units.
    unit = (255 * 0.226) ** (torch - (backbone.units == "torch"))
    after = 0 if recipe == "pytorch-tutorial" else 1

    def pair(layer, other):
        return of_picture[layer][after] / unit, other[layer][after] / unit

    def style_error(layer, normaliser):
        mine, theirs = pair(layer, of_style)
        difference = gram(mine) / normaliser(mine) - gram(theirs) / normaliser(theirs)
        return np.mean(difference**2), mine.shape

    def content_error(layer):
        mine, theirs = pair(layer, of_content)
        return np.mean((mine - theirs) ** 2), mine.size

    def positions(features):
        return features.shape[0] * features.shape[1]

    if recipe in ("tf-eager", "tf-tutorial"):
        content_weight, tv = {
            "tf-eager": (1e3, 30 / 255 * total_variation(rgb)),
            "tf-tutorial": (1e4, 30 * total_variation(rgb / 255)),
        }[recipe]
        layers = [style_error(layer, positions)[0] for layer in STYLE]
        return content_weight * content_error("block5_conv2")[0], 1e-2 * np.mean(layers), tv
    if recipe in ("udacity", "kurniawan"):
        layers = [
            weight * error / np.prod(shape)
            for weight, (error, shape) in zip(
                (1, 0.8, 0.5, 0.3, 0.1), (style_error(layer, lambda _: 1) for layer in STYLE)
            )
        ]
        return content_error("block4_conv2")[0], 1e6 * sum(layers), 0
    if recipe == "pytorch-walkthrough":
        layers = [style_error(layer, np.size)[0] for layer in STYLE]
        return 1e-2 * sum(content_error(layer)[0] for layer in STYLE), 1e4 * sum(layers), 0
    if recipe == "pytorch-tutorial":
        layers = [style_error(layer, np.size)[0] for layer in FIRST]
        return content_error("block2_conv2")[0], 1e6 * sum(layers), 0
    error, size = content_error("block4_conv2")
    # The mean over N^2 entries is the sum over N^2.
    layers = [
        error / (4 * (shape[0] * shape[1]) ** 2)
        for error, shape in (style_error(layer, lambda _: 1) for layer in STYLE)
    ]
    return 1e-3 * error * size / 2, np.mean(layers), 0


@pytest.mark.parametrize("units", ["keras", "torch"])
@pytest.mark.parametrize("recipe", SYSTEMS)
def test_terms_and_gradient(recipe, units, backbone, torch_backbone, pixels):
    content, style, picture = pixels
    backbone = {"keras": backbone, "torch": torch_backbone}[units]
    assert backbone.units == units
    terms, gradient = TensorflowRun(SYSTEMS[recipe], backbone, content, style).evaluate(picture)
    expected = expected_terms(recipe, backbone, *map(np.float64, pixels))
    assert (terms.content, terms.style, terms.tv) == pytest.approx(expected, rel=1e-4)
    assert terms.total == pytest.approx(sum(expected), rel=1e-4)

    # The slope along the gradient; so short a step crosses hardly any kink of ReLU and |x|.
    assert gradient.shape == picture.shape
    step = 1e-4 * np.float64(gradient) / np.abs(gradient).max()
    ahead, behind = (
        sum(expected_terms(recipe, backbone, *map(np.float64, (content, style)), picture + move))
        for move in (step, -step)
    )
    assert ahead - behind == pytest.approx(2 * np.sum(gradient * step), rel=2e-3)


def test_features_are_the_backbones(backbone, pixels):
    content, style, _ = pixels
    expected = network(backbone, np.float64(style))
    after = TensorflowRun(SYSTEMS["udacity"], backbone, content, style).features(style)
    before = TensorflowRun(SYSTEMS["pytorch-tutorial"], backbone, content, style).features(style)
    assert list(after) == [*STYLE, "block4_conv2"]
    assert list(before) == [f"{layer}/preactivation" for layer in FIRST]
    for name, features in {**after, **before}.items():
        layer, _, preactivation = name.partition("/")
        np.testing.assert_allclose(
            features, expected[layer][0 if preactivation else 1], rtol=1e-4, atol=1e-3
        )


def test_batched_gram_is_the_other_one_of_each_picture():
    features = np.random.default_rng(1).normal(size=(2, 5, 7, 3)).astype(np.float32)
    for one, expected in zip(udacity.batched_gram(tf.constant(features)), features):
        np.testing.assert_allclose(one, gram(expected), rtol=1e-5, atol=1e-5)
        np.testing.assert_allclose(udacity.gram(expected[np.newaxis]), one, rtol=1e-5, atol=1e-5)
