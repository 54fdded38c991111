package io.stylegraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What Java itself throws is a line as well. */
class FailuresTest {
  @Test
  void an_error_of_java_is_one_line() {
    assertThat(linesOf(new OutOfMemoryError("Java heap space")))
        .containsExactly(
            "stylegraph: Java is out of memory (Java heap space); try a smaller --size, or give it"
                + " more (-Xmx)");
    assertThat(linesOf(new UnsatisfiedLinkError("libjpeg.so.62: not there")))
        .containsExactly(
            "stylegraph: unexpected error: java.lang.UnsatisfiedLinkError: libjpeg.so.62: not there"
                + " (run again with --verbose and report it)");
  }

  @Test
  void a_machine_without_fonts_is_told_to_get_one() {
    Error asOfJava =
        new InternalError(
            new RuntimeException(
                "Fontconfig head is null, check your fonts or fonts configuration"));
    assertThat(linesOf(asOfJava))
        .singleElement()
        .asString()
        .startsWith("stylegraph: Java finds no font to write with; install one");
  }

  private static List<String> linesOf(Error thrown) {
    StringWriter err = new StringWriter();
    CommandLine commandLine = Main.commandLine().addSubcommand("fail", new Failing(thrown));
    commandLine.setErr(new PrintWriter(err, true));
    assertThat(commandLine.execute("fail")).isEqualTo(ExitCode.FAILED);
    return err.toString().lines().toList();
  }

  @Command
  private record Failing(Error thrown) implements Runnable {
    @Override
    public void run() {
      throw thrown;
    }
  }
}
