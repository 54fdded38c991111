package io.stylegraph.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that cannot be written, or that would replace an input or one another. */
class BadOutputTest {
  @TempDir private Path folder;
  private TestJob job;

  @BeforeEach
  void begin() {
    job = new TestJob(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--output", "--sheet"})
  void pictures_that_cannot_be_written(String option) throws IOException {
    job.with(option, job.file("absent/out.png"))
        .refused("absent does not exist; create it or name another");
    job.with(option, job.file("content.png/out.png"))
        .refused("content.png is not a folder; name another");
    job.with(option, Files.createDirectory(job.file("folder.png")))
        .refused("folder.png: is a directory; name a file in it");
    for (String name : new String[] {"out.gif", "out", "out.png.txt", "png"}) {
      job.with(option, job.file(name))
          .refused(name + ": has no ending that is written; use one of .png, .jpg, .jpeg");
    }
    job.with(option, job.file("x".repeat(300) + ".png")).refused("name another");
  }

  @ParameterizedTest
  @CsvSource({
    "--output, out.png, the folder /proc takes no files; make it writable",
    "--sheet, sheet.png, the folder /proc takes no files; make it writable",
    "--log, log.jsonl, cannot be written; name a file in a writable folder"
  })
  void a_folder_that_takes_no_files(String option, String name, String message) {
    Path unwritable = Path.of("/proc"); // As root, who may write anywhere else.
    assumeTrue(Files.isDirectory(unwritable));
    job.with(option, unwritable.resolve(name)).refused(name, message);
  }

  @Test
  void a_log_that_cannot_be_written() throws IOException {
    job.with("--log", job.file("absent/log.jsonl"))
        .refused("log (" + job.file("absent/log.jsonl") + ") cannot be written; name a file in");
    job.with("--log", job.file("content.png/log.jsonl")).refused("cannot be written");
    job.with("--log", Files.createDirectory(job.file("folder")))
        .refused("log (" + job.file("folder") + ") is a directory; name a file in it");
  }

  @ParameterizedTest
  @CsvSource({
    "--output, content.png",
    "--output, style.png",
    "--output, init.png",
    "--sheet, content.png",
    "--sheet, style.png",
    "--sheet, init.png",
    "--log, content.png",
    "--log, style.png",
    "--log, init.png"
  })
  void an_output_that_is_an_input(String option, String input) throws IOException {
    job.with("--init", Files.copy(job.file("style.png"), job.file("init.png")));
    job.with(option, job.file(input)).refused("the output is the input", input, "name another");
    job.with(option, job.file("./../" + folder.getFileName() + "/" + input))
        .refused("the output is the input");
    job.with(option, Files.createSymbolicLink(job.file("soft.png"), job.file(input)))
        .refused("soft.png: the output is the input");
    job.with(option, Files.createLink(job.file("hard.png"), job.file(input)))
        .refused("hard.png: the output is the input");
  }

  @Test
  void two_outputs_that_are_one_file() throws IOException {
    Path linked = Files.createSymbolicLink(job.file("linked"), folder);
    job.with("--sheet", job.file("out.png"))
        .refused(
            "sheet (" + job.file("out.png") + ") is the same file as the output; name another");
    job.with("--sheet", linked.resolve("out.png")).refused("is the same file as the output");
    job.without("--sheet").with("--log", job.file("out.png"));
    job.refused("log (" + job.file("out.png") + ") is the same file as the output; name another");
    job.with("--sheet", job.file("sheet.png")).with("--log", linked.resolve("sheet.png"));
    job.refused("is the same file as the sheet; name another");
    Files.createFile(job.file("out.png"));
    job.with("--log", Files.createLink(job.file("hard"), job.file("out.png")));
    job.refused("is the same file as the output; name another");
  }

  @Test
  void a_steps_picture_that_is_an_input() throws IOException {
    Path input = Files.move(job.file("content.png"), job.file("out-000002.png"));
    job.with("--content", input).with("--save-every", 2);
    job.refused("out-000002.png: the output is the input");
  }

  @Test
  void a_steps_picture_whose_name_is_too_long() {
    job.with("--output", job.file("x".repeat(250) + ".png")).with("--save-every", 2);
    job.refused("-000002.png: cannot be a file here; name another");
  }

  @Test
  void a_gradient_that_cannot_be_written() throws IOException {
    job.without("--output").without("--steps").with("--picture", job.file("style.png"));
    job.with("--gradient", job.file("absent/g.npy"))
        .refusedBy("evaluate", "gradient (" + job.file("absent/g.npy") + ") cannot be written");
    job.with("--gradient", folder).refusedBy("evaluate", "is a directory; name a file in it");
    job.with("--gradient", job.file("style.png")).refusedBy("evaluate", "the output is the input");
  }
}
