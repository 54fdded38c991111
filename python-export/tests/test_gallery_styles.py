"""The painters of the gallery: repeatable, of the asked size, each in a manner of its own."""

import itertools

import numpy as np
import pytest
from test_samples import local_contrast, neighbour_correlation

from stylegraph_export.gallery.styles import PAINTERS

SIZE = 120, 90
# The lake is tested among the samples.
NEW = [name for name in PAINTERS if name != "lake"]


@pytest.fixture(scope="module")
def paintings():
    """A small painting by each painter, by name."""
    return {name: paint(*SIZE) for name, paint in PAINTERS.items()}


@pytest.mark.parametrize("name", NEW)
def test_the_same_for_the_same_arguments(paintings, name):
    np.testing.assert_array_equal(paintings[name], PAINTERS[name](*SIZE))


@pytest.mark.parametrize("name", NEW)
def test_another_for_another_seed(paintings, name):
    other = PAINTERS[name](*SIZE, seed=1)
    assert np.mean(np.any(paintings[name] != other, axis=2)) > 0.2


@pytest.mark.parametrize(("width", "height"), [(80, 60), (75, 101)])
@pytest.mark.parametrize("name", NEW)
def test_of_the_asked_size(name, width, height):
    painting = PAINTERS[name](width, height)
    assert painting.shape == (height, width, 3)
    assert painting.dtype == np.uint8


@pytest.mark.parametrize("name", NEW)
def test_a_texture_and_not_noise(paintings, name):
    assert neighbour_correlation(paintings[name]) > 0.3
    assert local_contrast(paintings[name]) > 8


@pytest.mark.parametrize("name", NEW)
def test_refuses_a_size_too_small_to_paint(name):
    with pytest.raises(ValueError, match="16 x 16"):
        PAINTERS[name](8, 480)


def test_no_two_have_like_colours(paintings):
    shares = {name: _colours(it) for name, it in paintings.items()}
    apart = [
        0.5 * np.abs(shares[one] - shares[other]).sum()
        for one, other in itertools.combinations(shares, 2)
    ]
    assert min(apart) > 0.3


def _colours(picture):
    """The share of the picture in each of 64 boxes of colours."""
    red, green, blue = np.moveaxis(picture // 64, 2, 0).astype(int)
    return np.bincount((16 * red + 4 * green + blue).ravel(), minlength=64) / red.size
