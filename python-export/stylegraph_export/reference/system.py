"""What a system is: features, losses and a search, as its source has them."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from .pictures import PixelSpace

# Yields the picture to evaluate, an array of the start's shape, and is sent the total and its
# gradient there; what it yields next is the picture after that step's update.
Search = Generator[np.ndarray, tuple[float, np.ndarray], None]


class Terms(NamedTuple):
    """The weighted terms of the loss, scalars; total is the sum of the others."""

    total: Any
    content: Any
    style: Any
    tv: Any

    @classmethod
    def of(cls, content: Any, style: Any, tv: Any = 0.0) -> "Terms":
        """The terms with their sum."""
        return cls(content + style + tv, content, style, tv)


# Is given each step's number from 1, and the terms of the picture before that step's update.
Report = Callable[[int, Terms], None]


@dataclass(frozen=True)
class System:
    """One recipe.

    Attributes:
        name: the recipe's.
        layers: what the losses read, as the backbone's Keras model names it.
        units: "keras" or "torch", the features that the weights were chosen for.
        pixels: the space of the picture that is optimised.
        steps: how many the source takes; for L-BFGS a step is an evaluation.
        start: "content" or "noise".
        targets: of the content's and the style's features, what loss takes as targets.
        loss: of the picture's features [1, height, width, channels], the picture itself
            [1, height, width, 3] and the targets, the Terms.
        search: of the start, the Search.
        keep_best: whether the result is the picture of the lowest total, not the last.
    """

    name: str
    layers: tuple[str, ...]
    units: str
    pixels: PixelSpace
    steps: int
    start: str
    targets: Callable[[dict, dict], Any]
    loss: Callable[[dict, Any, Any], Terms]
    search: Callable[[np.ndarray], Search]
    keep_best: bool = False
