package io.stylegraph.service;

import io.stylegraph.image.OutputFormat;
import io.stylegraph.image.Picture;
import io.stylegraph.image.PictureReader;
import io.stylegraph.image.PictureWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Pictures as bytes. */
final class Pictures {
  private Pictures() {}

  static byte[] encode(Picture picture, OutputFormat format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      PictureWriter.write(picture, out, format);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static byte[] png(Picture picture) {
    return encode(picture, OutputFormat.PNG);
  }

  static byte[] jpegOfPng(byte[] png) {
    return encode(decode(png, "result"), OutputFormat.JPEG);
  }

  static Picture decode(byte[] encoded, String label) {
    return PictureReader.read(new ByteArrayInputStream(encoded), label);
  }
}
