package io.stylegraph.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stylegraph.optim.PlainObjective.Path;
import io.stylegraph.recipe.LbfgsSettings;
import io.stylegraph.recipe.LbfgsSettings.Bounds;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The iterates of torch.optim.LBFGS, as {@code lbfgs_fixture.py} stored them, are ours. */
class TorchIteratesTest {
  /**
   * Of values around 0.5. The difference is rounding that grows with the iterations: torch sums in
   * float, we in double. Seen: 2e-6 over the first ten evaluations, 2e-5 over all.
   */
  private static final Offset<Float> POINT = within(1e-4f);

  private static final Offset<Float> FIRST_POINTS = within(5e-6f);

  private static final PlainObjective SPRINGS = PlainObjective::springs;

  @ParameterizedTest
  @MethodSource("cases")
  void everyEvaluationIsTorchs(JsonNode stored) {
    int evaluations = stored.get("losses").size();
    Path path = SPRINGS.search(optimizer(stored), evaluations);
    for (int i = 0; i < path.losses().size(); i++) {
      double loss = stored.get("losses").get(i).doubleValue();
      assertThat(path.losses().get(i)).as("loss %d", i).isCloseTo(loss, within(5e-6 * loss));
      assertThat(path.points().get(i))
          .as("point %d", i)
          .containsExactly(floats(stored.get("points").get(i)), i < 10 ? FIRST_POINTS : POINT);
    }
    assertThat(path.losses()).hasSizeGreaterThan(12);
  }

  static Stream<Named<JsonNode>> cases() throws IOException {
    try (InputStream in =
        TorchIteratesTest.class.getResourceAsStream("/lbfgs/torch-iterates.json")) {
      JsonNode cases = new ObjectMapper().readTree(Objects.requireNonNull(in)).get("cases");
      return StreamSupport.stream(cases.spliterator(), false)
          .map(stored -> Named.of(stored.get("name").textValue(), stored));
    }
  }

  private static LbfgsOptimizer optimizer(JsonNode stored) {
    JsonNode torch = stored.get("settings");
    JsonNode clamp = stored.get("clamp");
    LbfgsSettings settings =
        new LbfgsSettings(
            torch.get("lr").doubleValue(),
            torch.get("history_size").intValue(),
            1,
            torch.get("max_iter").intValue(),
            torch.get("tolerance_grad").doubleValue(),
            torch.get("tolerance_change").doubleValue(),
            1e6,
            clamp.isNull() ? Bounds.NONE : Bounds.CLAMPED);
    float[] start = floats(stored.get("points").get(0));
    return clamp.isNull()
        ? new LbfgsOptimizer(settings, start, 0, 0)
        : new LbfgsOptimizer(settings, start, clamp.get(0).floatValue(), clamp.get(1).floatValue());
  }

  private static float[] floats(JsonNode array) {
    float[] floats = new float[array.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = array.get(i).floatValue();
    }
    return floats;
  }
}
