"""Writes what tf.image.resize makes of small arrays, which Java's resampling is held against.

python -m stylegraph_export.resize_fixture

TensorFlow 2.16.2 on a CPU wrote the stored file. Its bicubic looks weights up in a table of 1024
places, good to 5e-4, so the ratios here are those at which the table is exact; for others the op of
its antialiased path, with antialiasing off, computes the same kernel without a table.
"""

import json
from pathlib import Path

import numpy as np

from .cli import Parser, run, say

DEFAULT_OUTPUT = Path(__file__).parents[2] / "src" / "test" / "resources" / "resize"
# Of a source and what it becomes, height and width.
EXACT_SIZES = [((4, 5), (8, 10)), ((3, 6), (12, 3)), ((1, 2), (4, 8)), ((8, 4), (4, 4))]
OTHER_SIZES = [((7, 5), (10, 7)), ((9, 13), (13, 18)), ((6, 11), (4, 7)), ((2, 3), (31, 5))]


def main(arguments: list[str] | None = None) -> None:
    """The command line; arguments are sys.argv's unless given."""
    parser = Parser(prog="stylegraph_export.resize_fixture", description="Write resized arrays.")
    parser.add_argument("--output", type=Path, default=DEFAULT_OUTPUT, help="the folder")
    options = parser.parse_args(arguments)
    import tensorflow as tf

    written = {"tensorflow": tf.__version__, "cases": list(cases())}
    options.output.mkdir(parents=True, exist_ok=True)
    path = options.output / "tf-resize.json"
    path.write_text(json.dumps(written) + "\n")
    say(f"wrote {path}")


def cases():
    """Every case: method, sizes, and values before and after, row by row, channels interleaved."""
    random = np.random.default_rng(7)
    for method in ("bicubic", "bilinear"):
        for source, target in EXACT_SIZES + OTHER_SIZES:
            values = random.uniform(-1, 1, (*source, 3)).astype(np.float32)
            exact = method == "bilinear" or (source, target) in EXACT_SIZES
            resized = resize(values, target, method) if exact else cubic(values, target)
            yield {
                "method": method,
                "source": source,
                "target": target,
                "values": [float(str(value)) for value in values.flat],
                "resized": [float(str(value)) for value in resized.flat],
            }


def resize(values: np.ndarray, target: tuple[int, int], method: str) -> np.ndarray:
    """tf.image.resize of one picture, without antialiasing."""
    import tensorflow as tf

    return tf.image.resize(values, target, method=method, antialias=False).numpy()


def cubic(values: np.ndarray, target: tuple[int, int]) -> np.ndarray:
    """The same kernel by the op that looks nothing up."""
    import tensorflow as tf

    scale = np.float32([target[0] / values.shape[0], target[1] / values.shape[1]])
    return tf.raw_ops.ScaleAndTranslate(
        images=values[None],
        size=target,
        scale=scale,
        translation=np.zeros(2, np.float32),
        kernel_type="keyscubic",
        antialias=False,
    ).numpy()[0]


if __name__ == "__main__":
    run(main)
