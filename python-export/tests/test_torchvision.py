"""Weights from torchvision's files, which are written here opcode by opcode, as PyTorch does."""

import pickle
import struct
import zipfile
from typing import NamedTuple

import keras
import numpy as np
import pytest
import tensorflow as tf
from conftest import relative_difference

from stylegraph_export import export, manifest
from stylegraph_export.architecture import kept_layer_names, kernel_shapes, layer_names
from stylegraph_export.cli import BadInput
from stylegraph_export.torch_file import read_tensors
from stylegraph_export.weights import he_normal
from stylegraph_export.weights_file import read_vgg

# Where torchvision's `features` have convolutions, as its printed models show.
CONVOLUTIONS = {
    "vgg16": (0, 2, 5, 7, 10, 12, 14, 17, 19, 21, 24, 26, 28),
    "vgg19": (0, 2, 5, 7, 10, 12, 14, 16, 19, 21, 23, 25, 28, 30, 32, 34),
}
POOLINGS = {"vgg16": (4, 9, 16, 23, 30), "vgg19": (4, 9, 18, 27, 36)}


class Saved(NamedTuple):
    """A tensor for a file: elements of a storage of its own, and how it looks at them."""

    elements: np.ndarray
    shape: tuple[int, ...]
    strides: tuple[int, ...]
    offset: int = 0


