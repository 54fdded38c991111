"""A style picture painted by a program: a low sun over a lake, in visible brush strokes.

The picture is built in two steps. First a *scene* says, for every pixel, which thing is seen
there, how light it is and which way the brush should move. Then several layers of strokes, from
a wide brush to a fine one, follow that flow. Colour is chosen per stroke from a small palette per
thing, so the texture statistics of the result come from strokes and not from per-pixel noise.

Scene coordinates are in units of the picture height: y runs from 0 (top) to 1 (bottom) and x from
0 to width / height. Brush sizes are in pixels of a picture 480 pixels high and scale with it.
"""

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import gaussian_filter

REFERENCE_HEIGHT = 480
POINTS_PER_STROKE = 12
BRISTLES = 16
# A warm ground: the slivers left between cool strokes glow instead of going grey.
GROUND = (0.36, 0.20, 0.13)

# Regions in the order they are painted, back to front. Each palette runs from dark to light.
SKY, SUN, FAR_HILLS, NEAR_HILLS, WATER, FIELD, PATH, TRUNK, LEAVES = range(9)
PALETTES = {
    SKY: ("#0b1a4a", "#143a86", "#1f63b0", "#3f93bf", "#86bfb4", "#e3cf86", "#f6b545"),
    SUN: ("#f08a1d", "#f9b32a", "#fdd655", "#fff0a6"),
    FAR_HILLS: ("#27306f", "#3f4a97", "#6c6bb0", "#a88bb0", "#e0a285"),
    NEAR_HILLS: ("#0f2a45", "#17505c", "#2c7664", "#5f9a5b", "#b3a94c"),
    WATER: ("#0e2a66", "#17529a", "#2f86b4", "#6bb4b4", "#e9c766", "#fdd866"),
    FIELD: ("#4d4a1c", "#8a6a1f", "#c4891f", "#e3ad2c", "#f4cf55", "#fbe795"),
    PATH: ("#6a3b52", "#a05a58", "#cf8a68", "#ecbd90"),
    TRUNK: ("#190f22", "#3a1f2c", "#6d3526", "#b5602a"),
    LEAVES: ("#07182c", "#0d3238", "#15553f", "#3c7a35", "#8f9a2f", "#dda52f"),
}
OUTLINE = ("#0a1030", "#1a1f4f", "#3a1c33")
POPPIES = ("#b3201b", "#df3b1f", "#f26a2e")

SUN_CENTRE = (0.46, 0.25)
SUN_RADIUS = 0.072
# Swirls in the sky: centre x, centre y, radius, turning sense (+1 or -1).
SWIRLS = ((0.90, 0.13, 0.15, 1.0), (0.10, 0.16, 0.13, -1.0), (0.76, 0.38, 0.09, -1.0))


@dataclass(frozen=True)
class Brush:
    """One layer of strokes; lengths in reference pixels, density in strokes per 1000 of them."""

    length: float
    width: float
    density: float
    tone_jitter: float


LAYERS = (
    Brush(length=60, width=19, density=6, tone_jitter=0.07),
    Brush(length=40, width=9.5, density=14, tone_jitter=0.09),
    Brush(length=28, width=5.5, density=22, tone_jitter=0.11),
    Brush(length=17, width=3.2, density=10, tone_jitter=0.16),
)
OUTLINE_BRUSH = Brush(length=32, width=3.4, density=14, tone_jitter=0.0)
POPPY_BRUSH = Brush(length=9, width=5.5, density=5, tone_jitter=0.0)


class Scene:
    """What is seen at each pixel: region, tone (0 dark to 1 light), flow angle and brush scale.

    All four are [height, width]; the angle is in radians, with y pointing down.
    """

    def __init__(self, width, height):
        """Start with an empty scene of width x height pixels, all sky."""
        rows, columns = np.mgrid[0:height, 0:width]
        self.x = (columns + 0.5) / height
        self.y = (rows + 0.5) / height
        self.aspect = width / height
        self.region = np.full((height, width), SKY, np.uint8)
        self.tone = np.zeros((height, width))
        self.angle = np.zeros((height, width))
        self.scale = np.ones((height, width))

    def place(self, mask, region, tone, angle, scale=1.0):
        """Put a thing in front of everything placed before; the fields broadcast to the mask."""
        self.region[mask] = region
        for field, value in ((self.tone, tone), (self.angle, angle), (self.scale, scale)):
            field[mask] = np.broadcast_to(value, mask.shape)[mask]


