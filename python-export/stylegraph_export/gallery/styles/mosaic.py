"""A mosaic: square tesserae of glass laid along rows of waves and the rings of a sun.

The tiles are the cells of a centroidal Voronoi diagram in the maximum norm, turned at each tile to
the direction of what it shows (A. Hausner, Simulating Decorative Mosaics, SIGGRAPH 2001).
"""

import numpy as np
from scipy.spatial import cKDTree

from stylegraph_export.painting import at, light_relief, rgb, smooth_noise

from .field import grid, ramp

# The side of a tile and half a joint, in heights; how often the tiles settle; neighbours to ask.
TILE, JOINT, ROUNDS, NEIGHBOURS = 0.0235, 0.0022, 8, 7
GROUT = (0.24, 0.20, 0.17)
SEA = rgb(("#f3efdc", "#0f3d78", "#5fb8c4", "#0f5a94", "#d9e9df", "#12305f", "#2b8fb0"))
SKY = ("#f7dc7a", "#eab63c", "#f3d27e", "#d98f2b", "#f0e2b0")
SUN = ("#8f1717", "#c3281c", "#e2571f")
FRAME = rgb(("#7a2418", "#d8c39a", "#1d2b4d", "#d8c39a"))
HORIZON, WAVE, ROWS = 0.50, 0.215, 6


def paint(width: int = 640, height: int = 480, seed: int = 11) -> np.ndarray:
    """The picture, uint8 [height, width, 3], the same for the same arguments."""
    rng = np.random.default_rng(seed)
    x, y = grid(width, height)
    colour, angle = _motif(x, y)
    seeds = _seeds(width, height, rng)
    for _ in range(ROUNDS):
        tile, _ = _cells(seeds, angle)
        seeds = _centres(tile, seeds)
    tile, gap = _cells(seeds, angle)
    return _lay(tile, gap / height, at(colour, seeds), rng)


def _motif(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The colour [height, width, 3] and the direction of the rows of tiles [height, width]."""
    sun_x, sun_y = 0.66 * x.max(), 0.26
    far, turn = np.hypot(x - sun_x, y - sun_y), np.arctan2(y - sun_y, x - sun_x)
    rays = 0.5 + 0.5 * np.sin(16 * turn) * np.clip((far - 0.13) / 0.05, 0, 1)
    colour = ramp(SKY, (0.35 * rays + 1.1 * far) % 1)
    colour[far < 0.13] = ramp(SUN, far / 0.13)[far < 0.13]
    angle = turn + np.pi / 2
    for row in range(ROWS):
        for middle in np.arange(-0.5, x.max() / WAVE + 1.5) + 0.5 * (row % 2):
            dx, dy = x - middle * WAVE * 1.45, y - (HORIZON + WAVE * (0.62 + 0.42 * row))
            out = np.hypot(dx, dy) / WAVE
            inside = out < 1
            band = ((1 - out.clip(0, 0.999)) * len(SEA)).astype(int)
            colour[inside] = SEA[band[inside]]
            angle[inside] = np.arctan2(dy, dx)[inside] + np.pi / 2
    edge = np.minimum(np.minimum(x, x.max() - x), np.minimum(y, 1 - y))
    framed = edge < 4 * TILE
    colour[framed] = FRAME[(edge[framed] / TILE).astype(int).clip(0, 3)]
    angle[framed] = 0
    return colour, angle


def _seeds(width: int, height: int, rng: np.random.Generator) -> np.ndarray:
    """A jittered grid of tiles [tiles, 2] (x, y in pixels)."""
    side = max(TILE * height, 3)
    rows, columns = np.mgrid[side / 2 : height : side, side / 2 : width : side]
    seeds = np.stack([columns.ravel(), rows.ravel()], axis=1)
    return seeds + rng.uniform(-0.3, 0.3, seeds.shape) * side


def _cells(seeds: np.ndarray, angle: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The tile of each pixel, and how far the next tile is from being nearer, in pixels."""
    height, width = angle.shape
    rows, columns = np.mgrid[0:height, 0:width]
    pixels = np.stack([columns.ravel(), rows.ravel()], axis=1)
    _, near = cKDTree(seeds).query(pixels, k=min(NEIGHBOURS, len(seeds)))
    turn = at(angle, seeds)[near]
    dx, dy = np.moveaxis(pixels[:, None] - seeds[near], -1, 0)
    along, across = dx * np.cos(turn) + dy * np.sin(turn), dy * np.cos(turn) - dx * np.sin(turn)
    away = np.maximum(np.abs(along), np.abs(across))
    first, second = np.sort(away, axis=1)[:, :2].T
    tile = np.take_along_axis(near, away.argmin(axis=1)[:, None], axis=1)
    return tile.reshape(height, width), (second - first).reshape(height, width)


def _centres(tile: np.ndarray, seeds: np.ndarray) -> np.ndarray:
    """The middles of the tiles, which are the next seeds."""
    rows, columns = np.indices(tile.shape)
    count = np.bincount(tile.ravel(), minlength=len(seeds))
    sums = [np.bincount(tile.ravel(), it.ravel(), len(seeds)) for it in (columns, rows)]
    return np.where(count[:, None] > 0, np.stack(sums, 1) / count.clip(1)[:, None], seeds)


def _lay(tile: np.ndarray, gap: np.ndarray, colours: np.ndarray, rng) -> np.ndarray:
    """Colours the tiles, each a little differently, and lights glass and grout."""
    glass = colours * rng.normal(1, 0.13, (len(colours), 1)) + rng.normal(0, 0.03, colours.shape)
    flow = smooth_noise(rng, tile.shape, tile.shape[0] / 300)[..., None]
    shown = np.clip((gap - 2 * JOINT) / JOINT, 0, 1)[..., None]
    canvas = np.empty((*tile.shape, 4))
    canvas[..., :3] = GROUT + shown * (glass[tile] + 0.05 * flow - GROUT)
    canvas[..., 3] = (
        1.1 * np.clip(gap / (4 * JOINT), 0, 1) + rng.normal(0, 0.25, len(colours))[tile]
    )
    return light_relief(canvas, rng)
