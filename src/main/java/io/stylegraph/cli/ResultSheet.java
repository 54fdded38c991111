package io.stylegraph.cli;

import com.google.common.collect.Lists;
import io.stylegraph.image.Picture;
import io.stylegraph.image.PictureResizer;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * A run on one sheet: labelled pictures at equal height in rows of three, below them the loss
 * curves, below them a caption. Needs no display, but a font.
 */
final class ResultSheet {
  private static final int ROW = 3;
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

  private ResultSheet() {}

  /** A picture and what stands above it. */
  record Panel(String label, BufferedImage picture) {
    double aspect() {
      return (double) picture.getWidth() / picture.getHeight();
    }
  }

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
   * @param panels at least one
   * @param losses in order of steps; without any that can be drawn, the sheet has no curves
   * @param caption one line, cut off at the sheet's edge; may be empty
   */
  static BufferedImage draw(List<Panel> panels, List<LossPoint> losses, String caption) {
    List<List<Panel>> rows = Lists.partition(atEqualHeight(panels), ROW);
    int panelsWidth = rows.stream().mapToInt(ResultSheet::width).max().orElseThrow();
    int inner = Math.max(MIN_WIDTH, panelsWidth);
    int rowHeight = LABEL_HEIGHT + rows.get(0).get(0).picture().getHeight();
    int panelsHeight = rows.size() * rowHeight + (rows.size() - 1) * GAP;
    var chart = LossChart.of(losses);
    int chartHeight = chart.isPresent() ? GAP + CHART_HEIGHT : 0;
    int captionHeight = caption.isBlank() ? 0 : CAPTION_HEIGHT;
    BufferedImage sheet =
        new BufferedImage(
            inner + 2 * MARGIN,
            2 * MARGIN + panelsHeight + chartHeight + captionHeight,
            BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = pen(sheet);
    try {
      for (int i = 0; i < rows.size(); i++) {
        drawRow(
            pen, rows.get(i), MARGIN + (inner - panelsWidth) / 2, MARGIN + i * (rowHeight + GAP));
      }
      int y = MARGIN + panelsHeight + GAP;
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

  /** A pen that smooths, on a sheet that it has made white. */
  static Graphics2D pen(BufferedImage sheet) {
    Graphics2D pen = sheet.createGraphics();
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    pen.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    pen.setColor(Color.WHITE);
    pen.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
    return pen;
  }

  private static void drawRow(Graphics2D pen, List<Panel> row, int left, int top) {
    pen.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 19));
    pen.setColor(INK);
    int x = left;
    for (Panel panel : row) {
      pen.drawString(panel.label(), x, top + LABEL_HEIGHT - 14);
      pen.drawImage(panel.picture(), x, top + LABEL_HEIGHT, null);
      x += panel.picture().getWidth() + GAP;
    }
  }

  private static int width(List<Panel> row) {
    return row.stream().mapToInt(panel -> panel.picture().getWidth()).sum()
        + (row.size() - 1) * GAP;
  }

  /** At {@link #PANEL_HEIGHT} or what keeps the widest row within the width. */
  private static List<Panel> atEqualHeight(List<Panel> panels) {
    double aspects =
        Lists.partition(panels, ROW).stream()
            .mapToDouble(row -> row.stream().mapToDouble(Panel::aspect).sum())
            .max()
            .orElseThrow();
    int gaps = (ROW - 1) * GAP;
    int height = Math.max(1, Math.min(PANEL_HEIGHT, (int) ((MAX_WIDTH - gaps) / aspects)));
    return panels.stream().map(panel -> resized(panel, height)).toList();
  }

  private static Panel resized(Panel panel, int height) {
    int width = (int) Math.max(1, Math.min(MAX_WIDTH, Math.round(height * panel.aspect())));
    Picture picture = PictureResizer.resize(Picture.from(panel.picture()), width, height);
    return new Panel(panel.label(), picture.toBufferedImage());
  }
}
