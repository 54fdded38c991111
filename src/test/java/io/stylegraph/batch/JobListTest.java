package io.stylegraph.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.stylegraph.PictureSource;
import io.stylegraph.RequestJson;
import io.stylegraph.StyleTransferRequest;
import io.stylegraph.error.StylegraphException;
import io.stylegraph.recipe.Keep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of lines and folders before anything runs. */
class JobListTest {
  @TempDir private Path temporary;
  private BatchFolder folder;

  @BeforeEach
  void begin() throws IOException {
    folder = new BatchFolder(Files.createDirectory(temporary.resolve("in")));
  }

  @Test
  void paths_are_relative_to_the_list_and_whole_in_the_job() {
    JobList list = folder.list("{'content': 'a.png', 'style': '../in/s.png'}");
    StyleTransferRequest request = request(list.jobs().get(0));
    assertThat(request.content().label()).isEqualTo(folder.file("a.png").toString());
    assertThat(request.style().label()).isEqualTo(folder.file("s.png").toString());
    assertThat(request.recipe().steps()).isEqualTo(3);
  }

  @Test
  void a_line_wins_over_what_is_usual_and_changes_are_joined() {
    String usual =
        "{'styles': ['/x/s.png'], 'size': 40, 'recipe': 'fine', 'set': {'steps': 5, 'keep':"
            + " 'last'}}";
    List<StyleTransferRequest> requests =
        folder
            .listLike(
                usual,
                "{'content': 'a.png'}",
                "{'content': 'a.png', 'style': 's.png', 'size': 50, 'set': {'steps': 6}}",
                "{'content': 'a.png', 'recipe': 'tf-eager'}")
            .jobs()
            .stream()
            .map(JobListTest::request)
            .toList();
    assertThat(requests)
        .extracting(it -> it.style().label(), it -> it.size(), it -> it.recipe().name())
        .containsExactly(
            tuple("/x/s.png", 40, "fine"),
            tuple(folder.file("s.png").toString(), 50, "fine"),
            tuple("/x/s.png", 40, "tf-eager"));
    assertThat(requests).extracting(it -> it.recipe().steps()).containsExactly(5, 6, 5);
    assertThat(requests).extracting(it -> it.recipe().keep()).containsOnly(Keep.LAST);
  }

  @Test
  void outputs_that_are_not_named_are_the_contents_made_unique() {
    JobList list =
        folder.list(
            "{'content': 'a.png', 'style': 's.png'}",
            "{'content': 'a.png', 'style': 's.png', 'seed': 1}",
            "{'content': 'a.png', 'style': 's.png', 'seed': 2}",
            "",
            "{'content': 'b.png', 'style': 's.png'}",
            "{'content': 'b.png', 'style': 's.png', 'output': 'sub/b.jpg'}",
            "{'content': 'b.png', 'style': 's.png', 'output': 'b.tif'}");
    assertThat(list.refused()).isEmpty();
    assertThat(list.jobs())
        .extracting(BatchJob::output)
        .containsExactly("a.png", "a-s.png", "a-s-2.png", "b-s.png", "sub/b.jpg", "b.tif");
    assertThat(list.jobs()).extracting(BatchJob::line).containsExactly(1, 2, 3, 5, 6, 7);
    assertThat(list.jobs().get(4).outcome()).isEqualTo("sub/b.json");
  }

