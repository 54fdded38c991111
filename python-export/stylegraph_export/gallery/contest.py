"""Two recipes on a pair of pictures: the first as it is, the second for as long as that took."""

import json
import os
import re
import shlex
import shutil
from dataclasses import dataclass
from pathlib import Path

from stylegraph_export.bench import process
from stylegraph_export.bench.contenders import Contender
from stylegraph_export.bench.files import write_whole
from stylegraph_export.bench.process import Run
from stylegraph_export.cli import say

from .pairs import Pair, content_of, style_of

# Steps of the second recipe that say how long its steps take, and how far its time may then be
# from the first one's before it runs again with a better count.
PROBE_STEPS, TOLERANCE, ATTEMPTS = 10, 0.03, 3


@dataclass(frozen=True)
class Terms:
    """What both recipes run with.

    Attributes:
        recipes: names with options of `stylize`.
        definitions: what the names stand for, as `recipes --show NAME --json` prints it.
    """

    jar: Path
    model: Path
    size: int
    precision: str
    recipes: tuple[str, str]
    definitions: tuple[dict, dict]


def results(pair: Pair, terms: Terms, folder: Path) -> list[dict]:
    """What each recipe made of the pair, in files of the folder; what is there is not run again.

    Each has recipe, steps, seconds (from the first step's beginning to the last one's end),
    peakMemoryBytes, loadBefore and picture, a file's name.
    """
    first, second = (_Entry(pair, terms, number, folder) for number in (0, 1))
    one = first.result(None)
    return [one, second.result(one["seconds"])]


class _Entry:
    """One recipe's part in one pair."""

    def __init__(self, pair: Pair, terms: Terms, number: int, folder: Path) -> None:
        self._pair, self._terms, self._folder = pair, terms, folder
        self._recipe = terms.recipes[number]
        self._definition = terms.definitions[number]
        words = re.sub(r"[^\w.=]+", "-", self._recipe)
        self._base = folder / f"{pair.name}-{number + 1}-{words}"

    def result(self, seconds: float | None) -> dict:
        """Its result within that time, or with its own steps if that is None."""
        settings = self._settings(seconds)
        found = self._found(settings)
        if found:
            say(f"== {self._pair.name}: {self._recipe} is there")
            return found
        # An old record must not vouch for what a run that is stopped leaves behind.
        self._record.unlink(missing_ok=True)
        load = os.getloadavg()[0]
        steps, run = self._within(seconds) if seconds else (None, self._stylised(None))
        result = {
            "recipe": self._recipe,
            "steps": len(run.ends),
            "stepsAsked": steps,
            "seconds": round(run.ends[-1], 2),
            "peakMemoryBytes": run.peak_memory_bytes,
            "loadBefore": round(load, 2),
            "picture": self._picture.name,
        }
        # The record comes last: with it, the result is whole.
        record = {"settings": settings, "result": result}
        write_whole(self._record, json.dumps(record, indent=2) + "\n")
        return result

    def _within(self, seconds: float) -> tuple[int, Run]:
        """As many steps as fit in the time, and their run."""
        steps, run = PROBE_STEPS, self._stylised(PROBE_STEPS)
        for _ in range(ATTEMPTS):
            steps = steps_in(seconds, steps, run.ends)
            run = self._stylised(steps)
            if abs(run.ends[-1] / seconds - 1) <= TOLERANCE:
                return steps, run
        say(f"   warning: {run.ends[-1]:.1f} s are not the {seconds:.1f} s that it was given")
        return steps, run

    def _stylised(self, steps: int | None) -> Run:
        terms, pictures = self._terms, self._folder / "pictures"
        say(f"== {self._pair.name}: {self._recipe}" + (f", {steps} steps" if steps else ""))
        command = (
            *(shutil.which("java") or "java", "-jar", terms.jar, "stylize"),
            *("--content", content_of(self._pair, pictures)),
            *("--style", style_of(self._pair, pictures), "--output", self._picture),
            *("--model", terms.model, "--size", terms.size, "--precision", terms.precision),
            *("--recipe", *shlex.split(self._recipe)),
            *(("--steps", steps) if steps else ()),
        )
        contender = Contender(self._recipe, self._recipe, tuple(map(str, command)))
        run = process.run(contender, self._base.with_name(f"{self._base.name}.jsonl"))
        say(f"   {len(run.ends)} steps in {run.ends[-1]:.1f} s")
        return run

    def _settings(self, seconds: float | None) -> dict:
        """What the result depends on; the engine's own code is not told."""
        return {
            "model": str(self._terms.model),
            "size": self._terms.size,
            "precision": self._terms.precision,
            "recipe": self._recipe,
            "definition": self._definition,
            "seconds": seconds,
        }

    def _found(self, settings: dict) -> dict | None:
        """The result of an earlier run with the same settings."""
        try:
            record = json.loads(self._record.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        same = record.get("settings") == settings and self._picture.is_file()
        return record["result"] if same else None

    @property
    def _picture(self) -> Path:
        return self._base.with_name(f"{self._base.name}.png")

    @property
    def _record(self) -> Path:
        return self._base.with_name(f"{self._base.name}.json")


def steps_in(seconds: float, steps: int, ends: list[float]) -> int:
    """How many steps fit in the time, when a run of so many steps ended its steps at `ends`.

    A pyramid makes more steps than were asked for; all are taken to grow with what is asked. The
    first step also warms up, and counts once.
    """
    if len(ends) < 2:
        return max(1, int(seconds / ends[-1] * steps))
    each = (ends[-1] - ends[0]) / (len(ends) - 1)
    return max(1, int((1 + (seconds - ends[0]) / each) * steps / len(ends)))
