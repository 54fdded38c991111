"""Holds the Java engine against the references, recipe by recipe.

python -m stylegraph_export.compare --recipe all --content a.png --style b.png

Runs each reference in Python, then the engine's `compare` on what it left, which writes a page and
a report for each recipe and an index of all. Where the two part too far, the reference is asked how
far it parts from itself under rounding, and the comparison is made again with that in view.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from .cli import BAD_INPUT, FAILED, BadInput, ExportError, Parser, run, say

RECIPES = (
    "tf-eager",
    "tf-tutorial",
    "udacity",
    "kurniawan",
    "pytorch-walkthrough",
    "pytorch-tutorial",
    "gatys",
)
IN_TORCH = ("udacity", "kurniawan", "pytorch-walkthrough", "pytorch-tutorial")
MODELS = (Path("savedmodels/vgg19-imagenet"), Path("savedmodels/vgg16-hed"))


class Outside(ExportError):
    """A comparison was outside of its tolerances: exit code 1."""


def main(arguments: list[str] | None = None) -> None:
    """The command line; arguments are sys.argv's unless given."""
    parser = Parser(prog="stylegraph_export.compare", description="Compare Java with Python.")
    parser.add_argument("--recipe", choices=(*RECIPES, "all"), default="all", help="default: all")
    parser.add_argument("--model", type=Path, help="default: the best that is in savedmodels")
    parser.add_argument("--content", type=Path, required=True, help="a picture")
    parser.add_argument("--style", type=Path, required=True, help="a picture")
    parser.add_argument("--size", default="96", help="bound on the longer side; default: 96")
    parser.add_argument("--steps", default="200", help="default: 200")
    parser.add_argument("--output", type=Path, default=Path("out/compare"), help="out/compare")
    parser.add_argument("--jar", type=Path, default=Path("target/stylegraph.jar"), help="Java's")
    parser.add_argument(
        "--torch", type=Path, help="a Python with PyTorch, to compare with that too"
    )
    options = parser.parse_args(arguments)
    options.model = options.model or best_model()
    if not options.jar.is_file():
        raise BadInput(f"--jar {options.jar} is missing; `make build` makes it")
    recipes = RECIPES if options.recipe == "all" else (options.recipe,)
    runs = [(recipe, "tensorflow", recipe) for recipe in recipes]
    if options.torch:
        runs += [(it, "torch", f"{it}-torch") for it in recipes if it in IN_TORCH]
    outside = [
        name for recipe, framework, name in runs if not _held(recipe, framework, name, options)
    ]
    say(f"== all on one page: {options.output / 'index.html'}")
    if outside:
        raise Outside(f"outside of the tolerances: {', '.join(outside)}")


def best_model() -> Path:
    """The model that runs when none is chosen. Raises BadInput if there is none."""
    for model in MODELS:
        if model.is_dir():
            return model
    raise BadInput(f"none of {', '.join(map(str, MODELS))} is there; `make export` makes one")


def _held(recipe: str, framework: str, name: str, options) -> bool:
    """Whether the engine is within its tolerances of the reference."""
    folder = options.output / name
    reference = folder / "reference"
    model = ["--model", options.model]
    say(f"== {name}: the reference")
    python = options.torch if framework == "torch" else Path(sys.executable)
    _call(
        *(python, "-m", "stylegraph_export.reference", *model, "--recipe", recipe),
        *("--framework", framework, "--content", options.content, "--style", options.style),
        *("--size", options.size, "--steps", options.steps, "--output", reference),
        stdout=subprocess.DEVNULL,
    )
    say(f"== {name}: the engine")
    engine = (
        *(shutil.which("java") or "java", "-jar", options.jar, "compare", *model),
        *("--reference", reference, "--output", folder, "--index", options.output),
    )
    if _call(*engine, allowed=FAILED) == 0:
        return True
    say(f"== {name}: how far the reference parts from itself")
    _call(sys.executable, "-m", "stylegraph_export.reference.rounding", *model, reference)
    return _call(*engine, allowed=FAILED) == 0


def _call(*command, allowed: int = 0, **how) -> int:
    """Runs a program; its exit code, 0 or the one allowed. Ends with any other code itself."""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    ended = subprocess.run(list(map(str, command)), env=environment, check=False, **how)
    if ended.returncode not in (0, allowed):
        raise SystemExit(ended.returncode if ended.returncode > 0 else BAD_INPUT)
    return ended.returncode


if __name__ == "__main__":
    run(main)
