package io.stylegraph;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** What a program that depends on the artifact gets with it, as {@code docs/embedding.md} says. */
class EmbeddersDependenciesTest {
  private static final String FORCED =
      "/project/dependencies/dependency[not(optional = 'true') and not(scope = 'test' or scope = 'provided')]/artifactId";

  @Test
  void it_gets_the_engines_and_no_others() throws Exception {
    Document pom =
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new File("pom.xml"));
    XPath path = XPathFactory.newInstance().newXPath();
    NodeList found = (NodeList) path.evaluate(FORCED, pom, XPathConstants.NODESET);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      names.add(found.item(i).getTextContent());
    }
    assertThat(names)
        .containsExactlyInAnyOrder(
            "tensorflow-core-api",
            "tensorflow-core-native",
            "tensorflow-framework",
            "guava",
            "jackson-databind",
            "slf4j-api",
            "jspecify",
            "imageio-core",
            "imageio-tiff",
            "imageio-webp",
            "imageio-jpeg",
            "metadata-extractor");
  }
}
