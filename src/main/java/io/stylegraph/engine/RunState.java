package io.stylegraph.engine;

import io.stylegraph.optim.OptimizerState;
import io.stylegraph.progress.Losses;
import java.util.Optional;

/**
 * Where a run is after a step, besides what its inputs tell. Arrays are the run's own, to be read
 * before its next step.
 *
 * @param compute what it computes on and with, in words
 * @param stage the number of its size among those of the run, from 0
 * @param step the last one done
 * @param seconds since the run's first step began
 * @param resets how many it has used
 * @param first losses of the stage
 * @param best the losses of the best picture of the stage
 * @param bestValues of that picture
 * @param optimizer with the picture in place as its point
 * @param average of the stage's iterates, if the recipe keeps one
 */
record RunState(
    String compute,
    int stage,
    int step,
    double seconds,
    int resets,
    Losses first,
    Losses best,
    Values bestValues,
    OptimizerState optimizer,
    Optional<IterateAverage.State> average) {}
