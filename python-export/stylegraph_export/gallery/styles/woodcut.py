"""A woodcut in three inks: mountains by the sea at moonrise, all cut in lines.

Each part of the picture has lines of its own direction; where it is darker they are wider, until
they run together. The blue and the red block are printed under the black one.
"""

import numpy as np
from scipy.ndimage import gaussian_filter

from stylegraph_export.painting import rgb, smooth_noise

from .field import grid, to_bytes

PAPER, BLACK, BLUE, RED = rgb(("#efe4c9", "#1a1613", "#2f6a8c", "#c4472b"))
# Pixels are printed this many times finer; lines of black, in heights.
FINER, PITCH = 3, 0.0125
MOON, MOON_RADIUS = (0.93, 0.24), 0.125


class Block:
    """What is cut: how dark (0-1), along which lines (their phase in heights), in which inks."""

    def __init__(self, x: np.ndarray, y: np.ndarray) -> None:
        self.x, self.y = x, y
        self.dark, self.phase, self.blue, self.red = (np.zeros(x.shape) for _ in range(4))

    def place(self, mask, dark, phase, blue=0.0, red=0.0) -> None:
        """Puts a thing in front of what is there."""
        fields = (self.dark, dark), (self.phase, phase), (self.blue, blue), (self.red, red)
        for field, value in fields:
            field[mask] = np.broadcast_to(value, mask.shape)[mask]


def paint(width: int = 640, height: int = 480, seed: int = 13) -> np.ndarray:
    """The picture, uint8 [height, width, 3], the same for the same arguments."""
    rng = np.random.default_rng(seed)
    grid(width, height)
    block = Block(*grid(width * FINER, height * FINER))
    wobble = smooth_noise(rng, block.x.shape, block.x.shape[0] / 40)
    _sky(block, wobble)
    _mountains(block, wobble)
    _sea(block, wobble)
    _pines(block, wobble)
    return _print(block, rng)


def _sky(it: Block, wobble: np.ndarray) -> None:
    dx, dy = it.x - MOON[0], it.y - MOON[1]
    far = np.hypot(dx, dy)
    # Streams of cloud part round the moon, as a current round a stone.
    stream = dy * (1 - (0.9 * MOON_RADIUS / far.clip(MOON_RADIUS)) ** 2) + 0.03 * np.sin(6 * it.x)
    bands = 0.5 + 0.5 * np.sin(38 * stream + 1.2 * np.sin(5 * it.x))
    dark = 0.22 + 0.55 * np.clip(far - 0.1, 0, 0.8) + 0.25 * (bands - 0.5)
    it.place(far > 0, dark, stream + 0.002 * wobble, blue=bands - 0.35 + 0.5 * (far - 0.25))
    moon = far < MOON_RADIUS
    it.place(moon, 0.10 + 2.2 * (dx + dy).clip(0), dx - dy, red=1)
    it.place((far >= MOON_RADIUS) & (far < MOON_RADIUS + 0.02), 0, 0)


def _mountains(it: Block, wobble: np.ndarray) -> None:
    for middle, top, slope, dark in (
        (0.30, 0.22, 0.75, 0.42),
        (0.72, 0.36, 0.6, 0.5),
        (1.25, 0.34, 0.55, 0.48),
    ):
        off = it.x - middle
        ridge = (
            top
            + slope * np.abs(off) ** 1.15
            + 0.012 * np.sin(31 * it.x)
            + 0.006 * np.sin(83 * it.x)
        )
        spur = off + 0.035 * np.sin(24 * (it.y - top)) * (1 + 3 * (it.y - top))
        # The moon lights one side; snow lies on the tops.
        snow = (it.y - ridge) < 0.10 * (1 - 2.2 * np.abs(off)) + 0.02 * np.sin(60 * it.x)
        lit = (spur > 0) == (middle < MOON[0])
        tone = np.where(lit, 0.30, 0.80) - 0.35 * snow + 0.25 * (it.y - top - 0.2)
        # Lines fall down the slopes, and fan out from the top.
        fall = 0.35 * np.arctan2(off, it.y - top + 0.12) + 0.15 * np.sign(spur) * (it.y - top)
        it.place(it.y > ridge - 0.006, 1, 0)
        it.place(
            it.y > ridge, tone, fall + 0.002 * wobble, blue=np.where(snow, -1, 0.3 + dark * ~lit)
        )


