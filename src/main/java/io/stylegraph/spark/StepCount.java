package io.stylegraph.spark;

import java.io.Serializable;

/**
 * How far a job is.
 *
 * @param output the job's
 * @param step the last that was done
 * @param steps that it does in all
 */
record StepCount(String output, int step, int steps) implements Serializable {}
