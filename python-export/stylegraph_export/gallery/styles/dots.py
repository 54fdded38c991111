"""Points of pure colour: a river in the afternoon, in dabs that mix only in the eye.

Every third dab or so leaves the colour that is seen for its neighbours on the colour circle, and
some take its complement, as the divisionists did.
"""

import colorsys

import numpy as np
from PIL import Image, ImageDraw

from stylegraph_export.painting import at, light_relief, smooth_noise

from .field import grid, ramp

SKY = ("#6f9bd1", "#9fbfe0", "#d7dbe0", "#f6e2b8", "#f7cf9a")
WATER = ("#e9d3a6", "#9cc0d6", "#5d93c6", "#3c6cae")
BANK = ("#8f94c9", "#6d86b3", "#7fae7c")
MEADOW = ("#c9cf55", "#86b545", "#4f9a4a", "#3a7d55")
SHADE = ("#27407c", "#2c6a63", "#3f8a4c", "#a9c24a", "#f0dc6a")
GROUND = (0.93, 0.88, 0.76)
# Radius in heights, dabs per dab's area, and how far hues stray, of each layer.
LAYERS = ((0.0125, 1.5, 0.04), (0.0082, 1.8, 0.07), (0.0055, 1.2, 0.11))
COMPLEMENTS, FINER = 0.05, 3


def paint(width: int = 640, height: int = 480, seed: int = 12) -> np.ndarray:
    """The picture, uint8 [height, width, 3], the same for the same arguments."""
    rng = np.random.default_rng(seed)
    seen = _view(*grid(width, height), rng)
    canvas = Image.new("RGB", (width * FINER, height * FINER), _bytes(GROUND))
    for radius, share, stray in LAYERS:
        _dab(canvas, seen, radius * height, share, stray, rng)
    colours = np.asarray(canvas.resize((width, height), Image.Resampling.LANCZOS)) / 255
    # The dabs stand out a little from the ground, the light ones more.
    thickness = 0.7 * colours.mean(axis=2, keepdims=True)
    return light_relief(np.concatenate([colours, thickness], axis=2), rng)


