package io.stylegraph.engine;

import io.stylegraph.image.Picture;
import java.util.BitSet;

/** The pixels that no region covers: they keep the content. */
final class Unpainted {
  private final Picture content;
  private final BitSet pixels;

  private Unpainted(Picture content, BitSet pixels) {
    this.content = content;
    this.pixels = pixels;
  }

  static Unpainted of(TransferPictures pictures) {
    Picture content = pictures.content();
    BitSet pixels = new BitSet();
    if (!pictures.regions().isEmpty()) {
      pixels.set(0, content.width() * content.height());
      for (RegionMask region : pictures.regions()) {
        float[] covered = region.mask().means(content.width(), content.height());
        for (int i = 0; i < covered.length; i++) {
          if (covered[i] > 0) {
            pixels.clear(i);
          }
        }
      }
    }
    return new Unpainted(content, pixels);
  }

  /** Sets the gradient to zero there, [height][width][3]. */
  void clear(float[] gradient) {
    for (int i = pixels.nextSetBit(0); i >= 0; i = pixels.nextSetBit(i + 1)) {
      gradient[3 * i] = 0;
      gradient[3 * i + 1] = 0;
      gradient[3 * i + 2] = 0;
    }
  }

  /** The picture with the content there. */
  Picture keep(Picture picture) {
    if (pixels.isEmpty()) {
      return picture;
    }
    float[] rgb = picture.rgb();
    float[] kept = content.rgb();
    for (int i = pixels.nextSetBit(0); i >= 0; i = pixels.nextSetBit(i + 1)) {
      System.arraycopy(kept, 3 * i, rgb, 3 * i, 3);
    }
    return Picture.of(picture.width(), picture.height(), rgb);
  }
}