  @Test
  void a_bad_line_is_refused_by_its_number_and_the_others_are_not() {
    JobList list =
        folder.list(
            "{'content': 'a.png', 'style': 's.png'}",
            "nonsense",
            "{'content': 'b.png', 'style': 's.png'}",
            "{'content': 'b.png', 'style': 's.png', 'size': 'big'}");
    assertThat(list.jobs()).extracting(BatchJob::name).containsExactly("a", "b");
    assertThat(list.refused()).extracting(JobOutcome::name).containsExactly("line 2", "line 4");
    assertThat(list.refused().get(1).text())
        .isEqualTo("refused   line 4: size (\"big\") must be a whole number");
    assertThat(list.inOrder(List.of(list.refused().get(1), list.refused().get(0))))
        .isEqualTo(list.refused());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'../x.png' | output (../x.png) is not within the folder of results; name a file in it",
        "'a/../../x.png' | is not within the folder of results",
        "'/tmp/x.png' | is not within the folder of results",
        "'./x.png' | is not within the folder of results",
        "'' | is not within the folder of results",
        "'x' | x: has no ending that is written; use one of .png, .jpg, .jpeg, .tif, .tiff",
        "'x.webp' | has no ending that is written",
        "3 | output (3) must be a text in quotes",
        "'first.jpg' | output (first.jpg) is that of line 1 but for its ending at most; name another",
        "'in.png' | output (in.png) would replace an input; name another file or folder of results",
        "'link.png' | output (link.png) would replace an input",
        "'deep/in.png' | output (deep/in.png) would replace an input",
        "'jobs.png' | output (jobs.png) would replace an input",
      })
  void an_output_that_cannot_be_is_refused(String output, String message) throws IOException {
    Files.copy(folder.file("a.png"), folder.result("in.png"));
    Files.createSymbolicLink(folder.result("link.png"), folder.file("a.png"));
    Files.createSymbolicLink(folder.result("deep"), folder.result(""));
    String lines =
        "{'content': '../b.png', 'style': '../s.png', 'output': 'first.png'}\n"
            + "{'content': '../a.png', 'styles': ['in.png'], 'output': %s}";
    Path jobs = folder.result("jobs.json");
    Files.writeString(jobs, lines.formatted(output).replace('\'', '"'));
    JobList list = JobList.read(jobs.toString(), "{}", folder.files());
    assertThat(list.jobs()).hasSize(1);
    assertThat(list.refused()).hasSize(1);
    assertThat(list.refused().get(0).name()).isEqualTo("line 2");
    assertThat(list.refused().get(0).error()).contains(message);
  }

  @Test
  void a_folder_gives_each_picture_each_style() throws IOException {
    Files.writeString(folder.file("notes.txt"), "x");
    Files.writeString(folder.file(".hidden.png"), "x");
    Files.copy(folder.file("a.png"), folder.file("c.JPEG"));
    JobList one = ofFolder("['/x/night.jpg']");
    assertThat(one.jobs())
        .extracting(BatchJob::output)
        .containsExactly("a.png", "b.png", "c.png", "s.png");
    assertThat(one.ignored()).isEqualTo(1);
    JobList two = ofFolder("['/x/night.jpg', {'picture': '/y/wave.png', 'scale': 2}]");
    assertThat(two.jobs())
        .extracting(BatchJob::output)
        .startsWith("a-night.png", "a-wave.png", "b-night.png")
        .hasSize(8);
    assertThat(request(two.jobs().get(1)).styles().get(0).scale()).isEqualTo(2);
  }

  @Test
  void a_list_without_a_job_is_refused() throws IOException {
    assertRefused(() -> folder.list("", "  "), "jobs.jsonl) holds no job");
    assertRefused(() -> ofFolder("[]"), "has no style; give one at least");
    Path empty = Files.createDirectory(folder.file("empty"));
    assertRefused(
        () -> JobList.read(empty.toString(), "{\"styles\": [\"s\"]}", folder.files()),
        "empty) holds no picture");
    assertRefused(
        () -> JobList.read(folder.file("absent").toString(), "{}", folder.files()),
        "absent: does not exist");
    assertRefused(
        () -> JobList.read(folder.result("").toString(), "{\"styles\": [\"s\"]}", folder.files()),
        "is the folder of contents; name another");
  }

  private static void assertRefused(ThrowingCallable reading, String message) {
    assertThatThrownBy(reading)
        .isInstanceOf(StylegraphException.class)
        .hasMessageContaining(message);
  }

  private JobList ofFolder(String styles) {
    return JobList.read(
        folder.file("").toString(),
        "{'styles': %s}".formatted(styles).replace('\'', '"'),
        folder.files());
  }

  private static StyleTransferRequest request(BatchJob job) {
    return RequestJson.parse(job.request(), name -> PictureSource.of(Path.of(name)));
  }
}
