"""L-BFGS (Liu and Nocedal 1989) without line search, as torch.optim.LBFGS runs it.

Vectors are float32, sums are taken in float64.
"""

from collections import deque
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from .system import Search

# Below this a pair's curvature is not used; torch's constant.
LEAST_CURVATURE = 1e-10


class Pair(NamedTuple):
    """A step, the gradient's change over it, and their inner product."""

    step: np.ndarray
    change: np.ndarray
    curvature: float

    def scale(self) -> float:
        """What the identity is multiplied by to be the first guess of the inverse Hessian."""
        return self.curvature / dot(self.change, self.change)


def torch_lbfgs(
    start: np.ndarray,
    rate: float = 1,
    history: int = 100,
    max_iterations: int = 20,
    tolerance_gradient: float = 1e-7,
    tolerance_change: float = 1e-9,
    before_evaluation: Callable[[np.ndarray], np.ndarray] = lambda point: point,
) -> Search:
    """The algorithm of torch.optim.LBFGS, with its defaults, one call of step() after another.

    A step() begins with an evaluation and makes up to max_iterations moves, each but the last
    followed by an evaluation. So the next step() evaluates the point that the last move reached;
    only after an early stop is a point evaluated again. before_evaluation is what a closure does
    to the parameters first; the algorithm does not know of it.
    """
    point = before_evaluation(np.asarray(start, np.float32))
    pairs: deque[Pair] = deque(maxlen=history)
    step = previous = None
    scale = 1.0
    while True:
        loss, gradient = yield point
        for iteration in range(1, max_iterations + 1):
            if np.abs(gradient).max() <= tolerance_gradient:
                break
            if previous is None:
                direction = -gradient
                length = min(1, 1 / float(np.abs(gradient).sum(dtype=np.float64))) * rate
            else:
                change = gradient - previous
                curvature = dot(change, step)
                if curvature > LEAST_CURVATURE:
                    pairs.append(Pair(step, change, curvature))
                    scale = pairs[-1].scale()
                direction = two_loops(gradient, pairs, scale)
                length = rate
            step = np.float32(length) * direction
            previous, previous_loss = gradient, loss
            if dot(gradient, direction) > -tolerance_change:
                break
            point = before_evaluation(point + step)
            if iteration == max_iterations:
                break
            loss, gradient = yield point
            if np.abs(step).max() <= tolerance_change:
                break
            if abs(loss - previous_loss) < tolerance_change:
                break


def two_loops(gradient: np.ndarray, pairs: Sequence[Pair], scale: float) -> np.ndarray:
    """The negative gradient times the inverse Hessian (Nocedal and Wright, algorithm 7.4)."""
    direction = -gradient
    weights = []
    for pair in reversed(pairs):
        weights.append(dot(pair.step, direction) / pair.curvature)
        direction = direction - np.float32(weights[-1]) * pair.change
    direction = np.float32(scale) * direction
    for pair, weight in zip(pairs, reversed(weights)):
        back = weight - dot(pair.change, direction) / pair.curvature
        direction = direction + np.float32(back) * pair.step
    return direction


def dot(a: np.ndarray, b: np.ndarray) -> float:
    """The inner product, summed in float64."""
    return float(np.dot(np.asarray(a, np.float64).ravel(), np.asarray(b, np.float64).ravel()))
