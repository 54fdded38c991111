"""The references in PyTorch against those in TensorFlow, where PyTorch is installed."""

import json

import numpy as np
import pytest
from conftest import relative_difference

from stylegraph_export.reference import command, pictures
from stylegraph_export.reference.backbone import Backbone
from stylegraph_export.reference.systems import SYSTEMS
from stylegraph_export.reference.tensorflow_run import TensorflowRun

pytest.importorskip("torch")

from stylegraph_export.reference.torch_run import TorchRun
from stylegraph_export.reference.torch_systems import TORCH_SYSTEMS


@pytest.fixture(scope="module")
def job(tiny_model, photograph):
    """The backbone, content and style; noise for content, in which no two values are alike."""
    style = pictures.read(photograph("coffee", (40, 28)))
    return Backbone(tiny_model), pictures.noise(24, 32, 1), style


def test_every_system_of_torch_units_is_there():
    assert set(TORCH_SYSTEMS) == {
        name for name, system in SYSTEMS.items() if system.units == "torch"
    }


@pytest.mark.parametrize("recipe", TORCH_SYSTEMS)
def test_terms_gradient_and_features(recipe, job):
    picture = pictures.noise(24, 32, 2)
    ours, theirs = (run(SYSTEMS[recipe], *job) for run in (TensorflowRun, TorchRun))
    (terms, gradient), (expected_terms, expected) = ours.evaluate(picture), theirs.evaluate(picture)
    assert terms == pytest.approx(expected_terms, rel=1e-5)
    assert relative_difference(gradient, expected) < 1e-5
    features, expected_features = ours.features(picture), theirs.features(picture)
    assert set(features) == set(expected_features)
    for name in features:
        assert relative_difference(features[name], expected_features[name]) < 1e-5


@pytest.mark.parametrize("recipe", TORCH_SYSTEMS)
# torch's L-BFGS evaluates twenty times in a row; the last number cuts a row short.
@pytest.mark.parametrize("steps", [20, 23])
def test_steps_and_result(recipe, steps, job):
    totals, results = [], []
    for run in (TensorflowRun, TorchRun):
        logged = []
        reference = run(SYSTEMS[recipe], *job)
        result = reference.optimise(job[1], steps, lambda *step, to=logged: to.append(step))
        assert [number for number, _ in logged] == list(range(1, steps + 1))
        totals.append([terms.total for _, terms in logged])
        results.append(result)
    np.testing.assert_allclose(*totals, rtol=1e-3)
    assert relative_difference(*results) < 1e-3


def test_run_folder(job, tiny_model, photograph, tmp_path):
    content, style = photograph("chelsea", (32, 24)), photograph("coffee", (40, 28))
    command.main(
        f"--recipe udacity --framework torch --model {tiny_model} --content {content} "
        f"--style {style} --steps 2 --output {tmp_path / 'run'}".split()
    )
    described = json.loads((tmp_path / "run" / "run.json").read_text())
    assert described["framework"] == "torch"
    assert "torch" in described["versions"]
    assert np.load(tmp_path / "run" / "gradient-final.npy").shape == (24, 32, 3)
