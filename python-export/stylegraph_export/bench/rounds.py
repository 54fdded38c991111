"""Lets the contenders run in turns, and sees that they compute the same."""

from collections.abc import Callable
from pathlib import Path

from stylegraph_export.cli import ExportError, say

from .contenders import Contender
from .process import Run

# How far a first step's total may be from the tutorial's, relative. PyTorch's in bfloat16 was seen
# 0.06 to 0.6 % away.
TOLERANCES = {"fp32": 1e-3, "bf16": 1e-2}


def alternate(
    contenders: list[Contender], rounds: int, logs: Path, run: Callable[[Contender, Path], Run]
) -> dict[str, list[Run]]:
    """The runs by contender, a run per round. A round that warms the machine up is not counted.

    Raises ExportError if a contender fails, or if its first total is not the first contender's.
    """
    runs: dict[str, list[Run]] = {contender.name: [] for contender in contenders}
    for number in range(rounds + 1):
        label = f"round {number}/{rounds}" if number else "warm-up"
        for contender in contenders:
            say(f"== {label}: {contender.name}")
            done = run(contender, logs / f"{contender.name}-{number}.jsonl")
            say(f"   first step at {done.seconds_to_first_step:.2f} s, loss {done.totals[0]:.6g}")
            if contender is contenders[0]:
                expected = done.totals[0]
            _agree(contender, done.totals[0], contenders[0], expected)
            if number:
                runs[contender.name].append(done)
    return runs


def _agree(contender: Contender, total: float, first: Contender, expected: float) -> None:
    tolerance = TOLERANCES[contender.precision]
    # Written so that what is not a number does not agree.
    if not abs(total - expected) <= tolerance * abs(expected):
        raise ExportError(
            f"{contender.name} begins at a loss of {total:.7g}, {first.name} at {expected:.7g}; "
            f"more than {tolerance:g} apart, they do not compute the same: their times say nothing"
        )
