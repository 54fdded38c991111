package io.stylegraph.service;

import io.javalin.http.HttpStatus;
import io.stylegraph.error.PictureException;
import io.stylegraph.image.Picture;
import io.stylegraph.image.PictureReader;
import io.stylegraph.image.PictureResizer;
import io.stylegraph.image.PictureSize;
import java.text.DecimalFormat;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/** Turns bytes from outside into a picture of a job's size. */
final class UploadedPicture {
  private final long maxPixels;

  /** A decoded picture takes sixteen bytes a pixel for a moment, so one is decoded at a time. */
  private final Semaphore decoding = new Semaphore(1);

  UploadedPicture(long maxPixels) {
    this.maxPixels = maxPixels;
  }

  /**
   * The picture, upright, as PNG.
   *
   * @param field of the form, which messages name
   * @param size bound on its longer side, in pixels
   * @throws Refusal if the bytes are of no picture, or of one with too many pixels
   */
  byte[] png(String field, byte[] encoded, int size) {
    return encode(field, encoded, size, Pictures::png);
  }

  /** As above, of a mask: in grey. */
  byte[] greyPng(String field, byte[] encoded, int size) {
    return encode(field, encoded, size, Pictures::greyPng);
  }

  private byte[] encode(String field, byte[] encoded, int size, Function<Picture, byte[]> encoder) {
    try {
      refuseHuge(field, PictureReader.size(encoded, field));
      decoding.acquireUninterruptibly();
      try {
        Picture picture = Pictures.decode(encoded, field);
        return encoder.apply(PictureResizer.fit(picture, size));
      } finally {
        decoding.release();
      }
    } catch (PictureException e) {
      boolean otherType = encoded.length > 0 && !PictureReader.recognises(encoded);
      throw Refusal.of(
          otherType ? HttpStatus.UNSUPPORTED_MEDIA_TYPE : HttpStatus.BAD_REQUEST,
          field,
          e.getMessage());
    }
  }

  private void refuseHuge(String field, PictureSize size) {
    if (size.pixels() > maxPixels) {
      throw Refusal.of(
          HttpStatus.CONTENT_TOO_LARGE,
          field,
          "%s: has %dx%d pixels, more than the %s million that are taken here; shrink it first"
              .formatted(
                  field,
                  size.width(),
                  size.height(),
                  new DecimalFormat("0.##").format(maxPixels / 1e6)));
    }
  }
}
