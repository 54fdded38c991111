"""The command line of the gallery."""

import argparse
import json
import shutil
import subprocess
from pathlib import Path

from stylegraph_export import compare, manifest
from stylegraph_export.checksum import sha256_of
from stylegraph_export.cli import BadInput, Parser, say

from .contest import Terms, results
from .pairs import PAIRS, Pair, content_of, style_of
from .show import show


def main(arguments: list[str] | None = None) -> None:
    """The command line; arguments are sys.argv's unless given."""
    options = _options(arguments)
    if options.pictures_only:
        for pair in options.pairs:
            say(f"{content_of(pair, options.output / 'pictures')}")
            say(f"{style_of(pair, options.output / 'pictures')}")
        return
    terms = _terms(options)
    found = {pair: results(pair, terms, options.output) for pair in options.pairs}
    shown = show(found, options.coin, _about(terms), options.output)
    say(f"== look at {shown / 'index.md'}, and only then at {shown / 'key.json'}")


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = Parser(
        prog="stylegraph_export.gallery",
        description="Let two recipes paint six pairs of pictures in equal time, and show it blind.",
    )
    parser.add_argument(
        "--recipes",
        type=_recipes,
        default="fine,tf-eager",
        metavar="RECIPE [OPTION ...],RECIPE [OPTION ...]",
        help="with options of `stylize`; the second gets the first one's time "
        "(default: fine,tf-eager)",
    )
    parser.add_argument("--steps", type=int, help="of the first recipe (default: its own)")
    parser.add_argument("--size", type=int, default=512, help="the longer side (default: 512)")
    parser.add_argument(
        "--pairs", type=_pairs, default="1,2,3,4,5,6", metavar="N,...", help="default: all six"
    )
    parser.add_argument("--precision", default="auto", help="of both (default: auto)")
    parser.add_argument("--coin", type=int, default=1, help="another number, another order")
    parser.add_argument("--model", type=Path, help="default: the best that is in savedmodels")
    parser.add_argument("--output", type=Path, default=Path("out/gallery"), help="out/gallery")
    parser.add_argument("--jar", type=Path, default=Path("target/stylegraph.jar"), help="Java's")
    parser.add_argument(
        "--pictures-only", action="store_true", help="write photographs and paintings, no more"
    )
    options = parser.parse_args(arguments)
    for name, smallest in (("size", 16), ("steps", 1)):
        value = getattr(options, name)
        if value is not None and value < smallest:
            parser.error(f"--{name} ({value}) must be at least {smallest}")
    return options


def _recipes(text: str) -> tuple[str, str]:
    recipes = tuple(it.strip() for it in text.split(","))
    if len(recipes) != 2 or not all(recipes):
        raise argparse.ArgumentTypeError(f"{text!r} must be two recipes with a comma between")
    return recipes


def _pairs(text: str) -> tuple[Pair, ...]:
    wanted = {it.strip() for it in text.split(",")}
    unknown = wanted - {str(pair.number) for pair in PAIRS}
    if unknown:
        raise argparse.ArgumentTypeError(
            f"{', '.join(sorted(unknown))!r} is no pair; there are 1 to {len(PAIRS)}"
        )
    return tuple(pair for pair in PAIRS if str(pair.number) in wanted)


def _terms(options: argparse.Namespace) -> Terms:
    """Raises BadInput where the engine or the model is missing."""
    model = options.model or compare.best_model()
    if not options.jar.is_file():
        raise BadInput(f"--jar {options.jar} is missing; `make build` makes it")
    if manifest.read_whole(model) is None:
        raise BadInput(f"--model {model} holds no whole model; export it again")
    first, second = options.recipes
    definitions = tuple(_definition(options.jar, it.split()[0]) for it in options.recipes)
    if options.steps:
        first = f"{first} --steps {options.steps}"
    return Terms(
        *(options.jar, model, options.size, options.precision),
        *((first, second), definitions),
    )


def _definition(jar: Path, recipe: str) -> dict:
    """What a recipe's name stands for, or what its file holds. Raises BadInput."""
    file = Path(recipe)
    if file.is_file():
        return json.loads(file.read_text(encoding="utf-8"))
    return json.loads(_said(jar, "recipes", "--show", recipe, "--json"))


def _said(jar: Path, *options: str) -> str:
    """What the engine prints. Raises BadInput, with what it says, if it refuses."""
    command = (shutil.which("java") or "java", "-jar", str(jar), *options)
    ended = subprocess.run(command, capture_output=True, text=True)
    if ended.returncode:
        raise BadInput(ended.stderr.strip().removeprefix("stylegraph: "))
    return ended.stdout


def _about(terms: Terms) -> dict:
    """What both ran with and on."""
    # TensorFlow is large: it is imported when nothing runs beside it any more.
    from stylegraph_export.reference import machine

    version = _said(terms.jar, "--version").partition("\n")[0].strip()
    return {
        "machine": machine.description(),
        "versions": {**machine.versions(), "stylegraph": version},
        "model": {
            "name": terms.model.name,
            "manifestSha256": sha256_of(terms.model / manifest.FILE),
        },
        "size": terms.size,
        "precision": terms.precision,
        "recipes": dict(zip(terms.recipes, terms.definitions)),
    }
