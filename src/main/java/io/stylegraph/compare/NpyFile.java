package io.stylegraph.compare;

import io.stylegraph.error.RunFailedException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** NumPy's array file, format version 1.0 (NumPy enhancement proposal 1), of float32 values. */
public final class NpyFile {
  private static final int ALIGNMENT = 64;
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
  private static final String KIND = "'descr': '<f4', 'fortran_order': False";

  private NpyFile() {}

  /**
   * Writes float32 values in row-major order.
   *
   * @throws RunFailedException if the file cannot be written
   */
  public static void write(Path file, float[] values, int... shape) {
    StringBuilder sizes = new StringBuilder();
    for (int size : shape) {
      sizes.append(size).append(", ");
    }
    String header = "{%s, 'shape': (%s), }".formatted(KIND, sizes.toString().strip());
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

  /**
   * Reads float32 values in row-major order, of whatever shape.
   *
   * @throws IOException if the file cannot be read or holds something else
   */
  static float[] read(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    try {
      byte[] magic = new byte[MAGIC.length];
      bytes.get(magic);
      byte[] header = new byte[Short.toUnsignedInt(bytes.getShort())];
      bytes.get(header);
      boolean known = Arrays.equals(magic, MAGIC);
      if (!known || !new String(header, StandardCharsets.US_ASCII).contains(KIND)) {
        throw new IOException("no float32 array in row-major order");
      }
    } catch (BufferUnderflowException e) {
      throw new IOException("cut short", e);
    }
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(values);
    return values;
  }
}
