"""The committed tiny model is what fixture.py makes."""

import numpy as np
import tensorflow as tf

from stylegraph_export import fixture
from stylegraph_export.manifest import read_whole


def test_committed_model_is_what_the_script_writes(tmp_path, tiny_model):
    fixture.write_fixture(tmp_path)
    committed, fresh = read_whole(tiny_model), read_whole(tmp_path / "tiny-vgg")
    # Bytes and versions may differ from machine to machine; numbers may not.
    for varying in ("files", "writtenBy"):
        del committed[varying], fresh[varying]
    assert committed == fresh
    before = tf.train.load_checkpoint(str(tiny_model / "variables/variables"))
    after = tf.train.load_checkpoint(str(tmp_path / "tiny-vgg/variables/variables"))
    names = before.get_variable_to_shape_map()
    assert names == after.get_variable_to_shape_map()
    for name in names:
        np.testing.assert_array_equal(before.get_tensor(name), after.get_tensor(name))


def test_committed_model_is_kilobytes(tiny_model):
    files = [path for path in tiny_model.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 150_000
