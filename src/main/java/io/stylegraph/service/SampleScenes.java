package io.stylegraph.service;

import static io.stylegraph.service.SampleCanvas.HEIGHT;
import static io.stylegraph.service.SampleCanvas.WIDTH;
import static io.stylegraph.service.SampleCanvas.mix;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.RadialGradientPaint;
import java.awt.Shape;
import java.awt.geom.Arc2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;

/** Two scenes to be painted anew. */
final class SampleScenes {
  private SampleScenes() {}

  static void lighthouse(Graphics2D pen) {
    sky(pen, new Color(0x2B3F73), new Color(0xF4B183), 300);
    glow(pen, 470, 250, 260, new Color(255, 226, 160, 230));
    fill(pen, new Color(0xFFF3C9), new Ellipse2D.Double(442, 222, 56, 56));
    sea(pen);
    hill(pen, x -> 352 - 96 * Math.exp(-square((x - 120) / 118)) + 5 * Math.sin(x / 17), 0x3A3434);
    hill(pen, x -> 424 - 70 * Math.exp(-square((x - 40) / 170)) + 4 * Math.sin(x / 11), 0x262226);
    tower(pen);
  }

  private static void tower(Graphics2D pen) {
    for (int band = 0; band < 6; band++) {
      double top = 108 + band * 26;
      Path2D ring = new Path2D.Double();
      ring.moveTo(106 - band * 2.2, top);
      ring.lineTo(140 + band * 2.2, top);
      ring.lineTo(142.2 + band * 2.2, top + 26);
      ring.lineTo(103.8 - band * 2.2, top + 26);
      ring.closePath();
      Color light = band % 2 == 0 ? new Color(0xF7EFE4) : new Color(0xC8402F);
      pen.setPaint(new GradientPaint(96, 0, mix(light, Color.BLACK, 0.35), 150, 0, light));
      pen.fill(ring);
    }
    fill(pen, new Color(0x2A2A30), new Rectangle2D.Double(98, 102, 50, 7));
    glow(pen, 123, 88, 90, new Color(255, 240, 170, 190));
    fill(pen, new Color(0xFFF6C8), new Rectangle2D.Double(111, 80, 24, 22));
    fill(pen, new Color(0x8E2B22), new Arc2D.Double(107, 62, 32, 36, 0, 180, Arc2D.PIE));
  }

