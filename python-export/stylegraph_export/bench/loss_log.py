"""The log and the options of the loops in Python; the log is of the engine's form."""

import json
import time
from pathlib import Path

from stylegraph_export.cli import Parser


class LossLog:
    """A line per step: step, total, and the seconds since the first step began."""

    def __init__(self, file: Path) -> None:
        """The first step begins now."""
        self._file = file
        self._steps = 0
        self._begun = time.monotonic()

    def step(self, total: float) -> None:
        """A step has ended; total is the loss of the picture before its update."""
        self._steps += 1
        seconds = time.monotonic() - self._begun
        with self._file.open("a", encoding="utf-8") as log:
            print(json.dumps({"step": self._steps, "total": total, "seconds": seconds}), file=log)


def loop_parser(program: str) -> Parser:
    """The options that a loop has, but for where its weights are."""
    parser = Parser(prog=f"stylegraph_export.bench.{program}")
    for name in ("content", "style", "log"):
        parser.add_argument(f"--{name}", type=Path, required=True, metavar="FILE")
    parser.add_argument("--steps", type=int, required=True)
    return parser
