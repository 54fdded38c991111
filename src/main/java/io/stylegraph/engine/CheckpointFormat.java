package io.stylegraph.engine;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The form of a checkpoint's file: eight bytes that tell what it is, the length of a header (four
 * bytes), the header (JSON in UTF-8), the arrays that the header lists, one after another, and the
 * SHA-256 of all before. Numbers are little-endian.
 *
 * <p>The header holds {@code schemaVersion}, {@code program}, what {@link RunIdentity} and {@link
 * RunState} hold but their arrays, and under {@code arrays} the name, {@code type} ({@code float32}
 * or {@code float64}) and {@code length} of each.
 */
final class CheckpointFormat {
  /** What is written, and the newest that is read. */
  static final int SCHEMA_VERSION = 1;

  /** No header is longer, in bytes. */
  static final int MAX_HEADER = 64 << 20;

  /** Of the checksum at the end, in bytes. */
  static final int CHECKSUM = 32;

  static final JsonMapper JSON = JsonMapper.builder().build();

  /** Names in the header. */
  static final String VERSION = "schemaVersion";

  static final String ARRAYS = "arrays";
  static final String NAME = "name";
  static final String TYPE = "type";
  static final String LENGTH = "length";
  static final String FLOATS = "float32";
  static final String DOUBLES = "float64";

  /** Names of arrays, and what the names of an optimiser's begin with. */
  static final String BEST = "best";

  static final String AVERAGE = "average";
  static final String VECTOR = "optimizer.";
  static final String PRODUCTS = "products.";

  private static final byte[] MAGIC = "SGCHKPT\n".getBytes(StandardCharsets.US_ASCII);

  private CheckpointFormat() {}

  /** How many bytes come before the header. */
  static int prefix() {
    return MAGIC.length + Integer.BYTES;
  }

  /** Those bytes. */
  static byte[] prefix(int headerLength) {
    return ByteBuffer.allocate(prefix())
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .putInt(headerLength)
        .array();
  }

  /** Whether a file that begins so is a checkpoint. */
  static boolean isCheckpoint(byte[] prefix) {
    return prefix.length == prefix()
        && Arrays.equals(prefix, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  static int headerLength(byte[] prefix) {
    return ByteBuffer.wrap(prefix).order(ByteOrder.LITTLE_ENDIAN).getInt(MAGIC.length);
  }

  /** Of all but the last {@value #CHECKSUM} bytes. */
  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The program's version, as its jar says. */
  static String program() {
    String version = CheckpointFormat.class.getPackage().getImplementationVersion();
    return "stylegraph " + (version == null ? "(not from a jar)" : version);
  }

  static byte[] bytes(ObjectNode header) {
    return header.toString().getBytes(StandardCharsets.UTF_8);
  }
}
