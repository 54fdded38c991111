package io.stylegraph.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import io.stylegraph.error.CheckpointException;
import io.stylegraph.optim.OptimizerState;
import io.stylegraph.progress.Losses;
import io.stylegraph.recipe.Recipes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a checkpoint's file gives back, and what of files is refused. */
class CheckpointFileTest {
  private static final RunIdentity IDENTITY =
      new RunIdentity(
          Recipes.TF_EAGER, "abc", ImmutableMap.of("content", "2x1 def", "start", "2x1 012"));
  private static final int LARGE = 40_000;

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("run.checkpoint");
    CheckpointWriter.write(file, IDENTITY, state(7));
  }

  private static RunState state(int step) {
    float[] large = new float[LARGE];
    double[] products = new double[LARGE / 3];
    for (int i = 0; i < LARGE; i++) {
      large[i] = (float) Math.sin(i) * 1e-20f;
    }
    products[4] = Math.nextUp(1.0 / 3);
    return new RunState(
        "CPU",
        2,
        step,
        1.25,
        1,
        new Losses(4, 1, 2, 1),
        new Losses(Math.nextUp(3.0), 1, 1, 1),
        new Values(new float[] {1, -0.0f, Float.MIN_VALUE}),
        new OptimizerState(
            Map.of("power", 0.1 + 0.2, "large", 1e300),
            Map.of("dots", products),
            Map.of("point", new float[] {4, 5, 6}, "first", large)),
        Optional.of(new IterateAverage.State(new float[] {7, 8, 9}, 5)));
  }

  @Test
  void gives_back_every_bit() {
    Checkpoint read = Checkpoint.read(file);
    assertThat(read.step()).isEqualTo(7);
    assertThat(read.seconds()).isEqualTo(1.25);
    read.require(IDENTITY);
    RunState expected = state(7);
    RunState state = read.state();
    assertThat(state.compute()).isEqualTo("CPU");
    assertThat(state.stage()).isEqualTo(2);
    assertThat(state.resets()).isEqualTo(1);
    assertThat(state.first()).isEqualTo(expected.first());
    assertThat(state.best()).isEqualTo(expected.best());
    assertThat(state.bestValues().array()).isEqualTo(expected.bestValues().array());
    assertThat(state.average().orElseThrow().sum()).containsExactly(7, 8, 9);
    assertThat(state.average().orElseThrow().count()).isEqualTo(5);
    assertThat(state.optimizer().numbers()).isEqualTo(expected.optimizer().numbers());
    assertThat(state.optimizer().point()).containsExactly(4, 5, 6);
    assertThat(state.optimizer().vectors().get("first"))
        .isEqualTo(expected.optimizer().vectors().get("first"));
    assertThat(state.optimizer().products().get("dots"))
        .isEqualTo(expected.optimizer().products().get("dots"));
  }

  @Test
  void a_file_cut_short_anywhere_is_refused() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int length : new int[] {12, 13, 200, 3000, whole.length / 2, whole.length - 1}) {
      Files.write(file, Arrays.copyOf(whole, length));
      refused("is cut short or damaged");
    }
    Files.write(file, Arrays.copyOf(whole, whole.length + 1));
    refused("is cut short or damaged");
  }

  @Test
  void a_changed_bit_anywhere_is_refused() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int at = 8; at < whole.length; at += 4999) {
      byte[] changed = whole.clone();
      changed[at] ^= 1;
      Files.write(file, changed);
      refused("");
    }
  }

  @Test
  void other_files_are_refused() throws IOException {
    Files.write(file, new byte[0]);
    refused("is no checkpoint; name a file that a run with --checkpoint-every wrote");
    Files.writeString(file, "a text that is longer than what a checkpoint begins with");
    refused("is no checkpoint");
    Files.delete(file);
    refused("does not exist; check the path");
    Files.createDirectory(file);
    refused("is no file");
  }

  @Test
  void a_newer_schema_is_refused_as_such() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    String text = new String(whole, StandardCharsets.ISO_8859_1);
    String newer =
        text.replace("\"schemaVersion\":1,\"program\"", "\"schemaVersion\":9,\"program\"");
    Files.write(file, newer.getBytes(StandardCharsets.ISO_8859_1));
    refused("has schemaVersion 9, and this program reads up to 1; use a newer program");
  }

  @Test
  void a_file_is_replaced_whole_through_a_link_too() throws IOException {
    Path link = folder.resolve("link");
    Files.createSymbolicLink(link, file);
    Files.writeString(folder.resolve(".run.checkpoint.tmp"), "left by a program that was killed");
    CheckpointWriter.write(link, IDENTITY, state(8));
    assertThat(Checkpoint.read(file).step()).isEqualTo(8);
    assertThat(link).isSymbolicLink();
    assertThat(names()).containsExactlyInAnyOrder("run.checkpoint", "link");
  }

  @Test
  void what_a_killed_program_left_can_be_cleaned_up() throws IOException {
    Files.writeString(folder.resolve(".run.checkpoint.tmp"), "half");
    CheckpointWriter.clean(file);
    assertThat(names()).containsExactly("run.checkpoint");
  }

  @Test
  void what_differs_is_named() {
    differs(new RunIdentity(Recipes.TF_EAGER, "xyz", IDENTITY.inputs()), "with another model");
    differs(
        new RunIdentity(Recipes.TF_EAGER, "abc", Map.of("content", "2x1 def")),
        "with the pictures content, start, and this one has content");
    differs(
        new RunIdentity(Recipes.TF_EAGER, "abc", Map.of("content", "2x1 xyz", "start", "2x1 012")),
        "content was another picture");
    differs(
        new RunIdentity(Recipes.UDACITY, "abc", IDENTITY.inputs()),
        "recipe (name was tf-eager and is udacity, summary was ");
  }

  private void differs(RunIdentity now, String difference) {
    Checkpoint read = Checkpoint.read(file);
    assertThatThrownBy(() -> read.require(now))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(difference)
        .hasMessageContaining("leave out --resume");
  }

  private void refused(String problem) {
    assertThatThrownBy(() -> Checkpoint.read(file))
        .isInstanceOf(CheckpointException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(problem);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(it -> it.getFileName().toString()).toList();
    }
  }
}
