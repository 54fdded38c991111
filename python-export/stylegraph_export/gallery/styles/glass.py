"""Stained glass: a sun over hills and flowers, in panes of streaked glass between lead.

Every pane is a number; what parts two numbers is lead. Within a thing the panes come from rings and
sectors, or from the cells of scattered points.
"""

import numpy as np
from scipy.ndimage import distance_transform_edt, gaussian_filter
from scipy.spatial import cKDTree

from stylegraph_export.painting import light_relief, smooth_noise

from .field import grid, ramp

LEAD = (0.06, 0.06, 0.075)
# Half the width of the lead and the reach of the shade beside it, in heights; panes of a height
# of land as wide as high.
LEADING, SHADE, PANES = 0.0056, 0.013, 220
SUN = (0.78, 0.30)
SKY = ("#0b2a7a", "#1649a8", "#2f7fd0", "#7a4fb8", "#c75aa0", "#f2965a", "#f7c35a")
FLAMES = ("#fff0a0", "#f9c22e", "#f08a1a", "#d9411a", "#9c1626")
HILLS = (
    ("#1f3f8f", "#2f6fae", "#4a51a8", "#3f9aa8"),
    ("#0f5a4a", "#2f8f4a", "#6fb23a", "#1a7a6a"),
    ("#0a62a8", "#2fa7d0", "#9fdce0", "#1580b8"),
    ("#14522a", "#3f8a2a", "#a8b82a", "#256f3a"),
)
FLOWERS = (
    (0.20, 0.72, 0.125, 6),
    (0.46, 0.86, 0.085, 5),
    (1.12, 0.82, 0.11, 7),
    (1.25, 0.62, 0.06, 5),
)
PETALS = ("#7a0f2a", "#c4182f", "#ea4a5a", "#f58fa0")


class Window:
    """A number and a colour for each pixel's pane."""

    def __init__(self, width: int, height: int, rng: np.random.Generator) -> None:
        self.x, self.y = grid(width, height)
        self.rng = rng
        self.pane = np.zeros(self.x.shape, int)
        self.colour = np.zeros((*self.x.shape, 3))

    def place(self, mask, parts, colours, tone) -> None:
        """Puts a thing in front: its panes are numbered by parts, each near the place `tone`
        (0-1) of its middle among the colours."""
        names, own = np.unique(parts[mask], return_inverse=True)
        middle = np.bincount(own, np.broadcast_to(tone, mask.shape)[mask]) / np.bincount(own)
        panes = ramp(colours, middle + self.rng.normal(0, 0.13, len(names)))
        self.colour[mask] = panes[own]
        self.pane[mask] = self.pane.max() + 1 + own

    def cells(self, count: int, stretch: float = 1.0) -> np.ndarray:
        """Which of so many scattered points is nearest; stretch lengthens the cells along x."""
        points = self.rng.random((count, 2)) * (self.x.max() / stretch, 1)
        places = np.stack([self.x.ravel() / stretch, self.y.ravel()], axis=1)
        return cKDTree(points).query(places)[1].reshape(self.x.shape)


def paint(width: int = 640, height: int = 480, seed: int = 14) -> np.ndarray:
    """The picture, uint8 [height, width, 3], the same for the same arguments."""
    window = Window(width, height, np.random.default_rng(seed))
    _sky(window)
    _land(window)
    for flower in FLOWERS:
        _flower(window, *flower)
    return _glaze(window)


def _sky(it: Window) -> None:
    dx, dy = it.x - SUN[0], it.y - SUN[1]
    far, turn = np.hypot(dx, dy), np.arctan2(dy, dx) / (2 * np.pi) + 0.5
    ring = np.searchsorted(
        (0.19, 0.26, 0.345, 0.44, 0.55, 0.68, 0.84), far + 0.02 * np.sin(50 * turn)
    )
    rays = ((turn + 0.0167 * (ring % 2)) * 30 % 30).astype(int)
    it.place(far > 0, ring * 100 + rays, SKY, 1.05 - 1.25 * far)
    # Flames of two lengths, and a face of rings.
    wave = np.abs(2 * ((turn * 12 + 0.9 * far) % 1) - 1)
    flames = far < 0.125 + 0.085 * wave
    it.place(
        flames, ((turn * 12 + 0.9 * far) % 12).astype(int), FLAMES, 0.55 + 0.2 * np.sin(40 * turn)
    )
    it.place(far < 0.118, ((turn * 9) % 9).astype(int), FLAMES, 0.25)
    it.place(far < 0.062, (turn * 4).astype(int), FLAMES, 0.02)


