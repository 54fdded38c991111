"""The bench's loop in PyTorch against the references, where PyTorch is installed."""

import numpy as np
import pytest

from stylegraph_export.bench import plain_weights
from stylegraph_export.bench.job import RECIPES
from stylegraph_export.reference import pictures
from stylegraph_export.reference.backbone import Backbone
from stylegraph_export.reference.systems import SYSTEMS
from stylegraph_export.reference.tensorflow_run import TensorflowRun

pytest.importorskip("torch")

import torch

from stylegraph_export.bench.torch_tutorial_loop import Tutorial


@pytest.fixture(params=RECIPES)
def job(request, tiny_model, photograph, tmp_path):
    """Weights, content and style for the loop, and the reference's totals of three steps."""
    recipe = request.param
    content = pictures.read(photograph("chelsea", (32, 24)))
    style = pictures.read(photograph("coffee", (40, 28)))
    expected = []
    reference = TensorflowRun(SYSTEMS[recipe], Backbone(tiny_model), content, style)
    reference.optimise(content, 3, lambda _, terms: expected.append(terms.total))
    plain_weights.write(tiny_model, recipe, tmp_path / "weights.npz")
    return (tmp_path / "weights.npz", content, style), expected


@pytest.mark.parametrize("layout", [torch.contiguous_format, torch.channels_last])
def test_the_loop_is_the_recipe(layout, job):
    given, expected = job
    tutorial = Tutorial(*given, layout)
    totals = [tutorial.train_step() for _ in range(3)]
    np.testing.assert_allclose(totals, expected, rtol=1e-4)


def test_bfloat16_begins_close_to_it(job):
    given, expected = job
    total = Tutorial(*given, bfloat16=True).train_step()
    # The tiny model has few channels to average the rounding over: 1.3 % were seen, on the real
    # ones 0.06 to 0.6 %.
    assert total == pytest.approx(expected[0], rel=2e-2)
    assert total != pytest.approx(expected[0], rel=1e-5)
