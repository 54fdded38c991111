"""Writes a model's convolutions as plain arrays, so that the PyTorch loop needs no TensorFlow."""

import json
from pathlib import Path

import numpy as np

from stylegraph_export.cli import Parser, run
from stylegraph_export.reference import tf_eager
from stylegraph_export.reference.backbone import Backbone


def write(model: Path, file: Path) -> None:
    """NAME/kernel in HWIO and NAME/bias of each layer, in the network's order, to the deepest that
    the losses read; `described` says of the layers' strides, of the preprocessing and the losses.
    """
    backbone = Backbone(model)
    names = list(backbone.layers)
    names = names[: 1 + max(map(names.index, tf_eager.TF_EAGER.layers))]
    arrays = {}
    for name in names:
        arrays[f"{name}/kernel"], arrays[f"{name}/bias"] = backbone.weights(name)
    described = {
        "layers": {name: backbone.layers[name] for name in names},
        "channelOrder": backbone.channel_order,
        "mean": backbone.mean.tolist(),
        "scale": backbone.scale.tolist(),
        "styleLayers": tf_eager.STYLE_LAYERS,
        "contentLayer": tf_eager.CONTENT_LAYER,
        "styleWeight": tf_eager.STYLE_WEIGHT,
        "contentWeight": tf_eager.CONTENT_WEIGHT,
        "tvWeight": tf_eager.TV_WEIGHT,
        "learningRate": tf_eager.LEARNING_RATE,
    }
    np.savez(file, described=json.dumps(described), **arrays)


def main() -> None:
    """The command line."""
    parser = Parser(prog="stylegraph_export.bench.plain_weights")
    parser.add_argument("--model", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--output", type=Path, required=True, metavar="FILE.npz")
    options = parser.parse_args()
    write(options.model, options.output)


if __name__ == "__main__":
    run(main)
