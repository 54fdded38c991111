"""TensorFlow's tutorial as people run it: Keras layers, a tf.function, GradientTape, Keras's Adam.

The official tutorial's train step and Gram matrix, with the numbers of a case. TensorFlow is
imported first, so that it decides on oneDNN itself: the references' package asks for it.
"""

from pathlib import Path

import keras
import numpy as np
import tensorflow as tf

from stylegraph_export.cli import run
from stylegraph_export.reference import pictures
from stylegraph_export.reference.backbone import Backbone, load_model
from stylegraph_export.reference.tf_tutorial import gram_matrix

from .cases import CASES, Case
from .loss_log import LossLog, loop_parser


class Tutorial:
    """The picture, [1, height, width, 3] RGB in the case's pixels, and its train step."""

    def __init__(
        self, backbone: Backbone, content: np.ndarray, style: np.ndarray, case: Case
    ) -> None:
        self._case = case
        vgg = load_model(backbone)
        vgg.trainable = False
        self._extractor = keras.Model(vgg.input, [vgg.output[name] for name in case.layers])
        self._preprocess = backbone.preprocess
        self._content_target = self._features(self._batch(content))[0]
        self._style_targets = self._features(self._batch(style))[1]
        self._optimizer = keras.optimizers.Adam(
            learning_rate=case.learning_rate,
            beta_1=case.beta_1,
            beta_2=case.beta_2,
            epsilon=case.epsilon,
        )
        self.picture = tf.Variable(self._batch(content))

    @tf.function
    def train_step(self) -> tf.Tensor:
        """Updates the picture; gives the loss that it had before."""
        with tf.GradientTape() as tape:
            loss = self._loss()
        gradient = tape.gradient(loss, self.picture)
        self._optimizer.apply_gradients([(gradient, self.picture)])
        self.picture.assign(tf.clip_by_value(self.picture, 0.0, self._case.white))
        return loss

    def _loss(self) -> tf.Tensor:
        content, grams = self._features(self.picture)
        style = tf.add_n(
            [
                tf.reduce_mean((gram - target) ** 2)
                for gram, target in zip(grams, self._style_targets)
            ]
        )
        loss = self._case.style_weight / len(grams) * style
        loss += self._case.content_weight * tf.reduce_mean((content - self._content_target) ** 2)
        return loss + self._case.tv_weight * tf.image.total_variation(self.picture)[0]

    def _features(self, picture: tf.Tensor) -> tuple[tf.Tensor, list[tf.Tensor]]:
        """The content's features, and the Gram matrices of the style's layers."""
        *styles, content = self._extractor(self._preprocess(picture * self._case.to_bytes))
        return content, [gram_matrix(features) for features in styles]

    def _batch(self, picture: np.ndarray) -> tf.Tensor:
        return tf.constant(np.float32(picture)[np.newaxis] / np.float32(self._case.to_bytes))


def main(arguments: list[str] | None = None) -> None:
    """The command line; arguments are sys.argv's unless given."""
    parser = loop_parser("tf_tutorial_loop")
    parser.add_argument("--model", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--recipe", choices=CASES, required=True)
    options = parser.parse_args(arguments)
    content, style = pictures.read(options.content), pictures.read(options.style)
    tutorial = Tutorial(Backbone(options.model), content, style, CASES[options.recipe])
    log = LossLog(options.log)
    for _ in range(options.steps):
        log.step(float(tutorial.train_step()))


if __name__ == "__main__":
    run(main)
