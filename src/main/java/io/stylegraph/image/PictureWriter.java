package io.stylegraph.image;

import io.stylegraph.error.PictureException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.UUID;

/**
 * Writes a {@link Picture} as PNG, JPEG or TIFF, by the name's ending: {@link OutputFormat} says
 * how. Samples are clamped to 0-255 and rounded, to 8 bits or, as {@code v * 257}, to 16. Every
 * file holds the sRGB profile, and the picture's density if it carries one.
 *
 * <p>A file is written whole or not at all: to a hidden temporary file in the same folder, which is
 * then moved into place at once. Every failure of a file is a {@link PictureException}.
 */
public final class PictureWriter {
  private PictureWriter() {}

  /**
   * Writes {@code picture} with 8 bits and without notes.
   *
   * @throws PictureException if the ending is unknown or the file cannot be written
   */
  public static void write(Picture picture, Path output) {
    write(picture, output, WriteSettings.USUAL);
  }

  /**
   * Writes {@code picture} to {@code output}, replacing what is there; a symbolic link keeps being
   * one and its target is replaced.
   *
   * @throws PictureException if the ending is unknown or the file cannot be written
   * @throws io.stylegraph.error.InvalidSettingException if the format has not so many bits
   */
  public static void write(Picture picture, Path output, WriteSettings settings) {
    OutputFormat format = OutputFormat.of(output);
    write(output, out -> format.encode(picture, out, settings));
  }

  /**
   * Writes a file of any kind as pictures are written.
   *
   * @throws PictureException if it cannot be written
   */
  public static void write(byte[] file, Path output) {
    write(output, out -> out.write(file));
  }

  /** Writes what a file shall hold. */
  @FunctionalInterface
  private interface Encoder {
    void encode(OutputStream out) throws IOException;
  }

  private static void write(Path output, Encoder encoder) {
    try {
      Path target = Files.exists(output) ? output.toRealPath() : output;
      Path temporary = temporaryBeside(target);
      try {
        try (OutputStream out =
            Files.newOutputStream(
                temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
          encoder.encode(out);
        }
        Files.move(
            temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException | SecurityException e) {
      throw new PictureException(
          output.toString(), "cannot be written (" + e + "); check the folder and free space", e);
    }
  }

  /**
   * Writes {@code picture} to a stream, which stays open, with 8 bits and without notes.
   *
   * @throws IOException if the stream throws one
   */
  public static void write(Picture picture, OutputStream out, OutputFormat format)
      throws IOException {
    write(picture, out, format, WriteSettings.USUAL);
  }

  /**
   * Writes {@code picture} to a stream, which stays open.
   *
   * @throws IOException if the stream throws one
   * @throws io.stylegraph.error.InvalidSettingException if the format has not so many bits
   */
  public static void write(
      Picture picture, OutputStream out, OutputFormat format, WriteSettings settings)
      throws IOException {
    format.encode(picture, out, settings);
  }

  /**
   * Refuses what {@link #check(Path)} refuses, and more bits than the ending's format holds.
   *
   * @throws PictureException that says which, and what to do
   * @throws io.stylegraph.error.InvalidSettingException if the format has not so many bits
   */
  public static void check(Path output, WriteSettings settings) {
    OutputFormat.of(output).require(settings);
    check(output);
  }

  /**
   * Refuses, before a long run, an {@code output} that {@link #write} would refuse after it: an
   * unknown ending, a folder that is absent or takes no files, a directory in the file's place. A
   * file is created in the folder and deleted at once to see whether it takes one.
   *
   * @throws PictureException that says which, and what to do
   */
  public static void check(Path output) {
    OutputFormat.of(output);
    String name = output.toString();
    Path folder = folder(output);
    if (!Files.isDirectory(folder)) {
      throw new PictureException(
          name,
          Files.exists(folder)
              ? folder + " is not a folder; name another"
              : "the folder " + folder + " does not exist; create it or name another");
    }
    refuseDirectory(output, name);
    try {
      Path probe = temporaryBeside(Files.exists(output) ? output.toRealPath() : output);
      Files.createFile(probe);
      Files.delete(probe);
    } catch (IOException | SecurityException e) {
      throw new PictureException(
          name, "the folder " + folder + " takes no files; make it writable or name another", e);
    }
  }

  private static void refuseDirectory(Path output, String name) {
    try {
      if (Files.readAttributes(output, BasicFileAttributes.class).isDirectory()) {
        throw new PictureException(name, "is a directory; name a file in it");
      }
    } catch (NoSuchFileException e) {
      if (Files.exists(output, LinkOption.NOFOLLOW_LINKS)) {
        throw new PictureException(
            name, "is a symbolic link to nothing; remove it or name another file", e);
      }
    } catch (IOException e) { // As a name that the file system finds too long.
      throw new PictureException(name, "cannot be a file here; name another", e);
    }
  }

  /**
   * Refuses an {@code output} that is one of the {@code inputs}, by whatever path, symbolic or hard
   * link. Inputs that do not exist are passed over.
   *
   * @throws PictureException that names the input
   */
  public static void refuseSameFile(Path output, List<Path> inputs) {
    for (Path input : inputs) {
      try {
        if (Files.exists(output) && Files.exists(input) && Files.isSameFile(output, input)) {
          throw new PictureException(
              output.toString(),
              "the output is the input " + input + ", which would be lost; name another output");
        }
      } catch (IOException e) {
        throw new PictureException(
            output.toString(), "cannot be compared with " + input + "; name another output", e);
      }
    }
  }

  /**
   * Deletes what a program that was killed while it wrote {@code output} left beside it; no other
   * may be writing it. What cannot be deleted stays.
   */
  public static void clean(Path output) {
    try {
      Path target = Files.exists(output) ? output.toRealPath() : output;
      try (DirectoryStream<Path> left =
          Files.newDirectoryStream(folder(target), prefix(target) + "*.tmp")) {
        for (Path file : left) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // Writing will say what is wrong with the folder.
    }
  }

  private static Path temporaryBeside(Path target) {
    return folder(target).resolve(prefix(target) + UUID.randomUUID() + ".tmp");
  }

  /** How names of temporary files begin; not with the target's, which may be as long as can be. */
  private static String prefix(Path target) {
    return ".stylegraph-%08x-".formatted(target.getFileName().hashCode());
  }

  private static Path folder(Path file) {
    Path parent = file.getParent();
    return parent == null ? file.resolveSibling("").toAbsolutePath() : parent;
  }
}
