"""Adam (Kingma and Ba, arXiv:1412.6980) in the two forms that programs have, in float32."""

from collections.abc import Callable

import numpy as np

from .system import Search


def _same(picture: np.ndarray) -> np.ndarray:
    return picture


def tensorflow_adam(
    start: np.ndarray,
    rate: float,
    beta_1: float,
    beta_2: float,
    epsilon: float,
    bounded: Callable[[np.ndarray], np.ndarray] = _same,
) -> Search:
    """Adam of TensorFlow 1 and Keras: the paper's section 2, last paragraph.

    Epsilon is added to the root of the uncorrected second moment. bounded is applied to the
    picture after each update.
    """
    # 1 - beta_2 is taken in float32, as in TensorFlow's kernel: for 0.999 it is 1e-5 off.
    one, beta_1, beta_2 = np.float32(1), np.float32(beta_1), np.float32(beta_2)
    picture = np.asarray(start, np.float32)
    first = second = np.zeros_like(picture)
    power_1 = power_2 = one
    while True:
        _, gradient = yield picture
        first = beta_1 * first + (one - beta_1) * gradient
        second = beta_2 * second + (one - beta_2) * np.square(gradient)
        power_1, power_2 = power_1 * beta_1, power_2 * beta_2
        corrected = np.float32(rate) * np.sqrt(one - power_2) / (one - power_1)
        picture = bounded(picture - corrected * first / (np.sqrt(second) + np.float32(epsilon)))


def torch_adam(
    start: np.ndarray, rate: float, beta_1: float, beta_2: float, epsilon: float
) -> Search:
    """Adam of torch.optim.Adam, the paper's algorithm 1: epsilon beside the corrected root."""
    picture = np.asarray(start, np.float32)
    first = second = np.zeros_like(picture)
    number = 0
    while True:
        _, gradient = yield picture
        number += 1
        first = first + np.float32(1 - beta_1) * (gradient - first)
        second = np.float32(beta_2) * second + np.float32(1 - beta_2) * np.square(gradient)
        size = np.float32(rate / (1 - beta_1**number))
        root = np.sqrt(second) / np.float32(np.sqrt(1 - beta_2**number)) + np.float32(epsilon)
        picture = picture - size * (first / root)
