package io.stylegraph.image;

/**
 * What of a picture counts, and how much: one value of 0 to 1 a pixel, row by row from the top
 * left.
 */
public final class Mask {
  private static final float WHITE = 255;

  /** A cell that covers less of a pixel than this does not touch it. */
  private static final double ROUNDING = 1e-9;

  private final int width;
  private final int height;
  private final float[] values;

  private Mask(int width, int height, float[] values) {
    this.width = width;
    this.height = height;
    this.values = values;
  }

  /** White counts, black does not, grey in part: the mean of R, G and B, divided by 255. */
  public static Mask of(Picture picture) {
    float[] rgb = picture.samples();
    float[] values = new float[picture.width() * picture.height()];
    for (int i = 0; i < values.length; i++) {
      float sum = rgb[3 * i] + rgb[3 * i + 1] + rgb[3 * i + 2];
      values[i] = Math.max(0, Math.min(1, sum / (3 * WHITE)));
    }
    return new Mask(picture.width(), picture.height(), values);
  }

  /** Pixels from left to right. */
  public int width() {
    return width;
  }

  /** Pixels from top to bottom. */
  public int height() {
    return height;
  }

  /** The part of the picture that counts, 0 to 1. */
  public double share() {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /** The mask at another size; itself if it has it. */
  public Mask resized(PictureSize size) {
    return size.width() == width && size.height() == height
        ? this
        : new Mask(size.width(), size.height(), means(size.width(), size.height()));
  }

  /**
   * The mask on another grid: each cell has the mean of what it covers, so that the mean of all
   * stays.
   *
   * @return [rows][columns]
   */
  public float[] means(int columns, int rows) {
    if (columns == width && rows == height) {
      return values.clone();
    }
    return alongColumns(alongRows(columns), columns, rows);
  }

  private float[] alongRows(int columns) {
    Cover[] covers = Cover.all(width, columns);
    float[] narrow = new float[columns * height];
    for (int y = 0; y < height; y++) {
      for (int column = 0; column < columns; column++) {
        narrow[y * columns + column] = covers[column].mean(values, y * width, 1);
      }
    }
    return narrow;
  }

  private float[] alongColumns(float[] narrow, int columns, int rows) {
    Cover[] covers = Cover.all(height, rows);
    float[] means = new float[columns * rows];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        means[row * columns + column] = covers[row].mean(narrow, column, columns);
      }
    }
    return means;
  }

  /** The pixels that a cell covers along one axis, from a first one on, and their shares. */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares two.
  private record Cover(int first, double[] shares) {
    static Cover[] all(int pixels, int cells) {
      Cover[] covers = new Cover[cells];
      for (int cell = 0; cell < cells; cell++) {
        covers[cell] = of(cell * (double) pixels / cells, (cell + 1) * (double) pixels / cells);
      }
      return covers;
    }

    private static Cover of(double from, double to) {
      int first = (int) (from + ROUNDING);
      int count = Math.max(1, (int) Math.ceil(to - ROUNDING) - first);
      double[] shares = new double[count];
      for (int k = 0; k < count; k++) {
        double part = Math.min(to, first + k + 1) - Math.max(from, first + k);
        shares[k] = count == 1 ? 1 : part / (to - from);
      }
      return new Cover(first, shares);
    }

    float mean(float[] of, int offset, int stride) {
      double sum = 0;
      for (int k = 0; k < shares.length; k++) {
        sum += shares[k] * of[offset + (first + k) * stride];
      }
      return (float) sum;
    }
  }
}
