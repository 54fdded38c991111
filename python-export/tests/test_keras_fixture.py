"""The committed tiny Keras models are what keras_fixture.py makes."""

import json

import numpy as np
from conftest import REPOSITORY

from stylegraph_export import keras_fixture

FOLDER = REPOSITORY / "src" / "test" / "resources" / keras_fixture.NAME


def test_committed_numbers_are_what_the_script_writes(tmp_path):
    keras_fixture.write_fixture(tmp_path)
    committed, fresh = (
        json.loads((folder / "expected.json").read_text(encoding="utf-8"))
        for folder in (FOLDER, tmp_path / keras_fixture.NAME)
    )
    np.testing.assert_array_equal(committed["picture"], fresh["picture"])
    np.testing.assert_allclose(committed["gradient"], fresh["gradient"], rtol=1e-3, atol=1e-6)
    assert committed["layers"].keys() == fresh["layers"].keys()
    for name, values in committed["layers"].items():
        np.testing.assert_allclose(values, fresh["layers"][name], rtol=1e-4, atol=1e-5)


def test_committed_models_are_kilobytes():
    files = [path for path in FOLDER.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 400_000
