"""The figures of a contender over its rounds."""

import statistics
from collections.abc import Callable

from .process import Run

# Steps that compile, allocate and fill caches.
STEPS_NOT_COUNTED = 2


def step_seconds(run: Run) -> float:
    """The median over the steps after the first two."""
    durations = [end - before for before, end in zip(run.ends, run.ends[1:])]
    return statistics.median(durations[STEPS_NOT_COUNTED - 1 :])


MEASURES: dict[str, Callable[[Run], float]] = {
    "secondsPerStep": step_seconds,
    "secondsToFirstStep": lambda run: run.seconds_to_first_step,
    "peakMemoryBytes": lambda run: run.peak_memory_bytes,
}


def summary(runs: list[Run]) -> dict:
    """Each measure's median, min and max over the rounds, and the steps a second."""
    figures: dict = {name: _spread(list(map(of, runs))) for name, of in MEASURES.items()}
    return {**figures, "stepsPerSecond": 1 / figures["secondsPerStep"]["median"]}


def ratios(figures: dict, tutorial: dict) -> dict[str, float]:
    """Each measure's median, divided by the tutorial's."""
    return {name: figures[name]["median"] / tutorial[name]["median"] for name in MEASURES}


def _spread(values: list[float]) -> dict[str, float]:
    return {"median": statistics.median(values), "min": min(values), "max": max(values)}
