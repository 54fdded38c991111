"""Runs a contender in a process of its own and measures it from outside."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from stylegraph_export.cli import ExportError

from .contenders import Contender

PACKAGES = Path(__file__).parents[2]
# How often the log is looked for: the first step's end is known to this many seconds.
POLL_SECONDS = 0.005
# What getrusage counts memory in.
MAXRSS_BYTES = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True)
class Run:
    """What one process did.

    Attributes:
        totals: the loss of each step's picture before its update.
        ends: the seconds at each step's end, since the first step began.
        seconds_to_first_step: from starting the process until its log had the first step's line.
        peak_memory_bytes: the most resident memory that it held at once.
    """

    totals: list[float]
    ends: list[float]
    seconds_to_first_step: float
    peak_memory_bytes: int


def run(contender: Contender, log: Path) -> Run:
    """Runs it to its end; what it prints goes to a file beside the log.

    This process has to be small itself: the system counts what it holds to the other's peak.
    Raises ExportError, with the last line that it printed, if it fails.
    """
    printed = log.with_suffix(".txt")
    log.parent.mkdir(parents=True, exist_ok=True)
    log.unlink(missing_ok=True)
    with printed.open("wb") as output:
        begun = time.monotonic()
        with _started([*contender.command, "--log", str(log)], contender, output) as process:
            first = _until_first_step(process, log)
            status, usage = process.ended()
    if status != 0 or first is None:
        raise ExportError(_failure(contender, status, printed))
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    return Run(
        totals=[line["total"] for line in lines],
        ends=[line["seconds"] for line in lines],
        seconds_to_first_step=first - begun,
        peak_memory_bytes=usage.ru_maxrss * MAXRSS_BYTES,
    )


def environment(of: dict[str, str]) -> dict[str, str]:
    """This process's environment with these changes, and TensorFlow's own choice of oneDNN."""
    own = {name: it for name, it in os.environ.items() if name != "TF_ENABLE_ONEDNN_OPTS"}
    return {**own, "PYTHONPATH": str(PACKAGES), **of}


class _Process:
    def __init__(self, popen: subprocess.Popen) -> None:
        self._popen = popen
        self._usage = None

    def running(self) -> bool:
        return self._popen.returncode is None and not self._wait(os.WNOHANG)

    def ended(self) -> tuple:
        """Waits; the exit status and the resources used."""
        if self._popen.returncode is None:
            self._wait(0)
        return self._popen.returncode, self._usage

    def _wait(self, options: int) -> bool:
        ended, status, usage = os.wait4(self._popen.pid, options)
        if ended:
            self._popen.returncode = os.waitstatus_to_exitcode(status)
            self._usage = usage
        return bool(ended)


@contextlib.contextmanager
def _started(command: list[str], contender: Contender, output) -> Iterator[_Process]:
    """A process in a group of its own, of which nothing is left when the block ends."""
    popen = subprocess.Popen(
        command,
        env=environment(contender.environment),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        process_group=0,
    )
    process = _Process(popen)
    try:
        yield process
    except BaseException:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(popen.pid, signal.SIGKILL)
        process.ended()
        raise


def _until_first_step(process: _Process, log: Path) -> float | None:
    """When the first step's line was there whole, or None if the process ended before."""
    running = True
    while running:
        running = process.running()
        with contextlib.suppress(FileNotFoundError):
            if b"\n" in log.read_bytes():
                return time.monotonic()
        time.sleep(POLL_SECONDS)
    return None


def _failure(contender: Contender, status: int, printed: Path) -> str:
    lines = printed.read_text(encoding="utf-8", errors="replace").split("\n")
    last = next((line.strip() for line in reversed(lines) if line.strip()), "it printed nothing")
    return f"{contender.name} ended with {status}: {last} (all that it printed: {printed})"
