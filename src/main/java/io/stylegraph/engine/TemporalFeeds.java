package io.stylegraph.engine;

import io.stylegraph.recipe.PixelSpace;
import java.util.List;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * What a run is fed for the term of a film's frame: the frame before in the pixel space, and the
 * weights of each sample; closes them.
 */
final class TemporalFeeds implements AutoCloseable {
  private final List<String> placeholders;
  private final List<TFloat32> values;

  private TemporalFeeds(List<String> placeholders, List<TFloat32> values) {
    this.placeholders = placeholders;
    this.values = values;
  }

  /** Those of the pictures; none where they are of no film. */
  static TemporalFeeds of(ObjectiveOps ops, PixelSpace pixels, TransferPictures pictures) {
    return new TemporalFeeds(
        ops.temporal(), pictures.before().map(it -> values(it, pixels)).orElseGet(List::of));
  }

  private static List<TFloat32> values(FrameBefore before, PixelSpace pixels) {
    Shape shape = Tensors.shape(before.picture());
    float[] scale = pixels.scale();
    float[] weights = new float[3 * before.weights().length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = before.weights()[i / 3] * scale[i % 3] * scale[i % 3];
    }
    return List.of(
        Tensors.of(shape, pixels.fromBytes(before.picture().rgb())), Tensors.of(shape, weights));
  }

  Session.Runner feed(Session.Runner runner) {
    for (int i = 0; i < values.size(); i++) {
      runner.feed(placeholders.get(i), values.get(i));
    }
    return runner;
  }

  @Override
  public void close() {
    values.forEach(TFloat32::close);
  }
}
