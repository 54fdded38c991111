"""Thick paint laid on with a palette knife: an avenue in autumn, after rain, by lamplight.

A stroke is a flat slab of paint with straight edges: two paints half mixed along it, a ridge where
the blade lifted, and bare patches where it skipped.
"""

import numpy as np

from stylegraph_export.painting import light_relief, pick, rgb, smooth_noise

from .field import grid, ramp

NIGHT = ("#0a1230", "#132a5c", "#234a86", "#3f3a7a")
GLOW = ("#1d3a72", "#4a5a8a", "#c98a4a", "#f6c65a", "#fff0b0")
LEAVES = ("#8f1a1f", "#c8321c", "#e8641a", "#f39a1f", "#f8c832", "#7a9a2a", "#2a6a4a")
WET = ("#0e1738", "#1c3a6e", "#3a6aa0", "#b8603a", "#f0a03a", "#ffe08a")
BARK, LAMP, COAT = ("#120c18", "#2a1a22", "#4a2a2a"), ("#fff6c8", "#ffe27a"), ("#b01424", "#e8323a")
VANISH = (0.58, 0.50)
LAMPS = (
    (0.30, 0.34, 1.0),
    (0.425, 0.415, 0.6),
    (0.50, 0.46, 0.35),
    (0.92, 0.30, 1.1),
    (0.755, 0.40, 0.65),
    (0.67, 0.45, 0.4),
)


class Painting:
    """Paint [height, width, 4]: RGB 0-1 and how thick it lies."""

    def __init__(self, width: int, height: int, rng: np.random.Generator) -> None:
        self.x, self.y = grid(width, height)
        self.rng = rng
        self.paint = np.empty((height, width, 4))
        self.paint[:] = (*rgb(NIGHT)[0], 0)

    def slab(self, x, y, length, width, turn, colours) -> None:
        """Lays one stroke about (x, y), lengths in heights, of two paints [2, 3]."""
        height, reach = self.x.shape[0], 0.5 * (length + width) + 0.01
        left, right = (int(max(0, (x + side * reach) * height)) for side in (-1, 1))
        top, bottom = (int(max(0, (y + side * reach) * height)) for side in (-1, 1))
        window = slice(top, bottom), slice(left, right)
        dx, dy = self.x[window] - x, self.y[window] - y
        if not dx.size:
            return
        along = (dx * np.cos(turn) + dy * np.sin(turn)) / length
        across = (dy * np.cos(turn) - dx * np.sin(turn)) / width
        phases = self.rng.uniform(0, 6, 4)
        streak = np.sin(9 * across + phases[0]) + np.sin(23 * across + 3 * along + phases[1])
        ragged = 0.06 * np.sin(17 * across + phases[2]) + 0.05 * np.sin(41 * across + phases[3])
        skipped = streak + 2.5 * along > 2.5
        edge = np.minimum(0.5 - np.abs(along) + ragged, (0.5 - np.abs(across)) * width / length)
        cover = np.clip(edge * length * height + 0.5, 0, 1) * np.where(skipped, 0.25, 1)
        layer = np.empty((*cover.shape, 4))
        layer[..., :3] = colours[0] + (0.5 + 0.25 * streak)[..., None] * (colours[1] - colours[0])
        ridges = np.exp(-(((np.abs(across) - 0.45) / 0.07) ** 2)) + np.exp(
            -(((along - 0.42) / 0.06) ** 2)
        )
        layer[..., 3] = 0.5 + 0.9 * ridges + 0.12 * streak
        self.paint[window] += cover[..., None] * (layer - self.paint[window])

    def slabs(self, places, lengths, turns, paints) -> None:
        """Lays strokes at places [n, 2] of paints [n, 2, 3], each 0.4 times as wide as long."""
        sizes = np.broadcast_to(lengths, len(places)) * self.rng.uniform(0.7, 1.3, len(places))
        turned = np.broadcast_to(turns, len(places)) + self.rng.normal(0, 0.12, len(places))
        for place, size, turn, paint in zip(places, sizes, turned, paints):
            self.slab(*place, size, 0.4 * size, turn, paint)

    def shades(self, colours, tones) -> np.ndarray:
        """Two paints [n, 2, 3] about the places `tones` (0-1) among the colours."""
        return ramp(colours, tones[:, None] + self.rng.normal(0, 0.09, (len(tones), 2)))


def paint(width: int = 640, height: int = 480, seed: int = 15) -> np.ndarray:
    """The picture, uint8 [height, width, 3], the same for the same arguments."""
    rng = np.random.default_rng(seed)
    it = Painting(width, height, rng)
    squeeze = width / height * 0.75
    _sky(it)
    _street(it, squeeze)
    _trees(it, squeeze)
    for lamp in LAMPS:
        _lamp(it, squeeze, *lamp)
    _walkers(it, squeeze)
    it.paint[..., 3] += 0.08 * smooth_noise(rng, it.x.shape, 1)
    return light_relief(it.paint, rng)