def paint(width=640, height=480, seed=7):
    """Paint the picture: uint8 [height, width, 3], RGB 0-255, the same for the same arguments."""
    if width < 16 or height < 16:
        raise ValueError(f"a painting needs at least 16 x 16 pixels, not {width} x {height}")
    rng = np.random.default_rng(seed)
    scene = _compose(width, height, rng)
    # Three channels of colour and, as a fourth, how thick the paint lies.
    canvas = np.empty((height, width, 4))
    canvas[:] = (*GROUND, 0.0)
    for brush in LAYERS:
        _paint_layer(canvas, scene, brush, rng)
    _paint_outlines(canvas, scene, rng)
    _paint_poppies(canvas, scene, rng)
    return light_relief(canvas, rng)


# --- the scene -----------------------------------------------------------------------------------


def _compose(width, height, rng):
    """Place everything, back to front, and loosen tone and flow so that nothing looks ruled."""
    scene = Scene(width, height)
    _place_sky(scene)
    _place_hills(scene)
    _place_water(scene)
    _place_field(scene)
    _place_poplars(scene)
    _place_tree(scene)
    scene.tone += 0.06 * smooth_noise(rng, scene.tone.shape, height / 40)
    scene.angle += 0.12 * smooth_noise(rng, scene.tone.shape, height / 24)
    return scene


def smooth_noise(rng, shape, sigma):
    """Make noise [height, width] of mean about 0 and deviation 1, smooth over sigma pixels."""
    noise = gaussian_filter(rng.standard_normal(shape), sigma, mode="reflect")
    return noise / noise.std()


def _place_sky(scene):
    """Place a windy sky: a stream bent by swirls and by the rings round the sun."""
    sx, sy = SUN_CENTRE
    from_sun = np.hypot(scene.x - sx, scene.y - sy)
    flow_x = np.ones_like(scene.x)
    flow_y = 0.45 * np.cos(5.5 * scene.x + 3.0 * scene.y)
    tone = 0.10 + 0.62 * np.clip(scene.y / 0.56, 0, 1) ** 1.6
    tone += 0.07 * np.sin(34 * scene.y - 2.8 * np.sin(5.5 * scene.x))
    for swirl in SWIRLS:
        flow_x, flow_y, tone = _stir(scene, swirl, flow_x, flow_y, tone)
    halo = np.exp(-((from_sun / 0.20) ** 2))
    flow_x = (1 - halo) * flow_x - 2.5 * halo * (scene.y - sy) / (from_sun + 1e-6)
    flow_y = (1 - halo) * flow_y + 2.5 * halo * (scene.x - sx) / (from_sun + 1e-6)
    rings = 0.13 * np.cos(2 * np.pi * (from_sun - SUN_RADIUS) / 0.058)
    tone += halo * (0.72 + rings - tone * 0.45)
    angle = np.arctan2(flow_y, flow_x)
    everywhere = np.ones(scene.region.shape, bool)
    scene.place(everywhere, SKY, tone, angle)
    # Turned a little inward: strokes that only circle would leave a hole in the middle.
    around_sun = np.arctan2(scene.x - sx, -(scene.y - sy)) + 0.4
    disc_tone = 0.95 - 0.75 * from_sun / SUN_RADIUS
    scene.place(from_sun < SUN_RADIUS, SUN, disc_tone, around_sun, 0.6)


def _stir(scene, swirl, flow_x, flow_y, tone):
    """Bend the stream into a spiral and lighten its arms; returns flow x, flow y and tone."""
    cx, cy, radius, sense = swirl
    dx, dy = scene.x - cx, scene.y - cy
    distance = np.hypot(dx, dy) + 1e-6
    pull = np.exp(-((distance / radius) ** 2))
    # The inward part makes the strokes follow the arms, which wind as angle + k log(distance).
    spin_x = sense * -dy / distance - 0.35 * dx / distance
    spin_y = sense * dx / distance - 0.35 * dy / distance
    arms = np.cos(2 * np.arctan2(dy, dx) + sense * 2 * np.log(distance / radius) / 0.35)
    flow_x = (1 - pull) * flow_x + 2.2 * pull * spin_x
    flow_y = (1 - pull) * flow_y + 2.2 * pull * spin_y
    return flow_x, flow_y, tone + pull * (0.28 + 0.24 * arms)


