package io.stylegraph.batch;

import io.stylegraph.ModelSource;
import io.stylegraph.RunNotes;

/**
 * How a batch's jobs are run on a {@link BatchCluster}.
 *
 * @param model on the machine that orders
 * @param checksum of the model, as {@link RunNotes#checksum} gives it
 * @param results whole name of the folder of results
 * @param atOnce how many jobs each process runs at once, at most
 */
public record BatchOrder(ModelSource model, String checksum, String results, int atOnce) {}
