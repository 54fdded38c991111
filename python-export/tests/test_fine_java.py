"""The Java engine with every choice of network and losses against the reference."""

import json

import numpy as np
import pytest
from conftest import relative_difference
from PIL import Image

from stylegraph_export.painting import paint
from stylegraph_export.reference import fine_network, pictures
from stylegraph_export.reference.backbone import Backbone
from stylegraph_export.reference.fine import Choices, Objective

STYLE = {f"block{block}_conv1": float(4**-block) for block in range(1, 6)}
CONTENT = {"block4_conv2": 1.0}
TERMS = ("total", "content", "style", "tv")
# Odd sides, so that pools leave a row and a column out.
SIZE, STYLE_SIZE = (75, 54), (62, 81)


@pytest.fixture(scope="module")
def paths(photograph, tmp_path_factory):
    """Of content, style and the picture that is looked at."""
    style = tmp_path_factory.mktemp("style") / "painting.png"
    Image.fromarray(paint(*STYLE_SIZE)).save(style)
    return photograph("chelsea", SIZE), style, photograph("coffee", SIZE)


def recipe(choices):
    """As a recipe file."""
    return {
        "schemaVersion": 2,
        "base": "tf-eager",
        "name": "fine-reference",
        "form": {
            "statistic": choices.statistic,
            "styleDivisor": "relative",
            "contentError": "relative",
            "variation": choices.variation,
        },
        "network": {"pooling": choices.pooling, "padding": choices.padding},
        "styleLayers": [{"layer": name, "weight": it} for name, it in choices.style.items()],
        "contentLayers": [{"layer": name, "weight": it} for name, it in choices.content.items()],
        "styleWeight": choices.style_weight,
        "contentWeight": choices.content_weight,
        "tvWeight": choices.variation_weight,
    }


def check(java, tmp_path, model, paths, choices):
    file, saved = tmp_path / "recipe.json", tmp_path / "gradient.npy"
    file.write_text(json.dumps(recipe(choices)))
    content, style, picture = paths
    printed = java(
        *("evaluate", "--recipe", file, "--model", model, "--size", 0, "--precision", "fp32"),
        *("--content", content, "--style", style, "--picture", picture),
        *("--json", "--gradient", saved),
    )
    content, style, picture = map(pictures.read, paths)
    terms, expected = Objective(choices, Backbone(model), content, style).evaluate(picture)
    actual = json.loads(printed)
    for term in TERMS:
        assert actual[term] == pytest.approx(getattr(terms, term), rel=1e-3), term
    assert relative_difference(np.load(saved), expected) < 1e-3


def choices(statistic, variation, pooling, padding):
    """With weights that let each term have a part in the gradient."""
    variation_weight = {"squared": 1e-3, "absolute": 1e-6}[variation]
    return Choices(
        STYLE, CONTENT, 10.0, 0.1, variation_weight, statistic, variation, pooling, padding
    )


@pytest.mark.parametrize("padding", fine_network.PADDINGS)
@pytest.mark.parametrize("pooling", fine_network.POOLINGS)
@pytest.mark.parametrize("statistic", ["gram", "moments"])
def test_every_choice_on_a_small_network(
    java, tmp_path, tiny_model, paths, statistic, pooling, padding
):
    check(java, tmp_path, tiny_model, paths, choices(statistic, "squared", pooling, padding))


@pytest.mark.parametrize("statistic", ["gram", "moments"])
def test_absolute_variation_too(java, tmp_path, tiny_model, paths, statistic):
    check(java, tmp_path, tiny_model, paths, choices(statistic, "absolute", "average", "replicate"))


@pytest.mark.parametrize("pooling", fine_network.POOLINGS)
def test_moments_of_few_positions_and_many_channels(java, tmp_path, hed_model, paths, pooling):
    check(java, tmp_path, hed_model, paths, choices("moments", "squared", pooling, "replicate"))
