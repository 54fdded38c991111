"""The time to the loss that the published recipe ends at, by contender and by recipe of the engine.

The contenders are equal in numbers, so one run of the published recipe gives the curve of all, each
at its own measured seconds a step; the curve of an earlier bench is taken again. A recipe of the
engine is judged from outside: by the pictures that it saved, 8 bits a channel, whose loss the
Python reference computes in float32.
"""

import json
import shlex
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from stylegraph_export.checksum import sha256_of
from stylegraph_export.cli import BadInput, say

from .contenders import Contender, engine
from .files import write_whole
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
    totals, picture = _published(job, plan, run)
    target = min(totals)
    say(f"   its lowest loss is {target:.6g}")
    return {
        "published": {
            "steps": plan.steps,
            "totals": totals,
            "lowest": target,
            "picture": str(picture.relative_to(job.folder)),
            "pictureByReference": evaluate(_pixels(picture)),
        },
        "saveEvery": plan.save_every,
        "recipes": [
            _recipe(job, plan, number, recipe, target, run, evaluate)
            for number, recipe in enumerate(plan.recipes, 1)
        ],
    }


def _published(job: Job, plan: Plan, run: Runner) -> tuple[list[float], Path]:
    """The totals and the result of the published recipe, from an earlier bench of the same."""
    folder = job.folder / "published"
    picture, curve = folder / "published.png", folder / "curve.json"
    inputs = {
        "steps": plan.steps,
        "model": sha256_of(job.model / "manifest.json"),
        "content": sha256_of(job.content),
        "style": sha256_of(job.style),
    }
    if curve.is_file():
        known = json.loads(curve.read_text(encoding="utf-8"))
        if known["inputs"] == inputs:
            say(f"== convergence: the published recipe's curve is taken from {curve}")
            return known["totals"], picture
    say(f"== convergence: the published recipe, {plan.steps} steps")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    options = ("--recipe", "tf-eager", "--precision", "fp32", "--steps", str(plan.steps))
    done = run(_contender(job, "published", picture, *options), folder / "published.jsonl")
    text = json.dumps({"inputs": inputs, "totals": done.totals})
    # Last: where it is, the rest is whole.
    write_whole(curve, text)
    return done.totals, picture


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
    pictures = list(_curve(folder, done, target, evaluate))
    curve = [(seconds, loss) for seconds, loss, _ in pictures]
    reached = seconds_to(target, curve)
    say(f"   {f'there after {reached:.1f} s' if reached is not None else 'it did not get there'}")
    found = {"recipe": recipe, "curve": curve, "secondsToTarget": reached}
    if reached is not None:
        found["picture"] = str(pictures[-1][2].relative_to(job.folder))
    return found


def _curve(
    folder: Path, done: Run, target: float, evaluate: Evaluate
) -> Iterator[tuple[float, float, Path]]:
    """Seconds from the process's start and the reference's loss of each picture that was saved,
    up to the first at or below target. Saving pictures before that one is in its time."""
    for picture in sorted(folder.glob("result-*.png")):
        end = done.ends[int(picture.stem.rpartition("-")[2]) - 1]
        loss = evaluate(_pixels(picture))
        yield done.seconds_to_first_step + end - done.ends[0], loss, picture
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
