package io.stylegraph.film;

import io.stylegraph.image.Picture;
import io.stylegraph.image.PictureResizer;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * A film that is drawn: over a photograph that moves by a pixel a frame, a disc and a square with
 * stripes move by whole pixels, so that what moved where is known exactly.
 */
final class DrawnFilm {
  private final BufferedImage photograph;
  private final int width;
  private final int height;

  /** The frames' size; the photograph is made to fit, with room to move. */
  DrawnFilm(Picture photograph, int width, int height, int frames) {
    this.width = width;
    this.height = height;
    this.photograph = PictureResizer.resize(photograph, width + frames, height).toBufferedImage();
  }

  /** Something that moves: its place in frame 0, and by how much a frame. */
  private record Thing(Shape shape, int right, int down, Color one, Color other) {
    int x(int frame) {
      return right * frame;
    }

    int y(int frame) {
      return down * frame;
    }
  }

  /** The lower ones first. */
  private List<Thing> things() {
    double side = height / 3.0;
    return List.of(
        new Thing(
            new Rectangle2D.Double(width * 0.6, height * 0.15, side, side),
            -2,
            1,
            new Color(40, 70, 160),
            new Color(220, 220, 200)),
        new Thing(
            new Ellipse2D.Double(width * 0.1, height * 0.45, side, side),
            3,
            0,
            new Color(200, 60, 40),
            new Color(240, 190, 60)));
  }

  Picture frame(int number) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    pen.drawImage(photograph, -number, 0, null);
    for (Thing thing : things()) {
      draw(pen, thing, number);
    }
    pen.dispose();
    return Picture.from(image);
  }

  private static void draw(Graphics2D whole, Thing thing, int number) {
    Graphics2D pen = (Graphics2D) whole.create();
    pen.translate(thing.x(number), thing.y(number));
    pen.setColor(thing.one());
    pen.fill(thing.shape());
    pen.clip(thing.shape());
    pen.setColor(thing.other());
    Rectangle2D bounds = thing.shape().getBounds2D();
    for (double x = bounds.getMinX(); x < bounds.getMaxX(); x += 8) {
      pen.fill(new Rectangle2D.Double(x, bounds.getMinY(), 3, bounds.getHeight()));
    }
    pen.dispose();
  }

  /** From a frame to the one before. */
  Flow backward(int number) {
    float[] right = new float[width * height];
    float[] down = new float[width * height];
    for (int i = 0; i < right.length; i++) {
      int top = top(number, i % width, i / width);
      right[i] = top < 0 ? 1 : -things().get(top).right();
      down[i] = top < 0 ? 0 : -things().get(top).down();
    }
    return new Flow(width, height, right, down);
  }

  /** Which pixels of a frame show what the one before shows too, away from the edges of things. */
  float[] known(int number) {
    Flow flow = backward(number);
    float[] known = new float[width * height];
    for (int i = 0; i < known.length; i++) {
      int x = i % width;
      int y = i / width;
      int beforeX = (int) flow.x(i);
      int beforeY = (int) flow.y(i);
      boolean inside = beforeX >= 0 && beforeX < width && beforeY >= 0 && beforeY < height;
      known[i] =
          inside
                  && isAlone(number, x, y)
                  && isAlone(number - 1, beforeX, beforeY)
                  && top(number, x, y) == top(number - 1, beforeX, beforeY)
              ? 1
              : 0;
    }
    return known;
  }

  /** Whether all around shows the same thing. */
  private boolean isAlone(int number, int x, int y) {
    int top = top(number, x, y);
    for (int dy = -2; dy <= 2; dy++) {
      for (int dx = -2; dx <= 2; dx++) {
        if (top(number, x + dx, y + dy) != top) {
          return false;
        }
      }
    }
    return true;
  }

  /** The number of the thing that is seen there; -1 for the photograph. */
  private int top(int number, int x, int y) {
    List<Thing> things = things();
    for (int i = things.size() - 1; i >= 0; i--) {
      Thing thing = things.get(i);
      if (thing.shape().contains(x + 0.5 - thing.x(number), y + 0.5 - thing.y(number))) {
        return i;
      }
    }
    return -1;
  }
}
