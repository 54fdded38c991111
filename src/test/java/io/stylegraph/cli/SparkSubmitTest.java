package io.stylegraph.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stylegraph.error.InvalidSettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkSubmitTest {
  private static final List<String> BATCH = List.of("batch", "--out", "o");

  @TempDir private Path folder;
  private Path jar;

  @BeforeEach
  void build() throws IOException {
    jar = Files.createDirectories(folder.resolve("target")).resolve("stylegraph.jar");
    Files.createFile(jar.resolveSibling("stylegraph-spark.jar"));
  }

  @Test
  void the_command_goes_on_with_the_launcher_jar() throws IOException {
    Path submit = program("home/bin");
    List<String> line = line(Map.of("SPARK_HOME", folder.resolve("home").toString()), BATCH);
    assertThat(line).startsWith(submit.toString(), "--master", "yarn", "--driver-memory");
    assertThat(line)
        .endsWith(jar.resolveSibling("stylegraph-spark.jar").toString(), "batch", "--out", "o");
    assertThat(line)
        .filteredOn(it -> it.startsWith("-Dlog4j2"))
        .singleElement()
        .asString()
        .endsWith("-Dstylegraph.spark.log=off");
  }

  @Test
  void the_sparks_log_is_for_those_who_ask() throws IOException {
    program("home/bin");
    assertThat(
            line(
                Map.of("SPARK_HOME", folder.resolve("home").toString()),
                List.of("batch", "--verbose")))
        .anyMatch(it -> it.endsWith("-Dstylegraph.spark.log=warn"));
  }

  @Test
  void sparks_home_goes_before_the_projects_and_that_before_the_path() throws IOException {
    Map<String, String> environment =
        Map.of(
            "SPARK_HOME", folder.resolve("home").toString(),
            "PATH", folder.resolve("path").toString());
    Path onPath = program("path");
    assertThat(line(environment, BATCH)).startsWith(onPath.toString());
    Path ours = program(".venv-spark/spark/bin");
    assertThat(line(environment, BATCH)).startsWith(ours.toString());
    Path home = program("home/bin");
    assertThat(line(environment, BATCH)).startsWith(home.toString());
  }

  @Test
  void without_spark_a_line_says_how_to_get_one() {
    assertThatThrownBy(() -> line(Map.of(), BATCH))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage(
            "--master needs Spark, and there is no spark-submit; set SPARK_HOME to a Spark 4.1, or"
                + " get one with `make spark`");
  }

  @Test
  void without_the_launcher_jar_a_line_says_how_to_build_it() throws IOException {
    Files.delete(jar.resolveSibling("stylegraph-spark.jar"));
    assertThatThrownBy(() -> line(Map.of(), BATCH))
        .hasMessageEndingWith("stylegraph-spark.jar; build it with `make build`");
  }

  private List<String> line(Map<String, String> environment, List<String> arguments) {
    return new SparkSubmit(jar, environment).line("yarn", arguments);
  }

  private Path program(String in) throws IOException {
    Path program = Files.createDirectories(folder.resolve(in)).resolve("spark-submit");
    Files.createFile(program);
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return program;
  }
}
