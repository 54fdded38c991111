"""Pictures as arrays of 8-bit RGB, [height, width, 3], and the spaces that the systems step in."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageOps

from stylegraph_export.cli import BadInput

# What torchvision's VGG was trained with, RGB in 0-1.
IMAGENET_MEAN = (0.485, 0.456, 0.406)
IMAGENET_STD = (0.229, 0.224, 0.225)


@dataclass(frozen=True)
class PixelSpace:
    """The numbers for RGB that a system works in: (x / white - mean) / deviation of x in 0-255."""

    white: float
    mean: tuple[float, ...] = (0, 0, 0)
    deviation: tuple[float, ...] = (1, 1, 1)

    def of_bytes(self, rgb: Any) -> Any:
        """Values of this space, channels last, of RGB in 0-255."""
        return (rgb / np.float32(self.white) - np.float32(self.mean)) / np.float32(self.deviation)

    def to_bytes(self, values: Any) -> Any:
        """RGB in 0-255, channels last, of values of this space; not rounded, not clamped."""
        return (values * np.float32(self.deviation) + np.float32(self.mean)) * np.float32(
            self.white
        )

    def gradient_to_bytes(self, gradient: np.ndarray) -> np.ndarray:
        """The gradient with respect to RGB in 0-255 of one with respect to this space."""
        return gradient / (np.float32(self.deviation) * np.float32(self.white))


BYTES = PixelSpace(white=1)
UNIT = PixelSpace(white=255)
STANDARDISED = PixelSpace(255, IMAGENET_MEAN, IMAGENET_STD)


def read(path: Path, longest: int = 0) -> np.ndarray:
    """A picture file's pixels, upright, made smaller where a side is longer than longest (not 0).

    Raises BadInput.
    """
    image = _open(path)
    if 0 < longest < max(image.size):
        scale = longest / max(image.size)
        size = tuple(max(1, round(side * scale)) for side in image.size)
        image = image.resize(size, Image.Resampling.LANCZOS)
    return np.asarray(image)


def read_sized(path: Path, height: int, width: int) -> np.ndarray:
    """A picture file's pixels, upright, resized to height and width. Raises BadInput."""
    image = _open(path)
    if image.size != (width, height):
        image = image.resize((width, height), Image.Resampling.LANCZOS)
    return np.asarray(image)


def noise(height: int, width: int, seed: int) -> np.ndarray:
    """White noise, uniform over 0-255 in each channel."""
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)


def quantised(rgb: np.ndarray) -> np.ndarray:
    """Pixels in 0-255, clamped and rounded to 8 bits."""
    return np.rint(np.clip(rgb, 0, 255)).astype(np.uint8)


def _open(path: Path) -> Image.Image:
    try:
        with Image.open(path) as image:
            return ImageOps.exif_transpose(image).convert("RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise BadInput(f"{path} cannot be read as a picture: {error}") from error
