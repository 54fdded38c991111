"""Write the sample pictures: a photograph to restyle and a painting to take the style from.

``content.png`` is scikit-image's ``data.chelsea()``, 300 x 451 RGB, which ships inside its wheel,
so nothing is downloaded. scikit-image states: "No copyright restrictions. CC0 by the photographer
(Stefan van der Walt)." The face shows at once what a style does to it.

``style.png`` is painted by :func:`stylegraph_export.painting.paint`.

``content-detail.png``, 96 x 64, and ``style-detail.png``, 96 x 72, are parts of the two, for
comparisons: on them, within the first steps of any recipe, no rounding decides which of two equal
neighbours a pooling layer takes, nor the sign of a gradient that an optimiser follows.

Usage: ``python -m stylegraph_export.samples --output out/samples``
"""

import argparse
import functools
import os
import sys
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image
from skimage import data

from stylegraph_export.painting import paint


@functools.cache
def _painting():
    return paint()


def _content_detail():
    return data.chelsea()[93:157, 199:295]


def _style_detail():
    part = Image.fromarray(_painting()[213:357, 2:194])
    return np.asarray(part.resize((96, 72), Image.Resampling.LANCZOS))


# The pictures by file name; each is made only when its file is missing.
PICTURES = {
    "content.png": data.chelsea,
    "style.png": _painting,
    "content-detail.png": _content_detail,
    "style-detail.png": _style_detail,
}


def write_samples(folder):
    """Write each missing sample picture into folder (a Path); returns the paths written."""
    folder.mkdir(parents=True, exist_ok=True)
    missing = [name for name in PICTURES if not (folder / name).exists()]
    for name in missing:
        _write_png(folder / name, PICTURES[name]())
    return [folder / name for name in missing]


def _write_png(path, picture):
    """Write picture, uint8 [height, width, 3], so that path never holds half a file."""
    # The temporary file lies in the same folder, because a rename across disks is not atomic.
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as stream:
            Image.fromarray(picture).save(stream, format="PNG")
        # mkstemp makes the file private; samples are as readable as any other build output.
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def main(arguments=None):
    """Run the command line; returns the exit code: 0, or 2 when the folder cannot be written."""
    parser = argparse.ArgumentParser(
        prog="python -m stylegraph_export.samples",
        description="Write content.png (a photograph), style.png (a painting) and a part of each.",
    )
    parser.add_argument("--output", type=Path, required=True, metavar="FOLDER")
    folder = parser.parse_args(arguments).output
    try:
        written = write_samples(folder)
    except OSError as error:
        print(f"samples: cannot write to {folder}: {error.strerror or error}", file=sys.stderr)
        return 2
    for path in written:
        print(f"wrote {path}")
    if not written:
        print(f"nothing to do: {' and '.join(PICTURES)} are already in {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
