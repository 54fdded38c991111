package io.stylegraph.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Planes of any values at another size, held against TensorFlow's. */
class ResamplingTest {
  private static final PictureSize SMALL = new PictureSize(9, 7);
  private static final PictureSize LARGE = new PictureSize(13, 10);

  static List<JsonNode> tensorflows() throws IOException {
    try (InputStream in = ResamplingTest.class.getResourceAsStream("/resize/tf-resize.json")) {
      JsonNode cases = new ObjectMapper().readTree(in).get("cases");
      return StreamSupport.stream(cases.spliterator(), false).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("tensorflows")
  void givesTensorflowsNumbers(JsonNode stored) {
    float[] values = floats(stored.get("values"));
    PictureSize from = size(stored.get("source"));
    PictureSize to = size(stored.get("target"));
    float[] resized =
        stored.get("method").asText().equals("bicubic")
            ? PictureResizer.bicubic(values, from, to)
            : PictureResizer.bilinear(values, from, to);
    assertThat(resized).containsExactly(floats(stored.get("resized")), Offset.offset(1e-4f));
  }

  @Test
  void bicubicIsNotClamped() {
    float[] edge = new float[9 * 7 * 3];
    Arrays.fill(edge, edge.length / 2, edge.length, 255);
    float[] resized = PictureResizer.bicubic(edge, SMALL, LARGE);
    float[] sorted = resized.clone();
    Arrays.sort(sorted);
    assertThat(sorted[0]).isLessThan(-1);
    assertThat(sorted[sorted.length - 1]).isGreaterThan(256);
  }

  @Test
  void bilinearOfWhatIsNotNegativeIsNotNegative() {
    Random random = new Random(3);
    float[] values = new float[9 * 7 * 3];
    for (int i = 0; i < values.length; i += 5) {
      values[i] = random.nextFloat();
    }
    for (float value : PictureResizer.bilinear(values, SMALL, LARGE)) {
      assertThat(value).isNotNegative();
    }
  }

  @Test
  void theSameSizeGivesTheSameValuesInAnArrayOfItsOwn() {
    float[] values = {1, -2, 300};
    PictureSize one = new PictureSize(1, 1);
    assertThat(PictureResizer.bicubic(values, one, one)).isEqualTo(values).isNotSameAs(values);
  }

  private static PictureSize size(JsonNode heightAndWidth) {
    return new PictureSize(heightAndWidth.get(1).intValue(), heightAndWidth.get(0).intValue());
  }

  private static float[] floats(JsonNode array) {
    float[] floats = new float[array.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = array.get(i).floatValue();
    }
    return floats;
  }
}
