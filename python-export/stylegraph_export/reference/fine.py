"""The finer recipes' objective, in float64, with every choice of network and losses."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import tensorflow as tf

from . import fine_losses, fine_network
from .backbone import Backbone
from .system import Terms


@dataclass(frozen=True)
class Choices:
    """What a recipe says of the objective. Style and content are relative, pixels in 0-255.

    Attributes:
        style: weights of the style layers.
        content: weights of the content layers.
        style_weight, content_weight, variation_weight: of the terms.
        statistic: "gram" or "moments".
        variation: "absolute" or "squared".
        pooling: one of fine_network.POOLINGS.
        padding: one of fine_network.PADDINGS.
    """

    style: Mapping[str, float]
    content: Mapping[str, float]
    style_weight: float = 1.0
    content_weight: float = 1.0
    variation_weight: float = 0.0
    statistic: str = "gram"
    variation: str = "absolute"
    pooling: str = "max"
    padding: str = "zero"
    layers: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "layers", (*self.style, *self.content))


class Objective:
    """The objective of a content and a style picture, RGB in 0-255, [height, width, 3]."""

    def __init__(
        self, choices: Choices, backbone: Backbone, content: np.ndarray, style: np.ndarray
    ) -> None:
        self._choices = choices
        self._backbone = backbone
        of_content = self._features(_tensor(content))
        of_style = self._features(_tensor(style))
        self._contents = {layer: of_content[layer] for layer in choices.content}
        self._styles = {layer: fine_losses.moments(of_style[layer]) for layer in choices.style}

    def evaluate(self, picture: np.ndarray) -> tuple[Terms, np.ndarray]:
        """The terms, and the total's gradient with respect to the picture."""
        seen = _tensor(picture)
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            tape.watch(seen)
            terms = self._terms(seen)
        return Terms(*map(float, terms)), tape.gradient(terms.total, seen).numpy()[0]

    def _terms(self, picture: tf.Tensor) -> Terms:
        choices = self._choices
        features = self._features(picture)
        style = sum(
            weight * self._style_loss(layer, features[layer])
            for layer, weight in choices.style.items()
        )
        content = sum(
            weight * _relative(features[layer], self._contents[layer])
            for layer, weight in choices.content.items()
        )
        squared = choices.variation == "squared"
        variation = fine_losses.squared_variation if squared else fine_losses.absolute_variation
        return Terms.of(
            content=choices.content_weight * content,
            style=choices.style_weight * style,
            tv=choices.variation_weight * variation(picture),
        )

    def _style_loss(self, layer: str, features: tf.Tensor) -> tf.Tensor:
        mean, second = fine_losses.moments(features)
        target_mean, target_second = self._styles[layer]
        if self._choices.statistic == "gram":
            distance = fine_losses.gram_distance(second, target_second)
            return distance / fine_losses.gram_energy(target_second)
        distance = fine_losses.wasserstein(mean, second, target_mean, target_second)
        return distance / fine_losses.wasserstein_energy(target_mean, target_second)

    def _features(self, picture: tf.Tensor) -> dict[str, tf.Tensor]:
        choices = self._choices
        return fine_network.features(
            self._backbone, picture, choices.layers, choices.pooling, choices.padding
        )


def averaged(iterates: list[np.ndarray], decay: float) -> np.ndarray:
    """The exponential average of iterates, oldest first, divided by its weights' sum."""
    ages = np.arange(len(iterates))[::-1]
    weights = (1 - decay) * decay**ages
    return np.tensordot(weights, np.asarray(iterates, np.float64), axes=1) / weights.sum()


def _relative(features: tf.Tensor, target: tf.Tensor) -> tf.Tensor:
    return tf.reduce_sum((features - target) ** 2) / tf.reduce_sum(target**2)


def _tensor(picture: np.ndarray) -> tf.Tensor:
    return tf.constant(picture[np.newaxis], tf.float64)
