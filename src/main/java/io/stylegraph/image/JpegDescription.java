package io.stylegraph.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import org.w3c.dom.Element;

/**
 * What a JPEG says beside its pixels: the density in JFIF, the profile in an APP2 segment (ICC.1,
 * annex B.4), the notes in comments. Also that colours have full resolution.
 */
final class JpegDescription {
  private static final String APP2 = "226";

  private JpegDescription() {}

  static IIOMetadata add(IIOMetadata metadata, Optional<Density> density, Optional<String> notes)
      throws IOException {
    String format = metadata.getNativeMetadataFormatName();
    IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(format);
    keepColorResolution(root);
    density.ifPresent(it -> state(it, (Element) root.getElementsByTagName("app0JFIF").item(0)));
    var markers = root.getElementsByTagName("markerSequence").item(0);
    var first = markers.getFirstChild();
    markers.insertBefore(profile(), first);
    for (String segment : notes.map(PictureNotes::segments).orElseGet(List::of)) {
      IIOMetadataNode comment = new IIOMetadataNode("com");
      comment.setUserObject(segment.getBytes(StandardCharsets.US_ASCII));
      markers.insertBefore(comment, first);
    }
    metadata.setFromTree(format, root);
    return metadata;
  }

  /** Sets the sampling factors of every component to 1 (4:4:4); the JDK's default is 4:2:0. */
  private static void keepColorResolution(IIOMetadataNode root) {
    var components = root.getElementsByTagName("componentSpec");
    for (int i = 0; i < components.getLength(); i++) {
      Element component = (Element) components.item(i);
      component.setAttribute("HsamplingFactor", "1");
      component.setAttribute("VsamplingFactor", "1");
    }
  }

  /** In whole pixels an inch, at least 1: JFIF has no fractions. */
  private static void state(Density density, Element jfif) {
    jfif.setAttribute("resUnits", "1");
    jfif.setAttribute("Xdensity", Long.toString(Math.max(1, Math.round(density.x()))));
    jfif.setAttribute("Ydensity", Long.toString(Math.max(1, Math.round(density.y()))));
  }

  private static IIOMetadataNode profile() throws IOException {
    ByteArrayOutputStream segment = new ByteArrayOutputStream();
    segment.write("ICC_PROFILE\0\1\1".getBytes(StandardCharsets.US_ASCII));
    segment.write(SrgbProfile.bytes());
    IIOMetadataNode node = new IIOMetadataNode("unknown");
    node.setAttribute("MarkerTag", APP2);
    node.setUserObject(segment.toByteArray());
    return node;
  }
}
