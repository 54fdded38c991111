"""The report as a web page that needs no other file."""

import math
from collections.abc import Sequence
from html import escape

from . import convergence, table

WIDTH, HEIGHT, MARGIN = 640, 360, 56
COLOURS = ("#1b6ca8", "#c1440e", "#2e8540", "#7b4b94", "#b8860b", "#444444", "#d6336c", "#0f8b8d")
STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; margin: 1rem auto; max-width: 60rem; padding: 0 1rem }
.wide { overflow-x: auto }
table { border-collapse: collapse }
td, th { padding: .3rem .6rem; border-bottom: 1px solid #ccc; text-align: right }
td { white-space: nowrap }
td:first-child { white-space: normal; min-width: 8rem }
td:first-child, th:first-child { text-align: left }
svg { width: 100%; height: auto }
"""

# Seconds and loss.
Curve = Sequence[tuple[float, float]]


def page(report: dict) -> str:
    """The page's HTML."""
    parts = [
        "<h1>Stylegraph beside the tutorials</h1>",
        f"<p>{escape(table.caption(report))}. The first {report['job']['stepsNotCounted']} steps "
        "of a round are not counted.</p>",
        _table(table.HEADER, table.rows(report)),
        "<h2>Seconds a step, from the fastest round to the slowest</h2>",
        _bars(report["contenders"]),
    ]
    if "convergence" in report:
        parts += [
            "<h2>Time to the published loss</h2>",
            f"<p>{escape(table.convergence_caption(report))}.</p>",
            _table(table.CONVERGENCE_HEADER, table.convergence_rows(report)),
            _chart(_curves(report), report["convergence"]["published"]["lowest"]),
        ]
    facts = {**report["machine"], **report["versions"], **report["settings"]}
    parts += ["<h2>Machine and versions</h2>", _table(("What", ""), list(facts.items()))]
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Stylegraph beside the tutorials</title><style>{STYLE}</style></head>\n<body>\n"
        + "\n".join(parts)
        + "\n</body></html>\n"
    )


def _table(header: Sequence, rows: Sequence[Sequence]) -> str:
    head = "".join(f"<th>{escape(str(cell))}</th>" for cell in header)
    body = "\n".join(
        f"<tr>{''.join(f'<td>{escape(str(cell))}</td>' for cell in row)}</tr>" for row in rows
    )
    return f'<div class="wide"><table><tr>{head}</tr>\n{body}</table></div>'


def _bars(contenders: list[dict]) -> str:
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
    return f'<svg viewBox="0 0 {WIDTH} {len(contenders) * 48}">{"".join(parts)}</svg>'


def _curves(report: dict) -> dict[str, Curve]:
    part = report["convergence"]
    totals = part["published"]["totals"]
    curves: dict[str, Curve] = {
        # The start picture is left out: it is there before anything is computed.
        it["title"]: list(zip(convergence.times(totals, it), totals))[1:]
        for it in report["contenders"]
    }
    return {**curves, **{f"Stylegraph, {it['recipe']}": it["curve"] for it in part["recipes"]}}


def _chart(curves: dict[str, Curve], target: float) -> str:
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
    parts = [
        f'<text x="0" y="{y(10**power) + 5:.1f}" font-size="13">1e{power}</text>'
        f'<path d="M{MARGIN} {y(10**power):.1f}H{WIDTH}" stroke="#ddd"/>'
        for power in powers
    ]
    parts.append(
        f'<path d="M{MARGIN} {y(target):.1f}H{WIDTH}" stroke="#000" stroke-dasharray="6 4"/>'
        f'<text x="{MARGIN}" y="{HEIGHT - 24}" font-size="13">0 s</text>'
        f'<text x="{WIDTH}" y="{HEIGHT - 24}" font-size="13" text-anchor="end">{longest:.0f} s'
        "</text>"
    )
    for number, (title, curve) in enumerate(curves.items()):
        colour = COLOURS[number % len(COLOURS)]
        line = " ".join(f"{x(seconds):.1f},{y(loss):.1f}" for seconds, loss in curve)
        parts.append(
            f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>'
            f'<text x="{MARGIN}" y="{HEIGHT + 18 * number}" font-size="14" fill="{colour}">'
            f"{escape(title)}</text>"
        )
    height = HEIGHT + 18 * len(curves)
    return f'<svg viewBox="0 0 {WIDTH} {height}">{"".join(parts)}</svg>'
