"""The finer recipes' reference against what is known otherwise."""

import numpy as np
import pytest
import tensorflow as tf

from stylegraph_export.reference import fine_losses, fine_network
from stylegraph_export.reference.backbone import Backbone, load_model
from stylegraph_export.reference.fine import Choices, Objective, averaged

LAYERS = ("block1_conv1", "block2_conv2", "block3_conv1")


@pytest.fixture(scope="module")
def backbone(tiny_model):
    return Backbone(tiny_model)


def numbers(*shape, seed=0):
    return np.random.default_rng(seed).uniform(5, 250, shape)


def test_an_unchanged_network_is_keras(backbone):
    picture = numbers(1, 18, 21, 3)
    expected = load_model(backbone)(backbone.preprocess(tf.constant(picture, tf.float32)))
    actual = fine_network.features(backbone, tf.constant(picture), LAYERS, "max", "zero")
    for layer in LAYERS:
        np.testing.assert_allclose(actual[layer], expected[layer], rtol=1e-4, atol=1e-3)


@pytest.mark.parametrize("pooling", fine_network.POOLINGS)
def test_a_flat_picture_has_no_frame_with_a_replicated_edge(backbone, pooling):
    flat = tf.fill([1, 8, 8, 3], tf.constant(90, tf.float64))
    for padding in fine_network.PADDINGS:
        first = fine_network.features(backbone, flat, LAYERS[:1], pooling, padding)[LAYERS[0]][0]
        assert (np.ptp(first, axis=(0, 1)) < 1e-9).all() == (padding == "replicate")


def test_pools_of_known_windows():
    window = tf.constant([[3.0, 0.0], [4.0, 0.0]], tf.float64)[None, :, :, None]
    pooled = {name: fine_network._pool(window, name).numpy().item() for name in ("average", "l2")}
    assert pooled == pytest.approx({"average": 2 * 7 / 4, "l2": 0.78 * 5})


def test_independent_channels_differ_by_their_deviations():
    deviations = np.array([[1, 2, 3], [2, 2, 1]], float)
    means = np.array([[0, 1, 2], [1, 1, 1]], float)
    seconds = [np.diag(d**2) + np.outer(m, m) for d, m in zip(deviations, means)]
    powers = [np.trace(second) / 3 for second in seconds]
    added = fine_losses.SHARE * np.array([(powers[0] + powers[1]) / 2, powers[1]])
    roots = np.sqrt(deviations**2 + added[:, None])
    expected = ((roots[0] - roots[1]) ** 2).sum() + ((means[0] - means[1]) ** 2).sum()
    actual = fine_losses.wasserstein(means[0], seconds[0], means[1], seconds[1])
    assert float(actual) == pytest.approx(expected, rel=1e-9)


def test_the_squared_variation_point_by_point():
    picture = numbers(1, 3, 4, 2)
    wide = np.pad(picture[0], ((1, 1), (1, 1), (0, 0)), "edge")
    straight = [
        (wide[y + dy, x + dx] - wide[y, x]) ** 2 / 3 / 12
        for y in range(1, 4)
        for x in range(1, 5)
        for dy, dx in ((0, 1), (1, 0))
    ]
    diagonal = [
        (wide[y + 1, x + dx] - wide[y, x + 1 - dx]) ** 2 / 12 / 20
        for y in range(4)
        for x in range(5)
        for dx in (0, 1)
    ]
    expected = 2 * (np.sum(straight) + np.sum(diagonal)) / 2
    assert float(fine_losses.squared_variation(picture)) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("pooling", fine_network.POOLINGS)
@pytest.mark.parametrize("statistic", ["gram", "moments"])
def test_the_gradient_is_the_slope(backbone, pooling, statistic):
    choices = Choices(
        dict.fromkeys(LAYERS, 0.5), {LAYERS[1]: 1.0}, 1.0, 1.0, 1e-4, statistic, "squared", pooling
    )
    objective = Objective(choices, backbone, numbers(9, 8, 3), numbers(11, 7, 3, seed=1))
    picture, step = numbers(9, 8, 3, seed=2), 1e-4
    gradient = objective.evaluate(picture)[1]
    for place in ((0, 0, 0), (4, 3, 1), (8, 7, 2)):
        change = np.zeros_like(picture)
        change[place] = step
        above, below = (objective.evaluate(picture + c)[0].total for c in (change, -change))
        slope = (above - below) / (2 * step)
        assert gradient[place] == pytest.approx(slope, rel=1e-4, abs=1e-4 * abs(gradient).max())


def test_the_average_is_the_running_one_without_its_start():
    iterates = list(numbers(7, 2, 3))
    running = np.zeros((2, 3))
    for number, iterate in enumerate(iterates, 1):
        running = 0.99 * running + 0.01 * iterate
        corrected = running / (1 - 0.99**number)
        np.testing.assert_allclose(averaged(iterates[:number], 0.99), corrected)
