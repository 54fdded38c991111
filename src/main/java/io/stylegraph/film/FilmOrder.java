package io.stylegraph.film;

import io.stylegraph.ModelSource;
import io.stylegraph.RunNotes;

/**
 * How a film's shots are painted on a {@link FilmCluster}.
 *
 * @param model on the machine that orders
 * @param checksum of the model, as {@link RunNotes#checksum} gives it
 * @param bytes the estimated peak of one shot alone in its process
 * @param atOnce how many shots each process paints at once, at most
 */
public record FilmOrder(ModelSource model, String checksum, long bytes, int atOnce) {}
