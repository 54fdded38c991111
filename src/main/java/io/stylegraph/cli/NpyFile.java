package io.stylegraph.cli;

import io.stylegraph.error.RunFailedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** NumPy's array file, format version 1.0 (NumPy enhancement proposal 1). */
final class NpyFile {
  private static final int ALIGNMENT = 64;
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};

  private NpyFile() {}

  /** Writes float32 values in row-major order. */
  static void write(Path file, float[] values, int... shape) {
    StringBuilder sizes = new StringBuilder();
    for (int size : shape) {
      sizes.append(size).append(", ");
    }
    String header =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (%s), }"
            .formatted(sizes.toString().strip());
    int unpadded = MAGIC.length + 2 + header.length() + 1;
    int total = (unpadded + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    String padded = header + " ".repeat(total - unpadded) + "\n";
    ByteBuffer bytes =
        ByteBuffer.allocate(total + values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(MAGIC).putShort((short) padded.length());
    bytes.put(padded.getBytes(StandardCharsets.US_ASCII));
    bytes.asFloatBuffer().put(values);
    try {
      Files.write(file, bytes.array());
    } catch (IOException e) {
      throw new RunFailedException(
          "%s cannot be written (%s); check the folder and free space".formatted(file, e), e);
    }
  }
}
