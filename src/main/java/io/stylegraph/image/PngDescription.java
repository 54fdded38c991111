package io.stylegraph.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;

/** What a PNG says beside its pixels: the chunks iCCP, pHYs and tEXt. */
final class PngDescription {
  private PngDescription() {}

  static IIOMetadata add(IIOMetadata metadata, Optional<Density> density, Optional<String> notes)
      throws IOException {
    IIOMetadataNode root = new IIOMetadataNode(metadata.getNativeMetadataFormatName());
    IIOMetadataNode profile = new IIOMetadataNode("iCCP");
    profile.setAttribute("profileName", SrgbProfile.NAME);
    profile.setAttribute("compressionMethod", "deflate");
    profile.setUserObject(packed(SrgbProfile.bytes()));
    root.appendChild(profile);
    density.ifPresent(it -> root.appendChild(physical(it)));
    notes.ifPresent(it -> root.appendChild(text(it)));
    metadata.mergeTree(metadata.getNativeMetadataFormatName(), root);
    return metadata;
  }

  private static IIOMetadataNode physical(Density density) {
    IIOMetadataNode node = new IIOMetadataNode("pHYs");
    node.setAttribute("pixelsPerUnitXAxis", Integer.toString(density.pixelsPerMetreX()));
    node.setAttribute("pixelsPerUnitYAxis", Integer.toString(density.pixelsPerMetreY()));
    node.setAttribute("unitSpecifier", "meter");
    return node;
  }

  private static IIOMetadataNode text(String notes) {
    IIOMetadataNode entry = new IIOMetadataNode("tEXtEntry");
    entry.setAttribute("keyword", PictureNotes.KEYWORD);
    entry.setAttribute("value", PictureNotes.ascii(notes));
    IIOMetadataNode node = new IIOMetadataNode("tEXt");
    node.appendChild(entry);
    return node;
  }

  private static byte[] packed(byte[] data) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
      out.write(data);
    }
    return packed.toByteArray();
  }
}