  private static void sea(Graphics2D pen) {
    pen.setPaint(new GradientPaint(0, 300, new Color(0xD99A7C), 0, HEIGHT, new Color(0x1D2D50)));
    pen.fill(new Rectangle2D.Double(0, 300, WIDTH, HEIGHT - 300));
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 420; i++) {
      double depth = random.nextDouble();
      double y = 302 + 176 * depth * depth;
      double width = 10 + 60 * depth;
      boolean lit = random.nextDouble() < 0.4;
      double x =
          lit
              ? 470 + (random.nextDouble() - 0.5) * (60 + 150 * depth)
              : WIDTH * random.nextDouble();
      pen.setColor(lit ? new Color(255, 224, 170, 120) : new Color(30, 45, 85, 70));
      pen.fill(new Ellipse2D.Double(x - width / 2, y, width, 1 + 2.5 * depth));
    }
  }

  static void balloons(Graphics2D pen) {
    sky(pen, new Color(0x5FA8D8), new Color(0xFBE6C2), 340);
    glow(pen, 120, 90, 220, new Color(255, 246, 214, 200));
    hill(pen, x -> 300 - 34 * Math.sin(x / 95 + 0.6) - 12 * Math.sin(x / 31), 0x8FB0A9);
    hill(pen, x -> 342 - 30 * Math.sin(x / 120 + 2.4) - 8 * Math.sin(x / 23), 0x5E8F6B);
    fields(pen);
    balloon(pen, 400, 140, 88, 0xD8412F, 0xF6C343);
    balloon(pen, 205, 205, 52, 0x2F6DB5, 0xF3F0E6);
    balloon(pen, 548, 248, 34, 0x6B3FA0, 0xF29E4C);
  }

  private static void fields(Graphics2D pen) {
    for (int row = 0; row < 6; row++) {
      double base = 376 + row * 19;
      double phase = row * 1.7;
      Color green = mix(new Color(0x7FA650), new Color(0x2F5D3A), row / 5.0);
      Color gold = mix(new Color(0xD9B44A), new Color(0x8A6A2E), row / 5.0);
      int color = (row % 2 == 0 ? green : gold).getRGB() & 0xFFFFFF;
      hill(pen, x -> base - 14 * Math.sin(x / 150 + phase), color);
    }
  }

  private static void balloon(Graphics2D pen, double x, double y, double r, int one, int other) {
    Shape whole = pen.getClip();
    Path2D skin = new Path2D.Double();
    skin.moveTo(x - r * 0.22, y + r * 1.32);
    skin.curveTo(x - r * 0.5, y + r * 0.95, x - r, y + r * 0.6, x - r, y);
    skin.curveTo(x - r, y - r * 1.33, x + r, y - r * 1.33, x + r, y);
    skin.curveTo(x + r, y + r * 0.6, x + r * 0.5, y + r * 0.95, x + r * 0.22, y + r * 1.32);
    skin.closePath();
    pen.clip(skin);
    for (int gore = 0; gore < 9; gore++) {
      double width = r * Math.cos(gore * Math.PI / 18);
      fill(
          pen,
          new Color(gore % 2 == 0 ? one : other),
          new Ellipse2D.Double(x - width, y - r * 1.1, 2 * width, r * 2.6));
    }
    pen.setPaint(
        new GradientPaint(
            (float) (x - r),
            0,
            new Color(255, 255, 255, 70),
            (float) (x + r),
            0,
            new Color(0, 0, 40, 110)));
    pen.fill(skin);
    pen.setClip(whole);
    fill(
        pen,
        new Color(0x6B4A2B),
        new Rectangle2D.Double(x - r * 0.17, y + r * 1.55, r * 0.34, r * 0.24));
    pen.setColor(new Color(0x4A3520));
    pen.draw(new Rectangle2D.Double(x - r * 0.16, y + r * 1.32, r * 0.32, r * 0.23));
  }

  private static void sky(Graphics2D pen, Color top, Color bottom, int horizon) {
    pen.setPaint(new GradientPaint(0, 0, top, 0, horizon, bottom));
    pen.fillRect(0, 0, WIDTH, HEIGHT);
    SplittableRandom random = new SplittableRandom(7);
    for (int cloud = 0; cloud < 7; cloud++) {
      double x = WIDTH * random.nextDouble();
      double y = 30 + 150 * random.nextDouble();
      for (int puff = 0; puff < 14; puff++) {
        double radius = 12 + 22 * random.nextDouble();
        double dx = 130 * (random.nextDouble() - 0.5);
        glow(pen, x + dx, y + 14 * random.nextDouble(), radius, new Color(255, 246, 236, 70));
      }
    }
  }

  private static void hill(Graphics2D pen, DoubleUnaryOperator height, int rgb) {
    Path2D ground = new Path2D.Double();
    ground.moveTo(0, HEIGHT);
    for (int x = 0; x <= WIDTH; x += 2) {
      ground.lineTo(x, height.applyAsDouble(x));
    }
    ground.lineTo(WIDTH, HEIGHT);
    ground.closePath();
    Color color = new Color(rgb);
    float top = (float) ground.getBounds2D().getMinY();
    pen.setPaint(
        new GradientPaint(
            0, top, mix(color, Color.WHITE, 0.2), 0, top + 120, mix(color, Color.BLACK, 0.25)));
    pen.fill(ground);
  }

  private static void glow(Graphics2D pen, double x, double y, double radius, Color color) {
    Color clear = new Color(color.getRed(), color.getGreen(), color.getBlue(), 0);
    Paint before = pen.getPaint();
    pen.setPaint(
        new RadialGradientPaint(
            (float) x, (float) y, (float) radius, new float[] {0, 1}, new Color[] {color, clear}));
    pen.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
    pen.setPaint(before);
  }

  private static void fill(Graphics2D pen, Color color, Shape shape) {
    pen.setColor(color);
    pen.fill(shape);
  }

  private static double square(double x) {
    return x * x;
  }
}
