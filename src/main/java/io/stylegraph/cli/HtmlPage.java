package io.stylegraph.cli;

import com.google.common.html.HtmlEscapers;
import com.google.common.io.Resources;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;

/** A page in one file, pictures included, that reads well on a phone. Every text is escaped. */
final class HtmlPage {
  private final String title;
  private final StringBuilder body = new StringBuilder();

  HtmlPage(String title) {
    this.title = title;
    body.append("<h1>").append(escaped(title)).append("</h1>\n");
  }

  /** A figure's picture and the words below it. */
  record Figure(BufferedImage image, String caption) {}

  HtmlPage heading(String text) {
    body.append("<h2>").append(escaped(text)).append("</h2>\n");
    return this;
  }

  HtmlPage paragraph(String text) {
    body.append("<p>").append(escaped(text)).append("</p>\n");
    return this;
  }

  /** A table of escaped cells; the first column is of labels. */
  HtmlPage table(List<String> header, List<List<Cell>> rows) {
    body.append("<div class=\"wide\"><table>\n<tr>");
    header.forEach(cell -> body.append("<th>").append(escaped(cell)).append("</th>"));
    body.append("</tr>\n");
    for (List<Cell> row : rows) {
      body.append("<tr>");
      row.forEach(cell -> body.append("<td>").append(cell.html()).append("</td>"));
      body.append("</tr>\n");
    }
    body.append("</table></div>\n");
    return this;
  }

  /** Pictures side by side, or below each other where there is no room. */
  HtmlPage figures(String kind, List<Figure> figures) {
    body.append("<div class=\"figures %s\">%n".formatted(kind));
    figures.forEach(figure -> body.append(html(figure)));
    body.append("</div>\n");
    return this;
  }

  /** The whole page. */
  String html() {
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>%s</title>
        <style>
        %s</style>
        </head>
        <body>
        %s</body>
        </html>
        """
        .formatted(escaped(title), css(), body);
  }

  /** What stands in a table. */
  record Cell(String html) {
    static Cell text(String text) {
      return new Cell(escaped(text));
    }

    static Cell link(String target, String text) {
      return new Cell("<a href=\"%s\">%s</a>".formatted(escaped(target), escaped(text)));
    }

    static Cell verdict(boolean passed) {
      return new Cell(
          passed ? "<span class=\"ok\">ok</span>" : "<span class=\"outside\">outside</span>");
    }

    static List<Cell> texts(String... texts) {
      return Arrays.stream(texts).map(Cell::text).toList();
    }
  }

  private static String html(Figure figure) {
    return "<figure><img alt=\"%1$s\" src=\"data:image/png;base64,%2$s\"><figcaption>%1$s</figcaption></figure>%n"
        .formatted(escaped(figure.caption()), png(figure.image()));
  }

  private static String png(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  private static String css() {
    try {
      return Resources.toString(
          Resources.getResource(HtmlPage.class, "page.css"), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String escaped(String text) {
    return HtmlEscapers.htmlEscaper().escape(text);
  }
}
