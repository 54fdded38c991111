package io.stylegraph;

import io.stylegraph.engine.Compute;
import io.stylegraph.engine.TilePlan;
import java.util.Optional;

/**
 * What a job whose inputs were found good is about to do.
 *
 * @param compute where it runs
 * @param steps how many it does at all its scales together
 * @param bytes the estimated peak alone in its process
 * @param tiles in which it computes at its own size; empty for the whole picture at once
 */
public record JobPlan(Compute compute, int steps, long bytes, Optional<TilePlan> tiles) {}
