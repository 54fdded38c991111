"""The report as a web page that needs no other file."""

import base64
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from . import charts, convergence, growth, table

STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; margin: 1rem auto; max-width: 60rem; padding: 0 1rem }
.wide { overflow-x: auto }
table { border-collapse: collapse }
td, th { padding: .3rem .6rem; border-bottom: 1px solid #ccc; text-align: right }
td { white-space: nowrap }
td:first-child { white-space: normal; min-width: 8rem }
td:first-child, th:first-child { text-align: left }
svg { width: 100%; height: auto }
figure { display: inline-block; margin: 0 .5rem 1rem 0; max-width: 28rem }
img { width: 100%; height: auto }
"""


def page(report: dict, folder: Path) -> str:
    """The page's HTML; the pictures that the report names are in folder."""
    parts = [
        "<h1>Stylegraph beside the tutorials</h1>",
        f"<p>{escape(table.caption(report))}. The first {report['job']['stepsNotCounted']} steps "
        "of a round are not counted.</p>",
        _table(table.HEADER, table.rows(report)),
        "<h2>Seconds a step, from the fastest round to the slowest</h2>",
        charts.bars(report["contenders"]),
    ]
    if "convergence" in report:
        parts += [
            "<h2>Time to the published loss</h2>",
            f"<p>{escape(table.convergence_caption(report))}.</p>",
            _table(table.CONVERGENCE_HEADER, table.convergence_rows(report)),
            charts.losses(_curves(report), report["convergence"]["published"]["lowest"]),
            "<h3>At equal loss</h3>",
            *_pictures(report["convergence"], folder),
        ]
    if "growth" in report:
        parts += [
            "<h2>By the size of the picture</h2>",
            _table(table.GROWTH_HEADER, table.growth_rows(report)),
            growth.chart(report["growth"]),
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


def _pictures(part: dict, folder: Path) -> Iterator[str]:
    """The published result, and each recipe's first picture that is no worse."""
    published = part["published"]
    yield _figure(folder / published["picture"], f"published recipe, {published['steps']} steps")
    for recipe in part["recipes"]:
        if "picture" in recipe:
            title = f"{recipe['recipe']}, after {recipe['secondsToTarget']:.0f} s"
            yield _figure(folder / recipe["picture"], title)


def _figure(picture: Path, title: str) -> str:
    data = base64.b64encode(picture.read_bytes()).decode()
    return (
        f'<figure><img alt="{escape(title)}" src="data:image/png;base64,{data}">'
        f"<figcaption>{escape(title)}</figcaption></figure>"
    )


def _curves(report: dict) -> dict[str, charts.Curve]:
    part = report["convergence"]
    totals = part["published"]["totals"]
    curves: dict[str, charts.Curve] = {
        # The start picture is left out: it is there before anything is computed.
        it["title"]: list(zip(convergence.times(totals, it), totals))[1:]
        for it in report["contenders"]
    }
    return {**curves, **{f"Stylegraph, {it['recipe']}": it["curve"] for it in part["recipes"]}}
