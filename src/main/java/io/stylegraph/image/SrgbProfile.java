package io.stylegraph.image;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;

/** The sRGB profile that every picture is written with: the JDK's, of 7 kB. */
final class SrgbProfile {
  static final String NAME = "sRGB";

  private SrgbProfile() {}

  static byte[] bytes() {
    return ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
  }
}