def _view(x: np.ndarray, y: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """What is seen, RGB 0-1 [height, width, 3]."""
    soft = smooth_noise(rng, x.shape, x.shape[0] / 30)
    right, shore = x.max(), 0.40 + 0.01 * np.sin(9 * x)
    seen = ramp(SKY, y / 0.38 + 0.10 * soft)
    hills = 0.33 - 0.05 * np.sin(2.6 * x + 0.4) - 0.012 * soft
    _lay(seen, y > hills, ramp(BANK, (y - hills) / (shore - hills + 1e-6) + 0.15 * soft))
    _lay(seen, y > shore, ramp(WATER, (y - shore) / 0.4 + 0.12 * np.sin(150 * y + 3 * soft)))
    for middle, foot, size in ((0.74, 0.47, 0.20), (1.0, 0.44, 0.11), (0.52, 0.425, 0.07)):
        _boat(seen, x, y, middle * right / 1.333, foot, size)
    edge = 0.60 + 0.26 * (x / right) ** 1.6 + 0.012 * soft
    _lay(seen, y > edge, ramp(MEADOW, 1.6 * (y - edge) + 0.18 * soft))
    shadow = 0.90 + 0.035 * np.sin(5 * x) - 0.10 * x
    _lay(seen, (y > edge) & (y > shadow), ramp(SHADE, 0.1 + 0.25 * soft))
    trunk = np.abs(x - 0.20 - 0.05 * np.sin(3 * y)) < 0.022 + 0.03 * (y - 0.55).clip(0) ** 2 * 8
    _lay(
        seen,
        trunk & (y > 0.3) & (y < 0.88),
        ramp(("#3b2b5e", "#7b4a4a", "#c98a5a"), 18 * (x - 0.17)),
    )
    for middle, top, size in (
        (0.2, 0.2, 0.2),
        (0.02, 0.3, 0.16),
        (0.38, 0.27, 0.13),
        (0.16, 0.06, 0.15),
    ):
        out = np.hypot(x - middle, 1.25 * (y - top)) / size + 0.09 * soft
        light = 0.45 + 1.4 * (x - middle) - 1.5 * (y - top) + 0.12 * soft
        _lay(seen, out < 1, ramp(SHADE, light))
    _stroller(seen, x - 0.62 * right, y - 0.80)
    return seen


def _lay(seen: np.ndarray, mask: np.ndarray, colours: np.ndarray) -> None:
    seen[mask] = np.broadcast_to(colours, seen.shape)[mask]


def _boat(seen, x, y, middle, foot, size) -> None:
    """A boat under two sails, and what the water gives back of it."""
    for sense, fade in ((1, 0.0), (-1, 0.35)):
        up, ripple = sense * (foot - y) / size, 0.012 * (sense < 0) * np.sin(220 * y)
        across = (x - middle + ripple) / size
        sail = (up > 0.12) & (up < 1.3) & (across > 0.02) & (across < 0.55 * (1 - up / 1.3))
        jib = (up > 0.12) & (up < 1.0) & (across < -0.02) & (across > -0.35 * (1 - up))
        hull = (up > -0.03) & (up < 0.09) & (np.abs(across) < 0.42 + 0.5 * up)
        _lay(seen, sail | jib, (1 - fade) * np.array([0.99, 0.95, 0.85]) + fade * seen)
        _lay(seen, hull, (1 - fade) * np.array([0.55, 0.16, 0.20]) + fade * seen)


def _stroller(seen, dx, dy) -> None:
    """Someone in a long dress under a red parasol."""
    dress = (
        (dy > -0.20)
        & (dy < 0.06)
        & (np.abs(dx) < 0.018 + 0.062 * ((dy + 0.2) / 0.26).clip(0) ** 1.6)
    )
    _lay(seen, dress, ramp(("#f3e6ee", "#b9a3d6", "#5b4d9c"), 0.5 + 11 * dx))
    _lay(seen, np.hypot(dx, dy + 0.225) < 0.023, np.array([0.93, 0.70, 0.52]))
    parasol = (np.hypot(dx + 0.01, 1.5 * (dy + 0.25)) < 0.088) & (dy < -0.25)
    _lay(seen, parasol, ramp(("#a31c2c", "#e2402e", "#f79a5a"), 0.5 - 5 * dx))
    lying = (np.abs(dy - 0.075) < 0.016) & (dx < 0.03) & (dx > -0.22)
    _lay(seen, lying, np.array([0.22, 0.28, 0.58]))


def _dab(canvas: Image.Image, seen, radius, share, stray, rng) -> None:
    """Covers the canvas once with dabs of a radius in pixels, in random order."""
    height, width = seen.shape[:2]
    count = int(share * width * height / (np.pi * radius**2)) + 1
    middles = rng.random((count, 2)) * (width, height)
    radii = FINER * radius * rng.uniform(0.75, 1.2, count)
    draw = ImageDraw.Draw(canvas)
    for middle, reach, colour in zip(FINER * middles, radii, _stray(at(seen, middles), stray, rng)):
        draw.ellipse((*(middle - reach), *(middle + reach)), fill=_bytes(colour))


def _stray(colours: np.ndarray, stray: float, rng: np.random.Generator) -> np.ndarray:
    """Moves the hues about, some to their complements, and makes them purer."""
    hues, lights, pures = np.array([colorsys.rgb_to_hls(*it) for it in colours]).T
    hues += rng.normal(0, stray, len(hues)) + 0.5 * (rng.random(len(hues)) < COMPLEMENTS)
    lights = (lights + rng.normal(0, 0.05, len(hues))).clip(0.12, 0.95)
    pures = (1.2 * pures + 0.04).clip(0, 0.95)
    return np.array([colorsys.hls_to_rgb(*it) for it in zip(hues % 1, lights, pures)])


def _bytes(colour) -> tuple[int, ...]:
    return tuple(int(255 * part + 0.5) for part in colour)
