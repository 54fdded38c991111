"""Writes a model's convolutions as plain arrays, so that the PyTorch loop needs no TensorFlow."""

import json
from pathlib import Path

import numpy as np

from stylegraph_export.cli import Parser, run
from stylegraph_export.reference.backbone import Backbone

from .cases import CASES


def write(model: Path, recipe: str, file: Path) -> None:
    """NAME/kernel in HWIO and NAME/bias of each layer, in the network's order, to the deepest that
    the losses of a case read; `described` says of the layers' strides, of the preprocessing, the
    losses and Adam's constants.
    """
    case = CASES[recipe]
    backbone = Backbone(model)
    names = list(backbone.layers)
    names = names[: 1 + max(map(names.index, case.layers))]
    arrays = {}
    for name in names:
        arrays[f"{name}/kernel"], arrays[f"{name}/bias"] = backbone.weights(name)
    described = {
        "layers": {name: backbone.layers[name] for name in names},
        "channelOrder": backbone.channel_order,
        "mean": backbone.mean.tolist(),
        "scale": backbone.scale.tolist(),
        "styleLayers": case.layers[:-1],
        "contentLayer": case.layers[-1],
        "styleWeight": case.style_weight,
        "contentWeight": case.content_weight,
        "tvWeight": case.tv_weight,
        "white": case.white,
        "toBytes": case.to_bytes,
        "adam": {
            "lr": case.learning_rate,
            "betas": (case.beta_1, case.beta_2),
            "eps": case.epsilon,
        },
    }
    np.savez(file, described=json.dumps(described), **arrays)


def main() -> None:
    """The command line."""
    parser = Parser(prog="stylegraph_export.bench.plain_weights")
    parser.add_argument("--model", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--output", type=Path, required=True, metavar="FILE.npz")
    parser.add_argument("--recipe", choices=CASES, required=True)
    options = parser.parse_args()
    write(options.model, options.recipe, options.output)


if __name__ == "__main__":
    run(main)
