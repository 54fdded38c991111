"""L-BFGS (Liu and Nocedal 1989) without line search: torch's, and a projected one.

Vectors are float32, sums are taken in float64.
"""

from collections import deque
from collections.abc import Callable

import numpy as np

from .system import Search


def torch_lbfgs(
    start: np.ndarray,
    rate: float = 1,
    max_iterations: int = 20,
    tolerance_gradient: float = 1e-7,
    tolerance_change: float = 1e-9,
    history: int = 100,
    before_evaluation: Callable[[np.ndarray], np.ndarray] = lambda point: point,
) -> Search:
    """The algorithm of torch.optim.LBFGS, with its defaults, one step() after another.

    A step() begins with an evaluation and makes up to max_iterations moves, each but the last
    followed by an evaluation: where nothing stops it early, the next step() evaluates the point
    that the last move reached, and none is evaluated twice. before_evaluation is what a closure
    does to the parameters first; the algorithm does not know of it.
    """
    point = before_evaluation(np.float32(start))
    loss, gradient = yield point
    pairs: deque[tuple[np.ndarray, np.ndarray]] = deque(maxlen=history)
    direction = previous = None
    length = scale = 1.0
    while True:
        evaluated = True
        for iteration in range(1, max_iterations + 1):
            if np.abs(gradient).max() <= tolerance_gradient:
                break
            if previous is None:
                direction = -gradient
                length = min(1.0, 1.0 / float(np.abs(gradient).sum(dtype=np.float64))) * rate
            else:
                change, step = gradient - previous, direction * np.float32(length)
                curvature = _dot(change, step)
                if curvature > 1e-10:
                    pairs.append((step, change))
                    scale = curvature / _dot(change, change)
                direction = _two_loops(gradient, pairs, scale)
                length = rate
            previous, previous_loss = gradient, loss
            if _dot(gradient, direction) > -tolerance_change:
                break
            point = before_evaluation(point + np.float32(length) * direction)
            evaluated = iteration < max_iterations
            if not evaluated:
                break
            loss, gradient = yield point
            moved = float(np.abs(direction).max()) * length
            if moved <= tolerance_change or abs(loss - previous_loss) < tolerance_change:
                break
        # The evaluation that the next step() begins with; of the same point after an early stop.
        loss, gradient = yield point


def _two_loops(gradient: np.ndarray, pairs, scale: float) -> np.ndarray:
    direction = -gradient
    weights = []
    for step, change in reversed(pairs):
        weight = _dot(step, direction) / _dot(step, change)
        weights.append(weight)
        direction = direction - np.float32(weight) * change
    direction = np.float32(scale) * direction
    for (step, change), weight in zip(pairs, reversed(weights)):
        correction = _dot(change, direction) / _dot(step, change)
        direction = direction + np.float32(weight - correction) * step
    return direction


def _dot(a: np.ndarray, b: np.ndarray) -> float:
    return float(np.dot(np.float64(a).ravel(), np.float64(b).ravel()))


LEAST_RELATIVE_CURVATURE = np.finfo(np.float64).eps
MAX_RESETS = 8


def projected_lbfgs(
    start: np.ndarray,
    lower: float,
    upper: float,
    history: int = 50,
    climb_limit: float = 10,
) -> Search:
    """L-BFGS within bounds (after Bertsekas 1982): values that press outward at one are held.

    Held values take no part in the inner products, the others step by the whole quasi-Newton
    direction, and the point is projected back. Pairs hold the steps as they came out; one is kept
    if y's > eps y'y (Byrd, Lu, Nocedal and Zhu 1995). The first step moves the steepest value by
    1/255 of the range. A loss that is not finite or above climb_limit times the best sends the
    search back to the best point, without its pairs and with a quarter of the step's length, which
    each better point doubles again up to the whole. After eight such resets without a better point
    the search stays at the best.
    """
    point = np.clip(np.float32(start), lower, upper)
    pairs: deque[tuple[np.ndarray, np.ndarray]] = deque(maxlen=history)
    best, step, previous = None, None, None
    part, resets = 1.0, 0
    while True:
        loss, gradient = yield point
        finite = np.isfinite(loss) and np.isfinite(gradient).all()
        if best is None or (finite and loss < best[0]):
            best = loss, point, gradient
            part, resets = min(1.0, 2 * part), 0
        elif not finite or loss > climb_limit * best[0]:
            resets += 1
            if resets > MAX_RESETS:
                point = best[1]
                continue
            _, point, gradient = best
            pairs.clear()
            step, part = None, part / 4
        if step is not None:
            change = gradient - previous
            if _dot(change, step) > LEAST_RELATIVE_CURVATURE * _dot(change, change):
                pairs.append((step, change))
        free = ~(((point <= lower) & (gradient > 0)) | ((point >= upper) & (gradient < 0)))
        direction = _free_direction(gradient, free, pairs)
        length = part
        if not pairs:
            steepest = float(np.abs(direction).max())
            length *= (upper - lower) / 255 / steepest if steepest > 0 else 0
        moved = np.clip(point + np.float32(length) * direction, lower, upper)
        step, previous, point = moved - point, gradient, moved


def _free_direction(gradient: np.ndarray, free: np.ndarray, pairs) -> np.ndarray:
    """The quasi-Newton direction of the free values' own problem; zero at the held ones."""
    of_free = [(step[free], change[free]) for step, change in pairs]
    usable = [(step, change) for step, change in of_free if _dot(step, change) > 0]
    scale = 1.0
    if usable:
        step, change = usable[-1]
        scale = _dot(step, change) / _dot(change, change)
    direction = np.zeros_like(gradient)
    direction[free] = _two_loops(gradient[free], usable, scale)
    if _dot(gradient, direction) >= 0:
        direction[free] = -gradient[free]
    return direction
