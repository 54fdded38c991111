package io.stylegraph.image;

import static io.stylegraph.image.TestPictures.encode;
import static io.stylegraph.image.TestPictures.read;
import static io.stylegraph.image.TestPictures.resource;
import static io.stylegraph.image.TestPictures.withSegment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Colours of a profile come out as those that the doubles of {@link TestProfile} give. */
class ColourProfileTest {
  private static final int[][] COLOURS = {
    {180, 100, 60}, {90, 150, 100}, {128, 128, 128}, {40, 60, 140}, {240, 240, 235}, {255, 0, 0}
  };

  @ParameterizedTest
  @CsvSource({"png, 8", "png, 16", "tiff, 8", "tiff, 16"})
  void of_a_wide_gamut(String format, int bits) {
    for (int[] colour : COLOURS) {
      int scale = bits == 8 ? 1 : 257;
      BufferedImage flat = flat(Arrays.stream(colour).map(it -> it * scale).toArray(), bits);
      byte[] file =
          format.equals("png") ? withIccp(encode(flat, "png")) : tiff(flat, TestProfile.wide());
      assertColour(read(file), TestProfile.srgb(colour[0], colour[1], colour[2]), 0.2);
    }
  }

  @Test
  void of_a_jpeg() {
    byte[] head = "ICC_PROFILE\0\1\1".getBytes(StandardCharsets.US_ASCII);
    byte[] segment = join(head, TestProfile.wide());
    for (int[] colour : COLOURS) {
      byte[] jpeg = withSegment(encode(flat(colour, 8), "jpeg"), 0xE2, segment);
      assertColour(read(jpeg), TestProfile.srgb(colour[0], colour[1], colour[2]), 5);
    }
  }

  @Test
  void of_a_webp() {
    byte[] plain = resource("lossless.webp");
    byte[] swapped = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
    swap(swapped, "rXYZ", "bXYZ");
    Picture picture = read(webp(plain, swapped));
    assertColour(picture.rgb(), 0, new double[] {0, 0, 255}, 0.5); // Red was.
    assertColour(picture.rgb(), 12 * 32 * 3, new double[] {255, 0, 0}, 0.5); // Blue was.
  }

  /** Without it, PictureReaderTest sees to CMYK. */
  @ParameterizedTest
  @ValueSource(strings = {"cmyk.jpg", "ycck.jpg"})
  void of_a_press(String name) {
    byte[] head = "ICC_PROFILE\0\1\1".getBytes(StandardCharsets.US_ASCII);
    byte[] jpeg = withSegment(resource(name), 0xE2, join(head, TestProfile.press()));
    double grey = TestProfile.pressGrey();
    Picture picture = read(jpeg);
    assertColour(picture.rgb(), 0, new double[] {grey, grey, grey}, 1);
    assertColour(picture.rgb(), 3 * 500, new double[] {grey, grey, grey}, 1);
  }

