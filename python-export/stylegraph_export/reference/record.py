"""The run folder: what a reference saw, did and found, for the Java engine to be held against."""

import contextlib
import json
import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image

from stylegraph_export import __version__
from stylegraph_export.cli import BadInput, say

from . import machine
from .backbone import Backbone
from .system import Terms

RUN_FILE = "run.json"
SCHEMA_VERSION = 1
SECONDS_BETWEEN_LINES = 5


class Record:
    """Writes a run into an open folder.

    The files: run.json; content.png, style.png, start.png and final.png, 8-bit RGB; log.jsonl, a
    line per step with the terms of the picture before its update; features/LAYER.npy, float32
    [height, width, channels] of the start in the backbone's units; gradient-start.npy and
    gradient-final.npy, float32 [height, width, 3], of the total with respect to RGB in 0-255.
    """

    def __init__(self, folder: Path, steps: int) -> None:
        self._folder = folder
        self._steps = steps
        self._ends: list[float] = []
        self._said = self._begun = time.monotonic()
        self._to_first_step = 0.0

    def step(self, number: int, terms: Terms) -> None:
        """A step has ended; the clock began with this record, or with the step before."""
        now = time.monotonic()
        if not self._ends:
            self._to_first_step = machine.seconds_since_start()
        self._ends.append(now)
        line = {"step": number, **terms._asdict(), "seconds": round(now - self._begun, 6)}
        with (self._folder / "log.jsonl").open("a", encoding="utf-8") as log:
            print(json.dumps(line), file=log)
        if now - self._said > SECONDS_BETWEEN_LINES or number in (1, self._steps):
            self._said = now
            say(f"step {number}/{self._steps}  loss {terms.total:.6g}  {now - self._begun:.1f} s")

    def picture(self, name: str, pixels: np.ndarray) -> None:
        """Writes NAME.png of 8-bit pixels."""
        Image.fromarray(pixels).save(self._folder / f"{name}.png")

    def features(self, features: dict[str, np.ndarray]) -> None:
        """Writes features/LAYER.npy."""
        folder = self._folder / "features"
        folder.mkdir()
        for name, array in features.items():
            np.save(folder / f"{name.removesuffix('/preactivation')}.npy", array)

    def gradient(self, name: str, gradient: np.ndarray) -> None:
        """Writes gradient-NAME.npy."""
        np.save(self._folder / f"gradient-{name}.npy", gradient)

    def times(self) -> dict[str, float | None]:
        """How long the steps took, and how much memory until now."""
        after_first = np.diff(self._ends)
        return {
            "secondsPerStep": statistics.median(after_first) if after_first.size else None,
            "secondsToFirstStep": round(self._to_first_step, 3),
            "peakMemoryBytes": machine.peak_memory_bytes(),
        }

    def run(
        self, recipe: str, framework: str, backbone: Backbone, times: dict, losses: dict[str, Terms]
    ) -> None:
        """Writes run.json."""
        described = {
            "schemaVersion": SCHEMA_VERSION,
            "recipe": recipe,
            "framework": framework,
            "program": f"stylegraph-export {__version__}, reference in {framework}",
            "steps": len(self._ends),
            "model": {"name": backbone.name, "sha256": backbone.sha256},
            "versions": machine.versions(),
            "machine": machine.description(),
            "settings": {"oneDNN": os.environ.get("TF_ENABLE_ONEDNN_OPTS")},
            **times,
            "losses": {name: terms._asdict() for name, terms in losses.items()},
        }
        text = json.dumps(described, indent=2) + "\n"
        (self._folder / RUN_FILE).write_text(text, encoding="utf-8")


def check(folder: Path) -> None:
    """Raises BadInput unless a run may be written to folder."""
    if folder.is_dir():
        if any(folder.iterdir()) and not (folder / RUN_FILE).is_file():
            raise BadInput(f"--output {folder} holds something else; give a new folder")
    elif folder.exists():
        raise BadInput(f"--output {folder} is a file; give a folder")


@contextlib.contextmanager
def whole(folder: Path) -> Iterator[Path]:
    """A folder to write to, which takes the place of folder when the block ends well."""
    folder = folder.absolute()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as aside:
        fresh = Path(aside, folder.name)
        fresh.mkdir()
        yield fresh
        if folder.exists():
            folder.rename(Path(aside, "replaced"))
        fresh.rename(folder)
