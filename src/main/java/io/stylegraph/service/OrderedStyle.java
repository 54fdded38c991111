package io.stylegraph.service;

import io.stylegraph.PictureSource;
import io.stylegraph.StyleSource;
import java.util.List;
import java.util.Optional;

/** A style that waits; what each part means says {@link StyleSource}. */
record OrderedStyle(
    OrderedPicture picture,
    double weight,
    double scale,
    Optional<OrderedPicture> mask,
    Optional<String> region,
    List<String> layers) {
  OrderedStyle {
    layers = List.copyOf(layers);
  }

  boolean paints(String name) {
    return region.isEmpty() || region.get().equals(name);
  }

  long bytes() {
    long shown = mask.map(it -> it.png().length).orElse(0);
    return picture.png().length + shown;
  }

  StyleSource source() {
    Optional<PictureSource> shown = mask.map(OrderedPicture::source);
    return new StyleSource(picture.source(), weight, scale, shown, region, layers);
  }
}
