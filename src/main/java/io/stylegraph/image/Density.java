package io.stylegraph.image;

import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.jfif.JfifDirectory;
import com.drew.metadata.png.PngDirectory;
import io.stylegraph.error.PictureException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How many pixels a printer should put on an inch: what a file states of itself, whatever its size.
 *
 * @param x along the width, positive and at most {@value #MAX}
 * @param y along the height, likewise
 */
public record Density(double x, double y) {
  /** What JPEG's 16 bits hold. */
  private static final int MAX = 65_535;

  private static final double METRES_PER_INCH = 0.0254;
  private static final double CENTIMETRES_PER_INCH = 2.54;

  public Density {
    if (!isUsable(x) || !isUsable(y)) {
      throw new PictureException(
          "density %s x %s".formatted(x, y),
          "must be positive and at most %d pixels an inch".formatted(MAX));
    }
  }

  /**
   * That of JFIF, EXIF (which is TIFF's own too) or a PNG's pHYs chunk, in this order; none where
   * they only state an aspect, or nonsense.
   */
  static Optional<Density> of(Metadata metadata) {
    return jfif(metadata).or(() -> exif(metadata)).or(() -> png(metadata));
  }

  /** That of the picture turned upright. */
  Density turned(Orientation orientation) {
    return orientation.swapAxes() ? new Density(y, x) : this;
  }

  int pixelsPerMetreX() {
    return (int) Math.round(x / METRES_PER_INCH);
  }

  int pixelsPerMetreY() {
    return (int) Math.round(y / METRES_PER_INCH);
  }

  private static Optional<Density> jfif(Metadata metadata) {
    return stated(
        metadata.getFirstDirectoryOfType(JfifDirectory.class),
        JfifDirectory.TAG_RESX,
        JfifDirectory.TAG_RESY,
        factor(
            metadata.getFirstDirectoryOfType(JfifDirectory.class), JfifDirectory.TAG_UNITS, 1, 2));
  }

  private static Optional<Density> exif(Metadata metadata) {
    ExifIFD0Directory exif = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
    return stated(
        exif,
        ExifIFD0Directory.TAG_X_RESOLUTION,
        ExifIFD0Directory.TAG_Y_RESOLUTION,
        factor(exif, ExifIFD0Directory.TAG_RESOLUTION_UNIT, 2, 3));
  }

  private static Optional<Density> png(Metadata metadata) {
    for (PngDirectory chunk : metadata.getDirectoriesOfType(PngDirectory.class)) {
      Integer unit = chunk.getInteger(PngDirectory.TAG_UNIT_SPECIFIER);
      if (unit != null && unit == 1) {
        return stated(
            chunk,
            PngDirectory.TAG_PIXELS_PER_UNIT_X,
            PngDirectory.TAG_PIXELS_PER_UNIT_Y,
            METRES_PER_INCH);
      }
    }
    return Optional.empty();
  }

  /** What turns the unit that {@code tag} names into an inch: 0 if it names none. */
  private static double factor(@Nullable Directory from, int tag, int inch, int centimetre) {
    Integer unit = from == null ? null : from.getInteger(tag);
    if (unit == null) {
      return 0;
    }
    return unit == inch ? 1 : unit == centimetre ? CENTIMETRES_PER_INCH : 0;
  }

  private static Optional<Density> stated(
      @Nullable Directory from, int tagX, int tagY, double factor) {
    Double x = from == null ? null : from.getDoubleObject(tagX);
    Double y = from == null ? null : from.getDoubleObject(tagY);
    if (x == null || y == null || !isUsable(x * factor) || !isUsable(y * factor)) {
      return Optional.empty();
    }
    return Optional.of(new Density(x * factor, y * factor));
  }

  private static boolean isUsable(double pixels) {
    return pixels > 0 && pixels <= MAX;
  }
}
