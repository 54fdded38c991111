"""Models and pictures that several tests share."""

import os
import shutil
import subprocess
from pathlib import Path

# The kernels that the engine uses, so that both round alike; before TensorFlow is imported.
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")

import numpy as np
import pytest
from PIL import Image
from skimage import data

from stylegraph_export import export, weights
from stylegraph_export.reference.backbone import Backbone, load_model

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def models(tmp_path_factory):
    """The folder that holds the exported models."""
    return tmp_path_factory.mktemp("savedmodels")


@pytest.fixture(scope="session")
def random_weights():
    return weights.random()


@pytest.fixture(scope="session")
def hed_weights():
    return weights.hed()


@pytest.fixture(scope="session")
def random_model(models, random_weights):
    """The folder of the exported vgg19-random."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(weights, "random", lambda: random_weights)
        return export.export("random", None, models)


@pytest.fixture(scope="session")
def hed_model(models, hed_weights):
    """The folder of the exported vgg16-hed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(weights, "hed", lambda: hed_weights)
        return export.export("hed", None, models)


@pytest.fixture(scope="session")
def tiny_model():
    """The folder of the committed tiny model."""
    return REPOSITORY / "src" / "test" / "resources" / "tiny-vgg"


@pytest.fixture(scope="session")
def tiny_weights(tiny_model):
    """Weights of the given kind that take milliseconds to write."""
    model = load_model(Backbone(tiny_model))

    def of(kind):
        return weights.Weights("vgg19", model, kind, f"tiny {kind}", "0" * 64, "Apache-2.0")

    return of


@pytest.fixture(scope="session")
def photograph(tmp_path_factory):
    """Saves a photograph of scikit-image as PNG in a size (width, height); gives its path."""
    folder = tmp_path_factory.mktemp("photographs")

    def save(name, size):
        path = folder / f"{name}-{size[0]}x{size[1]}.png"
        Image.fromarray(getattr(data, name)()).resize(size, Image.Resampling.LANCZOS).save(path)
        return path

    return save


def relative_difference(actual, expected):
    """The norm of the difference, relative to the norm of what is expected."""
    return np.linalg.norm(np.subtract(actual, expected)) / np.linalg.norm(expected)


@pytest.fixture(scope="session")
def java():
    """Runs the Java command line with the given arguments; gives its standard output."""
    jar = REPOSITORY / "target" / "stylegraph.jar"
    if not jar.is_file():
        pytest.fail(f"{jar} is missing: run mvn -q package -DskipTests first", pytrace=False)

    def run(*arguments):
        command = [shutil.which("java"), "-jar", jar, *arguments]
        ended = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=300)
        assert ended.returncode == 0, ended.stderr
        return ended.stdout

    return run
