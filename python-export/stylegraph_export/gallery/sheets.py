"""Sheets of pictures beside each other, as JPEG files of a bounded size."""

import io
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, ImageOps

PAPER, INK = (255, 255, 255), (30, 30, 30)
GAP, LABEL = 8, 22
QUALITIES = range(92, 29, -4)


@dataclass(frozen=True)
class Tile:
    """A picture to fit in a box of width and height, and what stands above it."""

    picture: Path
    label: str
    box: tuple[int, int]

    def drawn(self) -> Image.Image:
        """The picture within its box and its label."""
        with Image.open(self.picture) as image:
            picture = ImageOps.contain(image.convert("RGB"), self.box, Image.Resampling.LANCZOS)
        sheet = Image.new("RGB", (picture.width, picture.height + LABEL), PAPER)
        sheet.paste(picture, (0, LABEL))
        font = ImageFont.load_default(LABEL - 8)
        ImageDraw.Draw(sheet).text((1, 2), self.label, INK, font)
        return sheet


def row(*parts: Image.Image) -> Image.Image:
    """Parts side by side, their tops level."""
    width = sum(it.width for it in parts) + GAP * (len(parts) - 1)
    sheet = Image.new("RGB", (width, max(it.height for it in parts)), PAPER)
    left = 0
    for part in parts:
        sheet.paste(part, (left, 0))
        left += part.width + GAP
    return sheet


def column(*parts: Image.Image) -> Image.Image:
    """Parts below each other, their left sides level."""
    height = sum(it.height for it in parts) + GAP * (len(parts) - 1)
    sheet = Image.new("RGB", (max(it.width for it in parts), height), PAPER)
    top = 0
    for part in parts:
        sheet.paste(part, (0, top))
        top += part.height + GAP
    return sheet


def grid(tiles: list[list[Tile]]) -> Image.Image:
    """Rows of tiles, all columns level."""
    rows = []
    for line in tiles:
        cells = []
        for tile in line:
            cell = Image.new("RGB", (tile.box[0], tile.box[1] + LABEL), PAPER)
            cell.paste(tile.drawn())
            cells.append(cell)
        rows.append(row(*cells))
    return column(*rows)


def save(sheet: Image.Image, file: Path, most_bytes: int) -> None:
    """Writes the sheet as JPEG, whole or not at all, in the best quality that so many bytes
    allow, or in the least one."""
    framed = ImageOps.expand(sheet, GAP, PAPER)
    for quality in QUALITIES:
        coded = io.BytesIO()
        framed.save(coded, format="JPEG", quality=quality, optimize=True)
        if coded.tell() <= most_bytes:
            break
    aside = file.with_name(f".{file.name}.part")
    aside.write_bytes(coded.getvalue())
    aside.replace(file)
