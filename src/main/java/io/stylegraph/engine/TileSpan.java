package io.stylegraph.engine;

import com.google.common.math.IntMath;
import io.stylegraph.backbone.NetworkCut;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * One side of a tile: its core, which no other tile shares, and so much around it that every
 * feature of the core sees what it would see in the whole picture. Where the tile ends inside the
 * picture, what pads there spoils other features alone. In pixels; the ends are exclusive.
 *
 * <p>A tile begins at a multiple of the stride, and its length is the picture's modulo the stride,
 * so that convolutions and poolings with strides pad it as they do the picture.
 */
record TileSpan(int coreStart, int coreEnd, int start, int end, boolean isLast) {
  /**
   * The parts of a side.
   *
   * @param length of the side
   * @param core the longest core; rounded up to a multiple of the stride
   */
  static List<TileSpan> of(int length, int core, NetworkCut cut) {
    int stride = cut.stride();
    int count = Math.max(1, up(length, core));
    int size = upTo(up(length, count), stride);
    List<TileSpan> spans = new ArrayList<>();
    for (int from = 0; from < length; from += size) {
      boolean last = from + size >= length;
      spans.add(
          new TileSpan(
              from,
              last ? length : from + size,
              Math.max(0, Math.floorDiv(from - cut.before(), stride) * stride),
              last ? length : end(length, from + size + cut.after(), stride),
              last));
    }
    return spans;
  }

  private static int end(int length, int least, int stride) {
    int rest = length % stride;
    return Math.min(length, upTo(least - rest, stride) + rest);
  }

  private static int upTo(int length, int stride) {
    return up(length, stride) * stride;
  }

  private static int up(int length, int part) {
    return IntMath.divide(length, part, RoundingMode.CEILING);
  }

  int length() {
    return end - start;
  }

  /**
   * The first feature of the core.
   *
   * @param stride of the layer
   * @param count of all its features along this side
   */
  int first(int stride, int count) {
    return Math.min(count, coreStart / stride);
  }

  /** The one behind its last, likewise. */
  int behind(int stride, int count) {
    return isLast ? count : Math.min(count, coreEnd / stride);
  }

  /** The whole picture's feature that the tile's first is. */
  int offset(int stride) {
    return start / stride;
  }
}
