package io.stylegraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stylegraph.TinyModel;
import io.stylegraph.image.PictureReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code serve} as a process of its own: signals, exit codes, what is kept, what is loaded. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ServeIT {
  private static final Path JAR = Path.of("target", "stylegraph.jar").toAbsolutePath();
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
  private static final Pattern URL = Pattern.compile("serving (http://\\S+) with");
  private static final String FORM =
      Stream.of("contentSample", "balloons", "styleSample", "waves", "size", "64", "steps", "2000")
          .reduce("", (form, it) -> form + it + "\n");

  @TempDir private Path folder;
  private Process process;

  @AfterEach
  void end() {
    process.destroyForcibly();
  }

  @ParameterizedTest
  @CsvSource({"TERM, 0", "INT, 130"})
  void a_signal_cancels_the_running_job_after_its_grace_and_keeps_its_picture(
      String signal, int exitCode) throws Exception {
    start("--grace", "0s", "--results", folder.toString());
    String job = startJob();
    while (get(job).body().contains("\"step\":0,")) {
      Thread.sleep(20);
    }
    new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start().waitFor();
    assertThat(process.waitFor()).isEqualTo(exitCode);

    List<String> lines = err();
    assertThat(lines).hasSize(5).last().isEqualTo("stopped");
    String wrote = lines.get(3);
    assertThat(wrote).startsWith("wrote " + folder.resolve("stylegraph-"));
    assertThat(PictureReader.read(Path.of(wrote.substring("wrote ".length()))).width())
        .isEqualTo(64);
    assertThat(folder.resolve("stdout")).isEmptyFile();
  }

  @Test
  void other_commands_load_nothing_of_the_server() throws Exception {
    process =
        new ProcessBuilder(JAVA.toString(), "-Xlog:class+load", "-jar", JAR.toString(), "recipes")
            .redirectOutput(folder.resolve("classes").toFile())
            .start();
    assertThat(process.waitFor()).isZero();
    assertThat(Files.readString(folder.resolve("classes")))
        .contains("io.stylegraph.cli.RecipesCommand")
        .doesNotContain(" io.javalin.", " org.eclipse.jetty.", " kotlin.", " io.prometheus.");
  }

  private void start(String... more) throws Exception {
    List<String> line =
        Stream.concat(
                Stream.of(
                    JAVA.toString(),
                    "-jar",
                    JAR.toString(),
                    "serve",
                    "--port",
                    "0",
                    "--model",
                    TinyModel.folder().toString()),
                Stream.of(more))
            .toList();
    process =
        new ProcessBuilder(line)
            .redirectOutput(folder.resolve("stdout").toFile())
            .redirectError(folder.resolve("stderr").toFile())
            .start();
    while (!URL.matcher(Files.readString(folder.resolve("stderr"))).find()) {
      assertThat(process.isAlive()).as("is alive").isTrue();
      Thread.sleep(20);
    }
  }

  private String startJob() throws Exception {
    StringBuilder form = new StringBuilder();
    String[] words = FORM.split("\n");
    for (int i = 0; i < words.length; i += 2) {
      form.append(
          "--b\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
              .formatted(words[i], words[i + 1]));
    }
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(root() + "/api/jobs"))
            .header("Content-Type", "multipart/form-data; boundary=b")
            .POST(BodyPublishers.ofString(form + "--b--\r\n"))
            .build();
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
    return response.headers().firstValue("Location").orElseThrow();
  }

  private HttpResponse<String> get(String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(root() + path)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }

  private String root() throws IOException {
    Matcher matcher = URL.matcher(Files.readString(folder.resolve("stderr")));
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  private List<String> err() throws IOException {
    return Files.readAllLines(folder.resolve("stderr"));
  }
}