def _place_hills(scene):
    """Place two ranges: a violet far one and a green near one, brushed along their slopes."""
    far = 0.50 - 0.045 * np.sin(4.2 * scene.x + 0.6) - 0.02 * np.sin(11 * scene.x)
    near = 0.555 - 0.04 * np.cos(3.1 * scene.x - 3.9) - 0.012 * np.sin(9 * scene.x + 1)
    warmth = np.exp(-(((scene.x - SUN_CENTRE[0]) / 0.30) ** 2))
    for crest, region, depth in ((far, FAR_HILLS, 0.09), (near, NEAR_HILLS, 0.07)):
        below = (scene.y - crest) / depth
        tone = 0.62 - 0.5 * np.clip(below, 0, 1) + 0.3 * warmth * np.exp(-3 * below.clip(0))
        slope = np.arctan(np.gradient(crest, axis=1) * crest.shape[0])
        folds = 0.5 * np.sin(26 * scene.x + 9 * below)
        scene.place(below > 0, region, tone, slope + folds * below.clip(0, 1), 0.62)


def _place_water(scene):
    """Place a lake brushed level, with the sun's broken column of light."""
    shore = 0.605 + 0.006 * np.sin(13 * scene.x)
    depth = (scene.y - shore) / 0.13
    column = np.exp(-(((scene.x - SUN_CENTRE[0]) / (0.05 + 0.05 * depth.clip(0))) ** 2))
    ripple = np.sin(190 * scene.y * (1 - 0.25 * depth) + 4 * np.sin(7 * scene.x))
    tone = 0.30 + 0.10 * ripple - 0.10 * depth + column * (0.48 + 0.2 * ripple)
    level = 0.07 * np.cos(16 * scene.x + 30 * scene.y)
    scene.place(depth > 0, WATER, tone, level, 0.60 + 0.25 * depth.clip(0, 1))


def _place_field(scene):
    """Place a ripe field combed by the wind, with a path winding down to the lake."""
    edge = 0.725 - 0.022 * np.sin(3.4 * scene.x + 0.9) + 0.008 * np.sin(15 * scene.x)
    nearness = ((scene.y - edge) / (1 - edge)).clip(0, 1)
    furrows = np.sin(17 * (scene.x - 0.5) / (0.35 + nearness) + 2.2 * nearness)
    waves = np.sin(24 * nearness**0.7 + 3.5 * np.sin(2.6 * scene.x))
    tone = 0.52 + 0.17 * waves + 0.12 * furrows - 0.10 * nearness
    fan = np.arctan2(-0.55 - 0.3 * waves, 0.5 + 1.0 * (scene.x - 0.35))
    scale = 0.55 + 0.6 * nearness
    scene.place(scene.y > edge, FIELD, tone, fan, scale)
    middle = 0.42 + 0.11 * np.sin(4.6 * nearness + 0.4) - 0.10 * nearness
    half_width = 0.016 + 0.075 * nearness**1.3
    off = (scene.x - middle) / half_width
    along = np.arctan2(1.0, np.gradient(middle, axis=0) * middle.shape[0])
    on_path = (scene.y > edge) & (np.abs(off) < 1)
    scene.place(on_path, PATH, 0.55 - 0.35 * off + 0.1 * waves, along, scale)


def _place_poplars(scene):
    """Place three slim trees on the far shore, flickering upwards."""
    for cx, top, base in ((0.13, 0.42, 0.72), (0.19, 0.36, 0.73), (0.245, 0.47, 0.725)):
        up = (base - scene.y) / (base - top)
        half = 0.026 * np.sqrt(up.clip(0, 1)) * (1 - up.clip(0, 1)) ** 0.6 * 1.9
        half *= 1 + 0.18 * np.sin(70 * scene.y + 40 * cx)
        off = (scene.x - cx) / (half + 1e-6)
        inside = (up > 0) & (up < 1) & (np.abs(off) < 1)
        # The sun stands to the right of these trees, so their right side catches the light.
        scene.place(inside, LEAVES, 0.32 + 0.3 * off, -np.pi / 2 + 0.5 * off, 0.55)


