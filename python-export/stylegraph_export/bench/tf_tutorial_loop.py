"""TensorFlow's tutorial as people run it: Keras layers, a tf.function, GradientTape, Keras's Adam.

The official tutorial's train step and Gram matrix, with the weights and the learning rate of
tf-eager. TensorFlow is imported first, so that it decides on oneDNN itself: the references' package
asks for it.
"""

from pathlib import Path

import keras
import numpy as np
import tensorflow as tf

from stylegraph_export.cli import run
from stylegraph_export.reference import pictures, tf_eager
from stylegraph_export.reference.backbone import Backbone, load_model
from stylegraph_export.reference.tf_tutorial import gram_matrix

from .loss_log import LossLog, loop_parser


class Tutorial:
    """The picture, [1, height, width, 3] RGB in 0-255, and its train step."""

    def __init__(self, backbone: Backbone, content: np.ndarray, style: np.ndarray) -> None:
        vgg = load_model(backbone)
        vgg.trainable = False
        names = tf_eager.TF_EAGER.layers
        self._extractor = keras.Model(vgg.input, [vgg.output[name] for name in names])
        self._preprocess = backbone.preprocess
        self._content_target = self._features(_batch(content))[0]
        self._style_targets = self._features(_batch(style))[1]
        self._optimizer = keras.optimizers.Adam(
            learning_rate=tf_eager.LEARNING_RATE,
            beta_1=tf_eager.BETA_1,
            beta_2=tf_eager.BETA_2,
            epsilon=tf_eager.EPSILON,
        )
        self.picture = tf.Variable(_batch(content))

    @tf.function
    def train_step(self) -> tf.Tensor:
        """Updates the picture; gives the loss that it had before."""
        with tf.GradientTape() as tape:
            loss = self._loss()
        gradient = tape.gradient(loss, self.picture)
        self._optimizer.apply_gradients([(gradient, self.picture)])
        self.picture.assign(tf.clip_by_value(self.picture, 0.0, 255.0))
        return loss

    def _loss(self) -> tf.Tensor:
        content, grams = self._features(self.picture)
        style = tf.add_n(
            [
                tf.reduce_mean((gram - target) ** 2)
                for gram, target in zip(grams, self._style_targets)
            ]
        )
        loss = tf_eager.STYLE_WEIGHT / len(grams) * style
        loss += tf_eager.CONTENT_WEIGHT * tf.reduce_mean((content - self._content_target) ** 2)
        return loss + tf_eager.TV_WEIGHT * tf.image.total_variation(self.picture)[0]

    def _features(self, picture: tf.Tensor) -> tuple[tf.Tensor, list[tf.Tensor]]:
        """The content's features, and the Gram matrices of the style's layers."""
        *styles, content = self._extractor(self._preprocess(picture))
        return content, [gram_matrix(features) for features in styles]


def main(arguments: list[str] | None = None) -> None:
    """The command line; arguments are sys.argv's unless given."""
    parser = loop_parser("tf_tutorial_loop")
    parser.add_argument("--model", type=Path, required=True, metavar="FOLDER")
    options = parser.parse_args(arguments)
    content, style = pictures.read(options.content), pictures.read(options.style)
    tutorial = Tutorial(Backbone(options.model), content, style)
    log = LossLog(options.log)
    for _ in range(options.steps):
        log.step(float(tutorial.train_step()))


def _batch(picture: np.ndarray) -> tf.Tensor:
    return tf.constant(np.float32(picture)[np.newaxis])


if __name__ == "__main__":
    run(main)
