package io.stylegraph.image;

import com.google.common.collect.ImmutableList;
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
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.w3c.dom.Element;

/** The formats that are written; a file's by its name's ending. */
public enum OutputFormat {
  /** 8 bits, without loss. */
  PNG(".png"),
  /** Of quality 0.95 with full colour resolution (4:4:4). */
  JPEG(".jpg", ".jpeg");

  private static final float JPEG_QUALITY = 0.95f;

  private final ImmutableList<String> endings;

  OutputFormat(String... endings) {
    this.endings = ImmutableList.copyOf(endings);
  }

  /** The format of {@code output}'s ending, in capitals or not; others are refused. */
  static OutputFormat of(Path output) {
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

  /** Writes {@code image} in this format; {@code out} stays open. */
  void encode(BufferedImage image, OutputStream out) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(name()).next();
    try (ImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      writer.setOutput(stream);
      ImageWriteParam settings = writer.getDefaultWriteParam();
      IIOMetadata metadata = null;
      if (this == JPEG) {
        settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        settings.setCompressionQuality(JPEG_QUALITY);
        metadata =
            writer.getDefaultImageMetadata(
                ImageTypeSpecifier.createFromRenderedImage(image), settings);
        keepColorResolution(metadata);
      }
      writer.write(null, new IIOImage(image, null, metadata), settings);
    } finally {
      writer.dispose();
    }
  }

  /** Sets the sampling factors of every component to 1 (4:4:4); the JDK's default is 4:2:0. */
  private static void keepColorResolution(IIOMetadata metadata) throws IOException {
    String format = metadata.getNativeMetadataFormatName();
    IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(format);
    var components = root.getElementsByTagName("componentSpec");
    for (int i = 0; i < components.getLength(); i++) {
      Element component = (Element) components.item(i);
      component.setAttribute("HsamplingFactor", "1");
      component.setAttribute("VsamplingFactor", "1");
    }
    metadata.setFromTree(format, root);
  }
}