def _place_tree(scene):
    """Place a broad tree leaning in from the right: a forked trunk and rounded masses of leaves."""
    right = scene.aspect - 0.27
    _shade_field(scene, right + 0.02, 0.93)
    for foot, head, thick in (
        ((0.02, 0.93), (-0.04, 0.43), 0.030),
        ((-0.005, 0.68), (-0.15, 0.44), 0.016),
        ((-0.01, 0.64), (0.13, 0.40), 0.017),
    ):
        _place_limb(scene, (right + foot[0], foot[1]), (right + head[0], head[1]), thick)
    masses = (
        (0.02, 0.15, 0.085), (0.15, 0.17, 0.095), (-0.10, 0.22, 0.085), (0.25, 0.26, 0.095),
        (0.07, 0.25, 0.095), (-0.03, 0.30, 0.080), (-0.17, 0.32, 0.075), (0.17, 0.33, 0.090),
        (0.26, 0.41, 0.080), (-0.08, 0.39, 0.075), (-0.19, 0.42, 0.065), (0.05, 0.37, 0.075),
        (0.14, 0.44, 0.080), (-0.12, 0.46, 0.055),
    )  # fmt: skip
    for dx, cy, radius in masses:
        _place_leaf_mass(scene, right + dx, cy, radius)


def _shade_field(scene, foot_x, foot_y):
    """Darken the field where a tree's shadow falls, from its foot towards the viewer's right."""
    off = (scene.y - foot_y - 0.18 * (scene.x - foot_x)) / 0.028
    reach = 1 / (1 + np.exp(-(scene.x - foot_x + 0.02) / 0.012))
    scene.tone -= np.where(scene.region == FIELD, 0.6 * reach * np.exp(-(off**2)), 0)


def _place_limb(scene, foot, head, thick):
    """Place a tapering limb from foot to head, both (x, y); thick is half its width low down."""
    dx, dy = head[0] - foot[0], head[1] - foot[1]
    length = np.hypot(dx, dy)
    along = ((scene.x - foot[0]) * dx + (scene.y - foot[1]) * dy) / length**2
    bend = 0.02 * np.sin(np.pi * along)
    across = ((scene.x - foot[0]) * dy - (scene.y - foot[1]) * dx) / length + bend
    # The foot spreads, and ends ragged: in roots on the ground, or within the limb below.
    half = thick * (1 - 0.55 * along + 0.7 * np.exp(-(along.clip(0) / 0.07)))
    ragged = 0.02 * np.sin(3.2 * across / thick + 0.8)
    inside = (along > ragged) & (along < 1) & (np.abs(across) < half)
    tone = 0.38 + 0.4 * across / half
    scene.place(inside, TRUNK, tone, np.arctan2(dy, dx), 0.6)


def _place_leaf_mass(scene, cx, cy, radius):
    """Place a wavy-edged clump of leaves, brushed in arcs over its top, lit from the sun's side."""
    dx, dy = scene.x - cx, scene.y - cy
    turn = np.arctan2(dy, dx)
    edge = radius * (1 + 0.10 * np.sin(5 * turn + 20 * cx) + 0.06 * np.sin(11 * turn))
    light = (-0.9 * dx - 0.6 * dy) / radius
    tone = 0.36 + 0.42 * light
    # Arcs about a point in the clump's shadow: full circles would read as a spiral, not as leaves.
    arcs = np.arctan2(dy - 0.7 * radius, dx - 0.5 * radius) + np.pi / 2 + 0.3
    scene.place(np.hypot(dx, dy) < edge, LEAVES, tone, arcs, 0.58)


# --- the strokes ---------------------------------------------------------------------------------


def _paint_layer(canvas, scene, brush, rng):
    """Cover the whole canvas once with a brush, back to front, in random order within a region."""
    everywhere = np.ones(scene.region.shape, bool)
    starts = _scatter(brush, everywhere, scene.scale, rng)
    regions = at(scene.region, starts)
    order = np.argsort(regions, kind="stable")
    starts, regions = starts[order], regions[order]
    tones = at(scene.tone, starts) + brush.tone_jitter * rng.standard_normal(len(starts))
    paints = np.stack([_mix(regions, tones, rng), _mix(regions, tones + 0.12, rng)], axis=1)
    lay_strokes(canvas, scene, brush, starts, paints, rng)


