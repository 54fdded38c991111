package io.stylegraph.image;

import com.twelvemonkeys.imageio.color.ColorSpaces;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.InflaterInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ICC profile of a PNG's iCCP chunk (PNG, section 11.3.2.3), which the JDK's decoder leaves
 * aside: a name, a zero, the method 0, and the profile as a zlib stream.
 */
final class PngProfile {
  /** No profile is larger when unpacked, in bytes. */
  private static final int MAX_BYTES = 1 << 24;

  private static final int SIGNATURE_BYTES = 8;

  /** Where IHDR tells the colour type; its bit 2 says whether there are colours. */
  private static final int COLOR_TYPE = 25;

  private static final Logger LOG = LoggerFactory.getLogger(PngProfile.class);

  private PngProfile() {}

  /**
   * The colour space of a whole PNG's profile. One that is damaged or for other channels than the
   * picture's is passed over with a warning.
   *
   * @param name what the warning calls the picture
   */
  static Optional<ColorSpace> find(byte[] png, String name) {
    try {
      Optional<ByteBuffer> chunk = chunk(png);
      if (chunk.isEmpty()) {
        return Optional.empty();
      }
      ColorSpace space = ColorSpaces.createColorSpace(ICC_Profile.getInstance(unpack(chunk.get())));
      int components = (png[COLOR_TYPE] & 2) == 0 ? 1 : 3;
      if (space.getNumComponents() != components) {
        LOG.warn(
            "{}: its colour profile is not used, being for {} channels where the picture has {}",
            name,
            space.getNumComponents(),
            components);
        return Optional.empty();
      }
      return Optional.of(space);
    } catch (IOException | RuntimeException e) {
      LOG.warn("{}: its colour profile is damaged and not used ({})", name, e.toString());
      return Optional.empty();
    }
  }

  /** The data of the iCCP chunk, which stands before the pixels. */
  private static Optional<ByteBuffer> chunk(byte[] png) {
    ByteBuffer bytes = ByteBuffer.wrap(png).position(SIGNATURE_BYTES);
    while (true) {
      int length = bytes.getInt();
      byte[] type = new byte[4];
      bytes.get(type);
      switch (new String(type, StandardCharsets.US_ASCII)) {
        case "iCCP" -> {
          return Optional.of(bytes.slice(bytes.position(), length));
        }
        case "IDAT", "IEND" -> {
          return Optional.empty();
        }
        default -> bytes.position(bytes.position() + length + Integer.BYTES);
      }
    }
  }

  private static byte[] unpack(ByteBuffer chunk) throws IOException {
    byte name = 1;
    while (name != 0) {
      name = chunk.get();
    }
    if (chunk.get() != 0) {
      throw new IllegalArgumentException("its compression is unknown");
    }
    byte[] packed = new byte[chunk.remaining()];
    chunk.get(packed);
    try (InputStream in = new InflaterInputStream(new ByteArrayInputStream(packed))) {
      return in.readNBytes(MAX_BYTES);
    }
  }
}
