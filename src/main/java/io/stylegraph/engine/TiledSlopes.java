package io.stylegraph.engine;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** The total's gradients at what the first pass over a picture's tiles found. */
final class TiledSlopes {
  private final Query.Answer answer;
  private final HeadOps head;
  private final Map<String, List<List<float[]>>> style = new HashMap<>();

  /**
   * Those of an answer.
   *
   * @param answer to which they belong
   */
  TiledSlopes(Query.Answer answer, HeadOps head) {
    this.answer = answer;
    this.head = head;
    for (HeadOps.Summed summed : head.summed()) {
      style.put(
          summed.layer(),
          summed.slopes().stream()
              .map(region -> region.stream().map(it -> Tensors.floats(answer.get(it))).toList())
              .toList());
    }
  }

  /** At a region's means, times a tile's share; the caller closes them. */
  List<TFloat32> style(String layer, int region, double share) {
    List<TFloat32> scaled = new ArrayList<>();
    for (int i = 0; i < slopes(layer, region).size(); i++) {
      float[] values = slopes(layer, region).get(i).clone();
      for (int j = 0; j < values.length; j++) {
        values[j] *= (float) share;
      }
      scaled.add(Tensors.of(shape(layer, region, i), values));
    }
    return scaled;
  }

  private List<float[]> slopes(String layer, int region) {
    return requireNonNull(style.get(layer)).get(region);
  }

  private Shape shape(String layer, int region, int index) {
    return head.summed().stream()
        .filter(it -> it.layer().equals(layer))
        .map(it -> answer.get(it.slopes().get(region).get(index)).shape())
        .findFirst()
        .orElseThrow();
  }

  /** At a content layer's error. */
  double content(String layer) {
    return head.content().stream()
        .filter(it -> it.layer().equals(layer))
        .mapToDouble(it -> answer.get(it.slope()).getFloat())
        .findFirst()
        .orElseThrow();
  }

  /** At what the deep part gets; it belongs to the answer. */
  TFloat32 cut() {
    return answer.get(head.cut().orElseThrow().gradient());
  }
}
