"""What is shown: blind sheets, their key, the open sheet and a page that holds them."""

import itertools
import json
import random
from pathlib import Path

from stylegraph_export.bench.files import write_whole

from . import sheets
from .pairs import Pair, content_of, style_of
from .sheets import Tile

SCHEMA_VERSION = 1
# Together below 1.5 MB with six pairs.
PAIR_BYTES, SHEET_BYTES = 150_000, 250_000
LARGE, SMALL, THUMB = (520, 420), (250, 195), (190, 150)


def heads(coin: int, pair: Pair) -> bool:
    """Whether the first recipe's result is A, by a coin that a number seeds."""
    return random.Random(f"{coin} {pair.number}").random() < 0.5


def show(found: dict[Pair, list[dict]], coin: int, about: dict, folder: Path) -> Path:
    """Writes it all to folder/sheets, from each pair's two results in the folder."""
    shown = folder / "sheets"
    shown.mkdir(parents=True, exist_ok=True)
    blind, opened, key = [], [], []
    for pair, (first, second) in found.items():
        a, b = (first, second) if heads(coin, pair) else (second, first)
        files = {"content": content_of(pair, folder / "pictures")}
        files |= {"style": style_of(pair, folder / "pictures")}
        files |= {"A": folder / a["picture"], "B": folder / b["picture"]}
        sheets.save(_pair_sheet(pair, files), shown / f"{pair.name}.jpg", PAIR_BYTES)
        blind.append([Tile(it, f"{pair.number}  {name}", THUMB) for name, it in files.items()])
        opened.append([Tile(it, "", THUMB) for it in (files["content"], files["style"])])
        opened[-1].append(Tile(folder / first["picture"], first["recipe"], THUMB))
        key.append(
            {"pair": pair.number, "photograph": pair.photograph, "painting": pair.painting}
            | {name: _without_file(it) for name, it in (("A", a), ("B", b))}
        )
    sheets.save(sheets.grid(blind), shown / "blind.jpg", SHEET_BYTES)
    sheets.save(sheets.grid(_two_in_a_row(opened)), shown / "gallery.jpg", SHEET_BYTES)
    written = {"schemaVersion": SCHEMA_VERSION, "coin": coin, **about, "pairs": key}
    write_whole(shown / "key.json", json.dumps(written, indent=2) + "\n")
    write_whole(shown / "index.md", _page(found))
    return shown


def _pair_sheet(pair: Pair, files: dict[str, Path]):
    """The pictures that were given, small, beside A and B."""
    given = (Tile(files[name], name, SMALL).drawn() for name in ("content", "style"))
    made = (Tile(files[name], f"{pair.number}  {name}", LARGE).drawn() for name in ("A", "B"))
    return sheets.row(sheets.column(*given), *made)


def _two_in_a_row(rows: list[list[Tile]]) -> list[list[Tile]]:
    return [[*itertools.chain(*rows[i : i + 2])] for i in range(0, len(rows), 2)]


def _without_file(result: dict) -> dict:
    return {name: value for name, value in result.items() if name != "picture"}


def _page(found: dict[Pair, list[dict]]) -> str:
    """Says nothing of which is which."""
    lines = [
        "# Which is better, A or B?",
        "",
        "Each sheet shows a photograph, a painting, and what two recipes made of them in the",
        "same time on the same machine. A coin said for each pair which of the two is A. Write",
        "down A or B for each pair, then open [key.json](key.json).",
        "",
        "| pair | photograph | by | painting | seconds for each | sheet |",
        "|---|---|---|---|---|---|",
    ]
    for pair, results in found.items():
        seconds = round(max(it["seconds"] for it in results))
        lines.append(
            f"| {pair.number}: {pair.title} | `{pair.photograph}` | {pair.credit} "
            f"| {pair.painting} | {seconds} | [{pair.name}.jpg]({pair.name}.jpg) |"
        )
    lines += ["", "All on one sheet, smaller: [blind.jpg](blind.jpg).", ""]
    lines += [f"![Pair {it.number}, A and B]({it.name}.jpg)\n" for it in found]
    return "\n".join(lines)
