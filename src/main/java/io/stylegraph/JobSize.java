package io.stylegraph;

import io.stylegraph.backbone.Manifest;
import io.stylegraph.engine.MemoryEstimate;
import io.stylegraph.error.NotEnoughMemoryException;
import io.stylegraph.image.PictureSize;
import java.util.Comparator;
import java.util.function.Function;

/**
 * How much a job is, told by its pictures' headers, without the model's weights.
 *
 * @param content the size that it paints at
 * @param style the size of the largest style
 * @param steps at all its scales together
 * @param memory the estimate, from which the bytes come
 */
public record JobSize(PictureSize content, PictureSize style, int steps, MemoryEstimate memory) {
  /**
   * Of a job.
   *
   * @param stored the size of a picture as it is stored
   */
  public static JobSize of(
      StyleTransferRequest request, Manifest model, Function<PictureSource, PictureSize> stored) {
    PictureSize content = JobPictures.wanted(request, stored.apply(request.content()), 1);
    PictureSize style =
        request.styles().stream()
            .map(it -> JobPictures.wanted(request, stored.apply(it.picture()), it.scale()))
            .max(Comparator.comparingLong(PictureSize::pixels))
            .orElseThrow();
    boolean masked = request.styles().stream().anyMatch(it -> it.mask().isPresent());
    int guided = request.regions().isEmpty() && masked ? 1 : request.regions().size();
    return new JobSize(
        content,
        style,
        request.recipe().allSteps(content.longerSide()),
        new MemoryEstimate(model, request.recipe(), guided));
  }

  /** The estimated peak alone in its process, in bytes. */
  public long bytes() {
    return memory.bytes(content, style);
  }

  /** What its time is in proportion to: pixels times steps. */
  public double work() {
    return (double) content.pixels() * steps;
  }

  /**
   * Refuses a job that needs more than is available.
   *
   * @throws NotEnoughMemoryException naming the largest size that fits
   */
  public void require(long availableBytes) {
    memory.require(content, style, availableBytes);
  }
}
