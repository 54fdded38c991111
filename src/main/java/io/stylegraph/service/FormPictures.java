package io.stylegraph.service;

import com.google.common.collect.ImmutableMap;
import io.javalin.http.HttpStatus;
import java.util.Map;
import java.util.Optional;

/** The pictures of a form: files, and samples by their names. */
final class FormPictures {
  private final ImmutableMap<String, byte[]> files;
  private final FormTexts texts;
  private final Samples samples;
  private final UploadedPicture uploads;

  FormPictures(
      Map<String, byte[]> files, FormTexts texts, Samples samples, UploadedPicture uploads) {
    this.files = ImmutableMap.copyOf(files);
    this.texts = texts;
    this.samples = samples;
    this.uploads = uploads;
  }

  /** Whether a picture is given, as a file or as a sample. */
  boolean has(String field) {
    return files.containsKey(field) || texts.text(JobFields.sample(field)).isPresent();
  }

  /**
   * The picture of a field, which must be given once.
   *
   * @param size bound on its longer side, in pixels
   * @throws Refusal if it is not, or is no picture that is taken
   */
  OrderedPicture picture(String field, int size) {
    Optional<byte[]> sample =
        texts
            .text(JobFields.sample(field))
            .map(name -> samples.png(name, HttpStatus.BAD_REQUEST, field));
    Optional<byte[]> file = Optional.ofNullable(files.get(field));
    if (sample.isPresent() == file.isPresent()) {
      throw Refusal.of(
          HttpStatus.BAD_REQUEST,
          field,
          "%s: give one picture, as the file %s or the name %s"
              .formatted(field, field, JobFields.sample(field)));
    }
    byte[] encoded = file.or(() -> sample).orElseThrow();
    return new OrderedPicture(field, uploads.png(field, encoded, size));
  }

  /** The mask of a field, if it is given. */
  Optional<OrderedPicture> mask(String field, int size) {
    return Optional.ofNullable(files.get(field))
        .map(encoded -> new OrderedPicture(field, uploads.greyPng(field, encoded, size)));
  }
}
