"""What the painters share: coordinates, colours between others, and bands."""

import numpy as np

from stylegraph_export.painting import rgb


def grid(width: int, height: int) -> tuple[np.ndarray, np.ndarray]:
    """x and y [height, width] of each pixel's middle. Raises ValueError below 16 x 16 pixels."""
    if width < 16 or height < 16:
        raise ValueError(f"a painting needs at least 16 x 16 pixels, not {width} x {height}")
    rows, columns = np.mgrid[0:height, 0:width]
    return (columns + 0.5) / height, (rows + 0.5) / height


def ramp(colours: tuple[str, ...], place: np.ndarray) -> np.ndarray:
    """RGB 0-1 [..., 3] at places from 0 (the first colour) to 1 (the last)."""
    stops, knots = rgb(colours), np.linspace(0, 1, len(colours))
    return np.stack([np.interp(place, knots, stops[:, i]) for i in range(3)], axis=-1)


def to_bytes(colours: np.ndarray) -> np.ndarray:
    """RGB 0-1 as uint8."""
    return (255 * colours.clip(0, 1) + 0.5).astype(np.uint8)
