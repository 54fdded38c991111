package io.stylegraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stylegraph.TinyModel;
import java.io.IOException;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code serve} refuses before it listens, each in one line. */
class ServeCommandTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--host | 0.0.0.0 | so a token is needed; give one in STYLEGRAPH_TOKEN or --token",
        "--host | no-such-host.invalid | is unknown here; give an address of this machine",
        "--token | short | the token must have at least 16 characters",
        "--port | 70000 | port (70000) must be from 0 to 65535",
        "--port | web | Invalid value for option '--port'",
        "--max-jobs | 0 | maxJobs (0) must be from 1",
        "--queue | 0 | queue (0) must be from 1",
        "--max-upload | 0 | maxUpload (0) must be from 1",
        "--max-pixels | 101 | maxPixels (101000000) must be from 1 to 100000000",
        "--max-size | 8 | maxSize (8) must be from 16",
        "--max-steps | 0 | maxSteps (0) must be from 1",
        "--max-time | 0s | maxTime (PT0S) must be positive",
        "--keep | soon | keep (soon) must be a number with s, m or h, as in 90s, 20m or 1h",
        "--keep-jobs | 0 | keepJobs (0) must be from 1",
        "--grace | -1s | grace (-1s) must be a number with s, m or h",
        "--results | /no/such/folder | results (/no/such/folder) must be a folder that takes files",
        "--model | absent | absent: ",
      })
  void a_wrong_option_is_one_line(String option, String value, String words) {
    refused(words, "serve", option, value);
  }

  @Test
  void a_taken_port_is_one_line() throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      String port = Integer.toString(taken.getLocalPort());
      refused(
          "cannot be listened on",
          "serve",
          "--host",
          "127.0.0.1",
          "--port",
          port,
          "--model",
          TinyModel.folder().toString());
    }
  }

  private static void refused(String words, String... arguments) {
    CliRun run = CliRun.of(arguments);
    assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
    assertThat(run.errLines()).last().asString().startsWith("stylegraph: ").contains(words);
  }
}
