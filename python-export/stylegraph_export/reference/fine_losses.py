"""The statistics and the variation that the finer recipes compare, in float64."""

import tensorflow as tf

# Of the mean power of the features, what is added to every variance, and at the least.
SHARE, FLOOR = 1e-3, 1e-12


def moments(features: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
    """Mean [channels] and raw second moment [channels, channels] of features' positions."""
    rows = tf.reshape(features, [-1, features.shape[-1]])
    return tf.reduce_mean(rows, 0), tf.einsum("ni,nj->ij", rows, rows) / len(rows)


def wasserstein(mean, second, target_mean, target_second) -> tf.Tensor:
    """The squared Wasserstein-2 distance of normal distributions that have these moments.

    |m - n|^2 + tr(C + D - 2 (D^1/2 C D^1/2)^1/2), where C and D are the covariances plus e I, with
    e = SHARE times the mean over the channels of both second moments for C, of the target's for D.
    """
    power, target_power = _mean_power(second), _mean_power(target_second)
    covariance = _covariance(mean, second, (power + target_power) / 2)
    target = _covariance(target_mean, target_second, target_power)
    root = _root(target)
    spread = tf.linalg.trace(covariance) + tf.linalg.trace(target)
    common = _trace_of_root(root @ covariance @ root)
    return tf.reduce_sum((mean - target_mean) ** 2) + spread - 2 * common


def wasserstein_energy(target_mean, target_second) -> tf.Tensor:
    """|n|^2 + tr D: about the distance from nothing at all."""
    target = _covariance(target_mean, target_second, _mean_power(target_second))
    return tf.reduce_sum(target_mean**2) + tf.linalg.trace(target)


def gram_distance(second, target_second) -> tf.Tensor:
    """The mean squared difference of Gram matrices."""
    return tf.reduce_mean((second - target_second) ** 2)


def gram_energy(target_second) -> tf.Tensor:
    """The distance of the Gram matrix from zero."""
    return tf.reduce_mean(target_second**2)


def absolute_variation(picture: tf.Tensor) -> tf.Tensor:
    """The sum of neighbours' absolute differences, down and across."""
    return tf.reduce_sum(abs(picture[:, 1:] - picture[:, :-1])) + tf.reduce_sum(
        abs(picture[:, :, 1:] - picture[:, :, :-1])
    )


def squared_variation(picture: tf.Tensor) -> tf.Tensor:
    """Nine points: 2 (down^2 / 3 + across^2 / 3 + both diagonals^2 / 12), each a mean.

    Beyond the edge lies the edge's pixel again. The means of the diagonals are over the corners
    between the pixels, those of the others over the pixels.
    """
    wide = tf.pad(picture, [[0, 0], [1, 1], [1, 1], [0, 0]], "SYMMETRIC")
    inner = wide[:, 1:-1, 1:-1]
    straight = _mean_square(wide[:, 2:, 1:-1] - inner) + _mean_square(wide[:, 1:-1, 2:] - inner)
    diagonal = _mean_square(wide[:, 1:, 1:] - wide[:, :-1, :-1]) + _mean_square(
        wide[:, 1:, :-1] - wide[:, :-1, 1:]
    )
    return 2 * (straight / 3 + diagonal / 12)


def _mean_square(difference: tf.Tensor) -> tf.Tensor:
    return tf.reduce_mean(difference**2)


def _mean_power(second: tf.Tensor) -> tf.Tensor:
    return tf.linalg.trace(second) / second.shape[0]


def _covariance(mean, second, power) -> tf.Tensor:
    added = (SHARE * power + FLOOR) * tf.eye(second.shape[0], dtype=second.dtype)
    return second - tf.tensordot(mean, mean, axes=0) + added


def _root(matrix: tf.Tensor) -> tf.Tensor:
    values, vectors = tf.linalg.eigh(matrix)
    return (vectors * tf.sqrt(values)) @ tf.transpose(vectors)


@tf.custom_gradient
def _trace_of_root(matrix: tf.Tensor):
    """tr M^1/2, whose gradient is M^-1/2 / 2: eigh's own has no limit for equal eigenvalues."""
    values, vectors = tf.linalg.eigh(matrix)

    def gradient(arriving: tf.Tensor) -> tf.Tensor:
        return arriving / 2 * (vectors / tf.sqrt(values)) @ tf.transpose(vectors)

    return tf.reduce_sum(tf.sqrt(values)), gradient
