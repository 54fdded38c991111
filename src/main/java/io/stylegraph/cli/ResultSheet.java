package io.stylegraph.cli;

import io.stylegraph.image.Picture;
import io.stylegraph.image.PictureResizer;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * A run on one sheet: content, style and result side by side at equal height, below them the loss
 * curves, below them a caption. Needs no display, but a font.
 */
final class ResultSheet {
  private static final int MARGIN = 36;
  private static final int GAP = 20;
  private static final int LABEL_HEIGHT = 34;
  private static final int CAPTION_HEIGHT = 30;
  private static final int PANEL_HEIGHT = 384;
  private static final int CHART_HEIGHT = 400;
  private static final int MIN_WIDTH = 800;
  private static final int MAX_WIDTH = 1600;
  private static final Color INK = new Color(0x22, 0x22, 0x22);
  private static final Color FAINT_INK = new Color(0x66, 0x66, 0x66);
  private static final List<String> LABELS = List.of("content", "style", "result");

  private ResultSheet() {}

  /**
   * The losses after one step, weighted as in the total.
   *
   * @param step counts from 0 or 1, as the caller likes
   * @param tv the total-variation term; 0 where the recipe has none
   */
  record LossPoint(int step, double total, double content, double style, double tv) {}

  /**
   * Draws the sheet.
   *
   * @param losses in order of steps; without any that can be drawn, the sheet has no curves
   * @param caption one line, cut off at the sheet's edge; may be empty
   */
  static BufferedImage draw(
      BufferedImage content,
      BufferedImage style,
      BufferedImage result,
      List<LossPoint> losses,
      String caption) {
    List<BufferedImage> panels = panels(List.of(content, style, result));
    int panelsWidth = panels.stream().mapToInt(BufferedImage::getWidth).sum() + 2 * GAP;
    int inner = Math.max(MIN_WIDTH, panelsWidth);
    int panelHeight = panels.get(0).getHeight();
    var chart = LossChart.of(losses);
    int chartHeight = chart.isPresent() ? GAP + CHART_HEIGHT : 0;
    int captionHeight = caption.isBlank() ? 0 : CAPTION_HEIGHT;
    BufferedImage sheet =
        new BufferedImage(
            inner + 2 * MARGIN,
            2 * MARGIN + LABEL_HEIGHT + panelHeight + chartHeight + captionHeight,
            BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = pen(sheet);
    try {
      drawPanels(pen, panels, MARGIN + (inner - panelsWidth) / 2);
      int y = MARGIN + LABEL_HEIGHT + panelHeight + GAP;
      chart.ifPresent(
          c ->
              c.paint(
                  (Graphics2D) pen.create(MARGIN, y, inner, CHART_HEIGHT), inner, CHART_HEIGHT));
      pen.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 15));
      pen.setColor(FAINT_INK);
      pen.clipRect(MARGIN, 0, inner, sheet.getHeight());
      pen.drawString(caption, MARGIN, sheet.getHeight() - MARGIN);
    } finally {
      pen.dispose();
    }
    return sheet;
  }

  private static Graphics2D pen(BufferedImage sheet) {
    Graphics2D pen = sheet.createGraphics();
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    pen.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    pen.setColor(Color.WHITE);
    pen.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
    return pen;
  }

  private static void drawPanels(Graphics2D pen, List<BufferedImage> panels, int left) {
    pen.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 19));
    pen.setColor(INK);
    int x = left;
    for (int i = 0; i < panels.size(); i++) {
      pen.drawString(LABELS.get(i), x, MARGIN + LABEL_HEIGHT - 14);
      pen.drawImage(panels.get(i), x, MARGIN + LABEL_HEIGHT, null);
      x += panels.get(i).getWidth() + GAP;
    }
  }

  /** The pictures at equal height, {@link #PANEL_HEIGHT} or what keeps them within the width. */
  private static List<BufferedImage> panels(List<BufferedImage> images) {
    double aspects = images.stream().mapToDouble(i -> (double) i.getWidth() / i.getHeight()).sum();
    int height = Math.max(1, Math.min(PANEL_HEIGHT, (int) ((MAX_WIDTH - 2 * GAP) / aspects)));
    return images.stream().map(image -> panel(image, height)).toList();
  }

  private static BufferedImage panel(BufferedImage image, int height) {
    long width = Math.round((double) height * image.getWidth() / image.getHeight());
    int fitting = (int) Math.max(1, Math.min(MAX_WIDTH, width));
    return PictureResizer.resize(Picture.from(image), fitting, height).toBufferedImage();
  }
}
