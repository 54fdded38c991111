"""The report: figures by contender, every raw round, the machine and the versions."""

import dataclasses
import shutil
import subprocess
from pathlib import Path

from PIL import Image

from . import convergence, figures
from .contenders import TUTORIAL, Contender
from .job import Job
from .process import Run, environment

SCHEMA_VERSION = 1


def assemble(
    job: Job,
    contenders: list[Contender],
    runs: dict[str, list[Run]],
    about: dict,
    converged: dict | None = None,
    grown: list[dict] | None = None,
) -> dict:
    """The report as plain data; about says what machine, versions and settings it was."""
    summaries = {name: figures.summary(of) for name, of in runs.items()}
    width, height = Image.open(job.content).size
    report = {
        "schemaVersion": SCHEMA_VERSION,
        **about,
        "job": {
            "model": job.model.name,
            "recipe": job.recipe,
            "width": width,
            "height": height,
            "steps": job.steps,
            "rounds": len(runs[TUTORIAL]),
            "stepsNotCounted": figures.STEPS_NOT_COUNTED,
        },
        "contenders": [
            {
                "name": it.name,
                "title": it.title,
                "precision": it.precision,
                "environment": it.environment,
                **summaries[it.name],
                "ofTutorial": figures.ratios(summaries[it.name], summaries[TUTORIAL]),
                "rounds": [dataclasses.asdict(run) for run in runs[it.name]],
            }
            for it in contenders
        ],
    }
    if converged:
        report["convergence"] = {**converged, "contenders": _reached(converged, summaries)}
    if grown:
        report["growth"] = grown
    return report


def about(job: Job, settings: dict) -> dict:
    """The machine, the versions and the settings found on it."""
    # TensorFlow is large: it is imported when no contender's memory is measured any more.
    from stylegraph_export.reference import machine

    versions = {
        **machine.versions(),
        "stylegraph": _says(shutil.which("java") or "java", "-jar", job.jar, "--version"),
        "java": _says(shutil.which("java") or "java", "--version"),
    }
    if job.torch:
        versions["torch"] = _says(job.torch, "-c", "import torch; print(torch.__version__)")
    return {
        "machine": machine.description(),
        "versions": versions,
        "settings": settings,
    }


def _reached(converged: dict, summaries: dict[str, dict]) -> list[dict]:
    totals, target = converged["published"]["totals"], converged["published"]["lowest"]
    return [
        {
            "name": name,
            "secondsToTarget": convergence.seconds_to(
                target, zip(convergence.times(totals, summary), totals)
            ),
        }
        for name, summary in summaries.items()
    ]


def _says(*command: str | Path) -> str:
    """The first line that a program prints."""
    said = subprocess.run(
        list(map(str, command)), env=environment({}), capture_output=True, text=True, check=True
    )
    return said.stdout.partition("\n")[0].strip()
