package io.stylegraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stylegraph.TinyModel;
import io.stylegraph.image.PictureWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The options of a job that works, of which a test changes some. */
final class TestJob {
  private final Path folder;
  private final Map<String, String> options = new LinkedHashMap<>();

  /** Two small pictures, the tiny model and three steps; all files lie in {@code folder}. */
  TestJob(Path folder) {
    this.folder = folder;
    PictureWriter.write(TinyModel.picture(34, 32, 1), file("content.png"));
    PictureWriter.write(TinyModel.picture(40, 33, 2), file("style.png"));
    with("--content", file("content.png")).with("--style", file("style.png"));
    with("--model", TinyModel.folder()).with("--output", file("out.png")).with("--steps", 3);
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  TestJob with(String option, Object value) {
    options.put(option, value.toString());
    return this;
  }

  TestJob without(String option) {
    options.remove(option);
    return this;
  }

  List<String> arguments(String command) {
    List<String> arguments = new ArrayList<>(List.of(command));
    options.forEach((option, value) -> arguments.addAll(List.of(option, value)));
    return arguments;
  }

  CliRun stylize(String... more) {
    return run("stylize", more);
  }

  CliRun run(String command, String... more) {
    List<String> arguments = arguments(command);
    arguments.addAll(Arrays.asList(more));
    return CliRun.of(arguments.toArray(String[]::new));
  }

  /** The run must succeed. */
  CliRun stylized() {
    CliRun run = stylize();
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.OK);
    return run;
  }

  /** The run must be refused with one line that holds these parts, and touch no file. */
  void refused(Object... parts) {
    refusedBy("stylize", parts);
  }

  void refusedBy(String command, Object... parts) {
    Map<String, Integer> before = files();
    CliRun run = run(command);
    assertThat(run.errLines()).hasSize(1);
    assertThat(run.err()).startsWith("stylegraph: ").doesNotContain("Exception", "unexpected");
    for (Object part : parts) {
      assertThat(run.err()).contains(part.toString());
    }
    assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(run.out()).isEmpty();
    assertThat(files()).isEqualTo(before);
  }

  /** Every path beneath the folder with a hash of what it holds. */
  private Map<String, Integer> files() {
    try (Stream<Path> all = Files.walk(folder)) {
      Map<String, Integer> found = new TreeMap<>();
      all.forEach(path -> found.put(path.toString(), hash(path)));
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int hash(Path path) {
    try {
      return Files.isRegularFile(path) ? Arrays.hashCode(Files.readAllBytes(path)) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
