package io.stylegraph.spark;

import io.stylegraph.ModelSource;
import io.stylegraph.RunNotes;
import io.stylegraph.Stylizer;
import io.stylegraph.StylizerLimits;
import io.stylegraph.backbone.ModelInput;
import io.stylegraph.error.ModelException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What every executor needs to know of a batch or a film.
 *
 * @param results URI of the folder of results, or of the painted frames
 * @param archive name of the model's archive, which Spark unpacks on every executor
 * @param input of a model without manifest; else null
 * @param checksum of the model, as {@link RunNotes#checksum} gives it
 * @param atOnce how many jobs an executor runs at once
 * @param attempts how often a job is begun at most
 */
record ClusterWork(
    String results,
    String archive,
    @Nullable ModelInput input,
    String checksum,
    int atOnce,
    int attempts)
    implements Serializable {
  /** No executor has more at once. */
  private static final int MOST_TASKS = 1000;

  /** Whether an attempt is the last, which is not made: should it fail, Spark would end all. */
  boolean givesUp(int attempt) {
    return attempt > 0 && attempt >= attempts - 1;
  }

  /**
   * Loads the model from where Spark has unpacked it.
   *
   * @throws ModelException if it is damaged or another than the driver's
   */
  Stylizer load(Path folder) {
    Stylizer stylizer =
        new ModelSource(folder, Optional.ofNullable(input))
            .load(StylizerLimits.DEFAULT.withConcurrentJobs(atOnce).withWaitingJobs(MOST_TASKS));
    if (!RunNotes.checksum(stylizer.model()).equals(checksum)) {
      stylizer.close();
      throw new ModelException(
          folder, "is not the driver's model (its checksum differs); start again");
    }
    return stylizer;
  }
}
