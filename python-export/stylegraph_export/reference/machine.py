"""What the machine and this process are, for the record of a run."""

import os
import platform
import sys
import time
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf

_IMPORTED = time.monotonic()


def versions() -> dict[str, str]:
    """The versions of what computes; torch's only if it was imported."""
    found = {
        "python": platform.python_version(),
        "tensorflow": tf.__version__,
        "keras": keras.__version__,
        "numpy": np.__version__,
    }
    if "torch" in sys.modules:
        found["torch"] = sys.modules["torch"].__version__
    return found


def description() -> dict[str, str | int]:
    """The processor's name, its cores, the memory in bytes and the system."""
    return {
        "cpu": _field("/proc/cpuinfo", "model name") or platform.processor(),
        "cores": os.cpu_count() or 1,
        "memoryBytes": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"),
        "system": platform.platform(),
    }


def peak_memory_bytes() -> int | None:
    """The most memory that this process has held at once; None where the system does not say."""
    kibibytes = _field("/proc/self/status", "VmHWM")
    return int(kibibytes.split()[0]) * 1024 if kibibytes else None


def seconds_since_start() -> float:
    """Since this process began; where the system does not say, since this module was imported."""
    try:
        fields = Path("/proc/self/stat").read_text().rpartition(")")[2].split()
        uptime = float(Path("/proc/uptime").read_text().split()[0])
    except OSError:
        return time.monotonic() - _IMPORTED
    # Field 22 of the whole line, in clock ticks since boot.
    return uptime - int(fields[19]) / os.sysconf("SC_CLK_TCK")


def _field(file: str, name: str) -> str | None:
    try:
        lines = Path(file).read_text().splitlines()
    except OSError:
        return None
    values = (line.partition(":")[2].strip() for line in lines if line.startswith(name))
    return next(values, None)
