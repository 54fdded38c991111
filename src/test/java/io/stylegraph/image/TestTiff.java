package io.stylegraph.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.plugins.tiff.TIFFDirectory;
import javax.imageio.plugins.tiff.TIFFField;
import javax.imageio.plugins.tiff.TIFFTag;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** TIFFs with any profile, by the JDK's encoder. */
final class TestTiff {
  private TestTiff() {}

  static byte[] encode(BufferedImage image, byte[] profile) throws IOException {
    var writers = ImageIO.getImageWritersByFormatName("TIFF");
    ImageWriter writer = writers.next();
    while (!writer.getClass().getModule().isNamed()) {
      writer = writers.next();
    }
    TIFFDirectory tags =
        TIFFDirectory.createFromMetadata(
            writer.getDefaultImageMetadata(
                ImageTypeSpecifier.createFromRenderedImage(image), writer.getDefaultWriteParam()));
    TIFFTag tag = new TIFFTag("ICC Profile", 34_675, 1 << TIFFTag.TIFF_UNDEFINED);
    tags.addTIFFField(new TIFFField(tag, TIFFTag.TIFF_UNDEFINED, profile.length, profile));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (var stream = new MemoryCacheImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(new IIOImage(image, null, tags.getAsMetadata()));
    }
    return out.toByteArray();
  }
}
