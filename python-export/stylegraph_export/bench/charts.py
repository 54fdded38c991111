"""Charts as SVG that needs no other file."""

import math
from collections.abc import Sequence
from html import escape

WIDTH, HEIGHT, MARGIN = 640, 360, 56
COLOURS = ("#1b6ca8", "#c1440e", "#2e8540", "#7b4b94", "#b8860b", "#444444", "#d6336c", "#0f8b8d")
LINE_HEIGHT = 18

# Pairs of x and y, such as seconds and loss.
Curve = Sequence[tuple[float, float]]


def bars(contenders: list[dict]) -> str:
    """A bar for each contender's median, with a line from its fastest round to its slowest."""
    longest = max(it["secondsPerStep"]["max"] for it in contenders)
    parts = []
    for row, contender in enumerate(contenders):
        median, least, most = (
            contender["secondsPerStep"][name] / longest * (WIDTH - 2)
            for name in ("median", "min", "max")
        )
        top, colour = row * 48, COLOURS[row % len(COLOURS)]
        seconds = contender["secondsPerStep"]["median"]
        label = escape(f"{contender['title']}: {seconds:.3f} s")
        parts.append(
            f'<text x="0" y="{top + 16}" font-size="15">{label}</text>'
            f'<rect x="0" y="{top + 22}" width="{median:.1f}" height="16" fill="{colour}"/>'
            f'<path d="M{least:.1f} {top + 30}H{most:.1f}" stroke="#000" stroke-width="2"/>'
        )
    return _svg(len(contenders) * 48, parts)


def losses(curves: dict[str, Curve], target: float) -> str:
    """Loss, on a logarithmic axis, over seconds; the target is a dashed line."""
    points = [point for curve in curves.values() for point in curve]
    longest = max(seconds for seconds, _ in points)
    low, high = (
        math.log10(extreme(target, *(loss for _, loss in points))) for extreme in (min, max)
    )

    def x(seconds: float) -> float:
        return MARGIN + seconds / longest * (WIDTH - MARGIN - 8)

    def y(loss: float) -> float:
        return 8 + (high - math.log10(loss)) / ((high - low) or 1) * (HEIGHT - MARGIN)

    powers = range(math.ceil(low), math.floor(high) + 1)
    parts = [_rule(y(10**power), f"1e{power}") for power in powers]
    parts.append(
        f'<path d="M{MARGIN} {y(target):.1f}H{WIDTH}" stroke="#000" stroke-dasharray="6 4"/>'
    )
    parts += _ends("0 s", f"{longest:.0f} s")
    parts += _lines(
        {title: [(x(s), y(loss)) for s, loss in curve] for title, curve in curves.items()}
    )
    return _svg(HEIGHT + LINE_HEIGHT * len(curves), parts)


def growth(curves: dict[str, Curve], x_unit: str, y_unit: str) -> str:
    """Curves on two axes from zero, with a mark at each point."""
    points = [point for curve in curves.values() for point in curve]
    widest, highest = (max(values) for values in zip(*points))

    def place(point: tuple[float, float]) -> tuple[float, float]:
        return (
            MARGIN + point[0] / widest * (WIDTH - MARGIN - 8),
            8 + (1 - point[1] / highest) * (HEIGHT - MARGIN),
        )

    placed = {title: list(map(place, curve)) for title, curve in curves.items()}
    parts = [_rule(place((0, highest * part))[1], f"{highest * part:.3g}") for part in (0, 0.5, 1)]
    parts += _ends("0", f"{widest:.3g} {x_unit}; upwards: {y_unit}")
    parts += _lines(placed)
    parts += [
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{COLOURS[number % len(COLOURS)]}"/>'
        for number, curve in enumerate(placed.values())
        for x, y in curve
    ]
    return _svg(HEIGHT + LINE_HEIGHT * len(curves), parts)


def _rule(y: float, label: str) -> str:
    return (
        f'<text x="0" y="{y + 5:.1f}" font-size="13">{escape(label)}</text>'
        f'<path d="M{MARGIN} {y:.1f}H{WIDTH}" stroke="#ddd"/>'
    )


def _ends(first: str, last: str) -> list[str]:
    """The labels of the horizontal axis."""
    y = HEIGHT - 24
    return [
        f'<text x="{MARGIN}" y="{y}" font-size="13">{escape(first)}</text>',
        f'<text x="{WIDTH}" y="{y}" font-size="13" text-anchor="end">{escape(last)}</text>',
    ]


def _lines(placed: dict[str, Curve]) -> list[str]:
    """A line for each curve, in pixels, and its title below the chart."""
    parts = []
    for number, (title, curve) in enumerate(placed.items()):
        colour = COLOURS[number % len(COLOURS)]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in curve)
        parts.append(
            f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>'
            f'<text x="{MARGIN}" y="{HEIGHT + LINE_HEIGHT * number}" font-size="14" '
            f'fill="{colour}">{escape(title)}</text>'
        )
    return parts


def _svg(height: int, parts: list[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'font-family="system-ui, sans-serif">{"".join(parts)}</svg>'
    )
