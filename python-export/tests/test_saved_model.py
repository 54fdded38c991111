"""The exported SavedModel: equal to Keras, differentiable, and nothing more than is needed."""

import keras
import numpy as np
import pytest
import tensorflow as tf
from conftest import relative_difference
from tensorflow.core.framework.graph_pb2 import GraphDef
from tensorflow.core.protobuf.saved_model_pb2 import SavedModel

from stylegraph_export.architecture import kept_layer_names
from stylegraph_export.checksum import sha256_of
from stylegraph_export.manifest import read_whole

# Each has a gradient in TensorFlow's C++ registry, or needs none.
DIFFERENTIABLE = {"ReverseV2", "Sub", "Conv2D", "BiasAdd", "Relu", "MaxPool"}
LEAVES = {"Placeholder", "Const", "VarHandleOp", "ReadVariableOp"}


@pytest.fixture(params=["random", "hed"])
def exported(request):
    """The Keras weights and the folder of what was exported from them."""
    weights = request.getfixturevalue(f"{request.param}_weights")
    return weights, request.getfixturevalue(f"{request.param}_model")


def signature_of(folder):
    # The signature works only as long as the loaded object is alive.
    loaded = tf.saved_model.load(str(folder))
    return loaded, loaded.signatures["serving_default"]


def graph_of(folder) -> GraphDef:
    saved = SavedModel.FromString((folder / "saved_model.pb").read_bytes())
    return saved.meta_graphs[0].graph_def


def test_features_equal_kerass(exported):
    weights, folder = exported
    picture = np.random.default_rng(1).uniform(0, 255, (1, 51, 67, 3)).astype(np.float32)
    _model, signature = signature_of(folder)
    actual = signature(picture=tf.constant(picture))

    names = kept_layer_names(weights.architecture)
    layers = [weights.model.get_layer(name) for name in names]
    keras_model = keras.Model(
        weights.model.input, [[layer.input, layer.output] for layer in layers]
    )
    expected = keras_model(keras.applications.vgg19.preprocess_input(picture.copy()))

    for layer, (layer_input, after) in zip(layers, expected, strict=True):
        kernel, bias = layer.get_weights()
        before = keras.ops.conv(layer_input, kernel, padding="same") + bias
        assert actual[layer.name].shape == after.shape
        assert relative_difference(actual[layer.name], after) < 1e-5, layer.name
        preactivation = f"{layer.name}/preactivation"
        assert relative_difference(actual[preactivation], before) < 1e-5, preactivation


def test_signature_names_every_layer_and_its_preactivation(exported):
    weights, folder = exported
    _model, signature = signature_of(folder)
    names = kept_layer_names(weights.architecture)
    assert set(signature.structured_outputs) == {
        *names,
        *(f"{name}/preactivation" for name in names),
    }
    assert signature.structured_input_signature[1]["picture"].shape.as_list() == [1, None, None, 3]


def test_differentiates_in_python(hed_model):
    _model, signature = signature_of(hed_model)
    picture = tf.random.stateless_uniform((1, 33, 40, 3), seed=(1, 2), maxval=255.0)
    with tf.GradientTape() as tape:
        tape.watch(picture)
        loss = tf.reduce_mean(tf.square(signature(picture=picture)["block5_conv2/preactivation"]))
    gradient = tape.gradient(loss, picture)
    assert gradient.shape == picture.shape
    assert np.isfinite(gradient).all()
    assert np.any(gradient)


def test_graph_is_flat_and_ends_with_block5_conv2(exported):
    weights, folder = exported
    graph = graph_of(folder)
    nodes = {node.name: node for node in graph.node}
    names = kept_layer_names(weights.architecture)
    last = names[-1]
    assert last == "block5_conv2"
    for name in names:
        assert nodes[name].op == "Relu"
        assert nodes[f"{name}/preactivation"].op == "BiasAdd"
    deeper = {"block5_conv3", "block5_conv4", "block5_pool"}
    assert not [name for name in nodes if name.split("/")[0] in deeper]
    assert len(graph.library.function) == 0

    needed, open_names = set(), [last]
    while open_names:
        name = open_names.pop().split(":")[0].removeprefix("^")
        if name not in needed:
            needed.add(name)
            open_names.extend(nodes[name].input)
    assert {nodes[name].op for name in needed} <= DIFFERENTIABLE | LEAVES


def test_weights_are_variables_and_not_constants(exported):
    weights, folder = exported
    variables = {name for name, _ in tf.train.list_variables(str(folder / "variables/variables"))}
    names = kept_layer_names(weights.architecture)
    assert variables == {f"{name}/{part}" for name in names for part in ("kernel", "bias")}
    assert (folder / "saved_model.pb").stat().st_size < 200_000


def test_manifest_describes_the_model(exported):
    weights, folder = exported
    manifest = read_whole(folder)
    assert list(manifest) == [
        "schemaVersion",
        "name",
        "architecture",
        "weights",
        "preprocessing",
        "featureUnits",
        "calibration",
        "input",
        "layers",
        "files",
        "writtenBy",
    ]
    assert manifest["schemaVersion"] == 1
    assert manifest["name"] == folder.name
    assert manifest["architecture"] == weights.architecture
    assert manifest["weights"] == {
        "kind": weights.kind,
        "source": weights.source,
        "sha256": weights.sha256,
        "licence": weights.licence,
    }
    assert manifest["preprocessing"] == {
        "input": "RGB 0-255",
        "channelOrder": "BGR",
        "mean": [103.939, 116.779, 123.68],
        "scale": 1.0,
    }
    assert manifest["input"]["tensor"] == "picture:0"
    assert manifest["writtenBy"]["tensorflow"] == "2.16.2"
    for name, checksum in manifest["files"].items():
        assert sha256_of(folder / name) == checksum


def test_manifest_describes_each_layer(hed_model):
    layers = read_whole(hed_model)["layers"]
    assert [layer["name"] for layer in layers] == kept_layer_names("vgg16")
    assert [layer["stride"] for layer in layers] == [1, 1, 2, 2, 4, 4, 4, 8, 8, 8, 16, 16]
    assert [layer["channels"] for layer in layers] == [64] * 2 + [128] * 2 + [256] * 3 + [512] * 5
    assert layers[4]["tensor"] == "block3_conv1:0"
    assert layers[4]["preactivation"] == "block3_conv1/preactivation:0"
