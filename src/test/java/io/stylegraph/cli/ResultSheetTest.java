package io.stylegraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stylegraph.cli.ResultSheet.LossPoint;
import io.stylegraph.cli.ResultSheet.Panel;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ResultSheetTest {
  private static final int WHITE = 0xFFFFFF;
  private static final BufferedImage RED = flat(Color.RED, 40, 30);
  private static final BufferedImage GREEN = flat(Color.GREEN, 30, 40);
  private static final BufferedImage BLUE = flat(Color.BLUE, 80, 60);

  @BeforeAll
  static void withoutADisplay() {
    System.setProperty("java.awt.headless", "true");
  }

  @Test
  void showsTheThreePicturesInOrderOnWhite() {
    BufferedImage sheet = ResultSheet.draw(panels(RED, GREEN, BLUE), List.of(), "a caption");
    assertThat(colors(sheet, sheet.getHeight() / 2))
        .containsExactly(WHITE, 0xFF0000, 0x00FF00, 0x0000FF);
    assertThat(sheet.getRGB(0, 0)).isEqualTo(0xFFFFFFFF);
  }

  @Test
  void drawsCurvesBelowThePictures() {
    BufferedImage bare = ResultSheet.draw(panels(RED, GREEN, BLUE), List.of(), "");
    List<LossPoint> losses =
        IntStream.rangeClosed(1, 50)
            .mapToObj(i -> new LossPoint(i, 1e8 / i + 1e5, 1e5, 1e8 / i, 0))
            .toList();
    BufferedImage sheet = ResultSheet.draw(panels(RED, GREEN, BLUE), losses, "");
    assertThat(sheet.getWidth()).isEqualTo(bare.getWidth());
    assertThat(sheet.getHeight()).isGreaterThan(bare.getHeight() + 300);
    assertThat(has(sheet, 0xD65F0E)).as("style's colour").isTrue();
    assertThat(has(sheet, 0x2C8C3C)).as("total variation's colour").isFalse();
  }

  @Test
  void takesOnePointNoTermsAndStrangeValues() {
    draw(new LossPoint(0, 5, 5, 0, 0));
    draw(new LossPoint(1, 1e-30, 1e30, 1, 1));
    draw(new LossPoint(1, 7, 7, 7, 7), new LossPoint(2, 7, 7, 7, 7));
    draw(new LossPoint(1, 7, 7, 7, 7), new LossPoint(1, 6, 6, 6, 6));
    BufferedImage none = draw(new LossPoint(1, 0, -1, Double.NaN, Double.POSITIVE_INFINITY));
    assertThat(none.getHeight())
        .isEqualTo(ResultSheet.draw(panels(RED, GREEN, BLUE), List.of(), "caption").getHeight());
  }

  @Test
  void takesPicturesOfAnyShape() {
    BufferedImage dot = flat(Color.RED, 1, 1);
    BufferedImage wide = flat(Color.GREEN, 5000, 10);
    BufferedImage tall = flat(Color.BLUE, 2, 3000);
    BufferedImage sheet =
        ResultSheet.draw(panels(dot, wide, tall), List.of(), "a long caption ".repeat(50));
    assertThat(sheet.getWidth()).isLessThan(1800);
  }

  @Test
  void morePicturesMakeMoreRows() {
    List<Panel> three = panels(RED, GREEN, BLUE);
    List<Panel> five = panels(RED, GREEN, BLUE, GREEN, RED);
    BufferedImage one = ResultSheet.draw(three, List.of(), "");
    BufferedImage two = ResultSheet.draw(five, List.of(), "");
    assertThat(two.getWidth()).isEqualTo(one.getWidth());
    assertThat(two.getHeight() - one.getHeight()).isEqualTo(20 + 34 + 384);
    assertThat(colors(two, two.getHeight() / 4))
        .containsExactly(WHITE, 0xFF0000, 0x00FF00, 0x0000FF);
    assertThat(colors(two, two.getHeight() * 3 / 4)).containsExactly(WHITE, 0x00FF00, 0xFF0000);
  }

  private static BufferedImage draw(LossPoint... losses) {
    return ResultSheet.draw(panels(RED, GREEN, BLUE), List.of(losses), "caption");
  }

  private static List<Panel> panels(BufferedImage... pictures) {
    return Arrays.stream(pictures).map(picture -> new Panel("a label", picture)).toList();
  }

  private static List<Integer> colors(BufferedImage sheet, int y) {
    return IntStream.range(0, sheet.getWidth())
        .mapToObj(x -> sheet.getRGB(x, y) & 0xFFFFFF)
        .distinct()
        .toList();
  }

  private static boolean has(BufferedImage image, int rgb) {
    return IntStream.range(0, image.getWidth() * image.getHeight())
        .map(i -> image.getRGB(i % image.getWidth(), i / image.getWidth()) & 0xFFFFFF)
        .anyMatch(color -> color == rgb);
  }

  private static BufferedImage flat(Color color, int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setColor(color);
    pen.fillRect(0, 0, width, height);
    pen.dispose();
    return image;
  }
}
