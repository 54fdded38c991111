package io.stylegraph.image;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.Metadata;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** What an encoded picture says beside its pixels: EXIF, JFIF, PNG's chunks. */
final class EncodedMetadata {
  private EncodedMetadata() {}

  /** All that can be read. Absent or damaged metadata must not cost the picture. */
  static Metadata of(byte[] encoded) {
    try {
      return ImageMetadataReader.readMetadata(new ByteArrayInputStream(encoded), encoded.length);
    } catch (ImageProcessingException | IOException | RuntimeException | StackOverflowError e) {
      return new Metadata();
    }
  }
}
