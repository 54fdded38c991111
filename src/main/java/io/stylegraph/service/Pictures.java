package io.stylegraph.service;

import io.stylegraph.image.Mask;
import io.stylegraph.image.OutputFormat;
import io.stylegraph.image.Picture;
import io.stylegraph.image.PictureReader;
import io.stylegraph.image.PictureWriter;
import io.stylegraph.image.WriteSettings;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Pictures as bytes. */
final class Pictures {
  private Pictures() {}

  static byte[] encode(Picture picture, OutputFormat format, WriteSettings settings) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      PictureWriter.write(picture, out, format, settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static byte[] png(Picture picture) {
    return encode(picture, OutputFormat.PNG, WriteSettings.USUAL);
  }

  /** The mean of R, G and B as 8-bit grey. */
  static byte[] greyPng(Picture picture) {
    float[] values = Mask.of(picture).means(picture.width(), picture.height());
    BufferedImage image =
        new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < values.length; i++) {
      int grey = Math.round(255 * values[i]);
      image.getRaster().setSample(i % picture.width(), i / picture.width(), 0, grey);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static Picture decode(byte[] encoded, String label) {
    return PictureReader.read(new ByteArrayInputStream(encoded), label);
  }
}
