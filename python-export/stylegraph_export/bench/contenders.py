"""Who takes part, in the order of the rounds."""

import platform
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from .job import Job

TUTORIAL = "tf-tutorial-loop"
BFLOAT16_FLAGS = {"avx512_bf16", "amx_bf16"}


@dataclass(frozen=True)
class Contender:
    """A program that takes --log FILE and writes a line per step there, as the engine does.

    Attributes:
        name: a word.
        title: what people read.
        command: the program and its options, without --log.
        environment: what it sets in its environment.
        precision: "fp32" or "bf16".
    """

    name: str
    title: str
    command: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)
    precision: str = "fp32"


def contenders(job: Job, onednn_by_default: bool, bfloat16: bool) -> list[Contender]:
    """All that can run here; the first is the tutorial in TensorFlow's default environment."""
    return [
        *_tensorflow(job, onednn_by_default),
        *(_torch(job, job.torch, bfloat16) if job.torch else ()),
        *engine_contenders(job, bfloat16),
    ]


def has_bfloat16(cpuinfo: Path = Path("/proc/cpuinfo")) -> bool:
    """Whether the processor computes in bfloat16, by its flags; False where they are not told."""
    try:
        lines = cpuinfo.read_text().splitlines()
    except OSError:
        return False
    flags = next((line for line in lines if line.startswith("flags")), "")
    return not BFLOAT16_FLAGS.isdisjoint(flags.split())


def engine(job: Job, *options: str) -> tuple[str, ...]:
    """The engine's command line on the job, with more options; it says no steps and no output."""
    return (
        *(shutil.which("java") or "java", "-jar", str(job.jar), "stylize"),
        *("--model", str(job.model), *_pictures(job), "--size", "0", "--device", "cpu"),
        *options,
    )


def _tensorflow(job: Job, onednn_by_default: bool) -> Iterator[Contender]:
    command = (
        *(sys.executable, "-m", "stylegraph_export.bench.tf_tutorial_loop"),
        *("--model", str(job.model), *_pictures(job), "--steps", str(job.steps)),
        *("--recipe", job.recipe),
    )
    yield Contender(TUTORIAL, "TensorFlow's tutorial", command)
    if not onednn_by_default and platform.machine().lower() in ("x86_64", "amd64"):
        onednn = {"TF_ENABLE_ONEDNN_OPTS": "1"}
        yield Contender(f"{TUTORIAL}-onednn", "TensorFlow's tutorial, oneDNN on", command, onednn)


def _torch(job: Job, python: Path, bfloat16: bool) -> Iterator[Contender]:
    command = (
        *(str(python), "-m", "stylegraph_export.bench.torch_tutorial_loop"),
        *("--weights", str(job.arrays), *_pictures(job), "--steps", str(job.steps)),
    )
    for precision in ("fp32", "bf16") if bfloat16 else ("fp32",):
        in_bfloat16 = precision == "bf16"
        kind = ", bf16 autocast" if in_bfloat16 else ""
        of_name = "-bf16" if in_bfloat16 else ""
        options = (*command, *(("--bfloat16",) if in_bfloat16 else ()))
        for layout, label, layout_options in (
            ("", "", ()),
            ("-channels-last", ", channels last", ("--channels-last",)),
        ):
            yield Contender(
                f"torch-tutorial-loop{layout}{of_name}",
                f"PyTorch's loop{label}{kind}",
                (*options, *layout_options),
                precision=precision,
            )


def engine_contenders(job: Job, bfloat16: bool) -> Iterator[Contender]:
    """The engine in every precision that the processor has."""
    for precision in ("fp32", "bf16") if bfloat16 else ("fp32",):
        output = str(job.folder / f"engine-{precision}.png")
        command = engine(
            job,
            *("--recipe", job.recipe, "--precision", precision),
            *("--steps", str(job.steps), "--output", output),
        )
        yield Contender(f"engine-{precision}", f"Stylegraph, {precision}", command, {}, precision)


def _pictures(job: Job) -> tuple[str, ...]:
    return "--content", str(job.content), "--style", str(job.style)