def whole(array):
    return Saved(
        array.ravel(), array.shape, tuple(stride // array.itemsize for stride in array.strides)
    )


def zeros(*shape):
    """Zeros of any size in a few bytes."""
    return Saved(np.zeros(1, np.float32), shape, (0,) * len(shape))


def text(value):
    return b"X" + struct.pack("<I", len(value)) + value.encode()


def integer(value):
    return b"J" + struct.pack("<i", value)


def tuple_of(*items):
    return b"(" + b"".join(items) + b"t"


def named(module, name):
    return f"c{module}\n{name}\n".encode()


def called(module, name, *items):
    return named(module, name) + tuple_of(*items) + b"R"


NONE, FALSE = b"N", b"\x89"
HOOKS = called("collections", "OrderedDict")
KINDS = {"float32": "Float", "float64": "Double", "float16": "Half", "int64": "Long"}


def storage(key, saved, *view):
    kind = named("torch", f"{KINDS[saved.elements.dtype.name]}Storage")
    count = integer(saved.elements.size)
    return tuple_of(text("storage"), kind, text(key), text("cpu"), count, *view) + b"Q"


def look(saved):
    sizes = (tuple_of(*map(integer, numbers)) for numbers in (saved.shape, saved.strides))
    return [integer(saved.offset), *sizes]


def tensor(stored, saved):
    return called("torch._utils", "_rebuild_tensor_v2", stored, *look(saved), FALSE, HOOKS)


def tensor_of_2017(stored, saved):
    return called("torch._utils", "_rebuild_tensor", stored, *look(saved))


def parameter(stored, saved):
    return called("torch._utils", "_rebuild_parameter", tensor(stored, saved), FALSE, HOOKS)


def parameter_of_2017(stored, saved):
    data = tensor_of_2017(stored, saved)
    around = called("torch.nn.parameter", "Parameter", data)
    return around + tuple_of(FALSE, FALSE, HOOKS) + b"b"


def parameter_of_2016(stored, saved):
    empty = named("torch.nn.parameter", "Parameter") + b")\x81"
    data = tensor_of_2017(stored, saved)
    return empty + tuple_of(data, NONE, HOOKS, FALSE, FALSE) + b"b"


def state_dict(state, form, *view):
    """The pickle of an OrderedDict with the attribute that PyTorch gives it."""
    items = [
        text(name) + form(storage(str(number), saved, *view), saved)
        for number, (name, saved) in enumerate(state.items())
    ]
    attributes = b"}" + text("_metadata") + HOOKS + b"s"
    return b"\x80\x02" + HOOKS + b"(" + b"".join(items) + b"u" + attributes + b"b."


def write_zip(path, state, form=tensor, pickled=None, byteorder=b"little"):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("vgg/data.pkl", pickled or state_dict(state, form))
        archive.writestr("vgg/byteorder", byteorder)
        for number, saved in enumerate(state.values()):
            archive.writestr(f"vgg/data/{number}", saved.elements.tobytes())
        archive.writestr("vgg/version", b"3\n")


def write_legacy(path, state, form=tensor, pickled=None):
    system = {"protocol_version": 1001, "little_endian": True, "type_sizes": {"int": 4}}
    with path.open("wb") as file:
        for value in (0x1950A86A20F9469CFC6C, 1001, system):
            pickle.dump(value, file, 2)
        file.write(pickled or state_dict(state, form, NONE))
        pickle.dump([str(number) for number in range(len(state))], file, 2)
        for saved in state.values():
            file.write(struct.pack("<q", saved.elements.size) + saved.elements.tobytes())


both_formats = pytest.mark.parametrize("write", [write_zip, write_legacy])


def random_vgg(architecture):
    """Arrays as torchvision has them: kernels [out, in, 3, 3], and some of the classifier."""
    generator = np.random.default_rng(7)
    state = {}
    for number, shape in zip(CONVOLUTIONS[architecture], kernel_shapes(architecture), strict=True):
        kernel = he_normal(generator, shape).transpose(3, 2, 0, 1)
        state[f"features.{number}.weight"] = np.ascontiguousarray(kernel)
        bias = generator.standard_normal(shape[-1], np.float32)
        state[f"features.{number}.bias"] = bias * np.float32(0.1)
    state["classifier.0.weight"] = generator.standard_normal((10, 50), np.float32)
    state["classifier.0.bias"] = np.zeros(10, np.float32)
    return state


@pytest.fixture(scope="module")
def vgg19():
    return random_vgg("vgg19")


def empty_vgg(architecture, **others):
    """The layout with zeros; others replace a tensor (or, None, drop it), "_" for "." in a name."""
    state = {}
    for number, (height, width, channels_in, channels) in zip(
        CONVOLUTIONS[architecture], kernel_shapes(architecture)
    ):
        state[f"features.{number}.weight"] = zeros(channels, channels_in, height, width)
        state[f"features.{number}.bias"] = zeros(channels)
    state |= {name.replace("_", "."): saved for name, saved in others.items()}
    return {name: saved for name, saved in state.items() if saved is not None}


def torchs_features(state, architecture, picture):
    """What torchvision's layers give, in doubles: a picture [height, width, 3] of RGB in 0-255.

    Each convolution's output before and after ReLU, [channels, height, width].
    """
    mean, deviation = np.array([0.485, 0.456, 0.406]), np.array([0.229, 0.224, 0.225])
    features = ((picture / 255 - mean) / deviation).transpose(2, 0, 1)
    outputs = []
    for number in range(CONVOLUTIONS[architecture][-1] + 1):
        _, height, width = features.shape
        if number in POOLINGS[architecture]:
            cut = features[:, : height // 2 * 2, : width // 2 * 2]
            features = cut.reshape(-1, height // 2, 2, width // 2, 2).max(axis=(2, 4))
        elif number in CONVOLUTIONS[architecture]:
            kernel = state[f"features.{number}.weight"].astype(np.float64)
            padded = np.pad(features, ((0, 0), (1, 1), (1, 1)))
            before = state[f"features.{number}.bias"][:, np.newaxis, np.newaxis] + sum(
                np.tensordot(kernel[:, :, y, x], padded[:, y : y + height, x : x + width], 1)
                for y in range(3)
                for x in range(3)
            )
            features = np.maximum(before, 0)
            outputs.append((before, features))
    return outputs


@both_formats
def test_features_equal_torchs(tmp_path, vgg19, write):
    path = tmp_path / "vgg19-dcbb9e9d.pth"
    write(path, {name: whole(array) for name, array in vgg19.items()})
    folder = export.export(str(path), None, tmp_path / "out")
    assert folder.name == "vgg19-dcbb9e9d"

    picture = np.random.default_rng(2).uniform(0, 255, (37, 50, 3)).astype(np.float32)
    loaded = tf.saved_model.load(str(folder))
    actual = loaded.signatures["serving_default"](picture=tf.constant(picture[np.newaxis]))
    expected = torchs_features(vgg19, "vgg19", picture)
    names = kept_layer_names("vgg19")
    assert len(actual) == 2 * len(names)
    for name, outputs in zip(names, expected):
        for tensor_name, output in zip((f"{name}/preactivation", name), outputs):
            features = actual[tensor_name][0].numpy().transpose(2, 0, 1)
            assert features.shape == output.shape
            assert relative_difference(features, output) < 1e-5, tensor_name


def test_manifest_is_in_torchs_units(tmp_path):
    path = tmp_path / "vgg16-397923af.pth"
    write_zip(path, empty_vgg("vgg16"))
    described = manifest.read_whole(export.export(str(path), None, tmp_path / "out"))
    assert described["architecture"] == "vgg16"
    assert described["featureUnits"] == "torch"
    assert described["preprocessing"] == {
        "input": "RGB 0-255",
        "channelOrder": "RGB",
        "mean": [123.675, 116.28, 103.53],
        "scale": [1 / 58.395, 1 / 57.12, 1 / 57.375],
    }
    assert described["weights"]["kind"] == "file"
    assert described["weights"]["source"] == path.name
    assert described["weights"]["licence"] == "unknown"


@both_formats
@pytest.mark.parametrize("architecture", CONVOLUTIONS)
def test_layers_are_told_by_their_numbers(tmp_path, write, architecture):
    """In a file the layers may stand in any order."""
    bias = np.arange(512, dtype=np.float32)
    state = empty_vgg(architecture, features_28_bias=whole(bias))
    write(tmp_path / "vgg.pt", dict(reversed(state.items())))
    read, convolutions = read_vgg(tmp_path / "vgg.pt")
    assert read == architecture
    assert [convolution.name for convolution in convolutions] == layer_names(architecture)
    number = CONVOLUTIONS[architecture].index(28)
    np.testing.assert_array_equal(convolutions[number].bias, bias)


@both_formats
@pytest.mark.parametrize(
    "form", [tensor, tensor_of_2017, parameter, parameter_of_2017, parameter_of_2016]
)
@pytest.mark.parametrize("dtype", KINDS)
def test_every_form_of_a_tensor(tmp_path, write, form, dtype):
    elements = np.arange(20).astype(dtype)
    state = {
        "other": whole(np.ones(3)),
        "a.turned": Saved(elements, (3, 2), (1, 4), offset=5),
        "a.plain": whole(elements.reshape(4, 5)),
    }
    write(tmp_path / "any.pth", state, form)
    tensors = read_tensors(tmp_path / "any.pth", "a.")
    assert list(tensors) == ["a.turned", "a.plain"]
    np.testing.assert_array_equal(tensors["a.turned"], [[5, 9], [6, 10], [7, 11]])
    np.testing.assert_array_equal(tensors["a.plain"], elements.reshape(4, 5))
    assert tensors["a.plain"].dtype == dtype


def test_a_view_of_a_storage_in_the_old_format(tmp_path):
    saved = Saved(np.arange(9, dtype=np.float32), (2,), (1,), offset=1)
    view = tuple_of(text("view"), integer(4), integer(3))
    write_legacy(tmp_path / "a.pth", {"a": saved}, pickled=state_dict({"a": saved}, tensor, view))
    np.testing.assert_array_equal(read_tensors(tmp_path / "a.pth", "a")["a"], [5, 6])


@both_formats
@pytest.mark.parametrize(
    ("state", "said"),
    [
        (empty_vgg("vgg19", features_21_bias=None), "lacks 'features.21.bias', unlike vgg19"),
        (empty_vgg("vgg16", features_1_weight=zeros(64)), "has 'features.1.weight', unlike vgg16"),
        (
            empty_vgg("vgg19", features_5_weight=zeros(128, 64, 5, 5)),
            r"features\.5\.weight has the shape \[128, 64, 5, 5\], and \[128, 64, 3, 3\] in vgg19",
        ),
        (
            empty_vgg("vgg16", features_28_bias=zeros(511)),
            r"features\.28\.bias has the shape \[511\]",
        ),
        (
            empty_vgg("vgg16", features_7_bias=whole(np.full(128, np.nan, np.float32))),
            "the weights of block2_conv2 are not finite",
        ),
        (
            empty_vgg("vgg16", features_0_bias=Saved(np.zeros(63, np.float32), (64,), (1,))),
            "cannot be read as PyTorch weights",
        ),
        ({"conv1.weight": zeros(64, 3, 7, 7)}, "lacks 'features.0.bias'"),
        ({"features.\n": zeros(1)}, r"has 'features.\\n'"),
        ({}, "lacks 'features.0.bias'"),
    ],
    ids=["missing", "batch-norm", "kernel", "bias", "nan", "short", "resnet", "odd", "empty"],
)
def test_other_networks_are_refused_in_one_line(tmp_path, write, state, said):
    write(tmp_path / "bad.pth", state)
    refused(tmp_path / "bad.pth", said)


def refused(path, said):
    with pytest.raises(BadInput, match=said) as refusal:
        read_vgg(path)
    assert str(path) in str(refusal.value)
    assert "\n" not in str(refusal.value)


def shortened(write, size):
    def write_shortened(path):
        write(path, empty_vgg("vgg16") | {"classifier.0.weight": whole(np.zeros((100, 100)))})
        path.write_bytes(path.read_bytes()[:size])

    return write_shortened


def write_keras(path):
    model = keras.Sequential([keras.Input((8, 8, 3)), keras.layers.Conv2D(4, 3)])
    model.save_weights(path.with_suffix(".weights.h5"))
    path.with_suffix(".weights.h5").rename(path)


@pytest.mark.parametrize(
    ("write", "said"),
    [
        (lambda path: None, "is not a file"),
        (lambda path: path.write_bytes(b""), "cannot be read as PyTorch weights"),
        (lambda path: path.write_text("weights"), "cannot be read as PyTorch weights"),
        (lambda path: path.write_bytes(pickle.dumps({})), "cannot be read as PyTorch weights"),
        (lambda path: path.write_bytes(pickle.dumps(1) * 2), "is no PyTorch file"),
        (lambda path: zipfile.ZipFile(path, "w").writestr("a", "b"), "cannot be read as PyTorch"),
        (write_keras, "cannot be read as PyTorch weights"),
        (shortened(write_zip, -100), "cannot be read as PyTorch weights"),
        (shortened(write_zip, 1000), "cannot be read as PyTorch weights"),
        (shortened(write_legacy, -1), "cannot be read as PyTorch weights"),
        (shortened(write_legacy, -80_010), "cannot be read as PyTorch weights"),
        (shortened(write_legacy, 1000), "cannot be read as PyTorch weights"),
        (lambda path: write_zip(path, {}, pickled=pickle.dumps([1])), "cannot be read as PyTorch"),
        (lambda path: write_zip(path, {}, byteorder=b"big"), "written on a big-endian machine"),
    ],
)
def test_other_files_are_refused_in_one_line(tmp_path, write, said):
    path = tmp_path / "bad.pth"
    write(path)
    refused(path, said)


@both_formats
@pytest.mark.parametrize(
    "attack",
    [
        lambda file: called("posix", "system", text(f"touch {file}")),
        lambda file: called("builtins", "eval", text(f"open({str(file)!r}, 'w')")),
        lambda file: b"(S'touch " + str(file).encode() + b"'\niposix\nsystem\n",
        lambda file: text("os") + text("system\n") + b"\x93" + tuple_of(text("touch")) + b"R",
        lambda file: called("torchvision.models.vgg", "VGG"),
    ],
    ids=["system", "eval", "inst", "stack-global", "model"],
)
def test_a_pickle_that_names_more_than_tensors_does_not_run(tmp_path, write, attack):
    ran = tmp_path / "ran"
    path = tmp_path / "bad.pth"
    write(path, empty_vgg("vgg16"), pickled=b"\x80\x04" + attack(ran) + b".")
    refused(path, "only tensors in a dictionary are read, since a pickle can run code")
    path.write_bytes(b"\x80\x04" + attack(ran) + b".")
    refused(path, "only tensors in a dictionary are read, since a pickle can run code")
    assert not ran.exists()


def test_refused_file_leaves_nothing(tmp_path):
    path = tmp_path / "bad.pth"
    path.write_text("weights")
    with pytest.raises(BadInput):
        export.export(str(path), None, tmp_path / "out")
    assert not (tmp_path / "out").exists()
