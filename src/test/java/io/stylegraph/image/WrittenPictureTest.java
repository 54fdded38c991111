package io.stylegraph.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stylegraph.error.InvalidSettingException;
import io.stylegraph.error.PictureException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in a written file beside 8-bit colours: bits, alpha, profile, density, notes. */
class WrittenPictureTest {
  private static final WriteSettings SIXTEEN = WriteSettings.USUAL.withBits(16);

  @TempDir Path folder;

  private final Picture picture =
      Picture.of(2, 2, new float[] {0, 0.4f, 127.3f, 255, 300, -5, 64.25f, 1, 2, 3, 254.9f, 9});

  @ParameterizedTest
  @ValueSource(strings = {"out.png", "out.tif", "out.TIFF"})
  void sixteen_bits_are_rounded_and_clamped(String name) {
    Path file = folder.resolve(name);
    PictureWriter.write(picture, file, SIXTEEN);
    float[] expected = {0, 103, 32716, 65535, 65535, 0, 16512, 257, 514, 771, 65509, 2313};
    float[] read = PictureReader.read(file).rgb();
    for (int i = 0; i < expected.length; i++) {
      assertThat(read[i] * 257).isCloseTo(expected[i], within(0.01f));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"out.png", "out.tif"})
  void eight_bits_are_rounded_and_clamped(String name) {
    Path file = folder.resolve(name);
    PictureWriter.write(picture, file);
    assertThat(PictureReader.read(file).rgb())
        .containsExactly(0, 0, 127, 255, 255, 0, 64, 1, 2, 3, 255, 9);
  }

  @Test
  void a_jpeg_of_sixteen_bits_is_refused() {
    Path file = folder.resolve("out.jpg");
    assertThatThrownBy(() -> PictureWriter.check(file, SIXTEEN))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage(
            "bits (16) is more than JPEG holds, which is 8; name a .png or .tif file, or take 8");
    assertThatThrownBy(() -> PictureWriter.write(picture, file, SIXTEEN))
        .isInstanceOf(InvalidSettingException.class);
    assertThat(folder).isEmptyDirectory();
    assertThatThrownBy(() -> WriteSettings.USUAL.withBits(12))
        .hasMessage("bits (12) must be 8 or 16");
  }

