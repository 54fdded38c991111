package io.stylegraph.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stylegraph.image.PictureReader;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Queue, keeping, metrics, and the end. */
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OperationTest {
  @TempDir private Path folder;

  @Test
  void a_full_queue_says_when_to_come_again() {
    try (TestApi api = TestApi.start(settings -> settings.queue = 1)) {
      String running = api.start(TestForm.endless());
      api.awaitSteps(running);
      String waiting = api.start(TestForm.usual());

      HttpResponse<byte[]> refused = api.post(TestForm.usual());
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow()).isPositive();
      assertThat(TestApi.text(refused)).contains("1 jobs wait already; try again in a while");

      api.delete(waiting);
      String next = api.start(TestForm.usual());
      api.delete(running);
      assertThat(api.awaitEnd(next).get("state").asText()).isEqualTo("done");
    }
  }

  @Test
  void two_jobs_run_at_once_where_two_may() {
    try (TestApi api = TestApi.start(settings -> settings.maxJobs = 2)) {
      String one = api.start(TestForm.endless());
      String other = api.start(TestForm.endless());
      api.awaitSteps(one);
      api.awaitSteps(other);
      api.delete(one);
      api.delete(other);
    }
  }

  @Test
  void a_job_ends_at_its_time_with_its_best_picture() {
    try (TestApi api = TestApi.start(settings -> settings.time = Duration.ofSeconds(2))) {
      JsonNode status = api.awaitEnd(api.start(TestForm.endless()));
      assertThat(status.get("state").asText()).isEqualTo("done");
      assertThat(status.get("stopReason").asText()).isEqualTo("deadline");
      assertThat(status.get("result").asBoolean()).isTrue();
    }
  }

  @Test
  void results_are_deleted_after_a_while_and_then_forgotten() {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    InstantSource clock = now::get;
    try (TestApi api = TestApi.start(settings -> {}, clock)) {
      String job = api.start(TestForm.usual());
      api.awaitEnd(job);
      now.updateAndGet(it -> it.plus(Duration.ofMinutes(59)));
      assertThat(api.get(job + "/result").statusCode()).isEqualTo(200);
      now.updateAndGet(it -> it.plus(Duration.ofMinutes(2)));
      assertThat(api.status(job).get("state").asText()).isEqualTo("expired");
      for (String what : List.of("/result", "/picture", "/content", "/style")) {
        assertThat(api.get(job + what).statusCode()).isEqualTo(410);
      }
      now.updateAndGet(it -> it.plus(Duration.ofHours(1)));
      assertThat(api.get(job).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void the_oldest_results_go_when_there_are_too_many() {
    Keeping two = new Keeping(Duration.ofHours(1), 2, 1);
    try (TestApi api = TestApi.start(settings -> settings.keeping = two)) {
      List<String> jobs =
          Stream.generate(() -> api.start(TestForm.usual())).limit(3).peek(api::awaitEnd).toList();
      assertThat(jobs)
          .extracting(it -> api.status(it).get("state").asText())
          .containsExactly("expired", "done", "done");
    }
  }

  @Test
  void metrics_count_jobs_steps_and_memory() {
    try (TestApi api = TestApi.start()) {
      api.awaitEnd(api.start(TestForm.usual()));
      String running = api.start(TestForm.endless());
      String waiting = api.start(TestForm.usual());
      api.awaitSteps(running);
      api.get(TestApi.NOWHERE);
      String metrics = TestApi.text(api.get("/metrics"));
      assertThat(metrics)
          .contains("stylegraph_jobs_total{state=\"done\"} 1.0")
          .contains("stylegraph_jobs_running 1.0")
          .contains("stylegraph_jobs_waiting 1.0")
          .contains("stylegraph_requests_refused_total{status=\"404\"} 1.0")
          .containsPattern("stylegraph_steps_per_second [1-9]")
          .containsPattern("stylegraph_step_seconds_count [1-9]")
          .containsPattern("process_resident_memory_bytes [1-9]")
          .contains("jvm_memory_used_bytes{area=\"heap\"}");
      api.delete(waiting);
      api.delete(running);
      api.awaitEnd(running);
      assertThat(TestApi.text(api.get("/metrics")))
          .contains("stylegraph_jobs_total{state=\"cancelled\"} 2.0");
    }
  }

  @Test
  void a_stop_lets_a_running_job_finish_and_refuses_the_rest() throws Exception {
    TestApi api = TestApi.start(settings -> settings.grace = Duration.ofSeconds(50));
    String running = api.start(TestForm.endless());
    String waiting = api.start(TestForm.usual());
    api.awaitSteps(running);
    CompletableFuture<Void> stopped = CompletableFuture.runAsync(api::close);
    api.await(waiting, it -> it.get("state").asText().equals("cancelled"));

    assertThat(api.get("/ready").statusCode()).isEqualTo(503);
    assertThat(api.get("/health").statusCode()).isEqualTo(200);
    HttpResponse<byte[]> refused = api.post(TestForm.usual());
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(TestApi.text(refused)).contains("the service is stopping");
    assertThat(api.status(running).get("state").asText()).isEqualTo("running");

    api.delete(running);
    stopped.get();
  }

  @Test
  void after_its_grace_a_stop_cancels_and_keeps_the_best_picture() throws Exception {
    TestApi api = TestApi.start(settings -> settings.results = Optional.of(folder));
    String done = api.start(TestForm.usual());
    api.awaitEnd(done);
    String running = api.start(TestForm.endless());
    api.awaitSteps(running);
    List<Path> written = api.service().stop();

    assertThat(written).hasSize(2);
    for (Path file : written) {
      assertThat(PictureReader.read(file).width()).isEqualTo(34);
      assertThat(file.getFileName().toString()).matches("stylegraph-\\d{8}-\\d{6}-.{8}\\.png");
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(2);
    }
  }
}
