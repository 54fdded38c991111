"""The time to the loss that the published recipe ends at, by contender and by recipe of the engine.

The contenders are equal in numbers, so one run of the published recipe gives the curve of all, each
at its own measured seconds a step. A recipe of the engine is judged from outside: by the pictures
that it saved, 8 bits a channel, whose loss the Python reference computes in float32.
"""

import shlex
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from stylegraph_export.cli import BadInput, say

from .contenders import Contender, engine
from .job import Job
from .process import Run

# Gives the reference's loss of a picture, 8-bit RGB [height, width, 3].
Evaluate = Callable[[np.ndarray], float]
Runner = Callable[[Contender, Path], Run]


@dataclass(frozen=True)
class Plan:
    """What to run: the published recipe for steps; each recipe, saving every so many steps.

    A recipe is its name or file with options of `stylize`, as one types it.
    """

    steps: int
    recipes: tuple[str, ...]
    save_every: int

    def __post_init__(self) -> None:
        for recipe in self.recipes:
            try:
                shlex.split(recipe)
            except ValueError as error:
                raise BadInput(f"--recipes {recipe!r} cannot be read: {error}") from error


def converge(job: Job, plan: Plan, run: Runner, evaluate: Evaluate) -> dict:
    """The part `convergence` of the report, but for the contenders' times."""
    folder = job.folder / "convergence"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    say(f"== convergence: the published recipe, {plan.steps} steps")
    output = folder / "published.png"
    options = ("--recipe", "tf-eager", "--precision", "fp32", "--steps", str(plan.steps))
    published = run(_contender(job, "published", output, *options), folder / "published.jsonl")
    target = min(published.totals)
    say(f"   its lowest loss is {target:.6g}")
    return {
        "published": {
            "steps": plan.steps,
            "totals": published.totals,
            "lowest": target,
            "pictureByReference": evaluate(_pixels(output)),
        },
        "saveEvery": plan.save_every,
        "recipes": [
            _recipe(job, plan, number, recipe, target, run, evaluate)
            for number, recipe in enumerate(plan.recipes, 1)
        ],
    }


def times(totals: list[float], figures: dict) -> list[float]:
    """When a contender has each step's picture, whose loss totals tells: seconds from its start.

    The first picture is the one it starts from; each later one is there when the step before ends.
    """
    first, step = (figures[name]["median"] for name in ("secondsToFirstStep", "secondsPerStep"))
    return [0.0, *(first + number * step for number in range(len(totals) - 1))]


def seconds_to(target: float, curve: Iterable[tuple[float, float]]) -> float | None:
    """The time of the first point (seconds, loss) at or below target; None if there is none."""
    return next((seconds for seconds, loss in curve if loss <= target), None)


def _recipe(
    job: Job, plan: Plan, number: int, recipe: str, target: float, run: Runner, evaluate: Evaluate
) -> dict:
    say(f"== convergence: {recipe}")
    folder = job.folder / "convergence" / f"recipe-{number}"
    folder.mkdir()
    name, *options = shlex.split(recipe)
    options = ("--recipe", name, *options, "--save-every", str(plan.save_every))
    contender = _contender(job, f"recipe {recipe}", folder / "result.png", *options)
    done = run(contender, folder / "log.jsonl")
    curve = list(_curve(folder, done, target, evaluate))
    reached = seconds_to(target, curve)
    say(f"   {f'there after {reached:.1f} s' if reached is not None else 'it did not get there'}")
    return {"recipe": recipe, "curve": curve, "secondsToTarget": reached}


def _curve(
    folder: Path, done: Run, target: float, evaluate: Evaluate
) -> Iterator[tuple[float, float]]:
    """Seconds from the process's start and the reference's loss of the pictures that were saved,
    up to the first at or below target. Saving pictures before that one is in its time."""
    for picture in sorted(folder.glob("result-*.png")):
        end = done.ends[int(picture.stem.rpartition("-")[2]) - 1]
        loss = evaluate(_pixels(picture))
        yield done.seconds_to_first_step + end - done.ends[0], loss
        if loss <= target:
            return


def _contender(job: Job, name: str, output: Path, *options: str) -> Contender:
    return Contender(name, name, engine(job, *options, "--output", str(output)))


def _pixels(file: Path) -> np.ndarray:
    # Imported here, as the package of the references changes the environment.
    from stylegraph_export.reference import pictures

    return pictures.read(file)


def reference(job: Job) -> Evaluate:
    """The reference of tf-eager, in TensorFlow and float32."""
    # TensorFlow is large: it is imported when no contender's memory is measured any more.
    from stylegraph_export.reference import tf_eager
    from stylegraph_export.reference.backbone import Backbone
    from stylegraph_export.reference.tensorflow_run import TensorflowRun

    pictures = map(_pixels, (job.content, job.style))
    run = TensorflowRun(tf_eager.TF_EAGER, Backbone(job.model), *pictures)
    return lambda pixels: run.evaluate(pixels)[0].total
