package io.stylegraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.primitives.Bytes;
import io.stylegraph.TinyModel;
import io.stylegraph.image.PictureWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way in which a picture given to a command can be wrong. */
class BadPictureTest {
  /** The tiny model's deepest layer sees the picture at a sixteenth. */
  private static final int STRIDE = 16;

  @TempDir private Path folder;
  private TestJob job;
  private Path bad;

  @BeforeEach
  void begin() {
    job = new TestJob(folder);
    bad = job.file("bad.png");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--content", "--style", "--init"})
  void files_that_are_no_whole_picture(String option) throws IOException {
    byte[] random = new byte[5000];
    new Random(1).nextBytes(random);
    byte[] whole = Files.readAllBytes(job.file("content.png"));

    job.with(option, Files.createDirectory(job.file("folder.png")));
    job.refused("folder.png: is a directory; name a picture file in it");
    job.with(option, Files.createFile(bad)).refused("bad.png: is empty; name a picture");
    refused(option, Arrays.copyOf(whole, whole.length / 2), "bad.png: is cut short or damaged");
    refused(option, Arrays.copyOf(whole, 30), "bad.png: ");
    refused(option, random, "bad.png: is not a picture of a known format; convert it to one of");
    refused(option, "Dear picture,\n".getBytes(StandardCharsets.UTF_8), "bad.png: is not a pic");
    byte[] png = Bytes.concat(Arrays.copyOf(whole, 8), random);
    refused(option, png, "bad.png: ");
    refused(option, pngHeader(60_000, 60_000), "bad.png: has 60000x60000 pixels, more than the");
  }

  private void refused(String option, byte[] file, String message) throws IOException {
    job.with(option, Files.write(bad, file)).refused(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--content", "--style"})
  void missing(String option) {
    job.with(option, job.file("absent.png")).refused("absent.png: does not exist; check the path");
  }

  @Test
  void missing_start_picture() {
    job.with("--init", job.file("absent.png"))
        .refused(
            "absent.png) must be content, recoloured, noise, style, grey, statistics or a picture's file");
    job.with("--init", "nois")
        .refused(
            "init (nois) must be content, recoloured, noise, style, grey, statistics or a picture's");
    job.with("--init", "")
        .refused(
            "init () must be content, recoloured, noise, style, grey, statistics or a picture's file");
    job.with("--init", "a\0b")
        .refused("must be content, recoloured, noise, style, grey, statistics or a picture's file");
    job.with("--init", "picture")
        .refused("init (picture) must be content, recoloured, noise, style, grey,");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--content", "--style"})
  void smaller_than_the_deepest_layers_stride(String option) {
    for (int[] size : new int[][] {{1, 1}, {STRIDE - 1, 100}, {100, STRIDE - 1}}) {
      PictureWriter.write(TinyModel.picture(size[0], size[1], 3), bad);
      job.with(option, bad)
          .refused(
              "bad.png: is %dx%d at this size".formatted(size[0], size[1]),
              "need at least 16x16 pixels; give a larger picture or --size");
    }
    PictureWriter.write(TinyModel.picture(STRIDE, STRIDE, 3), bad);
    job.stylized();
  }

  @Test
  void smaller_than_the_stride_once_it_is_resized() {
    job.with("--size", STRIDE).refused("content.png: is 16x15 at this size", "16x16");
  }

  @Test
  void evaluate_refuses_them_too() throws IOException {
    job.without("--output").without("--steps").with("--picture", Files.createFile(bad));
    job.refusedBy("evaluate", "bad.png: is empty");
    job.with("--picture", job.file("absent.png"))
        .refusedBy("evaluate", "absent.png: does not exist");
  }

  @Test
  void a_name_that_begins_with_an_at_sign_is_a_name() throws IOException {
    Files.move(job.file("content.png"), job.file("@content.png"));
    job.with("--content", "@absent.png").refused("@absent.png: does not exist");
  }

  @Test
  void line_breaks_in_a_name_do_not_break_the_line() {
    job.with("--content", job.file("two\nlines.png")).refused("two lines.png: does not exist");
  }

  @Test
  void verbose_adds_the_stack_trace() {
    job.with("--content", job.file("absent.png"));
    CliRun run = job.stylize("--verbose");
    assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(run.errLines().get(0)).endsWith("absent.png: does not exist; check the path");
    assertThat(run.err()).contains("PictureException", "\tat io.stylegraph.image.PictureReader");
  }

  /** A PNG that ends after its header and an empty chunk of pixels. */
  private static byte[] pngHeader(int width, int height) {
    ByteBuffer header = ByteBuffer.allocate(17).put("IHDR".getBytes(StandardCharsets.US_ASCII));
    header.putInt(width).putInt(height).put(new byte[] {8, 2, 0, 0, 0});
    CRC32 crc = new CRC32();
    crc.update(header.array());
    ByteBuffer png = ByteBuffer.allocate(45).putLong(0x89504E470D0A1A0AL).putInt(13);
    png.put(header.array()).putInt((int) crc.getValue()).putInt(0);
    return png.put("IDAT".getBytes(StandardCharsets.US_ASCII)).putInt(0x35AF061E).array();
  }
}
