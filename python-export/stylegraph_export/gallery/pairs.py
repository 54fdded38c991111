"""The six pairs: photographs that ship inside scikit-image's wheel, and our own paintings."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
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


PAIRS = (
    Pair(1, "portrait", "astronaut", "NASA, public domain", "knife"),
    Pair(2, "animal", "chelsea", "Stefan van der Walt, CC0", "mosaic"),
    Pair(3, "still life", "coffee", "Rachel Michetti, CC0", "glass"),
    Pair(4, "machine", "rocket", "SpaceX, public domain", "woodcut"),
    Pair(5, "landscape", "camera", "Lav Varshney, CC0", "dots"),
    Pair(6, "night sky", "hubble_deep_field", "NASA, public domain", "lake"),
)


def content_of(pair: Pair, folder: Path) -> Path:
    """The photograph's file, written when it is missing."""
    return _written(folder / f"{pair.photograph}.png", getattr(data, pair.photograph))


def style_of(pair: Pair, folder: Path) -> Path:
    """The painting's file, painted when it is missing."""
    return _written(folder / f"{pair.painting}.png", PAINTERS[pair.painting])


def _written(file: Path, picture) -> Path:
    if not file.is_file():
        file.parent.mkdir(parents=True, exist_ok=True)
        aside = file.with_name(f".{file.name}.part")
        Image.fromarray(np.asarray(picture())).convert("RGB").save(aside, format="PNG")
        aside.replace(file)
    return file
