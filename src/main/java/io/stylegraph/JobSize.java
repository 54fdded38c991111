package io.stylegraph;

import io.stylegraph.backbone.Backbone;
import io.stylegraph.engine.MemoryPlan;
import io.stylegraph.error.NotEnoughMemoryException;
import io.stylegraph.image.PictureSize;
import java.util.Comparator;
import java.util.function.Function;

/**
 * How much a job is, told by its pictures' headers, without the model's weights.
 *
 * @param content the size that it paints at
 * @param steps at all its scales together
 * @param bytes the estimated peak alone in its process
 */
public record JobSize(PictureSize content, int steps, long bytes) {
  /**
   * Of a job.
   *
   * @param stored the size of a picture as it is stored
   * @param availableBytes what it may take
   * @throws NotEnoughMemoryException naming the largest size that fits
   */
  static JobSize of(
      StyleTransferRequest request,
      Backbone backbone,
      Function<PictureSource, PictureSize> stored,
      long availableBytes) {
    PictureSize content = JobPictures.wanted(request, stored.apply(request.content()), 1);
    PictureSize style =
        request.styles().stream()
            .map(it -> JobPictures.wanted(request, stored.apply(it.picture()), it.scale()))
            .max(Comparator.comparingLong(PictureSize::pixels))
            .orElseThrow();
    boolean masked = request.styles().stream().anyMatch(it -> it.mask().isPresent());
    int guided = request.regions().isEmpty() && masked ? 1 : request.regions().size();
    MemoryPlan memory =
        new MemoryPlan(backbone, request.recipe(), guided, request.compute().tiling());
    memory.require(content, style, availableBytes);
    return new JobSize(
        content,
        request.recipe().allSteps(content.longerSide()),
        memory.bytes(content, style, availableBytes));
  }

  /** What its time is in proportion to: pixels times steps. */
  public double work() {
    return (double) content.pixels() * steps;
  }
}
