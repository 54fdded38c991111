package io.stylegraph.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What may be asked of an objective's graph, by the names of the ops.
 *
 * @param losses of the picture in the pixel space
 * @param exact the objective in float32 beside one in bfloat16; its network sees 0-255
 * @param weights the placeholders of the weights of style, content and total variation
 * @param temporal the placeholders of {@link TemporalFeeds}; none where there is no such term
 * @param style one for each style layer
 * @param features what is compared, by layer
 * @param gradient of the total with respect to the picture
 */
record ObjectiveOps(
    LossOps losses,
    Optional<LossOps> exact,
    List<String> weights,
    List<String> temporal,
    List<StyleOps> style,
    Map<String, String> features,
    String gradient) {
  /** The ops whose network looks at the style picture. */
  LossOps looking() {
    return exact.orElse(losses);
  }

  /** The same ops in a graph that they were imported into. */
  ObjectiveOps under(String prefix) {
    UnaryOperator<String> rename = name -> prefix + "/" + name;
    return new ObjectiveOps(
        losses.renamed(rename),
        exact.map(it -> it.renamed(rename)),
        weights.stream().map(rename).toList(),
        temporal.stream().map(rename).toList(),
        style.stream().map(it -> it.renamed(rename)).toList(),
        features.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, it -> rename.apply(it.getValue()))),
        rename.apply(gradient));
  }
}
