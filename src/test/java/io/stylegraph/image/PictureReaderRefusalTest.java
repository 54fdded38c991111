package io.stylegraph.image;

import static io.stylegraph.image.TestPictures.encode;
import static io.stylegraph.image.TestPictures.noise;
import static io.stylegraph.image.TestPictures.read;
import static io.stylegraph.image.TestPictures.resource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.stylegraph.error.PictureException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be read is refused with one line; a decoder's own exceptions never get out. */
class PictureReaderRefusalTest {
  private static final String FORMATS = "JPEG, PNG, WEBP, TIFF, BMP, GIF";

  @TempDir Path folder;

  @Test
  void missingFilesDirectoriesAndEmptyFiles() throws IOException {
    Path missing = folder.resolve("missing.png");
    assertThatThrownBy(() -> PictureReader.read(missing))
        .isInstanceOf(PictureException.class)
        .hasMessage(missing + ": does not exist; check the path");
    assertThatThrownBy(() -> PictureReader.read(folder))
        .isInstanceOf(PictureException.class)
        .hasMessage(folder + ": is a directory; name a picture file in it");
    Path empty = Files.createFile(folder.resolve("empty.png"));
    assertThatThrownBy(() -> PictureReader.read(empty))
        .isInstanceOf(PictureException.class)
        .hasMessage(empty + ": is empty; name a picture (" + FORMATS + ")");
  }

  @Test
  void unknownFormats() throws IOException {
    byte[] random = new byte[5000];
    new Random(3).nextBytes(random);
    byte[] text = "Dear picture,\nyou are a text.\n".getBytes(StandardCharsets.UTF_8);
    for (byte[] content : new byte[][] {random, text, {'B'}, {0}}) {
      Path file = Files.write(folder.resolve("file.png"), content);
      assertThatThrownBy(() -> PictureReader.read(file))
          .isInstanceOf(PictureException.class)
          .hasMessage(
              file + ": is not a picture of a known format; convert it to one of " + FORMATS);
    }
  }

  @Test
  void aStreamThatFails() {
    InputStream failing =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("line one\nline two");
          }

          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            return read();
          }
        };
    assertThatThrownBy(() -> PictureReader.read(failing, "upload"))
        .isInstanceOf(PictureException.class)
        .hasMessage("upload: cannot be decoded (line one line two); copy it again or save it anew")
        .hasCauseInstanceOf(IOException.class);
  }

  @Test
  void decompressionBombsBeforeTheyAreDecoded() {
    for (int[] size : new int[][] {{60000, 60000}, {10001, 10000}, {1, Integer.MAX_VALUE}}) {
      Throwable refusal =
          Assertions.assertTimeout(
              Duration.ofSeconds(2), () -> catchThrowable(() -> read(pngHeader(size[0], size[1]))));
      assertThat(refusal)
          .isInstanceOf(PictureException.class)
          .hasMessage(
              "test picture: has %dx%d pixels, more than the 100 million that are read;"
                      .formatted(size[0], size[1])
                  + " shrink it first");
    }
  }

  @Test
  void cutShort() {
    BufferedImage image = noise(24, 20, BufferedImage.TYPE_3BYTE_BGR);
    BufferedImage indexed = noise(24, 20, BufferedImage.TYPE_BYTE_INDEXED);
    Map<String, byte[]> pictures =
        Map.of(
            "jpeg", encode(image, "jpeg"),
            "png", encode(image, "png"),
            "bmp", encode(image, "bmp"),
            "tiff", encode(image, "tiff"),
            "gif", encode(indexed, "gif"),
            "cmyk.jpg", resource("cmyk.jpg"),
            "cmyk.tif", resource("cmyk.tif"),
            "lossy.webp", resource("lossy.webp"),
            "lossless.webp", resource("lossless.webp"));
    pictures.forEach(
        (name, whole) -> {
          float[] full = read(whole).rgb();
          for (int length = 1; length < whole.length; length += 1 + whole.length / 150) {
            byte[] part = Arrays.copyOf(whole, length);
            assertWholeOrRefused(part, full, name + " cut to " + length + " of " + whole.length);
          }
        });
  }

  /** Trailing bytes that carry no pixel may be missing; a pixel may not. */
  private static void assertWholeOrRefused(byte[] encoded, float[] full, String what) {
    try {
      assertThat(read(encoded).rgb()).as(what).isEqualTo(full);
    } catch (PictureException e) {
      assertThat(e.getMessage()).as(what).startsWith("test picture: ").doesNotContain("\n");
    }
  }

  @Test
  void aJpegWhoseScanEndsEarly() {
    byte[] whole = encode(noise(64, 64, BufferedImage.TYPE_3BYTE_BGR), "jpeg");
    byte[] early = Arrays.copyOf(whole, whole.length / 2);
    early[early.length - 2] = (byte) 0xFF;
    early[early.length - 1] = (byte) 0xD9;
    assertThatThrownBy(() -> read(early))
        .hasMessage("test picture: is cut short or damaged (JPEG); copy or download it again");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"jpeg", "png", "bmp", "tiff", "gif", "cmyk.jpg", "cmyk.tif", "lossy.webp"})
  void damagedBytesNeverRaiseAnythingElse(String name) {
    byte[] whole =
        name.contains(".")
            ? resource(name)
            : encode(noise(24, 20, BufferedImage.TYPE_3BYTE_BGR), name);
    Random random = new Random(11);
    for (int i = 0; i < 150; i++) {
      byte[] damaged = whole.clone();
      for (int k = 0; k <= i % 5; k++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      Throwable refusal = catchThrowable(() -> read(damaged));
      if (refusal != null) {
        assertThat(refusal).isInstanceOf(PictureException.class);
        assertThat(refusal.getMessage()).doesNotContain("\n");
      }
    }
  }

  /** A PNG that ends after its header and a first, empty chunk of pixels. */
  private static byte[] pngHeader(int width, int height) {
    ByteBuffer header = ByteBuffer.allocate(17).put("IHDR".getBytes(StandardCharsets.US_ASCII));
    header.putInt(width).putInt(height).put(new byte[] {8, 2, 0, 0, 0});
    CRC32 crc = new CRC32();
    crc.update(header.array());
    ByteBuffer png = ByteBuffer.allocate(45).putLong(0x89504E470D0A1A0AL).putInt(13);
    png.put(header.array()).putInt((int) crc.getValue()).putInt(0);
    return png.put("IDAT".getBytes(StandardCharsets.US_ASCII)).putInt(0x35AF061E).array();
  }
}
