package io.stylegraph.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stylegraph.TinyModel;
import io.stylegraph.backbone.Backbone;
import io.stylegraph.error.CheckpointException;
import io.stylegraph.image.Picture;
import io.stylegraph.progress.CancellationToken;
import io.stylegraph.progress.StepReport;
import io.stylegraph.progress.StopReason;
import io.stylegraph.recipe.Keep;
import io.stylegraph.recipe.Precision;
import io.stylegraph.recipe.Pyramid;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.Recipes;
import io.stylegraph.recipe.Scale;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs that are stopped and go on from a checkpoint end as those that were not, bit by bit. */
class ResumeTest {
  private static final SharedNetwork NETWORK = new SharedNetwork(Backbone.load(TinyModel.folder()));
  private static final Compute ONE_THREAD = new Compute(false, Precision.FP32, 1);
  private static final Picture CONTENT = TinyModel.picture(70, 64, 1);
  private static final Picture STYLE = TinyModel.picture(80, 66, 2);
  private static final Recipe ADAM = Recipes.TF_EAGER.toBuilder().steps(6).build();
  private static final Recipe LBFGS = ADAM.toBuilder().optimizer("lbfgs").steps(9).build();

  /** 32, 45 and 64 of the shorter side: 4, 2 and 2 steps. */
  private static final Recipe PYRAMID =
      ADAM.toBuilder()
          .steps(4)
          .pyramid(new Pyramid(35, Math.sqrt(2), 0.5))
          .keep(Keep.AVERAGE)
          .averageDecay(0.8)
          .build();

  /** Behind the second pool. */
  private static final TileChoice TILES =
      (content, style) ->
          NETWORK
              .backbone()
              .cuts(ADAM.network(), ADAM.layersUsed(), ADAM.form().activation())
              .stream()
              .filter(it -> it.stride() == 4)
              .map(it -> new TilePlan(it, 32))
              .findFirst();

  @TempDir private Path folder;

  static Stream<Arguments> recipesAndStops() {
    Recipe scaled = LBFGS.toBuilder().scales(List.of(new Scale(0.5, 3))).steps(4).build();
    return Stream.of(
            all("adam", ADAM, 6),
            all("adam whose last picture is kept", ADAM.toBuilder().keep(Keep.LAST).build(), 6),
            all("lbfgs", LBFGS, 9),
            all("lbfgs that goes back", LBFGS.toBuilder().learningRate(30).build(), 9),
            all("scales", scaled, 7),
            all("pyramid", PYRAMID, 8),
            all("pyramid of lbfgs", PYRAMID.toBuilder().optimizer("lbfgs").build(), 8))
        .flatMap(it -> it);
  }

  private static Stream<Arguments> all(String name, Recipe recipe, int steps) {
    return Stream.iterate(1, step -> step < steps, step -> step + 1)
        .map(step -> Arguments.of(name, recipe, step));
  }

  @ParameterizedTest(name = "{0}, stopped after step {2}")
  @MethodSource("recipesAndStops")
  void a_run_that_goes_on_ends_as_the_one_that_was_not_stopped(
      String name, Recipe recipe, int stop) {
    List<StepReport> reports = new ArrayList<>();
    Outcome whole = run(recipe, RunOptions.none().withListener(reports::add));
    Path file = stopped(recipe, stop);

    List<StepReport> rest = new ArrayList<>();
    Outcome resumed = run(recipe, RunOptions.none().withListener(rest::add).withResume(file));
    assertThat(resumed.picture().rgb()).isEqualTo(whole.picture().rgb());
    assertThat(resumed.losses()).isEqualTo(whole.losses());
    assertThat(resumed.first()).isEqualTo(whole.first());
    assertThat(resumed.steps()).isEqualTo(whole.steps());
    assertThat(resumed.stopReason()).isEqualTo(whole.stopReason());
    List<StepReport> left = reports.subList(stop, reports.size());
    assertThat(rest).extracting(StepReport::losses).isEqualTo(losses(left));
    assertThat(rest).extracting(StepReport::step).isEqualTo(steps(left));
  }

  @Test
  void a_run_from_the_content_picture_goes_on_on_many_threads_too() {
    Outcome whole = run(ADAM, RunOptions.none(), ObjectiveTest.FP32, CONTENT);
    Path file = stopped(ADAM, 3);
    Outcome resumed = run(ADAM, RunOptions.none().withResume(file), ObjectiveTest.FP32, CONTENT);
    double total = whole.losses().total();
    assertThat(resumed.losses().total()).isCloseTo(total, within(1e-4 * total));
  }

  @ParameterizedTest
  @MethodSource("stopsInTiles")
  void a_run_in_tiles_goes_on_too(Recipe recipe, int stop) {
    Outcome whole = run(recipe, RunOptions.none(), ONE_THREAD, CONTENT, TILES);
    Path file = stopped(recipe, stop, TILES);
    Outcome resumed = run(recipe, RunOptions.none().withResume(file), ONE_THREAD, CONTENT, TILES);
    assertThat(resumed.picture().rgb()).isEqualTo(whole.picture().rgb());
    assertThat(resumed.losses()).isEqualTo(whole.losses());
    assertThat(resumed.first()).isEqualTo(whole.first());
  }

  static Stream<Arguments> stopsInTiles() {
    return Stream.of(
        Arguments.of(ADAM, 3),
        Arguments.of(LBFGS, 4),
        Arguments.of(PYRAMID, 4),
        Arguments.of(PYRAMID, 7));
  }

