"""The reference against plain NumPy, and its command line."""

import json

import numpy as np
import pytest
import tensorflow as tf

from stylegraph_export import reference
from stylegraph_export.cli import BadInput


@pytest.fixture(scope="module")
def model(tiny_model):
    return reference.load_model(tiny_model)


@pytest.fixture(scope="module")
def pictures(photograph):
    """Content, style and a third picture; the style has a size of its own."""
    return [
        reference.read_picture(photograph(*picture))
        for picture in (("chelsea", (32, 24)), ("coffee", (40, 28)), ("astronaut", (32, 24)))
    ]


def numpy_gram(features):
    _, height, width, channels = features.shape
    gram = np.zeros((channels, channels))
    for i in range(channels):
        for j in range(channels):
            gram[i, j] = np.sum(features[0, :, :, i] * features[0, :, :, j]) / (height * width)
    return gram


def numpy_total_variation(picture):
    down = np.abs(picture[:, 1:] - picture[:, :-1]).sum()
    across = np.abs(picture[:, :, 1:] - picture[:, :, :-1]).sum()
    return down + across


def test_gram():
    features = np.random.default_rng(1).normal(size=(1, 5, 7, 3))
    actual = reference.gram(tf.constant(features, tf.float32))
    np.testing.assert_allclose(actual, numpy_gram(features), rtol=1e-5, atol=1e-6)


def test_terms_equal_numpys(model, pictures):
    content, style, picture = pictures
    terms = reference.loss(model, picture, reference.targets_of(model, content, style))

    def features(of):
        outputs = model(reference.preprocess_input(of))
        return {name: output.numpy().astype(np.float64) for name, output in outputs.items()}

    of_content, of_style, of_picture = map(features, pictures)
    expected_style = sum(
        1e-2 / 5 * np.mean((numpy_gram(of_picture[layer]) - numpy_gram(of_style[layer])) ** 2)
        for layer in (f"block{block}_conv1" for block in range(1, 6))
    )
    difference = of_picture["block5_conv2"] - of_content["block5_conv2"]
    expected_content = 1e3 * np.mean(difference**2)
    expected_tv = 30 / 255 * numpy_total_variation(picture.numpy().astype(np.float64))
    assert float(terms.style) == pytest.approx(expected_style, rel=1e-4)
    assert float(terms.content) == pytest.approx(expected_content, rel=1e-4)
    assert float(terms.tv) == pytest.approx(expected_tv, rel=1e-5)
    assert float(terms.total) == pytest.approx(
        expected_style + expected_content + expected_tv, rel=1e-4
    )


def test_gradient_equals_the_slope(model, pictures):
    content, style, picture = pictures
    targets = reference.targets_of(model, content, style)
    _, gradient = reference.value_and_gradient(model, picture, targets)
    # Along the gradient itself, where float32's rounding weighs least.
    step = 0.05 * gradient / tf.reduce_max(tf.abs(gradient))
    ahead = reference.loss(model, picture + step, targets).total
    behind = reference.loss(model, picture - step, targets).total
    assert float(ahead - behind) == pytest.approx(
        float(2 * tf.reduce_sum(gradient * step)), rel=0.02
    )


def test_first_update_is_the_learning_rate(model, pictures):
    content, style, picture = pictures
    targets = reference.targets_of(model, content, style)
    first, second = reference.stylize(model, picture, targets, 2)
    _, gradient = reference.value_and_gradient(model, picture, targets)
    expected = np.clip(picture - 10 * np.sign(gradient), 0, 255)
    np.testing.assert_array_equal(first.picture, picture)
    np.testing.assert_allclose(second.picture, expected, atol=1e-2)


def test_adam_equals_a_plain_recurrence(model, pictures):
    content, style, _ = pictures
    targets = reference.targets_of(model, content, style)
    steps = list(reference.stylize(model, content, targets, 4))
    picture = content.numpy().astype(np.float64)
    first = second = np.zeros_like(picture)
    for t, step in enumerate(steps, start=1):
        np.testing.assert_allclose(step.picture, picture, atol=1e-2)
        gradient = reference.value_and_gradient(model, step.picture, targets)[1].numpy()
        first = 0.9 * first + 0.1 * gradient
        second = 0.999 * second + 0.001 * gradient.astype(np.float64) ** 2
        rate = 10 * np.sqrt(1 - 0.999**t) / (1 - 0.9**t)
        picture = np.clip(picture - rate * first / (np.sqrt(second) + 1e-8), 0, 255)


def test_command_writes_log_and_gradient(tmp_path, tiny_model, photograph):
    content, style = photograph("chelsea", (32, 24)), photograph("coffee", (40, 28))
    log, gradient = tmp_path / "log.jsonl", tmp_path / "gradient.npy"
    reference.main(
        f"--model {tiny_model} --content {content} --style {style} --steps 3 "
        f"--log {log} --gradient {gradient}".split()
    )
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert [line["step"] for line in lines] == [1, 2, 3]
    assert list(lines[0]) == ["step", "total", "content", "style", "tv", "seconds"]
    # The start is the content.
    assert lines[0]["content"] == 0
    saved = np.load(gradient)
    assert saved.shape == (24, 32, 3)
    assert saved.dtype == np.float32


def test_bad_pictures_and_models_are_refused(tmp_path, tiny_model):
    with pytest.raises(BadInput, match="holds no whole model"):
        reference.load_model(tmp_path)
    picture = tmp_path / "picture.png"
    picture.write_text("not a picture")
    with pytest.raises(BadInput, match="cannot be read as a picture"):
        reference.read_picture(picture)
    with pytest.raises(BadInput, match="cannot be read as a picture"):
        reference.read_picture(tmp_path / "missing.png")
