package io.stylegraph.batch;

import io.stylegraph.PictureSource;
import java.util.List;
import java.util.Optional;

/**
 * The files of a batch: inputs anywhere, by their whole names, and results beneath one folder, by
 * names relative to it. Safe to use from any thread.
 *
 * <p>What is wrong with an input comes as a {@link io.stylegraph.error.PictureException}, what is
 * wrong with a result as a {@link io.stylegraph.error.RunFailedException}.
 */
public interface JobFiles {
  /**
   * The whole name of a file.
   *
   * @param beside the whole name of the file whose folder {@code name} is relative to, if it is
   */
  String resolve(String beside, String name);

  /**
   * Makes the folder of results, if it is not there, and sees whether it takes files.
   *
   * @throws io.stylegraph.error.InvalidSettingException if it does not
   */
  void prepare();

  /** The whole name of a result. */
  String output(String name);

  /** What two whole names of one file have in common, whatever links lead to it. */
  default String identity(String wholeName) {
    return wholeName;
  }

  /** Whether it is a folder. */
  boolean isFolder(String name);

  /** The whole names of the files in a folder, sorted; not of folders, nor of hidden files. */
  List<String> list(String folder);

  /** What an input holds. */
  byte[] read(String input);

  /** An input as a picture, which is read when the job runs. */
  default PictureSource picture(String input) {
    return PictureSource.of(() -> read(input), input);
  }

  /** What is known of an input before its job runs; it is read once for that. */
  InputFacts facts(String input);

  /** What a result holds; nothing if it is not there. */
  Optional<byte[]> readOutput(String output);

  /**
   * Writes a result, whole or not at all, in place of what is there; its folder is made if need be.
   */
  void writeWhole(String output, byte[] bytes);
}
