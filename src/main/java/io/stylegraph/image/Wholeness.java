package io.stylegraph.image;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/**
 * Tells whether an encoded picture is all there, by walking its blocks without decoding. Decoders
 * paint what is missing grey or black and, at best, warn; a picture cut short must be refused.
 */
final class Wholeness {
  private Wholeness() {}

  /** Whether the first picture in {@code encoded} reaches its end. */
  static boolean isWhole(PictureFormat format, byte[] encoded) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(encoded);
      return switch (format) {
        case JPEG -> jpeg(bytes);
        case PNG -> png(bytes);
        case WEBP -> webp(bytes.order(ByteOrder.LITTLE_ENDIAN));
        case GIF -> gif(bytes);
        case BMP, TIFF -> true; // Their decoders read to the end or fail.
      };
    } catch (BufferUnderflowException
        | IllegalArgumentException
        | IndexOutOfBoundsException
        | ArithmeticException e) {
      return false; // A block reaches past the end.
    }
  }

  /**
   * ITU T.81, annex B: markers up to EOI; within a scan FF is followed by 00 or a restart marker.
   */
  private static boolean jpeg(ByteBuffer bytes) {
    skip(bytes, 2);
    while (true) {
      if (unsigned(bytes) != 0xFF) {
        continue;
      }
      int marker = unsigned(bytes);
      if (marker == 0xD9) {
        return true;
      }
      if (marker == 0xFF) {
        skip(bytes, -1);
      } else if (marker > 0x01 && (marker < 0xD0 || marker > 0xD8)) {
        skip(bytes, Short.toUnsignedInt(bytes.getShort(bytes.position())));
      }
    }
  }

  /** PNG, section 5: chunks of length, type, data and CRC, up to IEND. */
  private static boolean png(ByteBuffer bytes) {
    skip(bytes, 8);
    while (true) {
      int length = bytes.getInt();
      ByteBuffer typeAndData = bytes.slice(bytes.position(), Math.addExact(length, 4));
      int type = typeAndData.getInt(0);
      CRC32 crc = new CRC32();
      crc.update(typeAndData);
      skip(bytes, length + 4);
      if (bytes.getInt() != (int) crc.getValue()) {
        return false;
      }
      if (type == 0x49454E44) { // "IEND"
        return true;
      }
    }
  }

  /** RIFF: the second word counts the bytes that follow it. */
  private static boolean webp(ByteBuffer bytes) {
    return Integer.toUnsignedLong(bytes.getInt(4)) + 8 <= bytes.limit();
  }

  /** GIF89a: blocks up to the end of the first frame's data. */
  private static boolean gif(ByteBuffer bytes) {
    skip(bytes, 10);
    skipColorTable(bytes, 2);
    int block = unsigned(bytes);
    while (block == 0x21) { // An extension.
      skip(bytes, 1);
      skipSubBlocks(bytes);
      block = unsigned(bytes);
    }
    if (block != 0x2C) {
      return false;
    }
    skip(bytes, 8);
    skipColorTable(bytes, 0);
    skip(bytes, 1);
    skipSubBlocks(bytes);
    return true;
  }

  private static void skipColorTable(ByteBuffer bytes, int between) {
    int flags = unsigned(bytes);
    skip(bytes, between + ((flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1)));
  }

  private static void skipSubBlocks(ByteBuffer bytes) {
    int length = unsigned(bytes);
    while (length > 0) {
      skip(bytes, length);
      length = unsigned(bytes);
    }
  }

  private static void skip(ByteBuffer bytes, int count) {
    bytes.position(bytes.position() + count);
  }

  private static int unsigned(ByteBuffer bytes) {
    return Byte.toUnsignedInt(bytes.get());
  }
}
