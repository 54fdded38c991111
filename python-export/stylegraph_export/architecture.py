"""The shape of VGG as far as style transfer looks: block1_conv1 to block5_conv2."""

import re
from dataclasses import dataclass

import numpy as np

# Simonyan and Zisserman, "Very Deep Convolutional Networks" (arXiv:1409.1556), table 1, D and E.
CONVOLUTIONS_PER_BLOCK = {"vgg16": (2, 2, 3, 3, 3), "vgg19": (2, 2, 4, 4, 4)}
CHANNELS_PER_BLOCK = (64, 128, 256, 512, 512)
# The deepest layer that any recipe reads.
LAST_LAYER = "block5_conv2"


@dataclass(frozen=True)
class Preprocessing:
    """What a network's input is: (pixels in channel_order - mean) * scale, pixels in 0-255.

    mean is in channel_order; scale is one number for each channel or one for all. feature_units is
    "keras" or "torch", by which the engine knows the features' size.
    """

    feature_units: str
    channel_order: str
    mean: tuple[float, ...]
    scale: tuple[float, ...] | float


# As the Caffe models have it.
KERAS = Preprocessing("keras", "BGR", mean=(103.939, 116.779, 123.68), scale=1.0)
# torchvision's mean (0.485, 0.456, 0.406) and deviation (0.229, 0.224, 0.225) of pixels in 0-1.
TORCH = Preprocessing(
    "torch", "RGB", mean=(123.675, 116.28, 103.53), scale=(1 / 58.395, 1 / 57.12, 1 / 57.375)
)


@dataclass(frozen=True)
class Convolution:
    """One 3x3 convolution with stride 1, followed by a ReLU.

    name is Keras's, "blockB_convC"; kernel is float32 [3, 3, channels in, channels out]; bias is
    float32 [channels out].
    """

    name: str
    kernel: np.ndarray
    bias: np.ndarray

    @property
    def block(self) -> int:
        """The block's number, 1 to 5."""
        return int(re.fullmatch(r"block(\d)_conv\d", self.name)[1])

    @property
    def channels(self) -> int:
        """How many features the layer gives."""
        return self.bias.size

    @property
    def stride(self) -> int:
        """How many pixels of the input one step across the layer's output is: 1, 2, 4, 8 or 16."""
        return 2 ** (self.block - 1)


def layer_names(architecture: str) -> list[str]:
    """All convolutions' Keras names, from block1_conv1 to the end of block 5."""
    return [
        f"block{block}_conv{convolution}"
        for block, count in enumerate(CONVOLUTIONS_PER_BLOCK[architecture], start=1)
        for convolution in range(1, count + 1)
    ]


def kept_layer_names(architecture: str) -> list[str]:
    """The convolutions' names from block1_conv1 to block5_conv2."""
    names = layer_names(architecture)
    return names[: names.index(LAST_LAYER) + 1]


def kernel_shapes(architecture: str) -> list[tuple[int, int, int, int]]:
    """The kernels' shapes (height, width, channels in, channels out), all five blocks in order."""
    shapes = []
    channels_in = 3
    for channels, count in zip(CHANNELS_PER_BLOCK, CONVOLUTIONS_PER_BLOCK[architecture]):
        for _ in range(count):
            shapes.append((3, 3, channels_in, channels))
            channels_in = channels
    return shapes