def _sky(it: Painting) -> None:
    places = it.rng.random((900, 2)) * (it.x.max(), 0.58)
    far = np.hypot(places[:, 0] - VANISH[0], 1.4 * (places[:, 1] - VANISH[1]))
    turns = np.arctan2(places[:, 1] - VANISH[1], places[:, 0] - VANISH[0]) + np.pi / 2
    it.slabs(places, 0.085, turns, it.shades(GLOW, 0.95 * np.exp(-((far / 0.26) ** 2)) + 0.05))


def _street(it: Painting, squeeze: float) -> None:
    """The wet ground: level strokes, and the lamps drawn down in it."""
    places = it.rng.random((1500, 2)) * (it.x.max(), 0.5) + (0, 0.52)
    places = places[np.argsort(places[:, 1])]
    depth = (places[:, 1] - VANISH[1]) / 0.5
    light = 0.9 * np.exp(-(((places[:, 0] - VANISH[0] * squeeze) / (0.05 + 0.16 * depth)) ** 2))
    for across, _, size in LAMPS:
        wide = (0.035 + 0.05 * depth) * size
        light += (
            0.75 * np.exp(-(((places[:, 0] - across * squeeze) / wide) ** 2)) * (1 - 0.5 * depth)
        )
    tones = 0.12 + 0.75 * light.clip(0, 1.05) + 0.10 * np.sin(60 * depth)
    it.slabs(places, 0.03 + 0.075 * depth, 0.0, it.shades(WET, tones))
    fallen = it.rng.random((260, 2)) * (it.x.max(), 0.46) + (0, 0.55)
    it.slabs(fallen, 0.012 + 0.03 * (fallen[:, 1] - 0.5), 0.1, pick(LEAVES[1:5], 260, it.rng))


def _trees(it: Painting, squeeze: float) -> None:
    """Trees on both sides, the far ones first: a trunk, and leaves that hang over the street."""
    for near in np.linspace(0.12, 1, 7):
        for side in (-1, 1):
            foot_x = (VANISH[0] + side * (0.06 + 0.62 * near**1.3)) * squeeze
            foot_y, tall = VANISH[1] + 0.05 + 0.30 * near**1.4, 0.12 + 0.75 * near
            ups = np.linspace(0, 0.85, int(6 + 14 * near))
            trunk = np.stack([foot_x - side * 0.05 * near * ups**2, foot_y - tall * ups], axis=1)
            it.slabs(trunk, 0.03 + 0.06 * near, np.pi / 2, pick(BARK, len(ups), it.rng))
            _crown(it, foot_x - side * 0.06 * near, foot_y - 0.8 * tall, 0.06 + 0.27 * near, near)


def _crown(it: Painting, x: float, y: float, radius: float, near: float) -> None:
    count = int(60 + 330 * near)
    spread = it.rng.normal(0, 0.45, (count, 2)).clip(-0.9, 0.9) * (1.05, 0.8)
    places = np.array([x, y]) + radius * spread
    lit = np.hypot(places[:, 0] - VANISH[0], places[:, 1] - VANISH[1])
    tones = 0.62 - 0.55 * lit + 0.16 * it.rng.standard_normal(count)
    it.slabs(
        places, 0.016 + 0.034 * near, it.rng.uniform(0, np.pi, count), it.shades(LEAVES, tones)
    )


def _lamp(it: Painting, squeeze: float, across: float, down: float, size: float) -> None:
    x, foot = across * squeeze, VANISH[1] + 0.03 + 0.26 * size**1.4
    for y in np.arange(down, foot, 0.03 * size):
        it.slab(x, y, 0.05 * size, 0.012 * size, np.pi / 2, rgb(BARK[:2]))
    turns = np.arange(9) * 2 * np.pi / 9
    halo = np.array([x, down]) + 0.035 * size * np.stack([np.cos(turns), np.sin(turns)], axis=1)
    it.slabs(halo, 0.04 * size, turns + np.pi / 2, it.shades(GLOW, np.full(9, 0.78)))
    it.slabs(np.full((3, 2), (x, down)), 0.045 * size, turns[:3], pick(LAMP, 3, it.rng))


def _walkers(it: Painting, squeeze: float) -> None:
    """Two people under one umbrella, walking away, and their reflection."""
    for off, colours in ((-0.018, BARK[:2]), (0.018, COAT)):
        x, paints = VANISH[0] * squeeze + off - 0.03, rgb(colours)
        it.slab(x, 0.665, 0.11, 0.038, np.pi / 2, paints)
        it.slab(x, 0.745, 0.07, 0.024, np.pi / 2, rgb(BARK[:2]))
        it.slab(x, 0.84, 0.10, 0.026, np.pi / 2, 0.6 * paints + 0.4 * rgb(WET[2:4]))
    for turn, off in ((-0.5, -0.032), (0.5, 0.032), (0.0, 0.0)):
        it.slab(
            VANISH[0] * squeeze - 0.03 + off, 0.605 + abs(off) * 0.4, 0.075, 0.035, turn, rgb(COAT)
        )
