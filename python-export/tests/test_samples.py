"""The sample pictures: a repeatable painting made of strokes, and a command that runs once."""

import numpy as np
import pytest
from PIL import Image
from scipy.ndimage import gaussian_filter
from skimage import data

from stylegraph_export import samples
from stylegraph_export.painting import paint

# Upright, because the brush shrinks with the height: half the width is half the strokes.
WIDTH, HEIGHT = 120, 180


@pytest.fixture(scope="module")
def painting():
    """Paint one small picture, uint8 [HEIGHT, WIDTH, 3], that several tests look at."""
    return paint(WIDTH, HEIGHT, seed=7)


def stroke_coherence(picture):
    """Median structure-tensor coherence: 1 where all edges nearby run one way, 0 where none do."""
    grey = picture.astype(float).mean(axis=2)
    dy, dx = np.gradient(gaussian_filter(grey, 0.7))
    xx, yy, xy = (gaussian_filter(product, 3) for product in (dx * dx, dy * dy, dx * dy))
    return np.median(np.hypot(xx - yy, 2 * xy) / (xx + yy + 1e-9))


def neighbour_correlation(picture):
    """Correlation between the brightness of each pixel and of its right-hand neighbour."""
    grey = picture.astype(float).mean(axis=2)
    return np.corrcoef(grey[:, :-1].ravel(), grey[:, 1:].ravel())[0, 1]


def local_contrast(picture):
    """Mean deviation of brightness, 0-255, from its surroundings: near 0 for flat colour."""
    grey = picture.astype(float).mean(axis=2)
    return np.abs(grey - gaussian_filter(grey, 4)).mean()


def test_painting_is_rgb_of_the_asked_size(painting):
    assert painting.shape == (HEIGHT, WIDTH, 3)
    assert painting.dtype == np.uint8


def test_painting_is_the_same_for_a_seed(painting):
    np.testing.assert_array_equal(painting, paint(WIDTH, HEIGHT, seed=7))


def test_painting_differs_between_seeds(painting):
    other = paint(WIDTH, HEIGHT, seed=8)
    assert np.mean(np.any(painting != other, axis=2)) > 0.9


def test_painting_is_strokes_and_not_noise(painting):
    noise = np.random.default_rng(0).integers(0, 256, painting.shape).astype(np.uint8)
    assert neighbour_correlation(painting) > 0.8 > neighbour_correlation(noise)
    assert stroke_coherence(painting) > 1.5 * stroke_coherence(noise)
    assert local_contrast(painting) > 6


def test_painting_has_a_broad_palette(painting):
    assert len(np.unique(painting.reshape(-1, 3), axis=0)) > 5000
    red, green, blue = np.moveaxis(painting.astype(int), 2, 0)
    assert np.mean(blue > red + 40) > 0.2, "deep blues"
    assert np.mean(np.minimum(red, green) > blue + 40) > 0.2, "ochres and yellows"


def test_painting_refuses_a_size_too_small_to_paint():
    with pytest.raises(ValueError, match="16 x 16"):
        paint(8, 480)


@pytest.fixture
def quick_pictures(monkeypatch, painting):
    """Let the command write the small painting, so that a test needs no full-size one."""
    pictures = {"content.png": data.chelsea, "style.png": lambda: painting}
    monkeypatch.setattr(samples, "PICTURES", pictures)


def test_command_writes_both_pictures(tmp_path, quick_pictures, painting):
    folder = tmp_path / "out" / "samples"
    assert samples.main(["--output", str(folder)]) == 0
    assert sorted(path.name for path in folder.iterdir()) == ["content.png", "style.png"]
    np.testing.assert_array_equal(np.asarray(Image.open(folder / "style.png")), painting)
    assert Image.open(folder / "content.png").size == (451, 300)


def test_details_are_parts_of_the_samples(tmp_path, monkeypatch):
    whole = np.random.default_rng(0).integers(0, 256, (480, 640, 3), np.uint8)
    monkeypatch.setattr(samples, "_painting", lambda: whole)
    details = {name: it for name, it in samples.PICTURES.items() if "detail" in name}
    monkeypatch.setattr(samples, "PICTURES", details)
    samples.main(["--output", str(tmp_path)])
    content = np.asarray(Image.open(tmp_path / "content-detail.png"))
    np.testing.assert_array_equal(content, data.chelsea()[93:157, 199:295])
    style = Image.open(tmp_path / "style-detail.png")
    assert style.size == (96, 72)
    part = whole[213:357, 2:194].mean(axis=(0, 1))
    np.testing.assert_allclose(np.asarray(style).mean(axis=(0, 1)), part, atol=2)


def test_second_run_changes_nothing(tmp_path, quick_pictures, capsys):
    samples.main(["--output", str(tmp_path)])
    before = {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    capsys.readouterr()
    assert samples.main(["--output", str(tmp_path)]) == 0
    assert "nothing to do" in capsys.readouterr().out
    assert {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before


def test_only_the_missing_picture_is_written(tmp_path, quick_pictures):
    (tmp_path / "content.png").write_bytes(b"a photograph of my own")
    assert samples.write_samples(tmp_path) == [tmp_path / "style.png"]
    assert (tmp_path / "content.png").read_bytes() == b"a photograph of my own"


def test_bad_folder_is_one_line_and_exit_2(tmp_path, quick_pictures, capsys):
    in_the_way = tmp_path / "file"
    in_the_way.touch()
    assert samples.main(["--output", str(in_the_way)]) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert str(in_the_way) in error


def test_a_failed_write_leaves_nothing_behind(tmp_path, monkeypatch):
    def cannot_save(*_arguments, **_options):
        raise OSError("disk full")

    monkeypatch.setattr(Image.Image, "save", cannot_save)
    monkeypatch.setattr(samples, "PICTURES", {"content.png": data.chelsea})
    assert samples.main(["--output", str(tmp_path)]) == 2
    assert list(tmp_path.iterdir()) == []
