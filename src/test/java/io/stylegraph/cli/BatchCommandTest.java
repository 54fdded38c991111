package io.stylegraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stylegraph.RunNotes;
import io.stylegraph.TinyModel;
import io.stylegraph.image.PictureReader;
import io.stylegraph.image.PictureWriter;
import io.stylegraph.recipe.ColourKeeping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code batch} on the tiny model. */
class BatchCommandTest {
  @TempDir private Path folder;
  private Path contents;
  private Path out;

  @BeforeEach
  void begin() throws IOException {
    contents = Files.createDirectory(folder.resolve("contents"));
    out = folder.resolve("results/new");
    for (int i = 1; i <= 3; i++) {
      PictureWriter.write(TinyModel.picture(33 + i, 32, i), contents.resolve("c" + i + ".png"));
    }
    PictureWriter.write(TinyModel.picture(40, 33, 7), file("night.png"));
    PictureWriter.write(TinyModel.picture(36, 35, 8), file("wave.png"));
  }

  @Test
  void three_contents_in_two_styles_are_six_pictures_and_nothing_the_second_time()
      throws IOException {
    CliRun run = folderOf("--style", file("wave.png"));
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.OK);
    assertThat(run.err())
        .containsSubsequence(
            "model     tiny-vgg",
            "jobs      6 to run, 0 there already, 0 refused\n",
            "done      c",
            "wrote " + out.resolve("outcomes.csv") + ": 6 done\n");
    assertThat(names("png"))
        .containsExactly(
            "c1-night.png",
            "c1-wave.png",
            "c2-night.png",
            "c2-wave.png",
            "c3-night.png",
            "c3-wave.png");
    assertThat(names("jsonl")).hasSize(6);
    assertThat(Files.readAllLines(out.resolve("outcomes.csv"))).hasSize(7);
    byte[] before = Files.readAllBytes(out.resolve("c2-wave.png"));
    CliRun again = folderOf("--style", file("wave.png"));
    assertThat(again.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(again.err()).contains("jobs      0 to run, 6 there already", ": 6 skipped\n");
    assertThat(out.resolve("c2-wave.png")).hasBinaryContent(before);
    Files.delete(out.resolve("c2-wave.png"));
    CliRun third = folderOf("--style", file("wave.png"));
    assertThat(third.err())
        .contains("jobs      1 to run, 5 there already", ": 1 done, 5 skipped\n");
    assertThat(out.resolve("c2-wave.png")).hasBinaryContent(before);
  }

