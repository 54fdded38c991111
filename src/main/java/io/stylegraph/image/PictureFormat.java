package io.stylegraph.image;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The file formats that are read, recognised by their first bytes; names and endings do not count.
 */
enum PictureFormat {
  JPEG("\u00FF\u00D8\u00FF"),
  PNG("\u0089PNG\r\n\u001A\n"),
  WEBP("RIFF????WEBP"),
  TIFF("II*\0", "MM\0*"),
  BMP("BM"),
  GIF("GIF87a", "GIF89a");

  /** How many bytes {@link #of} wants to see. */
  static final int HEAD_BYTES = 16;

  private final ImmutableList<String> signatures;

  /** A signature's characters are bytes; a question mark stands for any byte. */
  PictureFormat(String... signatures) {
    this.signatures = ImmutableList.copyOf(signatures);
  }

  /** The format whose signature {@code head} begins with. */
  static Optional<PictureFormat> of(byte[] head) {
    return Arrays.stream(values())
        .filter(format -> format.signatures.stream().anyMatch(s -> matches(s, head)))
        .findFirst();
  }

  /** All formats, as "JPEG, PNG, ...". */
  static String names() {
    return Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "));
  }

  private static boolean matches(String signature, byte[] head) {
    for (int i = 0; i < signature.length(); i++) {
      if (i >= head.length
          || (signature.charAt(i) != '?' && signature.charAt(i) != (head[i] & 0xFF))) {
        return false;
      }
    }
    return true;
  }
}
