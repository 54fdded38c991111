package io.stylegraph.service;

import static io.stylegraph.service.SampleCanvas.HEIGHT;
import static io.stylegraph.service.SampleCanvas.WIDTH;
import static io.stylegraph.service.SampleCanvas.mix;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.SplittableRandom;

/** Three manners to paint in. */
final class SampleStyles {
  private static final Color[] NIGHT = colors(0x14213D, 0x1F3F77, 0x2F6DB5, 0x7FB2DE, 0xF2C14E);
  private static final Color[] GLASS =
      colors(0xB3202A, 0xE4572E, 0xF2B134, 0x2E7D5B, 0x1D5FA8, 0x4B2A7B, 0x8CC4D8, 0xF4E3B2);

  private SampleStyles() {}

  /** Short strokes along a field that turns round seven centres. */
  static void swirls(Graphics2D pen) {
    SplittableRandom random = new SplittableRandom(11);
    pen.setColor(NIGHT[0]);
    pen.fillRect(0, 0, WIDTH, HEIGHT);
    double[][] centres = new double[7][];
    for (int i = 0; i < centres.length; i++) {
      centres[i] = new double[] {WIDTH * random.nextDouble(), HEIGHT * random.nextDouble()};
    }
    for (int i = 0; i < 9000; i++) {
      stroke(pen, centres, random);
    }
  }

  private static void stroke(Graphics2D pen, double[][] centres, SplittableRandom random) {
    double x = WIDTH * random.nextDouble();
    double y = HEIGHT * random.nextDouble();
    double[] nearest = nearest(centres, x, y);
    double distance = Math.hypot(x - nearest[0], y - nearest[1]);
    double ring = 0.5 + 0.5 * Math.sin(distance / 9);
    Color color = distance < 22 ? NIGHT[4] : mix(NIGHT[1], NIGHT[3], ring);
    pen.setColor(
        mix(color, random.nextBoolean() ? Color.WHITE : NIGHT[0], 0.3 * random.nextDouble()));
    pen.setStroke(
        new BasicStroke(
            2.2f + 2 * (float) random.nextDouble(), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    Path2D path = new Path2D.Double();
    path.moveTo(x, y);
    for (int step = 0; step < 5; step++) {
      double angle = Math.atan2(y - nearest[1], x - nearest[0]) + Math.PI / 2 + 0.12;
      x += 4 * Math.cos(angle);
      y += 4 * Math.sin(angle);
      path.lineTo(x, y);
    }
    pen.draw(path);
  }

  /** Voronoi cells of glass between leads, each lit unevenly. */
  static void glass(Graphics2D pen) {
    SplittableRandom random = new SplittableRandom(23);
    double[][] seeds = new double[150][];
    for (int i = 0; i < seeds.length; i++) {
      seeds[i] = new double[] {WIDTH * random.nextDouble(), HEIGHT * random.nextDouble(), i};
    }
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        pen.setColor(pane(seeds, x, y));
        pen.fillRect(x, y, 1, 1);
      }
    }
  }

  private static Color pane(double[][] seeds, int x, int y) {
    double first = Double.MAX_VALUE;
    double second = Double.MAX_VALUE;
    int cell = 0;
    for (double[] seed : seeds) {
      double distance = Math.hypot(x - seed[0], y - seed[1]);
      if (distance < first) {
        second = first;
        first = distance;
        cell = (int) seed[2];
      } else {
        second = Math.min(second, distance);
      }
    }
    if (second - first < 4) {
      return new Color(0x17141A);
    }
    double light = 0.5 + 0.5 * Math.sin(x / 7.0 + cell) * Math.cos(y / 11.0 - cell);
    Color glass = GLASS[cell % GLASS.length];
    return mix(mix(glass, Color.WHITE, 0.28 * light), Color.BLACK, Math.min(0.3, first / 140));
  }

  /** Overlapping scales of concentric arcs on paper, as printed from wood. */
  static void waves(Graphics2D pen) {
    pen.setColor(new Color(0xF1E6CE));
    pen.fillRect(0, 0, WIDTH, HEIGHT);
    double radius = 46;
    for (int row = 0; row * radius / 2 < HEIGHT + 2 * radius; row++) {
      for (double x = row % 2 == 0 ? 0 : radius; x < WIDTH + radius; x += 2 * radius) {
        scale(pen, x, row * radius / 2 + radius / 2, radius, row);
      }
    }
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 5000; i++) {
      pen.setColor(new Color(60, 50, 40, 18));
      pen.fill(
          new Rectangle2D.Double(
              WIDTH * random.nextDouble(), HEIGHT * random.nextDouble(), 14, 0.8));
    }
  }

  private static void scale(Graphics2D pen, double x, double y, double radius, int row) {
    Color[] inks =
        colors(0x1B3A5C, 0xF1E6CE, 0x2F6690, 0xF1E6CE, row % 5 == 3 ? 0xC4532D : 0x81A4B8);
    for (int ring = 0; ring < inks.length; ring++) {
      double r = radius * (1 - ring * 0.2);
      pen.setColor(inks[ring]);
      pen.fill(new Ellipse2D.Double(x - r, y - r, 2 * r, 2 * r));
      pen.setColor(new Color(0x14263D));
      pen.setStroke(new BasicStroke(1.6f));
      pen.draw(new Ellipse2D.Double(x - r, y - r, 2 * r, 2 * r));
    }
  }

  private static double[] nearest(double[][] centres, double x, double y) {
    double[] best = centres[0];
    for (double[] centre : centres) {
      if (Math.hypot(x - centre[0], y - centre[1]) < Math.hypot(x - best[0], y - best[1])) {
        best = centre;
      }
    }
    return best;
  }

  private static Color[] colors(int... rgb) {
    Color[] colors = new Color[rgb.length];
    for (int i = 0; i < rgb.length; i++) {
      colors[i] = new Color(rgb[i]);
    }
    return colors;
  }
}
