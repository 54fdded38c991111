package io.stylegraph.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import io.stylegraph.Program;
import io.stylegraph.TinyModel;
import io.stylegraph.image.PictureReader;
import io.stylegraph.image.PictureWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Batches on a Spark of several processes, of which some die. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(value = 8, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SparkBatchIT {
  static final Path SPARK = Path.of(".venv-spark", "spark").toAbsolutePath();
  private static final int FOR_EVER = 1_000_000;

  @TempDir private Path folder;
  private final List<Process> started = new ArrayList<>();

  @BeforeAll
  static void requireSpark() {
    boolean there = Files.isExecutable(SPARK.resolve("bin/spark-submit"));
    assertThat(there || System.getenv("CI") == null).as("CI has run `make spark`").isTrue();
    assumeTrue(there, "there is no Spark; `make spark` gets one");
  }

  @BeforeEach
  void begin() {
    PictureWriter.write(TinyModel.picture(34, 32, 1), folder.resolve("content.png"));
    PictureWriter.write(TinyModel.picture(40, 33, 2), folder.resolve("style.png"));
  }

  @AfterEach
  void endAll() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void threads_of_one_process_do_each_job_once_and_never_again() throws Exception {
    String absent = "{\"content\": \"absent.png\", \"style\": \"style.png\"}";
    write(job("a", 3), "{", job("b", 3), absent, job("c", 3));
    assertThat(exitCode(batch("--master", "local[2]"))).isEqualTo(2);
    assertDone(List.of("a", "b", "c"), 3);
    assertThat(said("wrote ")).endsWith("outcomes.csv: 3 done, 2 refused");
    assertThat(said("refused ")).contains("absent.png: does not exist");
    assertThat(said("WARN ")).isNull();

    byte[] first = Files.readAllBytes(result("a.png"));
    Files.delete(result("b.json"));
    assertThat(exitCode(batch("--master", "local[2]"))).isEqualTo(2);
    assertThat(said("wrote ")).endsWith("outcomes.csv: 1 done, 2 skipped, 2 refused");
    assertThat(result("a.png")).hasBinaryContent(first);
    // Without Spark the same are found.
    assertThat(exitCode(batch())).isEqualTo(2);
    assertThat(said("wrote ")).endsWith("outcomes.csv: 3 skipped, 2 refused");
  }

  @Test
  void executors_that_the_driver_starts_itself_do_the_same() throws Exception {
    // They keep their files beneath Spark's home.
    Path home = Files.createDirectory(folder.resolve("home"));
    for (String part : List.of("bin", "jars")) {
      Files.createSymbolicLink(home.resolve(part), SPARK.resolve(part));
    }
    write(job("a", 3), job("b", 3));
    List<String> line = new ArrayList<>(List.of("env", "SPARK_HOME=" + home));
    line.addAll(Program.line());
    assertThat(exitCode(batch(line, "--master", "local-cluster[2,1,4096]"))).isZero();
    assertDone(List.of("a", "b"), 3);
  }

  @Test
  void a_machine_that_is_lost_loses_no_job_and_doubles_none() throws Exception {
    List<String> names = IntStream.range(0, 8).mapToObj(i -> "job-" + i).toList();
    write(names.stream().map(it -> job(it, 600)).toArray(String[]::new));
    try (StandaloneCluster cluster = new StandaloneCluster(SPARK, folder.resolve("spark"), 2)) {
      Process batch = batch("--master", cluster.url());
      Waiting.until("the first job has ended", () -> outcomes() > 0 ? true : null);
      Waiting.until(
          "both work",
          () -> cluster.executors(0).isEmpty() || cluster.executors(1).isEmpty() ? null : true);
      cluster.lose(0);
      assertThat(exitCode(batch)).isZero();
    }
    assertDone(names, 600);
    assertThat(Files.readAllLines(result("outcomes.csv"))).hasSize(names.size() + 1);
    assertThat(Files.readAllLines(folder.resolve("said")))
        .filteredOn(it -> it.matches("(done|skipped) .*"))
        .hasSize(names.size());
  }

  @Test
  void a_job_whose_executors_die_is_given_up_and_the_others_are_done() throws Exception {
    write(job("deadly", FOR_EVER), job("a", 3), job("b", 3));
    try (StandaloneCluster cluster = new StandaloneCluster(SPARK, folder.resolve("spark"), 1)) {
      Process batch = batch("--master", cluster.url());
      for (int lost = 0; lost < 3; lost++) {
        long before = lost;
        // The largest job is the first.
        Waiting.until("it begins", () -> cluster.begun(0) > before ? true : null);
        cluster.executors(0).forEach(ProcessHandle::destroyForcibly);
      }
      assertThat(exitCode(batch)).isEqualTo(1);
    }
    assertDone(List.of("a", "b"), 3);
    assertThat(outcome("deadly").path("state").asText()).isEqualTo("failed");
    assertThat(outcome("deadly").path("error").asText())
        .startsWith("its executor was lost 3 times");
  }

  @Test
  void a_job_that_hangs_is_done_by_another_and_one_too_large_for_all_is_refused() throws Exception {
    PictureWriter.write(TinyModel.picture(1500, 1500, 3), folder.resolve("large.png"));
    List<String> names = List.of("job-0", "job-1", "job-2", "job-3");
    List<String> jobs = new ArrayList<>(names.stream().map(it -> job(it, 600)).toList());
    jobs.add("{\"content\": \"large.png\", \"style\": \"style.png\", \"size\": 0}");
    write(jobs.toArray(String[]::new));
    try (StandaloneCluster cluster = new StandaloneCluster(SPARK, folder.resolve("spark"), 2)) {
      List<String> line =
          List.of(
              SPARK.resolve("bin/spark-submit").toString(),
              "--master",
              cluster.url(),
              "--conf",
              "spark.speculation=true",
              "--conf",
              "spark.speculation.quantile=0.25",
              "--conf",
              "spark.executor.memoryOverhead=680m",
              Program.JAR.resolveSibling("stylegraph-spark.jar").toString());
      Process batch = batch(line);
      // An executor that waits for another's piece of the code waits for two minutes.
      Waiting.until("both work", () -> cluster.equipped() > 1 ? true : null);
      send("STOP", cluster.executors(0).get(0));
      assertThat(exitCode(batch)).isEqualTo(2);
    }
    assertThat(said("refused "))
        .contains("large.png", "1500x1500 picture", "and 0.7 GB are free; the largest size that");
    assertDone(names, 600);
  }

  @Test
  void a_signal_keeps_what_is_done() throws Exception {
    write(job("endless", FOR_EVER), job("a", 3));
    Process batch = batch("--master", "local[2]", "--max-jobs", "2");
    Waiting.until("the short job has ended", () -> outcomes() > 0 ? true : null);
    send("INT", batch.toHandle());
    assertThat(exitCode(batch)).isEqualTo(130);
    assertDone(List.of("a"), 3);
    assertThat(said("wrote ")).endsWith("outcomes.csv: 1 done, 1 cancelled");
  }

  @Test
  void a_store_that_is_not_there_is_one_line_before_anything_starts() throws Exception {
    write(job("a", 3));
    Process batch = batch("--master", "local[2]", "--out", "hdfs://127.0.0.1:9/out");
    assertThat(exitCode(batch)).isEqualTo(2);
    assertThat(said("stylegraph: "))
        .startsWith("stylegraph: out (hdfs://127.0.0.1:9/out) takes no files (")
        .endsWith("; name a store that is reached and writable");
    assertThat(said("jobs ")).isNull();
  }

  private String job(String name, int steps) {
    return """
        {"content": "content.png", "style": "style.png", "output": "%s.png", \
        "set": {"steps": %d}, "precision": "fp32"}"""
        .formatted(name, steps);
  }

  private void write(String... jobs) throws IOException {
    Files.write(folder.resolve("jobs.jsonl"), List.of(jobs));
  }

  private Process batch(String... more) throws IOException {
    return batch(Program.line(), more);
  }

  private Process batch(List<String> line, String... more) throws IOException {
    List<String> whole = new ArrayList<>(line);
    whole.addAll(
        List.of("batch", "--jobs", "jobs.jsonl", "--model", TinyModel.folder().toString()));
    whole.addAll(List.of(more));
    if (!whole.contains("--out")) {
      whole.addAll(List.of("--out", "out"));
    }
    ProcessBuilder builder = new ProcessBuilder(whole).directory(folder.toFile());
    StandaloneCluster.surround(builder, folder.resolve("conf"));
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("said").toFile());
    started.add(builder.start());
    return started.get(started.size() - 1);
  }

  private static void send(String signal, ProcessHandle process) throws Exception {
    new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start().waitFor();
  }

  private static int exitCode(Process process) throws Exception {
    Waiting.until("the batch has ended", () -> process.isAlive() ? null : true);
    return process.exitValue();
  }

  /** The last line that the batch printed with that beginning, if there is one. */
  private @Nullable String said(String beginning) throws IOException {
    return Files.readAllLines(folder.resolve("said")).stream()
        .filter(it -> it.startsWith(beginning))
        .reduce((one, next) -> next)
        .orElse(null);
  }

  private long outcomes() throws IOException {
    return results().stream().filter(it -> it.endsWith(".json")).count();
  }

  private Path result(String name) {
    return folder.resolve("out").resolve(name);
  }

  private List<String> results() throws IOException {
    if (!Files.isDirectory(result(""))) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(result(""))) {
      return files.map(it -> it.getFileName().toString()).toList();
    }
  }

  private JsonNode outcome(String name) throws IOException {
    return new ObjectMapper().readTree(result(name + ".json").toFile());
  }

  /** Each has its picture, its whole log and its outcome, and nothing hidden is left. */
  private void assertDone(List<String> names, int steps) throws Exception {
    for (String name : names) {
      JsonNode outcome = outcome(name);
      assertThat(outcome.path("state").asText()).as(name).isEqualTo("done");
      assertThat(outcome.path("picture").asText()).isEqualTo(sha256(result(name + ".png")));
      assertThat(PictureReader.read(result(name + ".png")).width()).isEqualTo(34);
      assertThat(Files.readAllLines(result(name + ".log.jsonl"))).hasSize(steps);
    }
    assertThat(results()).noneMatch(it -> it.startsWith("."));
  }

  private static String sha256(Path file) throws IOException {
    return MoreFiles.asByteSource(file).hash(Hashing.sha256()).toString();
  }
}
