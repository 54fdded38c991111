"""The recipes whose loops take part, in the numbers that the references have."""

from dataclasses import dataclass

from stylegraph_export.reference import tf_eager, tf_tutorial

from .job import RECIPES


@dataclass(frozen=True)
class Case:
    """A recipe of TensorFlow's tutorials; white is what 255 is in the pixels that it optimises."""

    white: float
    content_weight: float
    tv_weight: float
    learning_rate: float
    beta_1: float
    beta_2: float
    epsilon: float
    layers: tuple[str, ...] = tf_eager.TF_EAGER.layers
    style_weight: float = tf_eager.STYLE_WEIGHT

    @property
    def to_bytes(self) -> float:
        """What a pixel value is multiplied by to be in 0-255."""
        return 255 / self.white


_TF_EAGER = Case(
    white=255.0,
    content_weight=tf_eager.CONTENT_WEIGHT,
    tv_weight=tf_eager.TV_WEIGHT,
    learning_rate=tf_eager.LEARNING_RATE,
    beta_1=tf_eager.BETA_1,
    beta_2=tf_eager.BETA_2,
    epsilon=tf_eager.EPSILON,
)
_TF_TUTORIAL = Case(
    white=1.0,
    content_weight=tf_tutorial.CONTENT_WEIGHT,
    tv_weight=tf_tutorial.TOTAL_VARIATION_WEIGHT,
    learning_rate=tf_tutorial.LEARNING_RATE,
    beta_1=tf_tutorial.BETA_1,
    beta_2=tf_tutorial.BETA_2,
    epsilon=tf_tutorial.EPSILON,
)
CASES = dict(zip(RECIPES, (_TF_EAGER, _TF_TUTORIAL)))
