package io.stylegraph.service;

import io.stylegraph.PictureSource;
import io.stylegraph.image.PictureReader;
import io.stylegraph.image.PictureSize;

/** A picture that waits, as PNG, under the name of its form's field. */
final class OrderedPicture {
  private final String field;
  private final byte[] png;

  /** Takes over the bytes. */
  OrderedPicture(String field, byte[] png) {
    this.field = field;
    this.png = png;
  }

  String field() {
    return field;
  }

  /** Never write to it. */
  byte[] png() {
    return png;
  }

  PictureSize size() {
    return PictureReader.size(png, field);
  }

  /** The picture decoded. */
  PictureSource source() {
    return PictureSource.of(Pictures.decode(png, field), field);
  }
}
