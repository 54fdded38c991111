"""Runs a system in TensorFlow: features of Keras layers, gradients of GradientTape, float32."""

import math
from collections.abc import Callable

import keras
import numpy as np
import tensorflow as tf

from stylegraph_export.cli import ExportError

from .backbone import Backbone, load_model
from .system import Report, System, Terms


class TensorflowRun:
    """A system with its targets. Pictures are RGB in 0-255, [height, width, 3], any real type."""

    def __init__(
        self, system: System, backbone: Backbone, content: np.ndarray, style: np.ndarray
    ) -> None:
        self.system = system
        self._backbone = backbone
        model = load_model(backbone)
        self._model = keras.Model(model.input, {name: model.output[name] for name in system.layers})
        self._scale = backbone.feature_scale(system.units)
        self._targets = system.targets(*map(self._scaled_features, (content, style)))
        self._evaluate = tf.function(self._terms_and_gradient)

    def features(self, picture: np.ndarray) -> dict[str, np.ndarray]:
        """By layer, [height, width, channels], in the backbone's own units."""
        features = self._model_features(self._own(picture))
        return {name: tensor.numpy()[0] for name, tensor in features.items()}

    def evaluate(self, picture: np.ndarray) -> tuple[Terms, np.ndarray]:
        """The terms, and the total's gradient with respect to RGB in 0-255."""
        terms, gradient = self._evaluate(self._own(picture))
        return _plain(terms), self.system.pixels.gradient_to_bytes(gradient.numpy()[0])

    def optimise(
        self,
        start: np.ndarray,
        steps: int,
        report: Report,
        disturb: Callable[[np.ndarray], np.ndarray] = lambda gradient: gradient,
    ) -> np.ndarray:
        """Runs the search from start; gives the result. Raises ExportError where numbers end.

        The search sees each gradient as disturb leaves it.
        """
        search = self.system.search(self._own(start))
        picture = next(search)
        best = math.inf, picture
        for number in range(1, steps + 1):
            terms, gradient = self._evaluate(picture)
            terms = _plain(terms)
            best = _better(best, terms, picture)
            picture = search.send((terms.total, disturb(gradient.numpy())))
            report(number, terms)
            if math.isinf(best[0]) or not np.isfinite(picture).all():
                raise ExportError(f"step {number} left nothing finite (loss {terms.total})")
        if self.system.keep_best:
            # The last update's picture has not been looked at yet.
            picture = _better(best, _plain(self._evaluate(picture)[0]), picture)[1]
        return self.system.pixels.to_bytes(picture)[0]

    def _own(self, picture: np.ndarray) -> np.ndarray:
        return self.system.pixels.of_bytes(np.float32(picture))[np.newaxis]

    def _model_features(self, picture) -> dict[str, tf.Tensor]:
        return self._model(self._backbone.preprocess(self.system.pixels.to_bytes(picture)))

    def _scaled_features(self, picture: np.ndarray) -> dict[str, tf.Tensor]:
        return self._scaled(self._model_features(self._own(picture)))

    def _scaled(self, features: dict[str, tf.Tensor]) -> dict[str, tf.Tensor]:
        return {name: tensor * self._scale for name, tensor in features.items()}

    def _terms_and_gradient(self, picture: tf.Tensor) -> tuple[Terms, tf.Tensor]:
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            tape.watch(picture)
            features = self._scaled(self._model_features(picture))
            terms = self.system.loss(features, picture, self._targets)
        return terms, tape.gradient(terms.total, picture)


def _better(best: tuple, terms: Terms, picture: np.ndarray) -> tuple:
    return (terms.total, picture) if terms.total < best[0] else best


def _plain(terms: Terms) -> Terms:
    return Terms(*map(float, terms))
