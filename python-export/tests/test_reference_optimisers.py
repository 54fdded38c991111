"""The references' optimisers against values worked out by hand, and against torch's own."""

import json

import numpy as np
import pytest
from conftest import REPOSITORY

from stylegraph_export.lbfgs_fixture import problem
from stylegraph_export.reference.adam import tensorflow_adam, torch_adam
from stylegraph_export.reference.lbfgs import torch_lbfgs
from stylegraph_export.reference.projected_lbfgs import projected_lbfgs

TORCH = json.loads((REPOSITORY / "src/test/resources/lbfgs/torch-iterates.json").read_text())


def follow(search, objective, evaluations):
    """The points that a search evaluates, with their losses."""
    points, losses = [next(search)], []
    for _ in range(evaluations):
        loss, gradient = objective(np.float64(points[-1]))
        losses.append(loss)
        points.append(search.send((loss, np.float32(gradient))))
    return points[:-1], losses


def gradients(*values):
    """An objective that gives these gradients one after another, whatever the point."""
    left = iter(values)
    return lambda point: (0.0, np.array(next(left)))


def test_tensorflows_epsilon_stands_beside_the_uncorrected_root():
    search = tensorflow_adam(np.array([1.0, 1.0]), 0.02, 0.99, 0.999, 0.1)
    points, _ = follow(search, gradients([2.0, -0.01], [1.0, 0.02], [0.0, 0.0]), 3)
    # Moments 0.02 and 0.004, -1e-4 and 1e-7; rate 0.02 * sqrt(0.001) / 0.01.
    rate = 0.02 * 0.001**0.5 / 0.01
    first = [1 - rate * 0.02 / (0.004**0.5 + 0.1), 1 + rate * 1e-4 / (1e-7**0.5 + 0.1)]
    np.testing.assert_allclose(points[1], first, rtol=1e-5)
    rate = 0.02 * (1 - 0.999**2) ** 0.5 / (1 - 0.99**2)
    second = first[0] - rate * (0.0198 + 0.01) / ((0.003996 + 0.001) ** 0.5 + 0.1)
    assert points[2][0] == pytest.approx(second, rel=1e-5)


def test_torchs_epsilon_stands_beside_the_corrected_root():
    search = torch_adam(np.array([1.0, 1.0]), 0.1, 0.9, 0.999, 0.5)
    points, _ = follow(search, gradients([2.0, -0.25], [1.0, 0.0], [0.0, 0.0]), 3)
    # The corrected moments of one gradient are the gradient and its square.
    first = [1 - 0.1 * 2 / (2 + 0.5), 1 + 0.1 * 0.25 / (0.25 + 0.5)]
    np.testing.assert_allclose(points[1], first, rtol=1e-6)
    mean, square = (0.18 + 0.1) / (1 - 0.81), (0.003996 + 0.001) / (1 - 0.998001)
    assert points[2][0] == pytest.approx(first[0] - 0.1 * mean / (square**0.5 + 0.5), rel=1e-5)


def test_updates_are_bounded_where_a_system_does():
    def bounded(picture):
        return np.clip(picture, 0, 1)

    search = tensorflow_adam(np.array([0.5, 0.5]), 10, 0.9, 0.999, 1e-8, bounded)
    points, _ = follow(search, gradients([1.0, -1.0], [0.0, 0.0]), 2)
    np.testing.assert_array_equal(points[1], [0, 1])


@pytest.mark.parametrize("case", TORCH["cases"], ids=lambda case: case["name"])
def test_lbfgs_evaluates_where_torch_does(case):
    settings, clamp = case["settings"], case["clamp"]
    search = torch_lbfgs(
        np.array(case["points"][0]),
        settings["lr"],
        settings["history_size"],
        settings["max_iter"],
        settings["tolerance_grad"],
        settings["tolerance_change"],
        lambda point: np.clip(point, *clamp) if clamp else point,
    )
    points, losses = follow(search, problem, len(case["losses"]))
    # torch sums in float32.
    np.testing.assert_allclose(points[:10], case["points"][:10], atol=5e-6)
    np.testing.assert_allclose(points, case["points"], atol=1e-4)
    np.testing.assert_allclose(losses, case["losses"], rtol=5e-6)


def bowl(point):
    """Stiff along the first value, and lowest outside of 0-1 in the second and the third."""
    away, stiffness = point - [0.3, 1.5, -0.2, 0.6], np.array([50, 2, 3, 1])
    coupled = away[0] * away[3]
    gradient = stiffness * away + [away[3], 0, 0, away[0]]
    return 1 + np.sum(stiffness * away**2) / 2 + coupled, gradient


def test_projected_search_ends_at_the_lowest_point_within():
    points, losses = follow(projected_lbfgs(np.full(4, 0.5), 0, 1, 50), bowl, 30)
    np.testing.assert_allclose(points[-1], [0.3, 1, 0, 0.6], atol=1e-5)
    assert losses[-1] == pytest.approx(1 + 2 * 0.5**2 / 2 + 3 * 0.2**2 / 2)
    assert all(np.all((point >= 0) & (point <= 1)) for point in points)


def test_projected_search_first_moves_one_grey_level():
    points, _ = follow(projected_lbfgs(np.full(4, 127.5), 0, 255, 50), bowl, 2)
    assert np.abs(points[1] - points[0]).max() == pytest.approx(1)


def test_projected_search_goes_back_after_a_climb_with_a_quarter_of_the_length():
    search = projected_lbfgs(np.array([100.0]), 0, 255, 50)
    start = next(search)
    ahead = search.send((1.0, np.array([-1.0], np.float32)))
    assert ahead == pytest.approx(101)
    for length in (1 / 4, 1 / 16):
        ahead = search.send((11.0, np.array([1.0], np.float32)))
        assert ahead == pytest.approx(start + length)
    # A better point, without usable curvature: the length doubles.
    assert search.send((0.5, np.array([-1.0], np.float32))) == pytest.approx(ahead + 1 / 8)


def test_projected_search_stays_at_the_best_after_eight_resets():
    search = projected_lbfgs(np.array([100.0]), 0, 255, 50)
    next(search)
    search.send((1.0, np.array([-1.0], np.float32)))
    points = [search.send((np.nan, np.array([np.nan], np.float32))) for _ in range(12)]
    assert points[7] == pytest.approx(100 + 0.25**8, abs=1e-5)
    np.testing.assert_array_equal(points[8:], np.full((4, 1), 100))
