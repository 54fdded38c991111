"""The jobs of a batch: how long each takes, from measured times of a step."""

import random
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """Jobs of one size and recipe.

    Attributes:
        name: what the table calls them.
        share: of all jobs, relative to the other kinds.
        steps: that a job takes.
        step_seconds: measured, on the cores that a job has on an executor.
        other_seconds: reading, the looks at content and style, the first step's compilation, and
            writing.
    """

    name: str
    share: float
    steps: int
    step_seconds: float
    other_seconds: float

    def seconds(self) -> float:
        """What a job takes on an executor of the usual speed."""
        return self.steps * self.step_seconds + self.other_seconds


def jobs(kinds: Iterable[Kind], count: int, spread: float, seed: int) -> list[float]:
    """Seconds of each job, in the manifest's order.

    Args:
        kinds: what is drawn from, by share.
        count: of jobs.
        spread: standard deviation of the times' logarithm.
        seed: of the draw.
    """
    draw = random.Random(seed)
    kinds = list(kinds)
    drawn = draw.choices(kinds, weights=[kind.share for kind in kinds], k=count)
    return [kind.seconds() * draw.lognormvariate(0, spread) for kind in drawn]
