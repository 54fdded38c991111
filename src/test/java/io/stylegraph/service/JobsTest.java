package io.stylegraph.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stylegraph.PictureSource;
import io.stylegraph.StyleTransferRequest;
import io.stylegraph.Stylizer;
import io.stylegraph.TinyModel;
import io.stylegraph.image.Picture;
import io.stylegraph.recipe.Recipes;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A job's way, from the form to the picture. */
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class JobsTest {
  private TestApi api;

  @BeforeEach
  void start() {
    api = TestApi.start();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void a_job_gives_the_picture_that_the_library_gives() {
    String job =
        api.start(TestForm.usual().field("recipe", "tf-eager").field("styleWeight", "0.5"));
    JsonNode status = api.awaitEnd(job);

    assertThat(status.get("state").asText()).isEqualTo("done");
    assertThat(status.get("step").asInt()).isEqualTo(3);
    assertThat(status.get("stopReason").asText()).isEqualTo("completed");
    Picture expected =
        Stylizer.load(TinyModel.folder())
            .stylize(
                StyleTransferRequest.of(picture("content", 34, 26, 1), picture("style", 30, 40, 2))
                    .withRecipe(Recipes.TF_EAGER.toBuilder().steps(3).styleWeight(0.5).build()))
            .picture();
    Picture result = Pictures.decode(api.get(job + "/result").body(), "result");
    assertThat(result.rgb()).isEqualTo(Pictures.decode(Pictures.png(expected), "expected").rgb());
  }

  private static PictureSource picture(String name, int width, int height, long seed) {
    return PictureSource.of(Pictures.decode(TestForm.png(width, height, seed), name), name);
  }

  @Test
  void the_pictures_of_a_job_can_be_had() {
    String job = api.start(TestForm.usual().field("size", "32"));
    api.awaitEnd(job);

    HttpResponse<byte[]> jpeg = api.get(job + "/result?format=jpg");
    assertThat(jpeg.headers().firstValue("Content-Type")).contains("image/jpeg");
    assertThat(jpeg.body()).startsWith(0xFF, 0xD8);
    assertThat(Pictures.decode(jpeg.body(), "jpeg").width()).isEqualTo(32);
    assertThat(Pictures.decode(api.get(job + "/content").body(), "content").width()).isEqualTo(32);
    assertThat(Pictures.decode(api.get(job + "/style").body(), "style").height()).isEqualTo(32);
    assertThat(api.get(job + "/picture").body()).isEqualTo(api.get(job + "/result").body());
  }

  @Test
  void samples_serve_in_place_of_files() {
    TestForm form =
        new TestForm()
            .field("contentSample", "balloons")
            .field("styleSample", "waves")
            .field("size", "32")
            .field("steps", "1");
    assertThat(api.awaitEnd(api.start(form)).get("state").asText()).isEqualTo("done");
    for (JsonNode sample : TestApi.json(api.get("/api/samples"))) {
      byte[] png = api.get(sample.get("url").asText()).body();
      assertThat(Pictures.decode(png, "sample").width()).isEqualTo(SampleCanvas.WIDTH);
    }
  }

  @Test
  void waiting_jobs_have_a_place_and_run_in_their_order() {
    String running = api.start(TestForm.endless());
    String second = api.start(TestForm.usual());
    String third = api.start(TestForm.usual());
    api.awaitSteps(running);

    assertThat(api.status(second).get("position").asInt()).isEqualTo(1);
    assertThat(api.status(third).get("position").asInt()).isEqualTo(2);
    assertThat(api.get(second + "/result").statusCode()).isEqualTo(409);
    assertThat(api.status(running).get("secondsLeft").asDouble()).isPositive();

    api.delete(running);
    api.awaitEnd(third);
    assertThat(api.status(second).get("state").asText()).isEqualTo("done");
  }

  @Test
  void a_running_job_is_cancelled_at_its_steps_end_and_keeps_its_picture() {
    String job = api.start(TestForm.endless());
    api.awaitSteps(job);
    assertThat(Pictures.decode(api.get(job + "/picture").body(), "picture").width()).isEqualTo(34);

    assertThat(api.delete(job).statusCode()).isEqualTo(202);
    JsonNode status = api.awaitEnd(job);
    assertThat(status.get("state").asText()).isEqualTo("cancelled");
    assertThat(status.get("result").asBoolean()).isTrue();
    assertThat(api.get(job + "/result").statusCode()).isEqualTo(200);

    assertThat(api.delete(job).statusCode()).isEqualTo(204);
    assertThat(api.get(job).statusCode()).isEqualTo(404);
    assertThat(api.get(job + "/result").statusCode()).isEqualTo(404);
  }

  @Test
  void a_waiting_job_is_cancelled_at_once() {
    String running = api.start(TestForm.endless());
    String waiting = api.start(TestForm.usual());
    assertThat(TestApi.json(api.delete(waiting)).get("state").asText()).isEqualTo("cancelled");
    assertThat(api.status(waiting).get("result").asBoolean()).isFalse();
    api.delete(running);
  }

  @Test
  void a_follower_hears_of_all_and_one_that_returns_of_what_it_missed() throws Exception {
    String job = api.start(TestForm.pictures().field("steps", "40"));
    List<String> events = follow(job, "0");
    List<JsonNode> losses = losses(events);
    assertThat(losses).hasSize(40);
    assertThat(losses.get(39).get("step").asInt()).isEqualTo(40);
    assertThat(events).contains("event: state").last().asString().startsWith("data: {\"id\":");
    assertThat(events.get(events.size() - 2)).isEqualTo("event: end");

    List<String> rest = follow(job, "38");
    assertThat(losses(rest)).extracting(it -> it.get("step").asInt()).containsExactly(39, 40);
  }

  private List<String> follow(String job, String lastEventId) throws Exception {
    var request =
        api.request(job + "/events")
            .header("Accept", "text/event-stream")
            .header("Last-Event-ID", lastEventId)
            .build();
    var response = HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    List<String> lines = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      reader.lines().filter(it -> !it.isBlank()).forEach(lines::add);
    }
    return lines;
  }

  private static List<JsonNode> losses(List<String> events) throws Exception {
    List<JsonNode> points = new ArrayList<>();
    for (int i = 1; i < events.size(); i++) {
      if (events.get(i - 1).equals("event: losses")) {
        String data = events.get(i).substring("data: ".length());
        new ObjectMapper().readTree(data).forEach(points::add);
      }
    }
    return points;
  }

  @Test
  void events_are_refused_before_they_begin() {
    assertThat(api.get("/api/jobs/unknown/events").statusCode()).isEqualTo(404);
    String job = api.start(TestForm.usual());
    assertThat(api.get(job + "/events").statusCode()).isEqualTo(406);
  }

  @Test
  void a_run_that_fails_says_why_in_one_line() {
    String job = api.start(TestForm.usual().field("styleWeight", "1e300"));
    JsonNode status = api.awaitEnd(job);
    assertThat(status.get("state").asText()).isEqualTo("failed");
    assertThat(status.get("error").asText()).contains("loss").contains("smaller weights");
  }
}