  @Test
  void options_stand_in_for_what_lines_do_not_say() throws IOException {
    lines(
        "{'content': 'contents/c1.png'}",
        "{'content': 'contents/c2.png', 'seed': 9, 'size': 33, 'colours': 'none', 'recipe': 'fine',"
            + " 'set': {'steps': 2}}");
    CliRun run =
        listed(
            "--style", file("night.png") + ":scale=0.95",
            "--size", "34",
            "--seed", "4",
            "--colours", "after",
            "--recipe", "tf-tutorial",
            "--set", "keep=last");
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.OK);
    RunNotes usual = RunNotes.read(out.resolve("c1.png"));
    assertThat(usual.recipe().name()).isEqualTo("tf-tutorial");
    assertThat(usual.recipe().steps()).isEqualTo(3);
    assertThat(usual.seed()).isEqualTo(4);
    assertThat(usual.colours()).isEqualTo(ColourKeeping.AFTER);
    RunNotes own = RunNotes.read(out.resolve("c2.png"));
    assertThat(own.recipe().name()).isEqualTo("fine");
    assertThat(own.recipe().steps()).isEqualTo(2);
    assertThat(own.recipe().keep()).isEqualTo(usual.recipe().keep());
    assertThat(own.seed()).isEqualTo(9);
    assertThat(own.colours()).isEqualTo(ColourKeeping.NONE);
    assertThat(PictureReader.read(out.resolve("c2.png")).width()).isEqualTo(33);
  }

  @Test
  void bad_lines_are_named_and_the_rest_runs() throws IOException {
    lines(
        "{'content': 'contents/c1.png', 'output': '../c1.png'}",
        "nonsense",
        "{'content': 'contents/c9.png'}",
        "{'content': 'contents/c2.png'}");
    CliRun run = listed("--style", file("night.png"));
    assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(run.err())
        .containsSubsequence(
            "jobs      1 to run, 0 there already, 3 refused\n",
            "refused   line 1: output (../c1.png) is not within the folder of results",
            "refused   line 2: is no JSON: column ",
            "refused   line 3, c9.png: " + contents.resolve("c9.png") + ": does not exist",
            "done      c2.png: ",
            ": 1 done, 3 refused\n");
    assertThat(names("png")).containsExactly("c2.png");
    assertThat(folder.resolve("results/c1.png")).doesNotExist();
  }

  @Test
  void a_job_that_fails_makes_the_batch_fail_after_the_others() throws IOException {
    lines(
        "{'content': 'contents/c1.png', 'set': {'styleWeight': 1e38}}",
        "{'content': 'contents/c8.png'}",
        "{'content': 'contents/c2.png'}");
    CliRun run = listed("--style", file("night.png"));
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err())
        .contains("failed    line 1, c1.png: step 1: the loss is Infinity")
        .contains(": 1 done, 1 failed, 1 refused\n");
    assertThat(names("png")).containsExactly("c2.png");
  }

  @Test
  void what_is_wrong_with_all_is_one_line_and_nothing_is_made() throws IOException {
    refused("absent: does not exist; check the path", "--jobs", folder.resolve("absent"));
    Files.createDirectory(folder.resolve("empty"));
    refused("empty) holds no picture", "--jobs", folder.resolve("empty"));
    refused("is no folder that takes files", "--jobs", contents, "--out", file("night.png"));
    refused("is the folder of contents", "--jobs", contents, "--out", contents);
    refused("max-jobs (0) must be from 1 to 64", "--jobs", contents, "--max-jobs", 0);
    refused("beta7 is unknown", "--jobs", contents, "--set", "optimizer.beta7=1");
    refused("region sky, which has no mask", "--jobs", contents, "--style", "x:region=sky");
    lines("");
    refused("jobs.jsonl) holds no job", "--jobs", file("jobs.jsonl"));
    refused("absent", "--jobs", contents, "--model", folder.resolve("absent"));
  }

  private void refused(String part, Object... options) {
    List<String> arguments = new ArrayList<>(List.of("batch"));
    Stream.of(options).forEach(it -> arguments.add(it.toString()));
    for (Object[] usual :
        new Object[][] {
          {"--out", out}, {"--style", file("night.png")}, {"--model", TinyModel.folder()}
        }) {
      if (!arguments.contains(usual[0].toString())) {
        arguments.addAll(List.of(usual[0].toString(), usual[1].toString()));
      }
    }
    CliRun run = CliRun.of(arguments.toArray(String[]::new));
    assertThat(run.errLines()).hasSize(1);
    assertThat(run.err()).startsWith("stylegraph: ").contains(part).doesNotContain("Exception");
    assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(out).doesNotExist();
  }

  private void lines(String... lines) throws IOException {
    Files.writeString(file("jobs.jsonl"), String.join("\n", lines).replace('\'', '"'));
  }

  private CliRun listed(Object... more) {
    return run(file("jobs.jsonl"), more);
  }

  private CliRun folderOf(Object... more) {
    Object[] all =
        Stream.concat(Stream.of("--style", file("night.png")), Arrays.stream(more)).toArray();
    return run(contents, all);
  }

  private CliRun run(Path jobs, Object... more) {
    List<String> arguments = new ArrayList<>(List.of("batch", "--jobs", jobs.toString()));
    arguments.addAll(List.of("--out", out.toString(), "--model", TinyModel.folder().toString()));
    arguments.addAll(List.of("--steps", "3", "--precision", "fp32"));
    Stream.of(more).forEach(it -> arguments.add(it.toString()));
    return CliRun.of(arguments.toArray(String[]::new));
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  private List<String> names(String ending) throws IOException {
    try (Stream<Path> files = Files.list(out)) {
      return files
          .map(it -> it.getFileName().toString())
          .filter(it -> it.endsWith("." + ending))
          .sorted()
          .toList();
    }
  }
}