def _paint_outlines(canvas, scene, rng):
    """Draw loose dark contours round the trees."""
    blur = scene.region.shape[0] / 240
    solid = gaussian_filter((scene.region >= TRUNK).astype(float), blur)
    slope_y, slope_x = np.gradient(solid)
    steep = np.hypot(slope_x, slope_y)
    # A scene of contours alone: one region, so that they run on along whatever they part.
    contours = Scene(scene.region.shape[1], scene.region.shape[0])
    contours.angle = np.arctan2(slope_x, -slope_y)
    starts = _scatter(OUTLINE_BRUSH, steep > 0.4 * steep.max(), contours.scale, rng)
    paints = pick(OUTLINE, len(starts), rng)
    lay_strokes(canvas, contours, OUTLINE_BRUSH, starts, paints, rng)


def _paint_poppies(canvas, scene, rng):
    """Dab red in drifts across the field: the complement to the greens and blues."""
    drifts = smooth_noise(rng, scene.region.shape, scene.region.shape[0] / 16) > 0.4
    mask = (scene.region == FIELD) & drifts
    starts = _scatter(POPPY_BRUSH, mask, scene.scale, rng)
    paints = pick(POPPIES, len(starts), rng)
    lay_strokes(canvas, scene, POPPY_BRUSH, starts, paints, rng)


def _scatter(brush, mask, scale, rng):
    """Strew stroke starts [strokes, 2] (x, y in pixels) over the mask in random order.

    Where the scene's scale [height, width] shrinks the brush, more strokes cover the same area.
    """
    pixels = mask.shape[0] / REFERENCE_HEIGHT
    chance = brush.density / 1000 / (pixels * scale) ** 2
    starts = np.argwhere(mask & (rng.random(mask.shape) < chance))[:, ::-1]
    return rng.permutation(starts).astype(float)


def at(field, points):
    """Read a [height, width, ...] field at points [..., 2] (x, y), clamped to the picture."""
    rows = points[..., 1].round().astype(int).clip(0, field.shape[0] - 1)
    columns = points[..., 0].round().astype(int).clip(0, field.shape[1] - 1)
    return field[rows, columns]


def rgb(hex_colours):
    """Turn colours "#rrggbb" into floats [colours, 3] in 0-1."""
    return np.array([[int(c[i : i + 2], 16) / 255 for i in (1, 3, 5)] for c in hex_colours])


def _mix(regions, tones, rng):
    """Mix paint [strokes, 3] from each stroke's palette at its tone, with a little hue drift."""
    paints = np.empty((len(regions), 3))
    for region, palette in PALETTES.items():
        chosen = regions == region
        ramp = rgb(palette)
        position = tones[chosen].clip(0, 1) * (len(ramp) - 1)
        for channel in range(3):
            paints[chosen, channel] = np.interp(position, range(len(ramp)), ramp[:, channel])
    drift = rng.standard_normal((len(regions), 3)) * 0.035
    return (paints + drift).clip(0, 1)


def pick(colours, count, rng):
    """Pick two of the given colours for every stroke: [count, 2, 3]."""
    return rgb(colours)[rng.integers(len(colours), size=(count, 2))]


def lay_strokes(canvas, scene, brush, starts, paints, rng):
    """Lay one stroke per start [strokes, 2] along the scene's flow, in the given order.

    Each brush is loaded with two paints, [strokes, 2, 3], that streak along the bristles.
    """
    count = len(starts)
    pixels = scene.region.shape[0] / REFERENCE_HEIGHT
    scale = at(scene.scale, starts) * pixels * rng.uniform(0.75, 1.25, count)
    paths, used = _trace(scene, starts, brush.length * scale, rng)
    widths = np.maximum(brush.width * scale, 1.5)
    loads = rng.random((count, 2, BRISTLES))
    steps = np.gradient(paths, axis=1)
    for i, points in enumerate(used):
        _lay_stroke(canvas, paths[i, :points], steps[i, :points], widths[i], paints[i], loads[i])


