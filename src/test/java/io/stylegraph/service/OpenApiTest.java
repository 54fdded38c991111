package io.stylegraph.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.google.common.collect.Sets;
import io.stylegraph.progress.StopReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds the OpenAPI file against the routes, both ways; {@link TestApi} holds it against every
 * answer in the other tests.
 */
class OpenApiTest {
  @Test
  void every_route_is_described_and_every_description_is_a_route() throws Exception {
    try (TestApi api = TestApi.start()) {
      List<String> served =
          api.service().routes().stream()
              .filter(it -> !it.equals("GET /") && !it.startsWith("GET /page/"))
              .toList();
      assertThat(described()).containsExactlyInAnyOrderElementsOf(served);
    }
  }

  private static List<String> described() throws Exception {
    List<String> described = new ArrayList<>();
    JsonNode paths = new YAMLMapper().readTree(TestApi.openApiText()).get("paths");
    for (Map.Entry<String, JsonNode> path : paths.properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        if (!method.getKey().equals("parameters")) {
          described.add(method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey());
        }
      }
    }
    return described;
  }

  @Test
  void every_field_of_a_form_and_every_end_of_a_run_is_described() throws Exception {
    JsonNode schemas =
        new YAMLMapper().readTree(TestApi.openApiText()).get("components").get("schemas");
    List<String> fields = new ArrayList<>();
    schemas.get("JobForm").get("properties").fieldNames().forEachRemaining(fields::add);
    assertThat(fields)
        .containsExactlyInAnyOrderElementsOf(Sets.union(JobFields.FILES, JobFields.TEXTS));
    List<String> reasons = new ArrayList<>();
    schemas.at("/Job/properties/stopReason/enum").forEach(reason -> reasons.add(reason.asText()));
    assertThat(reasons)
        .containsExactlyElementsOf(Stream.of(StopReason.values()).map(JobStatus::word).toList());
  }

  @Test
  void the_file_is_served() {
    try (TestApi api = TestApi.start()) {
      assertThat(TestApi.text(api.get("/openapi.yaml"))).isEqualTo(TestApi.openApiText());
    }
  }
}
