package io.stylegraph.image;

import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An ICC profile of three primaries and one exponent, made here, with its conversion to sRGB in
 * doubles.
 */
final class TestProfile {
  /** Display P3's primaries, adapted to D50: rows X, Y, Z; columns red, green, blue. */
  private static final double[][] WIDE = {
    {0.515102, 0.291965, 0.157153}, {0.241182, 0.692236, 0.066582}, {-0.001050, 0.041882, 0.784378}
  };

  /** XYZ of D50 to linear sRGB (Lindbloom, Bradford-adapted). */
  private static final double[][] TO_SRGB = {
    {3.1338561, -1.6168667, -0.4906146},
    {-0.9787684, 1.9161415, 0.0334540},
    {0.0719453, -0.2289914, 1.4052427}
  };

  private static final double EXPONENT = 1.8;

  private TestProfile() {}

  /** The profile with P3's primaries and the exponent 1.8. */
  static byte[] wide() {
    return profile("RGB ", List.of("rXYZ", "gXYZ", "bXYZ"), List.of("rTRC", "gTRC", "bTRC"));
  }

  /** Of a press on which every mixture of inks prints the same grey, of {@link #pressGrey}. */
  static byte[] press() {
    int toLab = 48 + 256 * 4 + 16 * 3 + 256 * 3;
    int fromLab = 48 + 256 * 3 + 8 * 4 + 256 * 4;
    int data = 128 + 4 + 12 * 3;
    ByteBuffer out = ByteBuffer.allocate(data + 20 + toLab + fromLab);
    header(out, "prtrCMYKLab ", 3);
    int at = tag(out, "wtpt", data, 20);
    at = tag(out, "A2B0", at, toLab);
    tag(out, "B2A0", at, fromLab);
    xyz(out, 0.9642, 1, 0.8249);
    table(out, 4, 3);
    table(out, 3, 4);
    return out.array();
  }

  /** The sRGB of the press's L* = 128/255, a* = b* = 0 (CIE 15). */
  static double pressGrey() {
    return 255 * encode(Math.pow((100 * 128 / 255.0 + 16) / 116, 3));
  }

  /** A lut8Type (ICC.1, 10.10) of straight curves and 128 at each node of a grid of 2. */
  private static void table(ByteBuffer out, int inputs, int outputs) {
    ascii(out, "mft1");
    out.putInt(0).put((byte) inputs).put((byte) outputs).put((byte) 2).put((byte) 0);
    for (int i = 0; i < 9; i++) {
      out.putInt(fixed(i % 4 == 0 ? 1 : 0));
    }
    curves(out, inputs);
    for (int i = 0; i < outputs << inputs; i++) {
      out.put((byte) 128);
    }
    curves(out, outputs);
  }

  private static void curves(ByteBuffer out, int count) {
    for (int i = 0; i < 256 * count; i++) {
      out.put((byte) i);
    }
  }

  /** Grey of the exponent 1.8. */
  static byte[] grey() {
    return profile("GRAY", List.of(), List.of("kTRC"));
  }

  static ICC_ColorSpace wideSpace() {
    return new ICC_ColorSpace(ICC_Profile.getInstance(wide()));
  }

  /** What a colour of {@link #wide} is in sRGB, all in 0-255. */
  static double[] srgb(double... wide) {
    double[] xyz = multiply(WIDE, linear(wide));
    double[] rgb = multiply(TO_SRGB, xyz);
    for (int c = 0; c < 3; c++) {
      rgb[c] = 255 * encode(rgb[c]);
    }
    return rgb;
  }

  /** What a shade of {@link #grey} is in sRGB. */
  static double srgbGrey(double shade) {
    return 255 * encode(Math.pow(shade / 255, EXPONENT));
  }

  private static double[] linear(double[] wide) {
    double[] linear = new double[3];
    for (int c = 0; c < 3; c++) {
      linear[c] = Math.pow(wide[c] / 255, EXPONENT);
    }
    return linear;
  }

  /** IEC 61966-2-1. */
  private static double encode(double linear) {
    double value = Math.max(0, Math.min(1, linear));
    return value <= 0.0031308 ? 12.92 * value : 1.055 * Math.pow(value, 1 / 2.4) - 0.055;
  }

  private static double[] multiply(double[][] matrix, double[] vector) {
    double[] product = new double[3];
    for (int row = 0; row < 3; row++) {
      for (int c = 0; c < 3; c++) {
        product[row] += matrix[row][c] * vector[c];
      }
    }
    return product;
  }

  /** ICC.1:2001-04: a header of 128 bytes, a table of tags, XYZ and curve tags. */
  private static byte[] profile(String space, List<String> primaries, List<String> curves) {
    int tags = 1 + primaries.size() + curves.size();
    int data = 128 + 4 + 12 * tags;
    ByteBuffer out = ByteBuffer.allocate(data + 20 * (1 + primaries.size()) + 16 * curves.size());
    header(out, "mntr" + space + "XYZ ", tags);
    int at = tag(out, "wtpt", data, 20);
    for (String primary : primaries) {
      at = tag(out, primary, at, 20);
    }
    for (String curve : curves) {
      at = tag(out, curve, at, 14) + 2;
    }
    xyz(out, 0.9642, 1, 0.8249);
    for (int c = 0; c < primaries.size(); c++) {
      xyz(out, WIDE[0][c], WIDE[1][c], WIDE[2][c]);
    }
    for (int i = 0; i < curves.size(); i++) {
      ascii(out, "curv");
      out.putInt(0).putInt(1).putShort((short) Math.round(EXPONENT * 256)).putShort((short) 0);
    }
    return out.array();
  }

  private static void header(ByteBuffer out, String classAndSpaces, int tags) {
    out.putInt(out.capacity()).putInt(0).putInt(0x02400000);
    ascii(out, classAndSpaces);
    out.position(36);
    ascii(out, "acsp");
    out.position(68);
    out.putInt(fixed(0.9642)).putInt(fixed(1)).putInt(fixed(0.8249));
    out.position(128);
    out.putInt(tags);
  }

  private static int tag(ByteBuffer out, String name, int at, int size) {
    ascii(out, name);
    out.putInt(at).putInt(size);
    return at + size;
  }

  private static void xyz(ByteBuffer out, double... values) {
    ascii(out, "XYZ ");
    out.putInt(0);
    for (double value : values) {
      out.putInt(fixed(value));
    }
  }

  private static int fixed(double value) {
    return (int) Math.round(value * 65_536);
  }

  private static void ascii(ByteBuffer out, String text) {
    out.put(text.getBytes(StandardCharsets.US_ASCII));
  }
}