def _trace(scene, starts, lengths, rng):
    """Follow the flow from every start at once, ending a stroke where it would leave its region.

    Returns paths [strokes, POINTS_PER_STROKE, 2] (x, y in pixels) and the points used in each.
    """
    step = (lengths / (POINTS_PER_STROKE - 1))[:, None]
    # Both senses occur, so the tapered tails do not all point the same way.
    step = step * rng.choice([-1.0, 1.0], size=step.shape)
    here, home = starts, at(scene.region, starts)
    paths, inside = [here], [np.ones(len(starts), bool)]
    for _ in range(POINTS_PER_STROKE - 1):
        turn = at(scene.angle, here)
        here = here + step * np.stack([np.cos(turn), np.sin(turn)], axis=1)
        paths.append(here)
        inside.append(inside[-1] & (at(scene.region, here) == home))
    # Four points at least: a shorter dab would have no direction.
    return np.stack(paths, axis=1), np.maximum(np.sum(inside, axis=0), 4)


def _lay_stroke(canvas, path, steps, width, paints, load):
    """Lay one tapered, bristled stroke along path [points, 2]; changes canvas in place.

    steps [points, 2] is how far the path moves at each point. width is in pixels, paints are
    [2, 3] RGB 0-1 and load is [2, BRISTLES] in 0-1: how much paint each bristle carries, and how
    it divides between the two paints.
    """
    window = _window(path, width, canvas.shape)
    along, across = _stroke_coordinates(path, steps, window)
    half = 0.5 * width * np.minimum(1, np.sqrt(along / 0.15)) * (1 - along**3)
    bristle = ((across / width + 0.5) * (BRISTLES - 1)).clip(0, BRISTLES - 1)
    thickness = np.interp(bristle, np.arange(BRISTLES), load[0])
    division = np.interp(bristle, np.arange(BRISTLES), load[1])[..., None]
    # The brush runs dry: towards the tail only well-loaded bristles still leave paint.
    wet = (4 * (thickness - along + 0.65)).clip(0, 1)
    # Edges are soft by a pixel, but never where the stroke has no width: beyond its two ends.
    cover = np.minimum(half, half - np.abs(across) + 0.5).clip(0, 1) * wet
    # Paint is pushed to the sides of a stroke and piles up where the brush first touches.
    layer = np.empty((*cover.shape, 4))
    layer[..., :3] = paints[0] + division * (paints[1] - paints[0])
    layer[..., 3] = 0.4 + 0.6 * thickness + 0.5 * (2 * across / width) ** 2 - 0.3 * along
    canvas[window] += cover[..., None] * (layer - canvas[window])


def _window(path, width, shape):
    """Slice the picture (rows, columns) to what a stroke starting inside it can touch."""
    low = np.floor(path.min(axis=0) - width / 2 - 1).astype(int)
    high = np.ceil(path.max(axis=0) + width / 2 + 2).astype(int)
    left, top = np.maximum(low, 0)
    right, bottom = np.minimum(high, (shape[1], shape[0]))
    return slice(top, bottom), slice(left, right)


def _stroke_coordinates(path, steps, window):
    """Give each pixel of the window its place along the path (0-1) and offset across it (px)."""
    rows = np.arange(window[0].start, window[0].stop)[:, None]
    columns = np.arange(window[1].start, window[1].stop)[None, :]
    dx = columns - path[:, 0, None, None]
    dy = rows - path[:, 1, None, None]
    nearest = np.argmin(dx * dx + dy * dy, axis=0)
    dx, dy = columns - path[nearest, 0], rows - path[nearest, 1]
    step_x, step_y = steps[nearest, 0], steps[nearest, 1]
    # The small number keeps a path that turns on the spot from dividing by zero.
    squared = step_x * step_x + step_y * step_y + 1e-9
    along = (nearest + (dx * step_x + dy * step_y) / squared) / (len(path) - 1)
    return along.clip(0, 1), (dy * step_x - dx * step_y) / np.sqrt(squared)


def light_relief(canvas, rng):
    """Light the paint and the weave below from the upper left; uint8 [height, width, 3]."""
    thickness = canvas[..., 3]
    weave = 0.05 * smooth_noise(rng, thickness.shape, 0.7)
    slope_y, slope_x = np.gradient(gaussian_filter(thickness, 0.5) + weave)
    shade = (1 + 0.32 * (slope_x + slope_y)).clip(0.75, 1.3)
    return (255 * (canvas[..., :3] * shade[..., None]).clip(0, 1) + 0.5).astype(np.uint8)
