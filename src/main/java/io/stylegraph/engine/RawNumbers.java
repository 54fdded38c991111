package io.stylegraph.engine;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Arrays as little-endian bytes in a stream, a piece at a time. */
final class RawNumbers {
  private static final int PIECE = 1 << 16;

  private RawNumbers() {}

  static void write(OutputStream out, float[] values) throws IOException {
    byte[] piece = new byte[PIECE];
    for (int i = 0; i < values.length; i += PIECE / Float.BYTES) {
      int count = Math.min(PIECE / Float.BYTES, values.length - i);
      littleEndian(piece).asFloatBuffer().put(values, i, count);
      out.write(piece, 0, count * Float.BYTES);
    }
  }

  static void write(OutputStream out, double[] values) throws IOException {
    byte[] piece = new byte[PIECE];
    for (int i = 0; i < values.length; i += PIECE / Double.BYTES) {
      int count = Math.min(PIECE / Double.BYTES, values.length - i);
      littleEndian(piece).asDoubleBuffer().put(values, i, count);
      out.write(piece, 0, count * Double.BYTES);
    }
  }

  static float[] floats(InputStream in, int length) throws IOException {
    float[] values = new float[length];
    byte[] piece = new byte[PIECE];
    for (int i = 0; i < length; i += PIECE / Float.BYTES) {
      int count = Math.min(PIECE / Float.BYTES, length - i);
      fill(in, piece, count * Float.BYTES);
      littleEndian(piece).asFloatBuffer().get(values, i, count);
    }
    return values;
  }

  static double[] doubles(InputStream in, int length) throws IOException {
    double[] values = new double[length];
    byte[] piece = new byte[PIECE];
    for (int i = 0; i < length; i += PIECE / Double.BYTES) {
      int count = Math.min(PIECE / Double.BYTES, length - i);
      fill(in, piece, count * Double.BYTES);
      littleEndian(piece).asDoubleBuffer().get(values, i, count);
    }
    return values;
  }

  private static void fill(InputStream in, byte[] piece, int count) throws IOException {
    if (in.readNBytes(piece, 0, count) < count) {
      throw new EOFException();
    }
  }

  private static ByteBuffer littleEndian(byte[] piece) {
    return ByteBuffer.wrap(piece).order(ByteOrder.LITTLE_ENDIAN);
  }
}
