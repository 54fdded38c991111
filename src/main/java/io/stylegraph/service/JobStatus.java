package io.stylegraph.service;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.stylegraph.progress.StopReason;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the API says of a job; what is absent does not apply.
 *
 * @param id the job's secret: who knows it may see and delete the job
 * @param position in the queue, from 1
 * @param step the last one done
 * @param losses weighted, of the picture before that step
 * @param seconds since the first step began
 * @param secondsLeft at the mean speed
 * @param stopReason as in {@link StopReason}, in lower case
 * @param error one line
 * @param result whether there is a picture to get
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record JobStatus(
    String id,
    JobState state,
    @Nullable Integer position,
    String recipe,
    int size,
    int step,
    int steps,
    Job.@Nullable Point losses,
    @Nullable Double seconds,
    @Nullable Double secondsLeft,
    @Nullable String stopReason,
    @Nullable String error,
    boolean result,
    String created) {
  static @Nullable String word(@Nullable StopReason reason) {
    return reason == null ? null : reason.name().toLowerCase(Locale.ROOT);
  }
}
