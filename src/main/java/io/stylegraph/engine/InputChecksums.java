package io.stylegraph.engine;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import io.stylegraph.image.Mask;
import io.stylegraph.image.Picture;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells a run's inputs apart, by name: {@code content}, {@code style-1}, {@code style-1 mask},
 * {@code region NAME}, {@code start}. A picture has its size and a checksum of its samples as the
 * network sees them, that is read, upright and sized, so that its file may have moved; what a style
 * is told beside its picture stands in words.
 */
final class InputChecksums {
  private static final String WORDS = "given ";

  private final Map<String, String> inputs = new LinkedHashMap<>();

  private InputChecksums(TransferPictures pictures) {
    put("content", pictures.content());
    for (int i = 0; i < pictures.styles().size(); i++) {
      put("style-" + (i + 1), pictures.styles().get(i));
    }
    pictures.regions().forEach(region -> put("region " + region.name(), region.mask()));
    put("start", pictures.start());
  }

  static Map<String, String> of(TransferPictures pictures) {
    return new InputChecksums(pictures).inputs;
  }

  /** Says how two values of one name differ, as "was another picture". */
  static String difference(String before, String now) {
    if (before.startsWith(WORDS) || !size(before).equals(size(now))) {
      return "was %s, and is %s now".formatted(size(before), size(now));
    }
    return "was another picture";
  }

  private static String size(String value) {
    return value.startsWith(WORDS) ? value : List.of(value.split(" ")).get(0);
  }

  private void put(String name, StylePicture style) {
    put(name, style.picture());
    style.mask().ifPresent(it -> put(name + " mask", it));
    inputs.put(
        name + " settings",
        WORDS
            + "weight %s, region %s, layers %s"
                .formatted(style.weight(), style.region().orElse("all"), style.layers()));
  }

  private void put(String name, Picture picture) {
    put(name, picture.width(), picture.height(), picture.rgb());
  }

  private void put(String name, Mask mask) {
    put(name, mask.width(), mask.height(), mask.means(mask.width(), mask.height()));
  }

  private void put(String name, int width, int height, float[] values) {
    Hasher hasher = Hashing.sha256().newHasher();
    for (float value : values) {
      hasher.putFloat(value);
    }
    inputs.put(name, "%dx%d %s".formatted(width, height, hasher.hash()));
  }
}
