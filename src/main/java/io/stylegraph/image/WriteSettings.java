package io.stylegraph.image;

import io.stylegraph.error.InvalidSettingException;
import java.util.Optional;

/**
 * How a picture is written.
 *
 * @param bits of each sample, 8 or 16; JPEG holds 8 only
 * @param notes JSON of how the picture was made, which {@link PictureNotes} reads back
 */
public record WriteSettings(int bits, Optional<String> notes) {
  /** 8 bits and no notes. */
  public static final WriteSettings USUAL = new WriteSettings(8, Optional.empty());

  public WriteSettings {
    if (bits != 8 && bits != 16) {
      throw new InvalidSettingException("bits", "bits (%d) must be 8 or 16".formatted(bits));
    }
  }

  /** The same with other bits. */
  public WriteSettings withBits(int bits) {
    return new WriteSettings(bits, notes);
  }

  /** The same with notes. */
  public WriteSettings withNotes(String notes) {
    return new WriteSettings(bits, Optional.of(notes));
  }
}
