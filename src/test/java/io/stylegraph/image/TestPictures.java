package io.stylegraph.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Random;
import javax.imageio.ImageIO;

/** Pictures made in code, and those of {@code src/test/resources/pictures}. */
final class TestPictures {
  static final int RED = 0xFF0000;
  static final int GREEN = 0x00FF00;
  static final int BLUE = 0x0000FF;
  static final int WHITE = 0xFFFFFF;

  private TestPictures() {}

  /** 32 x 16: red and green above, blue and white below. */
  static BufferedImage quadrants() {
    BufferedImage image = new BufferedImage(32, 16, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < 16; y++) {
      for (int x = 0; x < 32; x++) {
        image.setRGB(x, y, y < 8 ? (x < 16 ? RED : GREEN) : (x < 16 ? BLUE : WHITE));
      }
    }
    return image;
  }

  /** Every pixel another colour, so that no two rows or columns can be mistaken. */
  static BufferedImage noise(int width, int height, int type) {
    Random random = new Random(7);
    BufferedImage image = new BufferedImage(width, height, type);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, 0xFF000000 | random.nextInt(1 << 24));
      }
    }
    return image;
  }

  static byte[] encode(BufferedImage image, String format) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      if (!ImageIO.write(image, format, out)) {
        throw new IllegalArgumentException("no writer for " + format);
      }
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] resource(String name) {
    try (InputStream in = TestPictures.class.getResourceAsStream("/pictures/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Picture read(byte[] encoded) {
    return PictureReader.read(new ByteArrayInputStream(encoded), "test picture");
  }

  /** The JPEG with an APP1 segment that holds one EXIF entry: the orientation. */
  static byte[] withOrientation(byte[] jpeg, int orientation) {
    ByteBuffer exif = ByteBuffer.allocate(32);
    exif.put("Exif\0\0MM\0*".getBytes(StandardCharsets.US_ASCII)).putInt(8).putShort((short) 1);
    exif.putShort((short) 0x112).putShort((short) 3).putInt(1).putShort((short) orientation);
    return withSegment(jpeg, 0xE1, exif.array());
  }

  /** The JPEG with a further segment right after its first marker. */
  static byte[] withSegment(byte[] jpeg, int marker, byte[] data) {
    ByteBuffer result = ByteBuffer.allocate(jpeg.length + 4 + data.length);
    result.put(jpeg, 0, 2).put((byte) 0xFF).put((byte) marker);
    result.putShort((short) (data.length + 2)).put(data).put(jpeg, 2, jpeg.length - 2);
    return result.array();
  }

  /** The pixel rounded to 0xRRGGBB. */
  static int rgb(Picture picture, int x, int y) {
    return picture.toBufferedImage().getRGB(x, y) & 0xFFFFFF;
  }
}