  @Test
  void seconds_are_counted_on() {
    Path file = stopped(ADAM, 3);
    double spent = Checkpoint.read(file).seconds();
    assertThat(Checkpoint.read(file).step()).isEqualTo(3);
    List<StepReport> rest = new ArrayList<>();
    run(ADAM, RunOptions.none().withListener(rest::add).withResume(file));
    assertThat(rest.get(0).seconds()).isGreaterThan(spent);
  }

  @Test
  void a_checkpoint_is_written_every_so_many_steps_and_stays() throws IOException {
    Path file = folder.resolve("run.checkpoint");
    List<Integer> seen = new ArrayList<>();
    RunOptions options =
        RunOptions.none()
            .withCheckpoints(2, file)
            .withListener(
                report -> seen.add(Files.exists(file) ? Checkpoint.read(file).step() : 0));
    run(ADAM, options);
    assertThat(seen).containsExactly(0, 0, 2, 2, 4, 4);
    assertThat(Checkpoint.read(file).step()).isEqualTo(6);
    assertThat(names()).containsExactly("run.checkpoint");
    Outcome again = run(ADAM, RunOptions.none().withResume(file));
    assertThat(again.picture().rgb()).isEqualTo(run(ADAM, RunOptions.none()).picture().rgb());
  }

  @Test
  void an_interrupted_run_leaves_a_checkpoint() {
    Path file = folder.resolve("run.checkpoint");
    RunOptions options =
        RunOptions.none()
            .withCheckpoints(100, file)
            .withListener(report -> Thread.currentThread().interrupt());
    run(ADAM, options);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(Checkpoint.read(file).step()).isEqualTo(1);
  }

  @Test
  void a_checkpoint_that_cannot_be_written_does_not_end_the_run() {
    Path nowhere = folder.resolve("absent").resolve("run.checkpoint");
    Outcome outcome = run(ADAM, RunOptions.none().withCheckpoints(2, nowhere));
    assertThat(outcome.stopReason()).isEqualTo(StopReason.COMPLETED);
  }

  @Test
  void a_deadline_leaves_a_checkpoint_to_go_on_from() {
    Path file = folder.resolve("run.checkpoint");
    Outcome outcome =
        run(
            ADAM,
            RunOptions.none().withCheckpoints(100, file).withDeadline(Instant.now().plusMillis(1)));
    assertThat(outcome.stopReason()).isEqualTo(StopReason.DEADLINE);
    assertThat(Files.exists(file)).isEqualTo(outcome.steps() > 0);
  }

  @Test
  void what_is_of_another_run_is_refused_with_what_differs() {
    Path file = stopped(ADAM, 2);
    refused(file, ADAM.toBuilder().steps(7).build(), CONTENT, "steps was 6 and is 7");
    refused(
        file,
        ADAM.toBuilder().learningRate(3).build(),
        CONTENT,
        "optimizer.learningRate was 10.0 and is 3.0");
    refused(file, ADAM, TinyModel.picture(70, 64, 9), "content was another picture");
    refused(file, ADAM, TinyModel.picture(35, 32, 1), "content was 70x64, and is 35x32 now");
    assertThatThrownBy(
            () -> run(ADAM, RunOptions.none().withResume(file), ONE_THREAD, STYLE_AS_START))
        .hasMessageContaining("start was another picture");
  }

  private static final Picture STYLE_AS_START = TinyModel.picture(70, 64, 5);

  private static void refused(Path file, Recipe recipe, Picture content, String difference) {
    try (StyleTransfer run =
        new StyleTransfer(
            NETWORK, recipe, ONE_THREAD, TransferPictures.of(content, STYLE, content))) {
      assertThatThrownBy(() -> run.run(RunOptions.none().withResume(file)))
          .isInstanceOf(CheckpointException.class)
          .hasMessageStartingWith(file + ": is of a run ")
          .hasMessageContaining(difference)
          .hasMessageContaining("leave out --resume");
    }
  }

  private Path stopped(Recipe recipe, int stop) {
    return stopped(recipe, stop, TileChoice.WHOLE);
  }

  private Path stopped(Recipe recipe, int stop, TileChoice tiles) {
    Path file = folder.resolve("run.checkpoint");
    CancellationToken token = new CancellationToken();
    RunOptions options =
        RunOptions.none()
            .withCheckpoints(1000, file)
            .withCancellation(token)
            .withListener(
                report -> {
                  if (report.step() == stop) {
                    token.cancel();
                  }
                });
    Outcome outcome = run(recipe, options, ONE_THREAD, CONTENT, tiles);
    assertThat(outcome.steps()).isEqualTo(stop);
    return file;
  }

  private static Outcome run(Recipe recipe, RunOptions options) {
    return run(recipe, options, ONE_THREAD, CONTENT);
  }

  private static Outcome run(Recipe recipe, RunOptions options, Compute compute, Picture start) {
    return run(recipe, options, compute, start, TileChoice.WHOLE);
  }

  private static Outcome run(
      Recipe recipe, RunOptions options, Compute compute, Picture start, TileChoice tiles) {
    TransferPictures pictures = TransferPictures.of(CONTENT, STYLE, start);
    try (StyleTransfer run = new StyleTransfer(NETWORK, recipe, compute, pictures, tiles)) {
      return run.run(options);
    }
  }

  private static List<Object> losses(List<StepReport> reports) {
    return reports.stream().<Object>map(StepReport::losses).toList();
  }

  private static List<Object> steps(List<StepReport> reports) {
    return reports.stream().<Object>map(StepReport::step).toList();
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(it -> it.getFileName().toString()).toList();
    }
  }
}
