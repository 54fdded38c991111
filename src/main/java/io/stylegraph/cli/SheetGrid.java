package io.stylegraph.cli;

import io.stylegraph.cli.SheetCell.Setting;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A grid of pictures: above it those that went in, a heading above each column and beside each row,
 * notes beneath each picture, a caption at the bottom. Needs no display, but a font.
 */
final class SheetGrid {
  /** Of the columns where one setting varies; more cells begin new rows. */
  static final int COLUMNS = 8;

  static final int GAP = 16;
  static final int MARGIN = 32;
  private static final int LINE = 20;
  private static final int HEADING = 2 * LINE + 8;
  private static final int NOTES = 2 * LINE + GAP;
  private static final int MAX_ROW_HEADING = 220;
  private static final Font NAME = new Font(Font.SANS_SERIF, Font.PLAIN, 14);
  private static final Font VALUE = new Font(Font.SANS_SERIF, Font.BOLD, 17);
  private static final Color INK = new Color(0x22, 0x22, 0x22);
  private static final Color FAINT_INK = new Color(0x66, 0x66, 0x66);
  private static final Color EMPTY = new Color(0xF2, 0xF2, 0xF2);
  private static final Color LINES = new Color(0xDD, 0xDD, 0xDD);

  private final List<ResultSheet.Panel> inputs;
  private final List<Setting> columns;
  private final List<Setting> rows;
  private final List<Cell> cells;
  private final int width;
  private final int height;
  private final int left;
  private final int inputHeight;

  /**
   * One cell.
   *
   * @param notes two lines at most
   */
  record Cell(Optional<BufferedImage> picture, List<String> notes) {}

  private SheetGrid(
      List<ResultSheet.Panel> inputs, List<Setting> columns, List<Setting> rows, List<Cell> cells) {
    this.inputs = inputs;
    this.columns = columns;
    this.rows = rows;
    this.cells = cells;
    BufferedImage content = inputs.get(0).picture();
    width =
        cells.stream()
            .flatMap(it -> it.picture().stream())
            .mapToInt(BufferedImage::getWidth)
            .reduce(content.getWidth(), Math::max);
    height =
        cells.stream()
            .flatMap(it -> it.picture().stream())
            .mapToInt(BufferedImage::getHeight)
            .reduce(content.getHeight(), Math::max);
    left = MARGIN + rowHeadingWidth();
    inputHeight = inputs.stream().mapToInt(it -> it.picture().getHeight()).max().orElseThrow();
  }

  /**
   * Draws the sheet.
   *
   * @param inputs at least one; the first has the size of a cell's picture
   * @param rows none where one setting varies
   * @param cells row by row
   * @param caption one line, cut off at the sheet's edge
   */
  static BufferedImage draw(
      List<ResultSheet.Panel> inputs,
      List<Setting> columns,
      List<Setting> rows,
      List<Cell> cells,
      String caption) {
    return new SheetGrid(inputs, columns, rows, cells).draw(caption);
  }

