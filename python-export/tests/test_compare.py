"""The comparison of all recipes, with a stand-in for the engine, and the reference's own chaos."""

import json
import stat
import subprocess
import sys

import numpy as np
import pytest
from conftest import REPOSITORY
from PIL import Image

from stylegraph_export import compare
from stylegraph_export.reference import rounding


@pytest.fixture
def job(tmp_path, tiny_model, monkeypatch):
    """Runs the comparison of tf-eager on the tiny model; the engine exits with the given codes."""
    pixels = np.random.default_rng(0).integers(5, 250, (32, 34, 3), np.uint8)
    for name in ("content", "style"):
        Image.fromarray(pixels if name == "content" else pixels[::-1]).save(
            tmp_path / f"{name}.png"
        )
    jar = tmp_path / "engine.jar"
    jar.touch()

    def run(*codes, recipe="tf-eager"):
        codes_file = tmp_path / "codes"
        codes_file.write_text("\n".join(map(str, codes)) + "\n")
        java = tmp_path / "java"
        java.write_text(
            f'#!/bin/sh\necho "$@" >> {tmp_path}/calls\n'
            f"code=$(head -n 1 {codes_file}); sed -i 1d {codes_file}; exit $code\n"
        )
        java.chmod(java.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setattr(compare.shutil, "which", lambda _: str(java))
        compare.main(
            [
                *("--recipe", recipe, "--model", str(tiny_model), "--jar", str(jar)),
                *("--content", str(tmp_path / "content.png")),
                *("--style", str(tmp_path / "style.png")),
                *("--steps", "4", "--output", str(tmp_path / "out")),
            ]
        )

    return run


def test_a_recipe_within_its_tolerances_is_run_once(job, tmp_path):
    job(0)
    reference = tmp_path / "out" / "tf-eager" / "reference"
    assert "rounding" not in json.loads((reference / "run.json").read_text())
    (call,) = (tmp_path / "calls").read_text().splitlines()
    assert f"compare --model {compare_model(reference)}" in call
    assert f"--reference {reference} --output {reference.parent} --index {tmp_path}/out" in call


def test_a_recipe_outside_is_held_against_the_references_own_chaos(job, tmp_path):
    job(1, 0)
    run = json.loads((tmp_path / "out" / "tf-eager" / "reference" / "run.json").read_text())
    assert run["rounding"]["disturbance"] == rounding.DISTURBANCE
    assert len(run["rounding"]["worstByStep"]) == 4
    # The first step's picture is the same; what follows from it is not, but close.
    assert run["rounding"]["worstByStep"][0] < 1e-6
    assert 0 < run["rounding"]["worstByStep"][1] < 0.1
    assert run["rounding"]["psnr"] > 20
    assert len((tmp_path / "calls").read_text().splitlines()) == 2


def test_a_recipe_still_outside_is_named(job):
    with pytest.raises(compare.Outside, match="outside of the tolerances: tf-eager"):
        job(1, 1)


def test_other_failures_end_it_with_their_code(job):
    with pytest.raises(SystemExit) as ended:
        job(130)
    assert ended.value.code == 130


def test_bad_input_is_one_line(tmp_path):
    command = [sys.executable, "-m", "stylegraph_export.compare", "--content", "a", "--style", "b"]
    ended = subprocess.run(
        [*command, "--model", "m", "--jar", str(tmp_path / "none.jar")],
        cwd=REPOSITORY / "python-export",
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 2
    assert ended.stderr.splitlines() == [
        f"error: --jar {tmp_path}/none.jar is missing; `make build` makes it"
    ]


def test_the_disturbance_is_of_the_size_it_says():
    gradient = np.random.default_rng(1).standard_normal((1, 64, 48, 3), np.float32)
    disturbed = rounding.disturbing(0)(gradient)
    part = np.linalg.norm(disturbed - gradient) / np.linalg.norm(gradient)
    assert part == pytest.approx(rounding.DISTURBANCE, rel=0.05)
    assert disturbed.dtype == np.float32


def compare_model(reference):
    """The model's folder, by the name that the run has."""
    name = json.loads((reference / "run.json").read_text())["model"]["name"]
    return REPOSITORY / "src" / "test" / "resources" / name
