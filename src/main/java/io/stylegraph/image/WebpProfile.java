package io.stylegraph.image;

import com.twelvemonkeys.imageio.color.ColorSpaces;
import java.awt.color.CMMException;
import java.awt.color.ICC_Profile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a broken ICC profile out of a WebP, whose decoder would give up the picture. It stands
 * right behind the extended header (RFC 9649, sections 2.7.1.1 and 2.7.1.4).
 */
final class WebpProfile {
  private static final int FLAGS = 20;
  private static final int HAS_PROFILE = 0x20;
  private static final int CHUNK = 30;
  private static final int DATA = CHUNK + 8;

  private static final int VP8X = fourCc("VP8X");
  private static final int ICCP = fourCc("ICCP");

  private static final Logger LOG = LoggerFactory.getLogger(WebpProfile.class);

  private WebpProfile() {}

  /**
   * The WebP itself, or, with a warning, a copy whose profile's chunk has a name that decoders pass
   * over.
   *
   * @param name what the warning calls the picture
   */
  static byte[] repair(byte[] webp, String name) {
    ByteBuffer bytes = ByteBuffer.wrap(webp).order(ByteOrder.LITTLE_ENDIAN);
    if (webp.length < DATA || bytes.getInt(12) != VP8X || bytes.getInt(CHUNK) != ICCP) {
      return webp;
    }
    int length = bytes.getInt(CHUNK + 4);
    if (length < 0 || length > webp.length - DATA) {
      return webp; // Cut short, which is refused elsewhere.
    }
    try {
      byte[] profile = Arrays.copyOfRange(webp, DATA, DATA + length);
      ColorSpaces.createColorSpace(ICC_Profile.getInstance(profile));
      return webp;
    } catch (CMMException | IllegalArgumentException e) {
      LOG.warn("{}: its colour profile is damaged and not used ({})", name, e.toString());
      byte[] without = webp.clone();
      without[FLAGS] &= ~HAS_PROFILE;
      without[CHUNK] = 'x';
      return without;
    }
  }

  private static int fourCc(String name) {
    return name.charAt(0) | name.charAt(1) << 8 | name.charAt(2) << 16 | name.charAt(3) << 24;
  }
}
