"""The engine's time and memory by the size of the picture."""

import dataclasses
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from stylegraph_export.cli import say

from . import charts, figures
from .contenders import Contender, engine_contenders
from .job import Job, fitted, shape_of
from .process import Run

# The pictures' widths; their heights are three quarters of them.
SIZES = (256, 512, 1024, 1536, 2048)
COUNTED_STEPS = 3


def grow(job: Job, bfloat16: bool, run: Callable[[Contender, Path], Run]) -> list[dict]:
    """The part `growth` of the report: a line for each precision and size, the style as it is."""
    found = []
    for size in SIZES:
        folder = job.folder / "growth" / str(size)
        content = fitted(job.content, shape_of(size), folder / "content.png")
        steps = figures.STEPS_NOT_COUNTED + COUNTED_STEPS
        sized = dataclasses.replace(job, folder=folder, content=content, steps=steps)
        for contender in engine_contenders(sized, bfloat16):
            say(f"== growth: {contender.name}, {size} px")
            done = run(contender, folder / f"{contender.name}.jsonl")
            found.append(_line(contender, content, done))
    return found


def chart(lines: list[dict]) -> str:
    """Peak memory and time over megapixels."""
    curves = {}
    for precision in dict.fromkeys(line["precision"] for line in lines):
        of = [line for line in lines if line["precision"] == precision]
        curves[f"peak memory in GB, {precision}"] = [
            (line["megapixels"], line["peakMemoryBytes"] / 1e9) for line in of
        ]
        curves[f"seconds a megapixel and step, {precision}"] = [
            (line["megapixels"], line["secondsPerMegapixel"]) for line in of
        ]
    return charts.growth(curves, "megapixels", "GB and seconds")


def _line(contender: Contender, content: Path, done: Run) -> dict:
    width, height = Image.open(content).size
    megapixels, seconds = width * height / 1e6, figures.step_seconds(done)
    return {
        "precision": contender.precision,
        "width": width,
        "height": height,
        "megapixels": megapixels,
        "secondsPerStep": seconds,
        "secondsPerMegapixel": seconds / megapixels,
        "peakMemoryBytes": done.peak_memory_bytes,
    }