  @Test
  void of_grey() {
    BufferedImage grey = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY);
    grey.getRaster().setPixels(0, 0, 2, 2, new int[] {100, 100, 100, 100});
    double shade = TestProfile.srgbGrey(100);
    Picture picture = read(withIccp(encode(grey, "png"), TestProfile.grey()));
    assertColour(picture, new double[] {shade, shade, shade}, 0.2);
  }

  @Test
  void of_a_palette() {
    BufferedImage indexed = new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_INDEXED);
    for (int i = 0; i < 16; i++) {
      indexed.setRGB(i % 4, i / 4, 0xFF996633);
    }
    Picture picture = read(withIccp(encode(indexed, "png")));
    assertColour(picture, TestProfile.srgb(0x99, 0x66, 0x33), 0.2);
  }

  @Test
  void under_alpha() {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x33B4643C);
    double[] expected = TestProfile.srgb(180, 100, 60);
    for (int c = 0; c < 3; c++) {
      expected[c] = 0.2 * expected[c] + 0.8 * 255;
    }
    Picture picture = read(withIccp(encode(image, "png")));
    assertColour(picture, expected, 0.2);
    assertThat(picture.alpha().orElseThrow()).containsExactly(0.2f);
  }

  @Test
  void of_srgb_itself_changes_nothing() {
    BufferedImage noise = TestPictures.noise(9, 7, BufferedImage.TYPE_3BYTE_BGR);
    byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
    assertThat(read(withIccp(encode(noise, "png"), profile)).rgb())
        .isEqualTo(Picture.from(noise).rgb());
  }

  @ParameterizedTest
  @ValueSource(strings = {"garbage", "short", "grey", "empty"})
  void that_is_broken_or_for_other_channels_is_passed_over(String kind) {
    BufferedImage noise = TestPictures.noise(9, 7, BufferedImage.TYPE_3BYTE_BGR);
    byte[] profile =
        switch (kind) {
          case "garbage" -> "no profile at all".getBytes(StandardCharsets.US_ASCII);
          case "short" -> Arrays.copyOf(TestProfile.wide(), 200);
          case "grey" -> TestProfile.grey();
          default -> new byte[0];
        };
    assertThat(read(withIccp(encode(noise, "png"), profile)).rgb())
        .isEqualTo(Picture.from(noise).rgb());
  }

  @Test
  void that_cannot_be_unpacked_is_passed_over() {
    BufferedImage noise = TestPictures.noise(9, 7, BufferedImage.TYPE_3BYTE_BGR);
    byte[] png = withChunk(encode(noise, "png"), "iCCP", new byte[] {'x', 0, 0, 1, 2, 3});
    assertThat(read(png).rgb()).isEqualTo(Picture.from(noise).rgb());
    byte[] nameless = withChunk(encode(noise, "png"), "iCCP", new byte[] {'x', 'y'});
    assertThat(read(nameless).rgb()).isEqualTo(Picture.from(noise).rgb());
  }

  @Test
  void a_broken_profile_of_a_jpeg_or_tiff_is_passed_over() {
    byte[] broken = join("ICC_PROFILE\0\1\1".getBytes(StandardCharsets.US_ASCII), new byte[300]);
    int[] colour = {180, 100, 60};
    double[] same = {180, 100, 60};
    assertColour(read(withSegment(encode(flat(colour, 8), "jpeg"), 0xE2, broken)), same, 3);
    byte[] tiff = tiff(flat(colour, 8), TestProfile.wide());
    byte[] name = "acsp".getBytes(StandardCharsets.US_ASCII);
    tiff[indexOf(tiff, name)] = 'x';
    assertColour(read(tiff), same, 0.5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg", "tiff", "webp"})
  void that_converts_nothing_is_passed_over(String format) {
    byte[] profile = TestProfile.wide();
    profile[indexOf(profile, "curv".getBytes(StandardCharsets.US_ASCII))] = 'x';
    BufferedImage flat = flat(new int[] {180, 100, 60}, 8);
    byte[] head = "ICC_PROFILE\0\1\1".getBytes(StandardCharsets.US_ASCII);
    byte[] file =
        switch (format) {
          case "png" -> withIccp(encode(flat, "png"), profile);
          case "jpeg" -> withSegment(encode(flat, "jpeg"), 0xE2, join(head, profile));
          case "tiff" -> tiff(flat, profile);
          default -> webp(resource("lossless.webp"), profile);
        };
    double[] expected =
        format.equals("webp") ? new double[] {255, 0, 0} : new double[] {180, 100, 60};
    assertColour(read(file), expected, 3);
  }

  private static BufferedImage flat(int[] colour, int bits) {
    ColorModel colors =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            false,
            false,
            Transparency.OPAQUE,
            bits == 8 ? DataBuffer.TYPE_BYTE : DataBuffer.TYPE_USHORT);
    var raster = colors.createCompatibleWritableRaster(16, 16);
    for (int i = 0; i < 256; i++) {
      raster.setPixel(i % 16, i / 16, colour);
    }
    return new BufferedImage(colors, raster, false, null);
  }

  private static byte[] tiff(BufferedImage image, byte[] profile) {
    try {
      return TestTiff.encode(image, profile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] withIccp(byte[] png) {
    return withIccp(png, TestProfile.wide());
  }

  private static byte[] withIccp(byte[] png, byte[] profile) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    packed.writeBytes(new byte[] {'i', 'c', 'c', 0, 0});
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
      out.write(profile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return withChunk(png, "iCCP", packed.toByteArray());
  }

  /** The PNG with a further chunk right after IHDR. */
  private static byte[] withChunk(byte[] png, String type, byte[] data) {
    int afterHeader = 8 + 25;
    ByteBuffer result = ByteBuffer.allocate(png.length + 12 + data.length);
    result.put(png, 0, afterHeader).putInt(data.length);
    byte[] typeAndData = join(type.getBytes(StandardCharsets.US_ASCII), data);
    CRC32 crc = new CRC32();
    crc.update(typeAndData);
    result.put(typeAndData).putInt((int) crc.getValue());
    return result.put(png, afterHeader, png.length - afterHeader).array();
  }

  /** WebP's extended form: VP8X with the ICC flag, ICCP, then the picture's own chunk. */
  private static byte[] webp(byte[] simple, byte[] profile) {
    int padded = profile.length + (profile.length & 1);
    ByteBuffer out =
        ByteBuffer.allocate(simple.length + 18 + 8 + padded).order(ByteOrder.LITTLE_ENDIAN);
    out.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(out.capacity() - 8);
    out.put("WEBPVP8X".getBytes(StandardCharsets.US_ASCII)).putInt(10).putInt(0x20);
    out.put(new byte[] {31, 0, 0, 15, 0, 0});
    out.put("ICCP".getBytes(StandardCharsets.US_ASCII)).putInt(profile.length).put(profile);
    out.position(out.position() + padded - profile.length);
    return out.put(simple, 12, simple.length - 12).array();
  }

  private static void swap(byte[] profile, String one, String other) {
    int a = indexOf(profile, one.getBytes(StandardCharsets.US_ASCII));
    int b = indexOf(profile, other.getBytes(StandardCharsets.US_ASCII));
    byte[] name = Arrays.copyOfRange(profile, a, a + 4);
    System.arraycopy(profile, b, profile, a, 4);
    System.arraycopy(name, 0, profile, b, 4);
  }

  private static int indexOf(byte[] bytes, byte[] part) {
    for (int i = 0; ; i++) {
      if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
        return i;
      }
    }
  }

  private static byte[] join(byte[] head, byte[] tail) {
    return ByteBuffer.allocate(head.length + tail.length).put(head).put(tail).array();
  }

  private static void assertColour(Picture picture, double[] expected, double tolerance) {
    assertColour(picture.rgb(), 0, expected, tolerance);
  }

  private static void assertColour(float[] rgb, int from, double[] expected, double tolerance) {
    for (int c = 0; c < 3; c++) {
      assertThat((double) rgb[from + c]).isCloseTo(expected[c], within(tolerance));
    }
  }
}
