package io.stylegraph;

import io.stylegraph.engine.Compute;

/**
 * What a job whose inputs were found good is about to do.
 *
 * @param compute where it runs
 * @param steps how many it does at all its scales together
 */
public record JobPlan(Compute compute, int steps) {}
