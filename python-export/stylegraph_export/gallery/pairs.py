"""The six pairs: photographs that ship inside scikit-image's wheel, and our own paintings."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from skimage import data

from .styles import PAINTERS


@dataclass(frozen=True)
class Pair:
    """A photograph, by its name in skimage.data, and a painting, by its painter's name.

    The credit is what scikit-image states of the photograph's author and licence.
    """

    number: int
    title: str
    photograph: str
    credit: str
    painting: str

    @property
    def name(self) -> str:
        """What its files are called."""
        return f"pair-{self.number}"


# Of the sky a part, at twice its size: its galaxies are small. Left, top, right, bottom in pixels.
SKY, SKY_PART = "hubble_deep_field", (680, 400, 1000, 640)

PAIRS = (
    Pair(1, "portrait", "astronaut", "NASA, public domain", "knife"),
    Pair(2, "animal", "chelsea", "Stefan van der Walt, CC0", "mosaic"),
    Pair(3, "still life", "coffee", "Rachel Michetti, CC0", "glass"),
    Pair(4, "machine", "rocket", "SpaceX, public domain", "woodcut"),
    Pair(5, "landscape", "camera", "Lav Varshney, CC0", "dots"),
    Pair(6, "night sky", SKY, "NASA, public domain", "lake"),
)


def content_of(pair: Pair, folder: Path) -> Path:
    """The photograph's file, written when it is missing."""
    return _written(folder / f"{pair.photograph}.png", lambda: _photograph(pair.photograph))


def _photograph(name: str) -> Image.Image:
    image = Image.fromarray(getattr(data, name)()).convert("RGB")
    if name != SKY:
        return image
    part = image.crop(SKY_PART)
    return part.resize((2 * part.width, 2 * part.height), Image.Resampling.LANCZOS)


def style_of(pair: Pair, folder: Path) -> Path:
    """The painting's file, painted when it is missing."""
    paint = PAINTERS[pair.painting]
    return _written(folder / f"{pair.painting}.png", lambda: Image.fromarray(paint()))


def _written(file: Path, picture: Callable[[], Image.Image]) -> Path:
    if not file.is_file():
        file.parent.mkdir(parents=True, exist_ok=True)
        aside = file.with_name(f".{file.name}.part")
        picture().save(aside, format="PNG")
        aside.replace(file)
    return file
