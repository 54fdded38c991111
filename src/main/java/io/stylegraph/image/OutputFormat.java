package io.stylegraph.image;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Streams;
import io.stylegraph.error.InvalidSettingException;
import io.stylegraph.error.PictureException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** The formats that are written; a file's by its name's ending. */
public enum OutputFormat {
  /** 8 or 16 bits, without loss; with alpha where the picture has it. */
  PNG(".png"),
  /** 8 bits, of quality 0.95 with full colour resolution (4:4:4), seen over white. */
  JPEG(".jpg", ".jpeg"),
  /** As PNG, packed by Deflate. */
  TIFF(".tif", ".tiff");

  private static final float JPEG_QUALITY = 0.95f;

  private final ImmutableList<String> endings;

  OutputFormat(String... endings) {
    this.endings = ImmutableList.copyOf(endings);
  }

  /**
   * The format of {@code output}'s ending, in capitals or not.
   *
   * @throws PictureException if it has another
   */
  public static OutputFormat of(Path output) {
    Path fileName = output.getFileName();
    String name = fileName == null ? "" : fileName.toString().toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(format -> format.endings.stream().anyMatch(name::endsWith))
        .findFirst()
        .orElseThrow(
            () ->
                new PictureException(
                    output.toString(),
                    "has no ending that is written; use one of " + allEndings()));
  }

  private static String allEndings() {
    return Arrays.stream(values())
        .flatMap(format -> format.endings.stream())
        .collect(Collectors.joining(", "));
  }

  /**
   * Refuses more bits than this format holds.
   *
   * @throws InvalidSettingException that says which hold them
   */
  void require(WriteSettings settings) {
    if (this == JPEG && settings.bits() != 8) {
      throw new InvalidSettingException(
          "bits",
          "bits (%d) is more than JPEG holds, which is 8; name a .png or .tif file, or take 8"
              .formatted(settings.bits()));
    }
  }

  /** Writes {@code picture} in this format; {@code out} stays open. */
  void encode(Picture picture, OutputStream out, WriteSettings settings) throws IOException {
    require(settings);
    ImageWriter writer = writer();
    try (ImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      writer.setOutput(stream);
      ImageWriteParam how = writer.getDefaultWriteParam();
      if (this != PNG) {
        how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      }
      switch (this) {
        case PNG -> {}
        case JPEG -> how.setCompressionQuality(JPEG_QUALITY);
        case TIFF -> how.setCompressionType("ZLib");
      }
      BufferedImage image =
          this == JPEG ? picture.toBufferedImage() : Samples.image(picture, settings.bits());
      IIOMetadata metadata =
          writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(image), how);
      IIOMetadata full = describe(metadata, picture, settings);
      writer.write(null, new IIOImage(image, null, full), how);
    } finally {
      writer.dispose();
    }
  }

  /** With the sRGB profile, the density and the notes. */
  private IIOMetadata describe(IIOMetadata metadata, Picture picture, WriteSettings settings)
      throws IOException {
    return switch (this) {
      case PNG -> PngDescription.add(metadata, picture.density(), settings.notes());
      case JPEG -> JpegDescription.add(metadata, picture.density(), settings.notes());
      case TIFF -> TiffDescription.add(metadata, picture.density(), settings);
    };
  }

  /** The JDK's for TIFF, since TwelveMonkeys' does not write 16 bits of colour. */
  private ImageWriter writer() {
    Iterable<ImageWriter> all = () -> ImageIO.getImageWritersByFormatName(name());
    return Streams.stream(all)
        .filter(it -> this != TIFF || it.getClass().getModule().isNamed())
        .findFirst()
        .orElseThrow();
  }
}
