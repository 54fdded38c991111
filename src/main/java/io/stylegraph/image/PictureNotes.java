package io.stylegraph.image;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.lang.KeyValuePair;
import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.jpeg.JpegCommentDirectory;
import com.drew.metadata.png.PngDirectory;
import io.stylegraph.error.PictureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The JSON text of how a picture was made, inside its file under the word {@value #KEYWORD}: in PNG
 * a tEXt chunk of that keyword, in TIFF the ImageDescription, in JPEG comment segments, each of
 * which begins with its number and their count since none holds more than 64 kB. What is not ASCII
 * stands as JSON's backslash u, which every format keeps.
 */
public final class PictureNotes {
  static final String KEYWORD = "stylegraph";

  /** What a JPEG segment holds, less its length and the words before the text. */
  private static final int SEGMENT_CHARS = 65_000;

  private static final Pattern SEGMENT =
      Pattern.compile(KEYWORD + " (\\d{1,6})/(\\d{1,6})\n(.*)", Pattern.DOTALL);

  private PictureNotes() {}

  /**
   * The notes in a PNG, JPEG or TIFF; none if there are none.
   *
   * @throws PictureException if the file cannot be read, is no picture, or has lost part of them
   */
  public static Optional<String> read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new PictureException(file.toString(), "is no file; check the path");
    }
    try {
      Metadata metadata = ImageMetadataReader.readMetadata(file.toFile());
      return png(metadata).or(() -> tiff(metadata)).or(() -> jpeg(metadata, file));
    } catch (ImageProcessingException | IOException e) {
      throw new PictureException(
          file.toString(), "cannot be read as a picture; name a PNG, JPEG or TIFF", e);
    }
  }

  /** What is not ASCII escaped as JSON does, in which it stands within strings only. */
  static String ascii(String json) {
    StringBuilder text = new StringBuilder(json.length());
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c < 0x7F) {
        text.append(c);
      } else {
        text.append("\\u%04x".formatted((int) c));
      }
    }
    return text.toString();
  }

  /** TIFF's description. */
  static String description(String json) {
    return KEYWORD + "\n" + ascii(json);
  }

  /** JPEG's comments. */
  static List<String> segments(String json) {
    String text = ascii(json);
    int count = Math.max(1, (text.length() + SEGMENT_CHARS - 1) / SEGMENT_CHARS);
    List<String> segments = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int from = i * SEGMENT_CHARS;
      String part = text.substring(from, Math.min(text.length(), from + SEGMENT_CHARS));
      segments.add("%s %d/%d\n%s".formatted(KEYWORD, i + 1, count, part));
    }
    return segments;
  }

  private static Optional<String> png(Metadata metadata) {
    for (PngDirectory chunk : metadata.getDirectoriesOfType(PngDirectory.class)) {
      if (chunk.getObject(PngDirectory.TAG_TEXTUAL_DATA) instanceof List<?> texts) {
        for (Object text : texts) {
          if (text instanceof KeyValuePair pair && pair.getKey().equals(KEYWORD)) {
            return Optional.of(pair.getValue().toString());
          }
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> tiff(Metadata metadata) {
    return text(
            metadata.getFirstDirectoryOfType(ExifIFD0Directory.class),
            ExifIFD0Directory.TAG_IMAGE_DESCRIPTION)
        .filter(text -> text.startsWith(KEYWORD + "\n"))
        .map(text -> text.substring(KEYWORD.length() + 1));
  }

  private static Optional<String> jpeg(Metadata metadata, Path file) {
    List<Matcher> parts =
        metadata.getDirectoriesOfType(JpegCommentDirectory.class).stream()
            .flatMap(it -> text(it, JpegCommentDirectory.TAG_COMMENT).stream())
            .map(SEGMENT::matcher)
            .filter(Matcher::matches)
            .toList();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < parts.size(); i++) {
      boolean next = parts.get(i).group(1).equals(Integer.toString(i + 1));
      if (!next || !parts.get(i).group(2).equals(Integer.toString(parts.size()))) {
        throw new PictureException(
            file.toString(), "has lost part of its notes; name the file as it was written");
      }
      text.append(parts.get(i).group(3));
    }
    return parts.isEmpty() ? Optional.empty() : Optional.of(text.toString());
  }

  private static Optional<String> text(@Nullable Directory directory, int tag) {
    return Optional.ofNullable(directory).map(it -> it.getString(tag));
  }
}
