package io.stylegraph.image;

import java.util.Optional;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.plugins.tiff.BaselineTIFFTagSet;
import javax.imageio.plugins.tiff.TIFFDirectory;
import javax.imageio.plugins.tiff.TIFFField;
import javax.imageio.plugins.tiff.TIFFTag;

/** What a TIFF says beside its pixels: tags of the profile, the density and the notes. */
final class TiffDescription {
  private static final TIFFTag PROFILE =
      new TIFFTag("ICC Profile", 34_675, 1 << TIFFTag.TIFF_UNDEFINED);

  /** Resolutions are fractions of this. */
  private static final long DENOMINATOR = 1000;

  private TiffDescription() {}

  static IIOMetadata add(IIOMetadata metadata, Optional<Density> density, WriteSettings settings)
      throws IIOInvalidTreeException {
    TIFFDirectory tags = TIFFDirectory.createFromMetadata(metadata);
    byte[] profile = SrgbProfile.bytes();
    tags.addTIFFField(new TIFFField(PROFILE, TIFFTag.TIFF_UNDEFINED, profile.length, profile));
    density.ifPresent(it -> state(it, tags));
    settings
        .notes()
        .map(it -> new String[] {PictureNotes.description(it)})
        .ifPresent(
            it -> put(tags, BaselineTIFFTagSet.TAG_IMAGE_DESCRIPTION, TIFFTag.TIFF_ASCII, it));
    if (settings.bits() == 8) { // The JDK's encoder has no differences of 16 bits.
      put(tags, BaselineTIFFTagSet.TAG_PREDICTOR, TIFFTag.TIFF_SHORT, new char[] {2});
    }
    return tags.getAsMetadata();
  }

  private static void state(Density density, TIFFDirectory tags) {
    put(tags, BaselineTIFFTagSet.TAG_X_RESOLUTION, TIFFTag.TIFF_RATIONAL, rational(density.x()));
    put(tags, BaselineTIFFTagSet.TAG_Y_RESOLUTION, TIFFTag.TIFF_RATIONAL, rational(density.y()));
    put(tags, BaselineTIFFTagSet.TAG_RESOLUTION_UNIT, TIFFTag.TIFF_SHORT, new char[] {2});
  }

  private static long[][] rational(double value) {
    return new long[][] {{Math.max(1, Math.round(value * DENOMINATOR)), DENOMINATOR}};
  }

  private static void put(TIFFDirectory tags, int tag, int type, Object values) {
    tags.addTIFFField(new TIFFField(BaselineTIFFTagSet.getInstance().getTag(tag), type, 1, values));
  }
}
