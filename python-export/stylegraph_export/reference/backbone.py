"""An exported model's weights, as Keras layers or as arrays, and what its manifest says of them."""

from pathlib import Path

import keras
import numpy as np
import tensorflow as tf

from stylegraph_export import manifest
from stylegraph_export.cli import BadInput

# Keras's VGG takes 0-255 less the mean, torchvision's the same over 255 and the standard deviation
# (ImageNet's, 0.226 on average), and the features of a ReLU network grow with its input.
KERAS_PER_TORCH = 255 * 0.226


class Backbone:
    """A VGG: its weights, its preprocessing and the units of its features.

    name and sha256 are the manifest's, sha256 being that of the weights' source; units is "keras"
    or "torch"; layers maps a convolution's name to picture pixels per feature, in the network's
    order. channel_order is "BGR" or "RGB"; mean and scale (one number or three) are in that order.
    """

    def __init__(self, folder: Path) -> None:
        """Reads the folder of an exported model. Raises BadInput if it holds no whole one."""
        described = manifest.read_whole(folder)
        if described is None:
            raise BadInput(f"--model {folder} holds no whole model; export it again")
        preprocessing = described["preprocessing"]
        self.name: str = described["name"]
        self.sha256: str = described["weights"]["sha256"]
        self.units: str = described["featureUnits"]
        self.layers: dict[str, int] = {
            layer["name"]: layer["stride"] for layer in described["layers"]
        }
        self.channel_order: str = preprocessing["channelOrder"]
        self.mean = np.asarray(preprocessing["mean"], np.float32)
        self.scale = np.asarray(preprocessing["scale"], np.float32)
        self._variables = tf.train.load_checkpoint(str(folder / "variables" / "variables"))

    def preprocess(self, rgb: tf.Tensor) -> tf.Tensor:
        """The network's input of RGB in 0-255, channels last."""
        channels = rgb[..., ::-1] if self.channel_order == "BGR" else rgb
        return (channels - self.mean) * self.scale

    def feature_scale(self, units: str) -> float:
        """What the features are multiplied by to be in these units, "keras" or "torch"."""
        if units == self.units:
            return 1.0
        return 1 / KERAS_PER_TORCH if units == "torch" else KERAS_PER_TORCH

    def weights(self, layer: str) -> tuple[np.ndarray, np.ndarray]:
        """A convolution's kernel [3, 3, channels in, channels out] and bias [channels out]."""
        kernel, bias = (
            self._variables.get_tensor(f"{layer}/{part}") for part in ("kernel", "bias")
        )
        return kernel, bias


def load_model(backbone: Backbone) -> keras.Model:
    """The backbone as Keras layers.

    Takes preprocessed pictures [1, height, width, 3]; gives a dictionary of features
    [1, height / stride, width / stride, channels]: "NAME" after ReLU, "NAME/preactivation" before.
    """
    picture = keras.Input((None, None, 3))
    features, stride, outputs = picture, 1, {}
    for name, layer_stride in backbone.layers.items():
        if layer_stride != stride:
            features = keras.layers.MaxPooling2D()(features)
            stride = layer_stride
        kernel, bias = backbone.weights(name)
        convolution = keras.layers.Conv2D(bias.size, 3, padding="same", name=name)
        before = outputs[f"{name}/preactivation"] = convolution(features)
        convolution.set_weights([kernel, bias])
        features = outputs[name] = keras.layers.ReLU()(before)
    return keras.Model(picture, outputs)
