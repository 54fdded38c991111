"""L-BFGS within bounds, without line search. Vectors are float32, sums are taken in float64."""

import math
from collections import deque
from collections.abc import Sequence

import numpy as np

from .lbfgs import Pair, dot, two_loops
from .system import Search

# A pair is kept if y's > eps y'y (Byrd, Lu, Nocedal and Zhu 1995).
LEAST_RELATIVE_CURVATURE = np.finfo(np.float64).eps
# The first step moves the steepest value by this part of the range: one grey level of 8 bits.
FIRST_PART = 1 / 255
# A loss above this many times the best one is not followed.
CLIMB_LIMIT = 10
MAX_RESETS = 8


def projected_lbfgs(start: np.ndarray, lower: float, upper: float, history: int) -> Search:
    """A projected search (after Bertsekas 1982), for losses that are not negative.

    Values that press outward at a bound are held: they take no part in the inner products. The
    others step by the whole quasi-Newton direction, and the point is projected back; pairs hold
    the steps as they came out. A loss that climbs over the limit or is not finite sends the search
    back to the best point, without its pairs and with a quarter of the length; each better point
    doubles the length again, up to the whole. After MAX_RESETS resets without a better point, and
    where nothing is left to descend, the search stays where it is.
    """
    point = np.clip(np.asarray(start, np.float32), lower, upper)
    best = math.inf, point, np.zeros_like(point)
    pairs: deque[Pair] = deque(maxlen=history)
    step = previous = None
    whole, resets = 1.0, 0
    while True:
        loss, gradient = yield point
        finite = math.isfinite(loss) and np.isfinite(gradient).all()
        if not finite or loss > CLIMB_LIMIT * best[0]:
            _, point, gradient = best
            pairs.clear()
            step = None
            whole, resets = whole / 4, resets + 1
            if resets > MAX_RESETS:
                break
        elif loss < best[0]:
            best = loss, point, gradient
            whole, resets = min(1.0, 2 * whole), 0
        if step is not None:
            change = gradient - previous
            if dot(change, step) > LEAST_RELATIVE_CURVATURE * dot(change, change):
                pairs.append(Pair(step, change, dot(change, step)))
        free = ~(((point <= lower) & (gradient > 0)) | ((point >= upper) & (gradient < 0)))
        length = whole
        direction = _direction(gradient * free, free, pairs)
        if not pairs:
            steepest = float(np.abs(direction).max())
            length *= FIRST_PART * (upper - lower) / steepest if steepest > 0 else 0.0
        moved = np.clip(point + np.float32(length) * direction, lower, upper)
        step, previous, point = moved - point, gradient, moved
    while True:
        yield point


def _direction(gradient: np.ndarray, free: np.ndarray, pairs: Sequence[Pair]) -> np.ndarray:
    """The quasi-Newton direction of the free values' own problem; zero at the others."""
    of_free = [(pair.step * free, pair.change * free) for pair in pairs]
    usable = [Pair(step, change, dot(step, change)) for step, change in of_free]
    usable = [pair for pair in usable if pair.curvature > 0]
    return two_loops(gradient, usable, usable[-1].scale() if usable else 1.0)
