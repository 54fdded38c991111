"""Writes the tiny model of Java's tests: VGG19's layers with a handful of channels.

python -m stylegraph_export.fixture
"""

import shutil
import tempfile
from pathlib import Path

import numpy as np

from . import graph, manifest
from .architecture import KERAS, Convolution, kept_layer_names
from .cli import Parser, run, say
from .weights import he_normal, sha256_of_arrays

NAME = "tiny-vgg"
DEFAULT_OUTPUT = Path(__file__).parents[2] / "src" / "test" / "resources"
SEED = 3
CHANNELS_PER_BLOCK = (4, 6, 8, 8, 8)
# What He-normal kernels are multiplied by where it is not 1: on a photograph all features are then
# about 1 to 100, and the style (every block), content and variation terms of tf-eager all count.
GAINS = {"block2_conv1": 1.4, "block5_conv1": 1.6, "block5_conv2": 0.07}
BIAS_DEVIATION = 3.0


def main(arguments: list[str] | None = None) -> None:
    """The command line; arguments are sys.argv's unless given."""
    parser = Parser(prog="stylegraph_export.fixture", description="Write the tests' tiny model.")
    parser.add_argument("--output", type=Path, default=DEFAULT_OUTPUT, help="the parent folder")
    options = parser.parse_args(arguments)
    write_fixture(options.output)
    say(f"wrote {options.output / NAME}")


def convolutions() -> list[Convolution]:
    """The fixture's layers, the same on every call: VGG19's names to block5_conv2."""
    generator = np.random.default_rng(SEED)
    layers = []
    channels_in = 3
    for name in kept_layer_names("vgg19"):
        channels = CHANNELS_PER_BLOCK[int(name[5]) - 1]
        gain = np.float32(GAINS.get(name, 1.0))
        kernel = he_normal(generator, (3, 3, channels_in, channels)) * gain
        bias = generator.standard_normal(channels, np.float32) * np.float32(BIAS_DEVIATION)
        layers.append(Convolution(name, kernel, bias))
        channels_in = channels
    return layers


def write_fixture(output: Path) -> None:
    """Writes the folder tiny-vgg, SavedModel and manifest, into output in place of an older one."""
    layers = convolutions()
    with tempfile.TemporaryDirectory() as aside:
        fresh = Path(aside, NAME)
        graph.write_saved_model(layers, KERAS, fresh)
        weights = {
            "kind": "random",
            "source": f"He-normal kernels and normal biases, NumPy default_rng({SEED})",
            "sha256": sha256_of_arrays(layers),
            "licence": "Apache-2.0",
        }
        described = manifest.describe(
            fresh, NAME, "vgg19", weights, KERAS, None, layers, graph.versions()
        )
        manifest.write(described, fresh)
        shutil.rmtree(output / NAME, ignore_errors=True)
        shutil.copytree(fresh, output / NAME)


if __name__ == "__main__":
    run(main)
