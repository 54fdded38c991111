package io.stylegraph.image;

import static io.stylegraph.image.TestPictures.BLUE;
import static io.stylegraph.image.TestPictures.GREEN;
import static io.stylegraph.image.TestPictures.RED;
import static io.stylegraph.image.TestPictures.WHITE;
import static io.stylegraph.image.TestPictures.encode;
import static io.stylegraph.image.TestPictures.noise;
import static io.stylegraph.image.TestPictures.quadrants;
import static io.stylegraph.image.TestPictures.read;
import static io.stylegraph.image.TestPictures.resource;
import static io.stylegraph.image.TestPictures.rgb;
import static io.stylegraph.image.TestPictures.withOrientation;
import static io.stylegraph.image.TestPictures.withSegment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureReaderTest {
  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "tiff"})
  void losslessFormatsAreExact(String format) {
    BufferedImage image = noise(9, 7, BufferedImage.TYPE_3BYTE_BGR);
    assertThat(read(encode(image, format)).rgb()).isEqualTo(Picture.from(image).rgb());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cmyk.jpg",
        "ycck.jpg",
        "cmyk.tif",
        "lossy.webp",
        "lossless.webp",
        "turned.png",
        "turned.tif",
        "turned.webp",
        "animated.gif"
      })
  void otherProgramsPicturesLookAsTheyShould(String name) {
    assertQuadrants(read(resource(name)), RED);
  }

  @Test
  void transparencyIsCompositedOverWhite() {
    assertQuadrants(read(resource("transparent-red.png")), WHITE);
    Picture faint = read(resource("alpha.webp"));
    assertThat(rgb(faint, 3, 3)).isEqualTo(0xFFCCCC);
    assertThat(rgb(faint, 3, 12)).isEqualTo(0xCCCCFF);
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x33000A64);
    assertThat(rgb(read(encode(image, "png")), 0, 0)).isEqualTo(0xCCCEE0);
  }

  @ParameterizedTest
  @CsvSource({
    "1, RED, GREEN, BLUE, WHITE",
    "2, GREEN, RED, WHITE, BLUE",
    "3, WHITE, BLUE, GREEN, RED",
    "4, BLUE, WHITE, RED, GREEN",
    "5, RED, BLUE, GREEN, WHITE",
    "6, BLUE, RED, WHITE, GREEN",
    "7, WHITE, GREEN, BLUE, RED",
    "8, GREEN, WHITE, RED, BLUE",
  })
  void exifOrientationIsApplied(
      int orientation, Color topLeft, Color topRight, Color bottomLeft, Color bottomRight) {
    byte[] jpeg = withOrientation(encode(quadrants(), "jpeg"), orientation);
    Picture picture = read(jpeg);
    boolean turned = orientation >= 5;
    assertThat(picture.width()).isEqualTo(turned ? 16 : 32);
    assertThat(picture.height()).isEqualTo(turned ? 32 : 16);
    int right = picture.width() - 2;
    int bottom = picture.height() - 2;
    assertColor(picture, 1, 1, topLeft.rgb);
    assertColor(picture, right, 1, topRight.rgb);
    assertColor(picture, 1, bottom, bottomLeft.rgb);
    assertColor(picture, right, bottom, bottomRight.rgb);
  }

  @Test
  void nonsensicalExifIsIgnored() {
    byte[] jpeg = encode(quadrants(), "jpeg");
    assertQuadrants(read(withOrientation(jpeg, 99)), RED);
    byte[] garbage = "Exif\0\0MM\0*\u007F\u007F\u007F\u007F".getBytes(StandardCharsets.US_ASCII);
    assertQuadrants(read(withSegment(jpeg, 0xE1, garbage)), RED);
  }

  @Test
  void greyAndOneBitPicturesKeepTheirShades() {
    BufferedImage grey = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_GRAY);
    grey.getRaster().setPixels(0, 0, 3, 1, new int[] {0, 100, 255});
    for (String format : new String[] {"png", "tiff", "bmp"}) {
      assertThat(read(encode(grey, format)).rgb())
          .as(format)
          .containsExactly(0, 0, 0, 100, 100, 100, 255, 255, 255);
    }
    BufferedImage flat = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
    flat.getRaster()
        .setSamples(0, 0, 16, 16, 0, IntStream.generate(() -> 100).limit(256).toArray());
    assertThat(read(encode(flat, "jpeg")).rgb()).containsOnly(100f);
    BufferedImage bits = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY);
    bits.setRGB(1, 0, -1);
    assertThat(read(encode(bits, "png")).rgb()).containsExactly(0, 0, 0, 255, 255, 255);
  }

  @Test
  void palettePicturesTakeThePalettesColours() {
    BufferedImage indexed = new BufferedImage(32, 16, BufferedImage.TYPE_BYTE_INDEXED);
    indexed.createGraphics().drawImage(quadrants(), 0, 0, null);
    for (String format : new String[] {"png", "gif", "bmp"}) {
      assertQuadrants(read(encode(indexed, format)), RED);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "tiff"})
  void sixteenBitsAreNotRounded(String format) {
    BufferedImage grey = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
    grey.getRaster().setPixels(0, 0, 2, 1, new int[] {1, 40000});
    float[] rgb = read(encode(grey, format)).rgb();
    assertThat(rgb[0]).isEqualTo(1 / 257f);
    assertThat(rgb[5]).isEqualTo(40000 / 257f);
  }

  @Test
  void progressiveAndInterlacedPicturesAreRead() throws IOException {
    assertQuadrants(read(progressive("jpeg")), RED);
    assertThat(read(progressive("png")).rgb()).isEqualTo(Picture.from(quadrants()).rgb());
  }

  @Test
  void anEmbeddedColourProfileIsApplied() {
    BufferedImage flat = new BufferedImage(16, 16, BufferedImage.TYPE_3BYTE_BGR);
    for (int i = 0; i < 256; i++) {
      flat.setRGB(i % 16, i / 16, 0x808080);
    }
    byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
    byte[] head = "ICC_PROFILE\0\1\1".getBytes(StandardCharsets.US_ASCII);
    byte[] data = ByteBuffer.allocate(head.length + profile.length).put(head).put(profile).array();
    Picture picture = read(withSegment(encode(flat, "jpeg"), 0xE2, data));
    assertThat(rgb(picture, 8, 8)).isEqualTo(0xBCBCBC);
  }

  @Test
  void theBytesDecideNotTheName(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("picture.jpg");
    Files.write(file, encode(quadrants(), "png"));
    assertQuadrants(PictureReader.read(file), RED);
  }

  private static byte[] progressive(String format) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (var stream = new MemoryCacheImageOutputStream(out)) {
      writer.setOutput(stream);
      ImageWriteParam settings = writer.getDefaultWriteParam();
      settings.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      writer.write(null, new IIOImage(quadrants(), null, null), settings);
    }
    writer.dispose();
    return out.toByteArray();
  }

  private static void assertQuadrants(Picture picture, int topLeft) {
    assertThat(picture).hasToString("Picture[32x16]");
    assertColor(picture, 3, 3, topLeft);
    assertColor(picture, 28, 3, GREEN);
    assertColor(picture, 3, 12, BLUE);
    assertColor(picture, 28, 12, WHITE);
  }

  /** The colour within 16 of 255 in every channel: lossy formats may shift it. */
  private static void assertColor(Picture picture, int x, int y, int expected) {
    int actual = rgb(picture, x, y);
    for (int shift = 0; shift <= 16; shift += 8) {
      assertThat(actual >> shift & 0xFF)
          .as("%06X instead of %06X", actual, expected)
          .isCloseTo(expected >> shift & 0xFF, within(16));
    }
  }

  private enum Color {
    RED(TestPictures.RED),
    GREEN(TestPictures.GREEN),
    BLUE(TestPictures.BLUE),
    WHITE(TestPictures.WHITE);

    private final int rgb;

    Color(int rgb) {
      this.rgb = rgb;
    }
  }

  @Test
  void the_size_is_told_by_the_header_alone() {
    byte[] whole = resource("turned.png");
    byte[] head = Arrays.copyOf(whole, 40);
    assertThat(PictureReader.size(head, "head")).isEqualTo(PictureReader.size(whole, "whole"));
    assertThat(PictureReader.recognises(head)).isTrue();
    assertThat(PictureReader.recognises(new byte[40])).isFalse();
  }
}