def _land(it: Window) -> None:
    crests = (
        0.52 - 0.09 * np.sin(4.2 * it.x + 0.5),
        0.60 - 0.07 * np.sin(3.4 * it.x + 3.4),
        0.70 + 0.035 * np.sin(5.5 * it.x + 1.0),
        0.80 - 0.06 * np.sin(3.0 * it.x + 0.6),
    )
    for crest, colours, stretch in zip(crests, HILLS, (1.0, 1.4, 3.5, 1.2)):
        cells = it.cells(PANES, stretch)
        it.place(it.y > crest, cells, colours, it.rng.random(PANES)[cells])


def _flower(it: Window, across: float, down: float, radius: float, petals: int) -> None:
    dx, dy = it.x - across * it.x.max() / 1.333, it.y - down
    far, turn = np.hypot(dx, dy) / radius, np.arctan2(dy, dx) / (2 * np.pi) + 0.5 + 0.03 * petals
    stem = (np.abs(dx - 0.02 * np.sin(9 * dy)) < 0.009) & (dy > 0)
    leaf = (
        np.abs(np.abs(dx) - 0.5 * (dy - radius))
        < 0.30 * (dy - radius) * (1.6 * radius - dy) / radius
    )
    it.place(stem, (it.y * 6).astype(int), HILLS[3], 0.1)
    it.place(leaf & (dy > radius), (dx > 0).astype(int), HILLS[3], 0.7)
    petal = (turn * petals % petals).astype(int)
    edge = 0.62 + 0.40 * np.sin(np.pi * (turn * petals % 1)) ** 0.7
    it.place(far < edge, petal, PETALS, 0.35 + 0.35 * (petal % 2))
    it.place(far < 0.5 * edge, petal, PETALS, 0.85)
    it.place(far < 0.24, np.zeros(petal.shape, int), FLAMES, 0.25)


def _glaze(it: Window) -> np.ndarray:
    """Streaks, bubbles and a light behind the glass; lead, rounded and shining, on top."""
    height = it.pane.shape[0]
    inner = np.ones(it.pane.shape, bool)
    for axis in (0, 1):
        inner &= np.roll(it.pane, 1, axis) == it.pane
    away = distance_transform_edt(inner) / height
    streaks = smooth_noise(it.rng, it.pane.shape, (height / 28, height / 160))
    turned = smooth_noise(it.rng, it.pane.shape, (height / 160, height / 28))
    streak = np.where(it.pane % 2, streaks, turned) + 0.5 * smooth_noise(
        it.rng, it.pane.shape, height / 200
    )
    light = 0.93 + 0.13 * streak + 0.18 * smooth_noise(it.rng, it.pane.shape, height / 9)
    light *= 0.62 + 0.46 * np.clip(away / SHADE, 0, 1)
    bubbles = gaussian_filter((it.rng.random(it.pane.shape) < 0.004).astype(float), height / 600)
    glass = it.colour * light[..., None] + 0.9 * bubbles[..., None]
    lead = np.clip((LEADING - away) * height + 0.5, 0, 1)
    canvas = np.empty((*it.pane.shape, 4))
    canvas[..., :3] = glass + lead[..., None] * (LEAD - glass)
    round_lead = np.sqrt(np.clip(1 - (away / LEADING) ** 2, 0, 1))
    canvas[..., :3] += 0.14 * (gaussian_filter(round_lead, 1) ** 4 * lead)[..., None]
    canvas[..., 3] = 1.6 * round_lead + 0.25 * streak * (1 - lead)
    return light_relief(canvas, it.rng)
