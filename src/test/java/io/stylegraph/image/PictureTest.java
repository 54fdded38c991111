package io.stylegraph.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stylegraph.error.PictureException;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import org.junit.jupiter.api.Test;

class PictureTest {
  @Test
  void keepsItsSamplesToItself() {
    float[] given = {1, 2, 3, 4, 5, 6};
    Picture picture = Picture.of(2, 1, given);
    given[0] = 99;
    picture.rgb()[1] = 99;
    assertThat(picture.rgb()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(picture).hasToString("Picture[2x1]");
  }

  @Test
  void refusesWrongSizesAndSamples() {
    assertThatThrownBy(() -> Picture.of(0, 1, new float[0]))
        .isInstanceOf(PictureException.class)
        .hasMessage("picture of 0x1: both sides must be at least 1 pixel");
    assertThatThrownBy(() -> Picture.of(2, 1, new float[5]))
        .hasMessage("picture of 2x1: 5 samples given, height x width x 3 = 6 needed");
    assertThatThrownBy(() -> Picture.of(1 << 16, 1 << 16, new float[0]))
        .hasMessageContaining("= 12884901888 needed");
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> Picture.of(1, 1, new float[] {0, bad, 0}))
          .hasMessage("picture of 1x1: sample 1 is " + bad + ", must be finite");
    }
  }

  @Test
  void roundsAndClampsOnTheWayOut() {
    BufferedImage image = Picture.of(1, 1, new float[] {-7f, 254.5f, 300f}).toBufferedImage();
    assertThat(image.getRGB(0, 0)).isEqualTo(0xFF00FFFF);
  }

  @Test
  void eightBitsComeThroughExactly() {
    int[] types = {
      BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_INT_ARGB, BufferedImage.TYPE_INT_ARGB_PRE,
      BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_4BYTE_ABGR, BufferedImage.TYPE_INT_BGR
    };
    for (int type : types) {
      BufferedImage image = TestPictures.noise(5, 4, type);
      Picture picture = Picture.from(image);
      for (int y = 0; y < 4; y++) {
        for (int x = 0; x < 5; x++) {
          assertThat(TestPictures.rgb(picture, x, y)).isEqualTo(image.getRGB(x, y) & 0xFFFFFF);
        }
      }
      for (float sample : picture.rgb()) {
        assertThat(sample).isEqualTo(Math.round(sample));
      }
    }
  }

  @Test
  void aPartOfAnImageIsThatPart() {
    BufferedImage part = TestPictures.quadrants().getSubimage(16, 8, 4, 4);
    assertThat(Picture.from(part).rgb()).hasSize(48).containsOnly(255f);
  }

  @Test
  void sixteenBitGreyIsDividedBy257AndNotLightened() {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
    image.getRaster().setSample(0, 0, 0, 12345);
    assertThat(Picture.from(image).rgb()).containsOnly(12345 / 257f);
  }

  @Test
  void alphaIsCompositedOverWhite() {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x33000A64);
    assertThat(Picture.from(image).rgb())
        .usingComparatorWithPrecision(1e-4f)
        .containsExactly(204f, 206f, 224f, 255f, 255f, 255f);
  }

  @Test
  void premultipliedAlphaIsNotMultipliedAgain() {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB_PRE);
    image.getRaster().setPixel(0, 0, new int[] {10, 20, 51, 51});
    assertThat(Picture.from(image).rgb())
        .usingComparatorWithPrecision(1e-4f)
        .containsExactly(214f, 224f, 255f);
  }

  @Test
  void otherColourSpacesAreConvertedToSrgb() {
    ComponentColorModel linear =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_LINEAR_RGB),
            false,
            false,
            1,
            DataBuffer.TYPE_BYTE);
    BufferedImage image =
        new BufferedImage(linear, linear.createCompatibleWritableRaster(1, 1), false, null);
    image.getRaster().setPixel(0, 0, new int[] {55, 128, 255});
    // sRGB's curve (IEC 61966-2-1): 1.055 v^(1/2.4) - 0.055.
    assertThat(Picture.from(image).rgb())
        .usingComparatorWithPrecision(1f)
        .containsExactly(128f, 188f, 255f);
  }

  @Test
  void floatingPointImagesCountFromZeroToOne() {
    ComponentColorModel floats =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB), false, false, 1, DataBuffer.TYPE_FLOAT);
    BufferedImage image =
        new BufferedImage(floats, floats.createCompatibleWritableRaster(1, 1), false, null);
    image.getRaster().setPixel(0, 0, new float[] {0.5f, 1f, Float.NaN});
    assertThat(Picture.from(image).rgb()).containsExactly(127.5f, 255f, 0f);
  }
}
