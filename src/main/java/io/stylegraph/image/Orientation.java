package io.stylegraph.image;

import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;

/**
 * How the stored pixels must be turned to stand upright: the EXIF tag 0x0112 (Exif 2.32, section
 * 4.6.4), values 1 to 8. Each is a mirroring in x, then in y, then an exchange of both axes.
 */
record Orientation(boolean mirrorX, boolean mirrorY, boolean swapAxes) {
  static final Orientation UPRIGHT = new Orientation(false, false, false);

  /** The orientation of EXIF value {@code exif}; unknown values stand upright. */
  static Orientation of(int exif) {
    return switch (exif) {
      case 2 -> new Orientation(true, false, false);
      case 3 -> new Orientation(true, true, false);
      case 4 -> new Orientation(false, true, false);
      case 5 -> new Orientation(false, false, true);
      case 6 -> new Orientation(false, true, true);
      case 7 -> new Orientation(true, true, true);
      case 8 -> new Orientation(true, false, true);
      default -> UPRIGHT;
    };
  }

  /** The orientation that EXIF data ask for; without them upright. */
  static Orientation of(Metadata metadata) {
    var directory = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
    Integer exif =
        directory == null ? null : directory.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
    return exif == null ? UPRIGHT : of(exif);
  }

  /** The upright width of {@code width} x {@code height} stored pixels. */
  int width(int width, int height) {
    return swapAxes ? height : width;
  }

  /** The row-major number, in the upright picture, of the stored pixel {@code (x, y)}. */
  int target(int x, int y, int width, int height) {
    int a = mirrorX ? width - 1 - x : x;
    int b = mirrorY ? height - 1 - y : y;
    return swapAxes ? a * height + b : b * width + a;
  }
}
