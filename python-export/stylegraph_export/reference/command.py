"""The command line of the references."""

import argparse
from pathlib import Path

import numpy as np

from stylegraph_export.cli import BadInput, Parser

from . import pictures, record
from .backbone import Backbone
from .system import System
from .systems import SYSTEMS
from .tensorflow_run import TensorflowRun

FRAMEWORKS = ("tensorflow", "torch")


def main(arguments: list[str] | None = None) -> None:
    """The command line; arguments are sys.argv's unless given."""
    options = _options(arguments)
    system = SYSTEMS[options.recipe]
    steps = system.steps if options.steps is None else options.steps
    record.check(options.output)
    make_run = TensorflowRun if options.framework == "tensorflow" else _torch_run(system)
    backbone = Backbone(options.model)
    content = pictures.read(options.content, options.size)
    style = pictures.read(options.style, options.size)
    _check_sizes(system, backbone, {options.content: content, options.style: style})
    start = _start(options, system, content)

    run = make_run(system, backbone, content, style)
    with record.whole(options.output) as folder:
        written = record.Record(folder, steps)
        for name, pixels in (("content", content), ("style", style), ("start", start)):
            written.picture(name, pixels)
        final = pictures.quantised(run.optimise(start, steps, written.step))
        times = written.times()
        written.picture("final", final)
        written.features(run.features(start))
        losses = {}
        for name, pixels in (("start", start), ("final", final)):
            losses[name], gradient = run.evaluate(pixels)
            written.gradient(name, gradient)
        written.run(system.name, options.framework, backbone, times, losses)
    print(options.output)


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = Parser(prog="stylegraph_export.reference", description="Run a recipe in Python.")
    parser.add_argument("--recipe", choices=SYSTEMS, default="tf-eager", help="default: tf-eager")
    parser.add_argument("--model", type=Path, required=True, help="an exported model's folder")
    parser.add_argument("--content", type=Path, required=True, help="a picture")
    parser.add_argument("--style", type=Path, required=True, help="a picture")
    parser.add_argument(
        "--start",
        metavar="content|noise|FILE",
        help="where to begin; a file is resized to the content (default: as the recipe has it)",
    )
    parser.add_argument(
        "--size",
        type=int,
        default=512,
        help="bound on the longer side of both pictures; 0 keeps their own (default: 512)",
    )
    parser.add_argument("--steps", type=int, help="default: as many as the recipe has")
    parser.add_argument("--seed", type=int, default=0, help="of the noise (default: 0)")
    parser.add_argument(
        "--framework", choices=FRAMEWORKS, default="tensorflow", help="default: tensorflow"
    )
    parser.add_argument("--output", type=Path, required=True, help="the run's folder")
    options = parser.parse_args(arguments)
    for name, least in (("steps", 1), ("size", 0), ("seed", 0)):
        value = getattr(options, name)
        if value is not None and value < least:
            parser.error(f"--{name} ({value}) must be at least {least}")
    return options


def _torch_run(system: System):
    names = [name for name, other in SYSTEMS.items() if other.units == "torch"]
    if system.name not in names:
        raise BadInput(
            f"--framework torch: {system.name} was not written in PyTorch; "
            f"choose one of: {', '.join(names)}"
        )
    # PyTorch is an extra of some gigabytes.
    try:
        from .torch_run import TorchRun
    except ImportError as error:
        raise BadInput(
            f"--framework torch: PyTorch cannot be imported ({error}); "
            "`make compare TORCH=1` installs it"
        ) from error
    return TorchRun


def _check_sizes(system: System, backbone: Backbone, sized: dict[Path, np.ndarray]) -> None:
    names = [layer.removesuffix("/preactivation") for layer in system.layers]
    missing = [name for name in names if name not in backbone.layers]
    if missing:
        raise BadInput(f"--model {backbone.name} lacks {', '.join(missing)}")
    least = max(backbone.layers[name] for name in names)
    for path, pixels in sized.items():
        height, width, _ = pixels.shape
        if min(height, width) < least:
            raise BadInput(f"{path} at {width}x{height} is below {least}x{least} pixels")


def _start(options: argparse.Namespace, system: System, content: np.ndarray) -> np.ndarray:
    height, width, _ = content.shape
    start = options.start or system.start
    if start == "content":
        return content
    if start == "noise":
        return pictures.noise(height, width, options.seed)
    return pictures.read_sized(Path(start), height, width)
