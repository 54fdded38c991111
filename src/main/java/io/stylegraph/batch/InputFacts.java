package io.stylegraph.batch;

import com.google.common.hash.Hashing;
import io.stylegraph.image.PictureReader;
import io.stylegraph.image.PictureSize;

/**
 * What is known of a picture before it is decoded.
 *
 * @param sha256 of its file, in hexadecimal
 * @param size as its header states it
 */
public record InputFacts(String sha256, PictureSize size) {
  /**
   * Of a file's bytes.
   *
   * @param name what messages call it
   * @throws io.stylegraph.error.PictureException if they are no picture
   */
  public static InputFacts of(byte[] file, String name) {
    PictureSize size = PictureReader.size(file, name);
    return new InputFacts(Hashing.sha256().hashBytes(file).toString(), size);
  }
}