  private BufferedImage draw(String caption) {
    int gridTop = MARGIN + HEADING + inputHeight + 2 * GAP;
    int rowHeight = height + NOTES;
    int headed = rows.isEmpty() ? lines() : 1;
    int bottom = gridTop + headed * HEADING + lines() * rowHeight;
    int inputsWidth =
        inputs.stream().mapToInt(it -> it.picture().getWidth() + GAP).sum() - GAP + 2 * MARGIN;
    int gridWidth = left + across() * (width + GAP) - GAP + MARGIN;
    BufferedImage sheet =
        new BufferedImage(
            Math.max(gridWidth, inputsWidth), bottom + LINE + MARGIN, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = ResultSheet.pen(sheet);
    try {
      drawInputs(pen);
      pen.setColor(LINES);
      pen.drawLine(MARGIN, gridTop - GAP, sheet.getWidth() - MARGIN, gridTop - GAP);
      int y = gridTop;
      for (int line = 0; line < lines(); line++) {
        if (line == 0 || rows.isEmpty()) {
          drawColumnHeadings(pen, line, y);
          y += HEADING;
        }
        drawLine(pen, line, y);
        y += rowHeight;
      }
      text(pen, NAME, FAINT_INK, caption, MARGIN, bottom + LINE, sheet.getWidth() - 2 * MARGIN);
    } finally {
      pen.dispose();
    }
    return sheet;
  }

  private int across() {
    return rows.isEmpty() ? Math.min(COLUMNS, columns.size()) : columns.size();
  }

  private int lines() {
    return (cells.size() + across() - 1) / across();
  }

  private int rowHeadingWidth() {
    Graphics2D pen = ResultSheet.pen(new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB));
    int widest =
        rows.stream()
            .mapToInt(
                it ->
                    Math.max(
                        pen.getFontMetrics(NAME).stringWidth(it.name()),
                        pen.getFontMetrics(VALUE).stringWidth(shown(it.value()))))
            .max()
            .orElse(-GAP);
    pen.dispose();
    return Math.min(MAX_ROW_HEADING, widest) + GAP;
  }

  private void drawInputs(Graphics2D pen) {
    int x = MARGIN;
    for (ResultSheet.Panel input : inputs) {
      BufferedImage picture = input.picture();
      text(pen, VALUE, INK, input.label(), x, MARGIN + 2 * LINE - 4, picture.getWidth());
      pen.drawImage(picture, x, MARGIN + HEADING, null);
      x += picture.getWidth() + GAP;
    }
  }

  private void drawColumnHeadings(Graphics2D pen, int line, int top) {
    for (int i = 0; i < across() && line * across() + i < cells.size(); i++) {
      Setting heading = columns.get(rows.isEmpty() ? line * across() + i : i);
      drawHeading(pen, heading, left + i * (width + GAP), top, width);
    }
  }

  private void drawLine(Graphics2D pen, int line, int top) {
    if (!rows.isEmpty()) {
      int middle = top + height / 2 - LINE;
      drawHeading(pen, rows.get(line), MARGIN, middle, left - MARGIN - GAP);
    }
    for (int i = 0; i < across() && line * across() + i < cells.size(); i++) {
      drawCell(pen, cells.get(line * across() + i), left + i * (width + GAP), top);
    }
  }

  private void drawCell(Graphics2D pen, Cell cell, int x, int top) {
    if (cell.picture().isPresent()) {
      pen.drawImage(cell.picture().get(), x, top, null);
    } else {
      pen.setColor(EMPTY);
      pen.fillRect(x, top, width, height);
      pen.setColor(LINES);
      pen.setStroke(new BasicStroke(1));
      pen.drawRect(x, top, width - 1, height - 1);
    }
    for (int i = 0; i < cell.notes().size(); i++) {
      text(pen, NAME, FAINT_INK, cell.notes().get(i), x, top + height + LINE * (i + 1) - 2, width);
    }
  }

  private static void drawHeading(Graphics2D pen, Setting heading, int x, int top, int room) {
    text(pen, NAME, FAINT_INK, heading.name(), x, top + LINE - 4, room);
    text(pen, VALUE, INK, shown(heading.value()), x, top + 2 * LINE - 2, room);
  }

  /** A file without its folders, anything else as it is. */
  private static String shown(String value) {
    try {
      Path name = Path.of(value).getFileName();
      return value.indexOf('/') < 0 || name == null ? value : name.toString();
    } catch (InvalidPathException e) {
      return value;
    }
  }

  /** Writes one line, shortened to the room that it has. */
  private static void text(
      Graphics2D pen, Font font, Color ink, String text, int x, int baseline, int room) {
    pen.setFont(font);
    pen.setColor(ink);
    FontMetrics metrics = pen.getFontMetrics();
    String fitting = text;
    for (int length = text.length(); length > 1 && metrics.stringWidth(fitting) > room; length--) {
      fitting = text.substring(0, length - 1) + "\u2026";
    }
    pen.drawString(fitting, x, baseline);
  }
}
