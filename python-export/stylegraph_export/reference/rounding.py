"""How far a reference parts from itself when its gradients are disturbed by rounding's size.

python -m stylegraph_export.reference.rounding --model savedmodels/vgg16-hed RUN

Runs the recipe of a run folder again from the same pictures, with random numbers added to each
gradient, and writes into its run.json, as "rounding", what two programs that differ in rounding
alone must be allowed.
"""

import argparse
import json
import os
from pathlib import Path

import numpy as np
from skimage.metrics import peak_signal_noise_ratio

from stylegraph_export.cli import BadInput, Parser, run, say

from . import pictures, record
from .backbone import Backbone
from .systems import SYSTEMS
from .tensorflow_run import TensorflowRun

# Of a gradient's norm. Two programs' gradients were found to differ by 3e-7 of it at the first
# picture, and by 6e-5 at results, where the terms' gradients nearly cancel.
DISTURBANCE = 1e-5
RUNS = 2
# A term this small a part of the total is rounding; as in the comparison.
FLOOR = 1e-6


def main(arguments: list[str] | None = None) -> None:
    """The command line; arguments are sys.argv's unless given."""
    parser = Parser(
        prog="stylegraph_export.reference.rounding",
        description="Find how far a reference parts from itself under disturbed gradients.",
    )
    parser.add_argument("--model", type=Path, required=True, help="an exported model's folder")
    parser.add_argument("run", type=Path, metavar="RUN", help="the reference's run folder")
    options = parser.parse_args(arguments)
    described, terms = _read(options)
    content, style, start, final = (
        pictures.read(options.run / f"{name}.png", 0)
        for name in ("content", "style", "start", "final")
    )
    tensorflow_run = TensorflowRun(
        SYSTEMS[described["recipe"]], Backbone(options.model), content, style
    )
    by_step = np.zeros(len(terms))
    psnr = np.inf
    for seed in range(RUNS):
        say(f"{described['recipe']} with disturbed gradients, {seed + 1} of {RUNS}")
        disturbed = []
        result = tensorflow_run.optimise(
            start, len(terms), lambda _, it, into=disturbed: into.append(it), disturbing(seed)
        )
        by_step = np.maximum(by_step, [_worst(*pair) for pair in zip(terms, disturbed)])
        psnr = min(psnr, _psnr(final, pictures.quantised(result)))
    described["rounding"] = {
        "disturbance": DISTURBANCE,
        "worstByStep": by_step.tolist(),
        "psnr": psnr,
    }
    _write(options.run / record.RUN_FILE, described)


def disturbing(seed: int):
    """A function that adds to a gradient normal numbers of DISTURBANCE times its norm."""
    random = np.random.default_rng(seed)

    def disturb(gradient: np.ndarray) -> np.ndarray:
        size = DISTURBANCE * np.sqrt(np.mean(np.square(gradient, dtype=np.float64)))
        return gradient + np.float32(size) * random.standard_normal(gradient.shape, np.float32)

    return disturb


def _read(options: argparse.Namespace) -> tuple[dict, list[dict]]:
    try:
        described = json.loads((options.run / record.RUN_FILE).read_text(encoding="utf-8"))
        log = (options.run / "log.jsonl").read_text(encoding="utf-8")
        return described, [json.loads(line) for line in log.splitlines()]
    except (OSError, ValueError) as error:
        raise BadInput(f"{options.run} holds no run of a reference: {error}") from error


def _worst(terms: dict, disturbed) -> float:
    """The largest relative difference of a term."""
    floor = FLOOR * abs(terms["total"])
    return max(
        abs(value - terms[name]) / max(abs(terms[name]), floor)
        for name, value in disturbed._asdict().items()
    )


def _psnr(one: np.ndarray, other: np.ndarray) -> float:
    """In decibels; 999 for equal pictures, as the comparison has it."""
    return 999.0 if np.array_equal(one, other) else peak_signal_noise_ratio(one, other)


def _write(path: Path, described: dict) -> None:
    part = path.with_suffix(".part")
    part.write_text(json.dumps(described, indent=2) + "\n", encoding="utf-8")
    os.replace(part, path)


if __name__ == "__main__":
    run(main)
