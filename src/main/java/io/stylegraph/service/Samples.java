package io.stylegraph.service;

import io.javalin.http.HttpStatus;
import java.awt.Graphics2D;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Pictures to try the service with, painted here when they are first asked for. */
final class Samples {
  /**
   * A sample as the page lists it.
   *
   * @param role {@code content} or {@code style}
   */
  record Sample(String name, String role, String title, String url) {
    private static Sample of(String name, String role, String title) {
      return new Sample(name, role, title, "/api/samples/" + name);
    }
  }

  private static final List<Sample> ALL =
      List.of(
          Sample.of("lighthouse", "content", "Lighthouse"),
          Sample.of("balloons", "content", "Balloons"),
          Sample.of("swirls", "style", "Swirls"),
          Sample.of("glass", "style", "Stained glass"),
          Sample.of("waves", "style", "Waves"));

  private static final Map<String, Consumer<Graphics2D>> PAINTERS =
      Map.of(
          "lighthouse", SampleScenes::lighthouse,
          "balloons", SampleScenes::balloons,
          "swirls", SampleStyles::swirls,
          "glass", SampleStyles::glass,
          "waves", SampleStyles::waves);

  private final Map<String, byte[]> painted = new ConcurrentHashMap<>();

  List<Sample> list() {
    return ALL;
  }

  /**
   * The sample of that name, as PNG.
   *
   * @param status of the refusal where there is none
   * @param field that the name came in
   * @throws Refusal if there is none
   */
  byte[] png(String name, HttpStatus status, String field) {
    Consumer<Graphics2D> painter = PAINTERS.get(name);
    if (painter == null) {
      throw Refusal.of(
          status,
          field,
          "there is no such sample; the samples are: "
              + String.join(", ", ALL.stream().map(Sample::name).toList()));
    }
    return painted.computeIfAbsent(name, it -> SampleCanvas.png(painter));
  }
}