def _sea(it: Block, wobble: np.ndarray) -> None:
    depth = it.y - 0.66
    near = depth.clip(0) / 0.34
    swell = depth + (0.01 + 0.035 * near) * np.sin(7 * it.x / (0.35 + near) + 3 * np.sin(14 * near))
    path = np.exp(-(((it.x - MOON[0]) / (0.05 + 0.16 * near)) ** 2))
    crest = np.sin(60 * swell / (0.45 + 0.8 * near))
    dark = 0.58 + 0.25 * crest - 0.65 * path
    glow = path * crest - 0.35
    it.place(
        depth > 0,
        dark,
        1.15 * swell + 0.0015 * wobble,
        blue=0.55 - 1.2 * path + 0.5 * crest,
        red=glow * 3,
    )


def _pines(it: Block, wobble: np.ndarray) -> None:
    shore = (
        0.90
        - 0.22 * np.exp(-((it.x / 0.36) ** 2))
        + 0.015 * np.sin(17 * it.x)
        + 0.16 * (it.x - 0.6).clip(0)
    )
    it.place(
        it.y > shore,
        0.86 - 0.5 * (it.y < shore + 0.018),
        0.8 * it.y + 0.3 * np.sin(5 * it.x) * (it.y - shore),
    )
    for foot, base, tall in (
        (0.10, 0.72, 0.60),
        (0.24, 0.78, 0.47),
        (0.37, 0.86, 0.36),
        (-0.02, 0.75, 0.42),
    ):
        up = (base - it.y) / tall
        off = it.x - foot - 0.02 * np.sin(4 * up)
        storey = (8 * up) % 1
        half = tall * 0.25 * (1.02 - up).clip(0) * (1.1 - 0.75 * storey) + 0.004
        inside = (up > 0.08) & (up < 1) & (np.abs(off) < half * (1 + 0.10 * wobble))
        it.place(
            inside,
            0.92 - 0.62 * (off > 0.45 * half) * (storey < 0.8),
            0.9 * off + 0.7 * it.y * np.sign(off),
        )
        it.place((np.abs(off) < 0.009) & (up > -0.1) & (up < 0.1), 1, 0)


def _print(it: Block, rng: np.random.Generator) -> np.ndarray:
    """Prints red, blue and black on paper, each block a little out of place."""
    uneven = smooth_noise(rng, it.x.shape, 1.2 * FINER)
    picture = np.empty((*it.x.shape, 3))
    picture[:] = PAPER
    slack = it.x.shape[0] // 400
    for block, ink, at in (
        (_cut(it.red, it.phase, 3), RED, slack),
        (_cut(it.blue, it.phase, 2), BLUE, -slack),
    ):
        picture *= (
            1 - (1 - ink / PAPER) * np.roll(_worn(block, uneven), (at, at), (0, 1))[..., None]
        )
    picture += (BLACK - picture) * _worn(_cut(it.dark, it.phase, 1), uneven)[..., None]
    small = picture.reshape(it.x.shape[0] // FINER, FINER, -1, FINER, 3).mean(axis=(1, 3))
    grain = smooth_noise(rng, small.shape[:2], 0.8) + smooth_noise(rng, small.shape[:2], 6)
    return to_bytes(small * (1 + 0.018 * grain[..., None]))


def _cut(dark: np.ndarray, phase: np.ndarray, pitch: int) -> np.ndarray:
    """1 where ink is left standing: ridges whose share of the pitch is how dark it is."""
    ridge = np.abs(2 * ((phase / (pitch * PITCH)) % 1) - 1)
    return (ridge < (1.12 * dark - 0.06)).astype(float)


def _worn(block: np.ndarray, uneven: np.ndarray) -> np.ndarray:
    """The block's edges rounded and its faces bitten, as wood prints."""
    return np.clip((gaussian_filter(block, 0.35 * FINER) - 0.5 - 0.10 * uneven) * 5 + 0.5, 0, 1)