  @ParameterizedTest
  @CsvSource({"out.png, 8", "out.png, 16", "out.tif, 8", "out.tif, 16"})
  void alpha_stays_and_colours_are_those_beneath_white(String name, int bits) throws IOException {
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x80204060);
    image.setRGB(1, 0, 0xFF336699);
    Picture faint = Picture.from(image);
    Path file = folder.resolve(name);
    PictureWriter.write(faint, file, WriteSettings.USUAL.withBits(bits));
    Picture read = PictureReader.read(file);
    assertThat(read.rgb()).containsExactly(faint.rgb(), within(0.6f));
    assertThat(read.alpha().orElseThrow())
        .containsExactly(new float[] {0x80 / 255f, 1, 0}, within(1e-4f));
    if (name.endsWith("png")) {
      BufferedImage stored = ImageIO.read(file.toFile());
      assertThat(stored.getRGB(0, 0)).isEqualTo(0x80204060);
      assertThat(stored.getRGB(2, 0) >>> 24).isZero();
    }
  }

  @Test
  void an_opaque_picture_gets_no_alpha() {
    Path file = folder.resolve("out.png");
    PictureWriter.write(picture, file, SIXTEEN);
    assertThat(PictureReader.read(file).alpha()).isEmpty();
  }

  @Test
  void a_jpeg_shows_white_where_the_content_is_transparent() {
    BufferedImage content = new BufferedImage(32, 16, BufferedImage.TYPE_INT_ARGB);
    content.createGraphics().fillRect(0, 0, 16, 16);
    float[] dark = new float[32 * 16 * 3];
    Picture result = Picture.of(32, 16, dark).withAlphaAndDensityOf(Picture.from(content));
    Path file = folder.resolve("out.jpg");
    PictureWriter.write(result, file);
    Picture read = PictureReader.read(file);
    assertThat(TestPictures.rgb(read, 4, 8)).isEqualTo(0);
    assertThat(TestPictures.rgb(read, 28, 8)).isEqualTo(0xFFFFFF);
  }

  @Test
  void alpha_and_density_survive_resizing_and_fit_another_size() {
    BufferedImage content = new BufferedImage(32, 16, BufferedImage.TYPE_INT_ARGB);
    content.createGraphics().fillRect(0, 0, 16, 16);
    Density density = new Density(300, 150);
    Picture large = Picture.from(content).withDensity(density);
    Picture small = PictureResizer.fit(large, 16);
    float[] alpha = small.alpha().orElseThrow();
    assertThat(alpha).hasSize(16 * 8);
    assertThat(alpha[0]).isEqualTo(1);
    assertThat(alpha[15]).isZero();
    assertThat(small.density()).contains(density);
    Picture result = Picture.of(16, 8, new float[16 * 8 * 3]).withAlphaAndDensityOf(large);
    assertThat(result.alpha().orElseThrow()).isEqualTo(alpha);
    assertThat(result.rgb()[15 * 3]).isEqualTo(255);
    assertThat(result.density()).contains(density);
  }

  @ParameterizedTest
  @CsvSource({"out.png, 0.01", "out.jpg, 0.5", "out.tif, 0.001"})
  void the_density_is_written_where_there_is_one(String name, double tolerance) {
    Path file = folder.resolve(name);
    PictureWriter.write(picture, file);
    assertThat(PictureReader.read(file).density()).isEmpty();
    PictureWriter.write(picture.withDensity(new Density(300, 118.11)), file);
    Density read = PictureReader.read(file).density().orElseThrow();
    assertThat(read.x()).isCloseTo(300, within(tolerance));
    assertThat(read.y()).isCloseTo(118.11, within(tolerance));
  }

  @Test
  void a_density_that_is_none_is_refused() {
    assertThatThrownBy(() -> new Density(0, 72)).isInstanceOf(PictureException.class);
    assertThatThrownBy(() -> new Density(72, Double.NaN)).isInstanceOf(PictureException.class);
  }

  @Test
  void a_turned_picture_turns_its_density() {
    Density turned = new Density(300, 150).turned(Orientation.of(6));
    assertThat(turned).isEqualTo(new Density(150, 300));
  }

  @ParameterizedTest
  @ValueSource(strings = {"out.png", "out.jpg", "out.tif"})
  void the_srgb_profile_is_inside(String name) throws IOException {
    Path file = folder.resolve(name);
    PictureWriter.write(picture, file);
    byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
    if (name.endsWith("png")) {
      assertThat(PngProfile.find(Files.readAllBytes(file), name).orElseThrow().isCS_sRGB())
          .isTrue();
    } else {
      assertThat(latin(Files.readAllBytes(file))).contains(latin(profile));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "out.png, 10", "out.jpg, 10", "out.tif, 10", "out.png, 64900", "out.jpg, 64900",
    "out.jpg, 64987", "out.tif, 64900", "out.png, 200000", "out.jpg, 200000", "out.tif, 200000"
  })
  void notes_come_back(String name, int length) {
    Path file = folder.resolve(name);
    String notes = "{\"a\": \"é\u263A%s\"}".formatted("x".repeat(length));
    PictureWriter.write(picture, file, WriteSettings.USUAL.withNotes(notes));
    assertThat(PictureNotes.read(file)).contains(PictureNotes.ascii(notes));
    assertThat(PictureReader.read(file).size()).isEqualTo(picture.size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"out.png", "out.jpg", "out.tif"})
  void without_notes_there_are_none(String name) {
    Path file = folder.resolve(name);
    PictureWriter.write(picture, file);
    assertThat(PictureNotes.read(file)).isEmpty();
  }

  @Test
  void notes_escape_what_is_not_ascii() {
    assertThat(PictureNotes.ascii("{\"é\": 1}")).isEqualTo("{\"\\u00e9\": 1}");
  }

  @Test
  void lost_notes_are_told_of() throws IOException {
    Path file = folder.resolve("out.jpg");
    PictureWriter.write(picture, file, WriteSettings.USUAL.withNotes("x".repeat(100_000)));
    byte[] bytes = Files.readAllBytes(file);
    int second = latin(bytes).indexOf("stylegraph 2/2");
    bytes[second] = 'X';
    Files.write(file, bytes);
    assertThatThrownBy(() -> PictureNotes.read(file))
        .hasMessage(file + ": has lost part of its notes; name the file as it was written");
  }

  @Test
  void notes_of_what_is_no_picture_are_refused() throws IOException {
    Path text = Files.writeString(folder.resolve("text.png"), "no picture");
    assertThatThrownBy(() -> PictureNotes.read(text)).isInstanceOf(PictureException.class);
    assertThatThrownBy(() -> PictureNotes.read(folder)).isInstanceOf(PictureException.class);
    assertThatThrownBy(() -> PictureNotes.read(folder.resolve("none.png")))
        .isInstanceOf(PictureException.class);
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
