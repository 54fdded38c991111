"""The command line of the bench."""

import argparse
import json
import os
import re
import subprocess
import sys
from pathlib import Path

from stylegraph_export import manifest
from stylegraph_export.cli import BadInput, ExportError, Parser, say

from . import convergence, growth, process, report, rounds, table
from .contenders import contenders, has_bfloat16
from .figures import STEPS_NOT_COUNTED
from .files import write_whole
from .job import RECIPES, Job, fitted, shape_of
from .page import page

# What the deepest pooling leaves a pixel of.
SMALLEST_SIDE = 16
# PyTorch's step at 64x48 took 1.3 s with two threads on two cores at a load of 3, 0.07 s with one.
MOST_LOAD = 0.5


def main(arguments: list[str] | None = None) -> None:
    """The command line; arguments are sys.argv's unless given."""
    options = _options(arguments)
    plan = _plan(options)
    load = _load()
    job = _job(options)
    onednn_by_default = _output("onednn").strip() == "on"
    bfloat16 = has_bfloat16()
    taking_part = contenders(job, onednn_by_default, bfloat16)
    runs = rounds.alternate(taking_part, options.rounds, job.logs, process.run)
    grown = growth.grow(job, bfloat16, process.run) if options.growth else None
    converged = (
        convergence.converge(job, plan, process.run, convergence.reference(job)) if plan else None
    )
    about = report.about(job, {"oneDNNByDefault": onednn_by_default, "loadBefore": load})
    found = report.assemble(job, taking_part, runs, about, converged, grown)
    write_whole(job.folder / "report.json", json.dumps(found, indent=2) + "\n")
    write_whole(job.folder / "index.html", page(found, job.folder))
    if grown:
        write_whole(job.folder / "growth.svg", growth.chart(grown) + "\n")
    print(table.markdown(found))
    say(f"== all on one page: {job.folder / 'index.html'}")


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = Parser(prog="stylegraph_export.bench", description="Time the engine and its peers.")
    parser.add_argument("--model", type=Path, required=True, help="an exported model's folder")
    parser.add_argument("--content", type=Path, required=True, help="a picture")
    parser.add_argument("--style", type=Path, required=True, help="a picture")
    parser.add_argument("--recipe", choices=RECIPES, default=RECIPES[0], help="what all run")
    parser.add_argument(
        "--size",
        type=_shape,
        default="512",
        metavar="WIDTH[xHEIGHT]",
        help="of the pictures; the height is three quarters of the width (default: 512)",
    )
    parser.add_argument("--steps", type=int, default=10, help="of each round (default: 10)")
    parser.add_argument("--rounds", type=int, default=5, help="that are counted (default: 5)")
    parser.add_argument("--output", type=Path, default=Path("out/bench"), help="out/bench")
    parser.add_argument("--jar", type=Path, default=Path("target/stylegraph.jar"), help="Java's")
    parser.add_argument("--torch", type=Path, help="a Python with PyTorch, which then takes part")
    parser.add_argument(
        "--growth", action="store_true", help="also measure the engine up to 2048 pixels"
    )
    parser.add_argument(
        "--convergence", action="store_true", help="also measure the time to the published loss"
    )
    parser.add_argument(
        "--published-steps", type=int, default=1000, help="of the published recipe (default: 1000)"
    )
    parser.add_argument(
        "--recipes",
        default="tf-eager",
        metavar="RECIPE [OPTION ...],...",
        help="the engine's recipes that are to reach that loss, with options of `stylize`",
    )
    parser.add_argument(
        "--save-every", type=int, default=10, help="steps between their pictures (default: 10)"
    )
    options = parser.parse_args(arguments)
    least = {"steps": STEPS_NOT_COUNTED + 1, "published_steps": 2}
    for name in ("steps", "rounds", "published_steps", "save_every"):
        value, smallest = getattr(options, name), least.get(name, 1)
        if value < smallest:
            parser.error(f"--{name.replace('_', '-')} ({value}) must be at least {smallest}")
    return options


def _shape(text: str) -> tuple[int, int]:
    """Width and height of text as in 512 or 512x384."""
    numbers = re.fullmatch(r"(\d{1,5})(?:x(\d{1,5}))?", text)
    if numbers is None:
        raise argparse.ArgumentTypeError(f"{text} must be a width, or both as in 512x384")
    width, height = numbers.groups()
    shape = (int(width), int(height)) if height else shape_of(int(width))
    if min(shape) < SMALLEST_SIDE:
        raise argparse.ArgumentTypeError(f"{text} leaves a side below {SMALLEST_SIDE} pixels")
    return shape


def _load() -> float:
    """The machine's load over the last minute; warns where that leaves no core to a bench."""
    load = os.getloadavg()[0]
    if load > MOST_LOAD:
        say(
            f"warning: other programs keep {load:.1f} cores busy; threads that wait for others, "
            "PyTorch's above all, then take many times as long: bench on an idle machine"
        )
    return round(load, 2)


def _plan(options: argparse.Namespace) -> convergence.Plan | None:
    if not options.convergence:
        return None
    if options.recipe != RECIPES[0]:
        raise BadInput(f"--convergence is measured with --recipe {RECIPES[0]} alone")
    recipes = tuple(filter(None, map(str.strip, options.recipes.split(","))))
    return convergence.Plan(options.published_steps, recipes, options.save_every)


def _job(options: argparse.Namespace) -> Job:
    """The job, its files written. Raises BadInput."""
    if not options.jar.is_file():
        raise BadInput(f"--jar {options.jar} is missing; `make build` makes it")
    if manifest.read_whole(options.model) is None:
        raise BadInput(f"--model {options.model} holds no whole model; export it again")
    content, style = (
        fitted(getattr(options, name), options.size, options.output / f"{name}.png")
        for name in ("content", "style")
    )
    job = Job(
        *(options.output, options.model, content, style, options.steps, options.jar),
        *(options.torch, options.recipe),
    )
    if job.torch:
        chosen = ("--model", job.model, "--recipe", job.recipe)
        _output("plain_weights", *chosen, "--output", job.arrays)
    return job


def _output(module: str, *options: str | Path) -> str:
    """What a module of this package prints, run in TensorFlow's default environment."""
    ended = subprocess.run(
        [sys.executable, "-m", f"stylegraph_export.bench.{module}", *map(str, options)],
        env=process.environment({}),
        capture_output=True,
        text=True,
    )
    if ended.returncode:
        last = "".join(ended.stderr.strip().splitlines()[-1:])
        raise ExportError(f"{module} ended with {ended.returncode}: {last}")
    return ended.stdout
