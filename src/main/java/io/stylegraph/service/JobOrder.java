package io.stylegraph.service;

import io.stylegraph.StyleTransferRequest;
import io.stylegraph.recipe.ColourKeeping;
import io.stylegraph.recipe.ComputeSettings;
import io.stylegraph.recipe.Recipe;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A job as it waits: its pictures are kept encoded, already at the job's size, so that a long queue
 * takes little memory. What each part means says {@link StyleTransferRequest}.
 *
 * @param styles one at least
 * @param size bound on the longer side, in pixels
 */
record JobOrder(
    OrderedPicture content,
    List<OrderedStyle> styles,
    List<OrderedRegion> regions,
    Recipe recipe,
    int size,
    long seed,
    ColourKeeping colours,
    OptionalDouble strength) {
  JobOrder {
    styles = List.copyOf(styles);
    regions = List.copyOf(regions);
  }

  /** The picture of the first style. */
  OrderedPicture style() {
    return styles.get(0).picture();
  }

  /** The steps at every scale together. */
  int steps() {
    return recipe.allSteps(content.size().longerSide());
  }

  /** Of all its pictures. */
  long bytes() {
    return content.png().length
        + styles.stream().mapToLong(OrderedStyle::bytes).sum()
        + regions.stream().mapToLong(it -> it.mask().png().length).sum();
  }

  StyleTransferRequest request() {
    return new StyleTransferRequest(
        content.source(),
        styles.stream().map(OrderedStyle::source).toList(),
        regions.stream().map(OrderedRegion::region).toList(),
        recipe,
        size,
        Optional.empty(),
        seed,
        colours,
        strength,
        ComputeSettings.AUTO);
  }
}
