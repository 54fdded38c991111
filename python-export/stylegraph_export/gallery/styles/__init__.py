"""Style pictures painted by programs, each in a manner of its own; all are repeatable.

Lengths are in units of the picture's height, with x from 0 to width / height and y from 0 (top) to
1, where they are not said to be pixels.
"""

from collections.abc import Callable

import numpy as np

from stylegraph_export import painting

from . import dots, glass, knife, mosaic, woodcut

# By name; each gives uint8 [height, width, 3], 640 x 480 unless told otherwise.
PAINTERS: dict[str, Callable[..., np.ndarray]] = {
    "lake": painting.paint,
    "mosaic": mosaic.paint,
    "dots": dots.paint,
    "woodcut": woodcut.paint,
    "glass": glass.paint,
    "knife": knife.paint,
}
