package io.stylegraph.service;

import io.stylegraph.image.Picture;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.function.Consumer;

/** What the samples are painted on. */
final class SampleCanvas {
  static final int WIDTH = 640;
  static final int HEIGHT = 480;

  private SampleCanvas() {}

  static byte[] png(Consumer<Graphics2D> painter) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    try {
      pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      pen.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      painter.accept(pen);
    } finally {
      pen.dispose();
    }
    return Pictures.png(Picture.from(image));
  }

  /** A colour between two; {@code part} 0 is the first, 1 the second. */
  static Color mix(Color one, Color other, double part) {
    double p = Math.max(0, Math.min(1, part));
    return new Color(
        (int) Math.round(one.getRed() + p * (other.getRed() - one.getRed())),
        (int) Math.round(one.getGreen() + p * (other.getGreen() - one.getGreen())),
        (int) Math.round(one.getBlue() + p * (other.getBlue() - one.getBlue())));
  }
}
